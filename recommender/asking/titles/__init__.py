"""The occupations that a text asks for."""

from recommender.asking.titles.excluded import excluded_people
from recommender.asking.titles.find import find_titles
from recommender.asking.titles.heads import LEARNERS
from recommender.asking.titles.phrases import LINES_OF_WORK

__all__ = ["LEARNERS", "LINES_OF_WORK", "excluded_people", "find_titles"]
