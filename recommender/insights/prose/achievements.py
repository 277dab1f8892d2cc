"""The most telling things that somebody did, in the words of the profile: numbers, scale, firsts, named systems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import NamedTuple

from recommender.field_path import FieldPath
from recommender.insights.prose.deeds import verb_of
from recommender.insights.prose.sentences import is_one_sentence, sentences, shortenings
from recommender.insights.prose.telling import has_any, is_stray, may_reach, points_of
from recommender.profile import Profile

#: Least points of an achievement that is worth a place, and of one that comes beside another.
LEAST, LEAST_FURTHER = 2.0, 2.4
_TRIED = 4  # clauses of one sentence, the longest ones
_WORTH_A_CUT = 1.5  # what a clause has to tell, beside its verb, to be cut out of its sentence
_OLD = 0.55  # part of its points that what is long over keeps
_OUTSIDE = 0.8  # and what is told outside of roles
_ROUNDED = 0.01  # what points may be off by
_A_SYSTEM, _MOST_SYSTEMS = 0.3, 3
#: How a text begins that goes on with the one before it: "… using ASP", ".Net and PHP".
_GOES_ON = re.compile(r"[a-z.,;:)&/]|\+\s")


class Achievement(NamedTuple):
    """Something done, in the words of the profile.

    Attributes:
        clause: a span of the field's text.
        points: how telling it is; comparable between people.
    """

    clause: str
    field: FieldPath
    points: float


def achievements(
    profile: Profile,
    recency: Sequence[float],
    systems: Mapping[FieldPath, int],
    elsewhere: Set[int],
    names: Set[str],
) -> list[Achievement]:
    """What the profile says was done that is worth a place, most telling first; ties in reading order.

    Args:
        recency: of each role, 0 to 1.
        systems: field → how many skills are named there.
        elsewhere: roles that say nothing of what somebody is now; what a summary tells may then be of them too.
        names: the person's own, which no clause may hold.
    """
    found = []
    for field, text in _texts(profile):
        role = field.role
        if role in elsewhere or (role is None and elsewhere):
            continue
        when = _OUTSIDE if role is None else _OLD + (1 - _OLD) * recency[role]
        named = _A_SYSTEM * min(systems.get(field, 0), _MOST_SYSTEMS)
        for clause, points in _telling(text, (LEAST - named) / when):
            if not has_any(clause, names):
                found.append(Achievement(clause, field, round(points * when + named, 3)))
    return sorted(found, key=lambda one: -one.points)


def unlike(found: Sequence[Achievement]) -> Iterator[Achievement]:
    """Those that neither share a field with one before nor begin as it does."""
    seen: list[tuple[FieldPath, list[str]]] = []
    for one in found:
        begins = one.clause.casefold().split()[:3]
        if all(one.field != field and begins != other for field, other in seen):
            seen.append((one.field, begins))
            yield one


def _texts(profile: Profile) -> Iterator[tuple[FieldPath, str]]:
    """Every text that may tell of something done."""
    for number in range(len(profile.roles)):
        yield from lines_of(profile, number)
    if profile.about:
        yield FieldPath.of("about"), profile.about


def lines_of(profile: Profile, number: int) -> Iterator[tuple[FieldPath, str]]:
    """The lines of a role; one that goes on in the next has a comma at its end."""
    bullets = profile.roles[number].bullets
    for at, text in enumerate(bullets):
        goes_on = at + 1 < len(bullets) and _GOES_ON.match(bullets[at + 1])
        yield FieldPath.of("roles", number, "bullets", at), f"{text.rstrip(' .')}," if goes_on else text


def _telling(text: str, least: float) -> list[tuple[str, float]]:
    """The clauses of a text that tell something, each with its points: one of each sentence, if it may have so many."""
    begins = text.lstrip().partition(" ")[0]
    if begins.isalpha() and begins != "I" and is_one_sentence(text):
        verb = verb_of(text.lstrip())
        if verb is None or not may_reach(least - _ROUNDED - verb, text):
            return []
    found = []
    for sentence in sentences(text):
        verb = verb_of(sentence)
        if verb is None or not may_reach(least - _ROUNDED - verb, sentence):
            continue
        clauses = islice(shortenings(sentence), _TRIED)
        fit = [(clause, _worth(clause, verb, sentence)) for clause in clauses if not is_stray(clause)]
        if fit and (best := max(fit, key=lambda one: one[1]))[1] > 0:
            found.append(best)
    return found


def _worth(clause: str, verb: float, sentence: str) -> float:
    """The points of a clause; 0 for the beginning of a longer sentence that tells nothing remarkable by itself."""
    points = points_of(clause)
    return verb + points if clause == sentence or points >= _WORTH_A_CUT else 0.0
