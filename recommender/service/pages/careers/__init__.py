"""Careers as pictures: roles on an axis of time, the level rising, skills in use when."""
