"""`Filter`: the `where` of every question. All its keys are optional; all that are given must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from recommender.errors import FilterError
from recommender.facts import folded, unaccented

_WORD = re.compile(r"[\w+#]+|%")


class YearsRange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Years of experience, both ends included; a profile of unknown years is in no range."""

    min: int | None = None
    max: int | None = None


class Filter(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, rename={"not_": "not"}
):
    """Which profiles qualify.

    Values are those of `canonical_filter`, which takes them as people write them; case and white space do not count.
    `None` asks nothing of that key. An empty tuple: `profile_ids`, `skills_any`, `location`, `seniority`,
    `company_now`, `company_ever`, `workplace`, `badges`, `certifications`, `languages` and `persona` admit nobody (a
    value out of an empty set), and so does `any_of`; `exclude_ids`, `skills_all`, `skills_none`, `company_none` and
    `all_of` exclude nobody.

    Attributes:
        location: any of these places: one name at any level ("San Jose", "United States"), or several
            levels separated by commas, all of which a person's place has ("Berlin, Germany").
        badges, certifications: any of these.
        title_contains: the current title contains these words, in this order, on word boundaries.
        name: the name on the profile has all these words, in any order; accents do not count. Names find people, and
            never touch a score.
        languages: any of these is spoken, whatever stands beside it ("Spanish (fluent)").
        likely_to_move: whether somebody has the badge that says so, their page's or that of the outlook; False is
            everybody else, of most of whom nothing is known. Nobody has it whose moves are not to be seen (`Sight`).
        persona: any of these, as the facet of this name gives them ("backend-heavy software engineer", "nurse").
        any_of, all_of: who passes any of these filters, or all of them; conditions nest `DEEPEST` deep.
        not_: who does not pass this filter; "not" in JSON.
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
    name: str | None = None
    languages: tuple[str, ...] | None = None
    persona: tuple[str, ...] | None = None
    likely_to_move: bool | None = None
    any_of: tuple[Filter, ...] | None = None
    all_of: tuple[Filter, ...] | None = None
    not_: Filter | None = None

    def asks_for_moves(self) -> bool:
        """Whether it, or any within it, asks who is likely to move."""
        return self.likely_to_move is not None or any(part.asks_for_moves() for _, part in self.parts())

    def parts(self) -> Iterator[tuple[str, Filter]]:
        """The filters within it, each with the path that it is at ("any_of[1]")."""
        for name in ("any_of", "all_of"):
            for number, part in enumerate(getattr(self, name) or ()):
                yield f"{name}[{number}]", part
        if self.not_ is not None:
            yield "not", self.not_

    def with_parts(self, parts: Sequence[Filter]) -> Filter:
        """The filter with others within it, in the order of `parts`."""
        left = iter(parts)
        changes: dict[str, object] = {
            name: tuple(next(left) for _ in held) for name in ("any_of", "all_of") if (held := getattr(self, name))
        }
        if self.not_ is not None:
            changes["not_"] = next(left)
        return msgspec.structs.replace(self, **changes) if changes else self


EVERYONE = Filter()
#: Keys that ask something of whoever qualifies, or of what may not hold of them.
_NARROWING = tuple(name for name in Filter.__struct_fields__ if name != "exclude_ids")


def is_narrowing(where: Filter) -> bool:
    """Whether a filter asks more than to leave ids out, which admits everybody else."""
    return any(getattr(where, name) is not None for name in _NARROWING)


#: How deep filters nest in one another.
DEEPEST = 10

KEYS_KNOWN = f"give some of {', '.join(Filter.__struct_encode_fields__)}"


def filter_from_json(text: bytes | str) -> Filter:
    """The filter in a JSON object; raises `FilterError` naming the key that is unknown or ill-typed."""
    try:
        return msgspec.json.decode(text, type=Filter)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FilterError(f"not a filter: {error}; {KEYS_KNOWN}") from error


def check_depth(where: Filter) -> None:
    """Raise `FilterError` where filters nest deeper than `DEEPEST`."""
    level, deep = [where], 0
    while level := [part for held in level for _, part in held.parts()]:
        deep += 1
        if deep > DEEPEST:
            raise FilterError(f"conditions nest deeper than {DEEPEST}; write them flatter")


def title_words(title: str) -> list[str]:
    """The words of a title as `title_contains` compares them ("Sr. C++ Engineer" → sr, c++, engineer).

    No letter stands for others: "_" is one of a word, "%" a word of its own ("50% Nurse" → 50, %, nurse).
    """
    return _WORD.findall(unaccented(folded(title)))
