"""Core skills of a profile that states none: by where, how recently and how long each was used, and how rare it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from recommender.facts.tenure import present, tenure_of
from recommender.field_path import FieldPath
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: How much a place says that a skill is central.
_PLACES = {
    "title": 3.0,
    "skills": 3.0,
    "other_skills": 2.0,
    "highlights": 2.0,
    "about": 1.5,
    "bullets": 1.0,
    "certifications": 1.5,
}
_BULLETS = 2  # of one role count, at most
#: What nearly everybody has says little of a profession.
_COMMON_FIELDS = {"soft_skills": 0.25, "office": 0.3, "languages": 0.3, "management": 0.7}
_LONG = 48.0  # months of use from which longer use adds nothing
_MOST = 8


def derived_core(
    profile: Profile, held: Mapping[str, tuple[FieldPath, ...]], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The at most eight most central skills among those held, most central first; ties in reading order."""
    weights = _role_weights(profile)
    score = {name: _centrality(places, weights) * distinction(name, vocabulary) for name, places in held.items()}
    order = {name: position for position, name in enumerate(held)}
    return tuple(sorted(score, key=lambda name: (-round(score[name], 6), order[name]))[:_MOST])


def distinction(name: str, vocabulary: Vocabulary) -> float:
    """How much a skill says of a profession by its field of work, 0 to 1: soft skills and office tools say little."""
    field = vocabulary.field(name)
    if field is None:  # unknown to the vocabulary: somebody wrote it down, but it may be a slip
        return 0.6
    return _COMMON_FIELDS.get(field, 1.0)


def _centrality(places: tuple[FieldPath, ...], weights: list[float]) -> float:
    bullets: Counter[int] = Counter()
    total = 0.0
    for place in places:
        if place[0] != "roles":
            total += _PLACES[str(place[0])]
        elif place[2] == "bullets":
            bullets[int(place[1])] += 1
        else:
            total += weights[int(place[1])] * _PLACES[str(place[2])]
    return total + sum(weights[number] * min(count, _BULLETS) * _PLACES["bullets"] for number, count in bullets.items())


def _role_weights(profile: Profile) -> list[float]:
    """Of each role: more the longer it lasted and the more recently it ended; by its position where it has no dates."""
    as_of = present(profile)
    weights = []
    for position, role in enumerate(profile.roles):
        span = tenure_of(role, as_of)
        if span is None:
            weights.append(0.75 * 0.85**position)
        else:
            weights.append(span.recency * (0.5 + 0.5 * min(1.0, span.months / _LONG)))
    return weights
