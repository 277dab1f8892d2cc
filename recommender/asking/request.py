"""`Request`: what is asked for in words, a frozen value that a person can read and change.

Every part carries the words it came from: `words`, and their place in the text, `start` to `end` in characters. What is
asked is in the parts alone: one that is taken out is not asked any more, whatever the text said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from recommender.errors import QueryError

Stance = Literal["must", "nice", "not"]
#: What a passage of the text says: what is to be done, what is wanted, what else is said of the work, and what is no
#: wish at all: praise of the company, pay, how to apply.
ProseKind = Literal["duties", "wanted", "nice", "work", "aside"]

#: Levels of those who begin: unlike "senior", their names stand in the texts of who has them.
LEARNERS = frozenset(("intern", "junior"))


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing asked for.

    Attributes:
        values: any of which will do, as a filter takes them ("Python", "London").
        stance: whether people must have it, or better had it, or must not have it.
        strict: whether who lacks a must is no answer; else it weighs. What must not be always is strict.
        words: what the text says, None where no text did.
        start, end: where, in characters.
    """

    values: tuple[str, ...]
    stance: Stance = "must"
    strict: bool = False
    words: str | None = None
    start: int | None = None
    end: int | None = None

    def is_of_learners(self) -> bool:
        """Whether it asks for who begins, as a level: "internship" says what is done too."""
        return self.stance != "not" and not LEARNERS.isdisjoint(self.values)


class YearsPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Years of experience asked for, both ends included; otherwise as `Part`."""

    min: int | None = None
    max: int | None = None
    strict: bool = False
    words: str | None = None
    start: int | None = None
    end: int | None = None


class Prose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the text that are no part of their own."""

    text: str
    kind: ProseKind = "work"
    start: int | None = None
    end: int | None = None


#: The fields that hold parts, with what one of each is called.
KINDS = {
    "titles": "title",
    "skills": "skill",
    "seniority": "seniority",
    "places": "place",
    "workplaces": "workplace",
    "languages": "language",
    "certifications": "certification",
    "companies": "company",
    "names": "name",
}


class Request(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is asked for.

    Attributes:
        titles: occupations.
        skills: by their canonical names, where they have one.
        seniority, places, workplaces, languages, certifications, companies: by any of their names.
        names: of people, all words of each; they find people, always strictly, and touch no score.
        years: of experience.
        prose: the rest, by what it says; what is "aside" counts for nothing.
        not_understood: words that nothing is known of.
        language: of a text that is not English ("de"); what it names alike in English is asked all the same.
    """

    titles: tuple[Part, ...] = ()
    skills: tuple[Part, ...] = ()
    years: YearsPart | None = None
    seniority: tuple[Part, ...] = ()
    places: tuple[Part, ...] = ()
    workplaces: tuple[Part, ...] = ()
    languages: tuple[Part, ...] = ()
    certifications: tuple[Part, ...] = ()
    companies: tuple[Part, ...] = ()
    names: tuple[Part, ...] = ()
    prose: tuple[Prose, ...] = ()
    not_understood: tuple[Prose, ...] = ()
    language: str | None = None

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Every part but the years, with the name of its field."""
        for field in KINDS:
            for part in getattr(self, field):
                yield field, part

    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return self.years is None and not any(self.parts()) and all(one.kind == "aside" for one in self.prose)

    def check(self) -> Request:
        """The request itself; raises `QueryError`, which says what to change, where nobody can be what it asks."""
        if self.years is not None and None not in (low_high := (self.years.min, self.years.max)):
            low, high = low_high
            if low is not None and high is not None and low > high:
                raise QueryError(f"years: at least {low} and at most {high} are asked; give the smaller number first")
        wanted = {
            (field, value.casefold()) for field, part in self.parts() if part.stance != "not" for value in part.values
        }
        for field, part in self.parts():
            if not any(value.strip() for value in part.values):
                raise QueryError(f"{field}: a part has no value; give one, or take the part out")
            for value in part.values:
                if part.stance == "not" and (field, value.casefold()) in wanted:
                    raise QueryError(f"{field}: {value!r} is both asked for and excluded; take one of the two out")
        return self

    def said(self) -> str:
        """The request as a text of what work is wanted: without years, places, exclusions, asides and levels, but for
        those of who begins."""
        # of another language only what has a name is understood
        passages = [one for one in self.prose if one.kind != "aside" and self.language is None]
        held = [(one.start, one.end) for one in passages if one.start is not None and one.end is not None]
        spoken = [(one.start, one.end) for one in self.titles if one.start is not None and one.end is not None]
        pieces = [(one.start, one.text) for one in passages]
        for field, part in self.parts():
            is_work = field in ("titles", "skills", "certifications") or (
                field == "seniority" and part.is_of_learners()
            )
            if part.stance == "not" or not is_work:
                continue
            within = held if field == "titles" else held + spoken
            if part.start is not None and any(start <= part.start < end for start, end in within):
                continue  # said by the passage that it is in
            written = part.words if part.words and ":" not in part.words else ", ".join(part.values)
            if field == "titles" and len(part.values) == 1:
                written = part.values[0]  # what the text says in short is written out: "iOS devs"
            pieces.append((part.start, written))
        ordered = sorted(enumerate(pieces), key=lambda one: (one[1][0] is None, one[1][0] or 0, one[0]))
        return ", ".join(dict.fromkeys(text.strip(" ,.") for _, (_, text) in ordered))
