"""`Filter`: the `where` of every question. All its keys are optional; all that are given must hold."""

from __future__ import annotations

import re

import msgspec

from recommender.errors import FilterError
from recommender.facts import folded, unaccented

_WORD = re.compile(r"[\w+#]+|%")


class YearsRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Years of experience, both ends included; a profile of unknown years is in no range."""

    min: int | None = None
    max: int | None = None


class Filter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which profiles qualify.

    Values are those of `canonical_filter`, which takes them as people write them; case and white space do not count.
    `None` asks nothing of that key. An empty tuple: `profile_ids`, `skills_any`, `location`, `seniority`,
    `company_now`, `company_ever`, `workplace`, `badges` and `certifications` admit nobody (a value out of
    an empty set); `exclude_ids`, `skills_all`, `skills_none` and `company_none` exclude nobody.

    Attributes:
        location: any of these places: one name at any level ("San Jose", "United States"), or several
            levels separated by commas, all of which a person's place has ("Berlin, Germany").
        badges, certifications: any of these.
        title_contains: the current title contains these words, in this order, on word boundaries.
    """

    profile_ids: tuple[str, ...] | None = None
    exclude_ids: tuple[str, ...] | None = None
    skills_all: tuple[str, ...] | None = None
    skills_any: tuple[str, ...] | None = None
    skills_none: tuple[str, ...] | None = None
    location: tuple[str, ...] | None = None
    years: YearsRange | None = None
    seniority: tuple[str, ...] | None = None
    company_now: tuple[str, ...] | None = None
    company_ever: tuple[str, ...] | None = None
    company_none: tuple[str, ...] | None = None
    workplace: tuple[str, ...] | None = None
    badges: tuple[str, ...] | None = None
    certifications: tuple[str, ...] | None = None
    title_contains: str | None = None


EVERYONE = Filter()

KEYS_KNOWN = f"give some of {', '.join(Filter.__struct_fields__)}"


def filter_from_json(text: bytes | str) -> Filter:
    """The filter in a JSON object; raises `FilterError` naming the key that is unknown or ill-typed."""
    try:
        return msgspec.json.decode(text, type=Filter)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FilterError(f"not a filter: {error}; {KEYS_KNOWN}") from error


def title_words(title: str) -> list[str]:
    """The words of a title as `title_contains` compares them ("Sr. C++ Engineer" → sr, c++, engineer).

    No letter stands for others: "_" is one of a word, "%" a word of its own ("50% Nurse" → 50, %, nurse).
    """
    return _WORD.findall(unaccented(folded(title)))
