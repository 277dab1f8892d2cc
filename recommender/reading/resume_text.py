"""A free-form résumé as text → `Profile`. What is not understood stays as prose in `about`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from recommender.profile import Profile
from recommender.reading.checks import checked
from recommender.reading.contact import find_contact
from recommender.reading.outcome import Context, Rejected
from recommender.reading.text import clean, decode


def read_resumes(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a résumé's text."""
    yield read_resume(decode(stream.read(), context), context)


def read_resume(text: str, context: Context, place: str = "") -> Profile | Rejected:
    """The profile of a résumé."""
    cleaned = clean(text, context, place).strip()
    if not cleaned:
        return context.reject(place, "text", "the text is empty; give the résumé's text")
    profile = Profile(about=cleaned, contact=find_contact(cleaned), as_of=context.month)
    return checked(profile, context, place)
