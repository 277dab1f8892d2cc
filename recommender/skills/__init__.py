"""Skills: which there are, how people write them, and where they stand in a text."""

from recommender.skills.mentions import Mention
from recommender.skills.vocabulary import Vocabulary

__all__ = ["Mention", "Vocabulary"]
