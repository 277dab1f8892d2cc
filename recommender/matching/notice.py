"""What there is to say of a question itself."""

from __future__ import annotations

from recommender.asking import Request
from recommender.asking.foreign import NAMES as LANGUAGES
from recommender.privacy import masked_again

NOTHING_TO_COMPARE = "nothing in the question says what work is done; give a title, skills or experience"


def notice(request: Request | None, *, comparable: bool = True) -> str | None:
    """The language of a text, words that nothing is known of, and that there is nothing to go by; None for nothing."""
    said = []
    if request is not None and request.language is not None:
        language = LANGUAGES.get(request.language, request.language)
        said.append(
            f"the text is in {language}, of which names that English has too are all that is understood; ask in English"
        )
    elif request is not None and request.not_understood:
        words = ", ".join(f"“{masked_again(one.text)}”" for one in request.not_understood)
        said.append(f"nothing is known of {words}")
    if not comparable:
        said.append(NOTHING_TO_COMPARE)
    return "; ".join(said) or None
