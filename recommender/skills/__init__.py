"""Skills: which there are, how people write them, and where they stand in a text."""

from recommender.skills.explanation import Explanation, explain
from recommender.skills.importing import Imported, import_taxonomy
from recommender.skills.mentions import Mention, Surroundings
from recommender.skills.segmentation.segment import LONGEST_RUN
from recommender.skills.vocabulary import Vocabulary

__all__ = [
    "LONGEST_RUN",
    "Explanation",
    "Imported",
    "Mention",
    "Surroundings",
    "Vocabulary",
    "explain",
    "import_taxonomy",
]
