"""Reasons: sentences of evidence, each naming the field of the match it came from, and claiming no more than it says.

Core skills are said field by field; of what gave no points nothing is said.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from recommender.facts.facts import Facts
from recommender.insights import Derived
from recommender.matching.answer import Reason
from recommender.matching.explaining.cited import Cited, Showing
from recommender.matching.query_profile import QueryProfile
from recommender.privacy import masked_again
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

#: Core skills that one reason names.
NAMED = 5
#: Characters of a bullet that are quoted.
QUOTED = 140


class Wording:
    """How skills are said to who asks one question.

    Attributes:
        spelling: canonical name → core skill as the question writes it.
        vocabulary: names what a field writes.
    """

    def __init__(self, spelling: Mapping[str, str], vocabulary: Vocabulary) -> None:
        self.spelling, self.vocabulary = spelling, vocabulary
        self._said: dict[str, str] = {}

    def name(self, skill: str) -> str:
        """As the question writes it, else its own name."""
        return self.spelling.get(skill, skill)

    def said(self, skill: str) -> str:
        """The name, fit to be shown; worked out once, as match after match is said to have the same skills."""
        said = self._said.get(skill)
        if said is None:
            said = self._said[skill] = masked_again(self.name(skill))
        return said

    def shown(self, skill: str, texts: Sequence[str]) -> str:
        """The same, and where the field's texts write it otherwise, so: "Kubernetes (as K8s here)"."""
        name = self.name(skill).casefold()
        if any(name in text.casefold() for text in texts):
            return self.said(skill)
        written = {one for text in texts for one in _written(self.vocabulary, skill, text)}
        if not written:
            return self.said(skill)
        return masked_again(f"{self.name(skill)} (as {max(sorted(written), key=len)} here)")


@lru_cache(8_192)
def _written(vocabulary: Vocabulary, skill: str, text: str) -> tuple[str, ...]:
    """How a text writes a skill, which it may say by a narrower one; remembered, as lists repeat one another."""
    mentions = ((text[mention.start : mention.end], mention.name) for mention in vocabulary.mentions(text))
    said = ((text, vocabulary.canonical(text)), *mentions)
    return tuple(written for written, name in said if name == skill or skill in vocabulary.broader(name))


class Explained(NamedTuple):
    """What is known of one match; `held` are all its skills, `scored` the signals that gave it points."""

    profile: Profile
    facts: Derived
    held: Set[str]
    scored: Collection[str]


class Evidence(NamedTuple):
    """What the reasons for one match cite.

    Attributes:
        title: the title without which the score would lose most, of those like the query profile's.
        work: the bullet without which it would.
        role: the number of the query profile's role that is most like the bullet's, where they are alike.
        skills: the fields that name core skills of the query profile, each with those it is cited for.
    """

    title: Cited | None
    work: Cited | None
    role: int | None
    skills: Sequence[Showing]


def reasons(
    query_profile: QueryProfile, wording: Wording, match: Explained, evidence: Evidence, *, among_several: bool = False
) -> Iterator[Reason]:
    """Why this profile matches; what the two do not share is said only beside what they do.

    Args:
        among_several: whether other profiles are asked about too, so that core skills need an owner.
    """
    yield from _title(query_profile, match.profile, evidence.title)
    yield from _work(query_profile, match.profile, evidence.work, evidence.role)
    if "skills" in match.scored:
        title = query_profile.profile.title if among_several else None
        owner = masked_again(f"“{title}” — ") if title else ""
        yield from _skills(query_profile.facts.core_skills, owner, wording, match, evidence.skills)
    if "years" in match.scored:
        yield from _years(query_profile.facts, match)


def _title(query_profile: QueryProfile, profile: Profile, cited: Cited | None) -> Iterator[Reason]:
    if cited is not None:
        title = cited.path.resolve(profile)
        both = (f"“{masked_again(one)}”" for one in (query_profile.profile.title, title) if one)
        yield Reason(f"comparable occupation: {' — '.join(both)}", cited.field)


def _work(query_profile: QueryProfile, profile: Profile, cited: Cited | None, own: int | None) -> Iterator[Reason]:
    if cited is not None:
        theirs = _named(profile.roles[cited.number], cited.path.resolve(profile))
        both = theirs if own is None else f"{_named(query_profile.profile.roles[own])} — {theirs}"
        yield Reason(f"similar work: {both}", cited.field)


def _skills(
    core: Sequence[str], owner: str, wording: Wording, match: Explained, showing: Sequence[Showing]
) -> Iterator[Reason]:
    """A reason for each field that names core skills; what the match has none of is said beside the last."""
    missing = [wording.said(skill) for skill in core if skill not in match.held]
    for number, (cited, skills, otherwise) in enumerate(showing):
        texts = _texts(cited.path.resolve(match.profile)) if otherwise else ()
        names = [
            wording.shown(core[skill], texts) if skill in otherwise else wording.said(core[skill])
            for skill in skills[:NAMED]
        ]
        more = " more" if number else ""
        text = f"{owner}{len(skills)}{more} of {len(core)} core skills: {', '.join(names)}"
        last = number == len(showing) - 1
        text += f"; missing: {', '.join(missing[:3])}" if last and missing else ""
        yield Reason(text, cited.field)


def _texts(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """The entries of a list, else its one text."""
    return value if isinstance(value, tuple) else (value,)


def _years(own: Facts, match: Explained) -> Iterator[Reason]:
    years = match.facts.years
    if own.years is not None and years is not None and abs(own.years - years) <= max(2, own.years // 4):
        # not stated, they are counted from the roles
        field = "roles" if match.profile.years_of_experience is None else "years_of_experience"
        yield Reason(f"comparable experience: {own.years} and {years} years", field)


def _named(role: Role, bullet: str | None = None) -> str:
    named = masked_again(", ".join(filter(None, [role.title, role.company])))
    if bullet is None:
        return f"“{named}”"
    return f"“{': '.join(filter(None, [named, _quoted(bullet)]))}”"


def _quoted(bullet: str) -> str:
    bullet = masked_again(bullet)  # first: half a telephone number would not be known for one
    if len(bullet) <= QUOTED:
        return bullet
    end = bullet.rfind(" ", 1, QUOTED)
    return bullet[: end if end > 0 else QUOTED].rstrip() + " …"
