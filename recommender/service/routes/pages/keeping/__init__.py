"""The shortlist, people side by side, and tables to take along."""

from recommender.service.routes.pages.keeping import compare, exports, shortlist, views

#: Its pages and files.
KEEPING = (shortlist, compare, exports, views)
