"""The pages, one module each; a form that posts to a page is beside it."""

from recommender.service.routes.pages import (
    add,
    docs,
    edit,
    map_page,
    match,
    overview,
    people,
    person,
    search,
    sign_in,
)
from recommender.service.routes.pages.keeping import KEEPING

#: The modules whose `router` the application includes.
PAGES = (person, people, search, overview, map_page, match, add, edit, *KEEPING, docs, sign_in)
