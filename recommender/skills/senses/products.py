"""Products in the names of what others do with them: who built a "payroll system" did no payroll."""

from __future__ import annotations

import re
from functools import cache

from recommender.skills.found import Mention

#: Kinds of work whose names say what a product is for; of the others, products are the work itself.
_USED = frozenset(
    ["", "education", "finance", "healthcare", "hospitality_retail", "hr_legal", "industry", "science_public"]
)
_KINDS = r"(?:systems?|applications?|softwares?|apps?|modules?|platforms?|websites?|portals?|databases?|tools?)"
_PRODUCT = re.compile(
    rf"(?:\s\([A-Z]{{2,6}}\))?[\s-](?:(?:web|mobile|software|online|desktop) )?{_KINDS}\b", re.IGNORECASE
)
_ITSELF = re.compile(rf"\b{_KINDS}\Z", re.IGNORECASE)
_BUILT = re.compile(
    r"\b(?:develop|design|build|built|implement|creat|maint|support|test|deploy|integrat|configur|migrat|upgrad|customiz"
    r"|install|program|cod(?:ed|ing)|wr(?:ote|it)|engineer|architect)\w*\b[^.;•\n]*\Z",
    re.IGNORECASE,
)


def is_of_product(text: str, mention: Mention, family: str) -> bool:
    """Whether a name says what something that was built is for; a skill that is a kind of product means it."""
    start, end, name = mention
    if family not in _USED or _is_kind_of_product(name):
        return False
    if not (_PRODUCT.match(text, end) or _ITSELF.search(text, start, end)):
        return False
    return _BUILT.search(text, max(0, start - 60), start) is not None


@cache  # the vocabulary has so many names and no more
def _is_kind_of_product(name: str) -> bool:
    return _ITSELF.search(name) is not None
