"""Text that came out of another format: a profile page or a résumé, by its content."""

from __future__ import annotations

from recommender.profile import Profile
from recommender.reading.detect import is_page
from recommender.reading.outcome import Context, Rejected
from recommender.reading.page.reader import read_page
from recommender.reading.resume.reader import read_resume


def read_any_text(text: str, context: Context, place: str = "") -> Profile | Rejected:
    """The profile of a text that is a page or a free-form résumé."""
    return (
        read_page(text, context, place)
        if is_page(text[: context.limits.text_characters])
        else read_resume(text, context, place)
    )
