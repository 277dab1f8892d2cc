"""The skills that a text asks for."""

from recommender.asking.skills.find import find_skills

__all__ = ["find_skills"]
