"""The pages, one module each; a form that posts to a page is beside it."""

from recommender.service.routes.pages import (
    add,
    compare,
    docs,
    edit,
    exports,
    match,
    overview,
    people,
    person,
    shortlist,
    sign_in,
)

#: The modules whose `router` the application includes.
PAGES = (person, people, overview, match, add, edit, shortlist, compare, exports, docs, sign_in)
