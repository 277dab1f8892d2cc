"""A page about a file of matches: how alike they are, whom they name and how often, and what took long."""

from recommender.batch.report.measured import Measured, measured
from recommender.batch.report.page import page

__all__ = ["Measured", "measured", "page"]
