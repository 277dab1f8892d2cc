"""The sentences and lines of a text, and what each says of the things it names."""

from recommender.asking.passages.dotted import as_list
from recommender.asking.passages.pieces import Piece, is_advert, names_title, pieces
from recommender.asking.passages.stances import Interval, intervals, said_of

__all__ = ["Interval", "Piece", "as_list", "intervals", "is_advert", "names_title", "pieces", "said_of"]
