"""The skill that somebody's latest work shows and they count among their own, where none is plainly central."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from recommender.field_path import FieldPath
from recommender.insights.texts import Texts
from recommender.insights.work.central import Work
from recommender.insights.work.hedges import is_hedged
from recommender.insights.work.naming import is_product, is_said, is_same, says, says_much
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.strengths import Skill
from recommender.skills import Vocabulary

#: Lines that tell of a skill, and what a list of one's own, the summary and a role before add to them.
_LEAST_LINES = 3.0
_BY_LIST, _BY_SUMMARY, _BY_ANOTHER = 1.0, 1.0, 0.5
_LEAST = 3.5
_LEAST_OF_LINES, _LEAST_OF_MOST = 0.08, 0.5
_MOST = 2
_ALIKE = 0.8  # part of the best one's score that a second one has


def practised(
    texts: Texts,
    work: Work,
    held: Mapping[str, tuple[FieldPath, ...]],
    occupation: Occupation,
    strange: Set[str],
    vocabulary: Vocabulary,
) -> list[Skill]:
    """At most two, best first: lines of the work tell of them, one of the latest role too, and a list or the summary.

    Args:
        strange: categories that have no place in the occupation.
    """
    told = {name: lines for name in held if (lines := work.by_skill.get(name, 0.0)) >= _LEAST_LINES}
    most, wider = max(told.values(), default=0.0), {one for name in told for one in vocabulary.broader(name)}
    found = []
    for name, lines in told.items():
        if (
            lines < max(_LEAST_OF_MOST * most, _LEAST_OF_LINES * work.lines)
            or says(occupation.text, name)
            or name in wider
        ):
            continue
        entry = vocabulary.skill(name)
        if entry is None or entry.category in strange or not says_much(name, vocabulary):
            continue
        fields = _own(name, held[name], texts, vocabulary)
        if (score := _score(fields, work)) >= _LEAST:
            found.append((score, Skill(name, tuple(fields), frozenset(f.role for f in fields if f.role is not None))))
    found.sort(key=lambda one: -one[0])
    near = [skill for score, skill in found if score >= _ALIKE * found[0][0]]
    others = [skill for skill in near[1:] if not is_same(near[0].name, skill.name, vocabulary)]
    return [*near[:1], *others[: _MOST - 1]]


def _own(name: str, fields: Sequence[FieldPath], texts: Texts, vocabulary: Vocabulary) -> list[FieldPath]:
    """The fields that say it in its own words, and not as something known of."""
    product = is_product(name, vocabulary)
    said = [field for field in fields if product or is_said(name, texts[field])]
    return [field for field in said if not is_hedged(field, texts, name, vocabulary)]


def _score(fields: Sequence[FieldPath], work: Work) -> float:
    """What tells of it; nothing where the latest role does not, or too few lines do."""
    lines = sum(work.told.get(field, 0.0) for field in fields)
    now = any(field.role in work.latest and "bullets" in field for field in fields)
    if not now or lines < _LEAST_LINES:
        return 0.0
    before = any("bullets" in field and field.role not in work.latest for field in fields)
    places = {field[0] for field in fields}
    return lines + _BY_LIST * ("other_skills" in places) + _BY_SUMMARY * ("about" in places) + _BY_ANOTHER * before
