"""What backs the skills that somebody is known for, in one sentence: several roles that show them."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.insights.insights import Highlight
from recommender.insights.prose.clauses import LONGEST, as_sentence
from recommender.insights.prose.spoken import joined
from recommender.insights.work.naming import says
from recommender.insights.work.strengths import Skill

_SEVERAL = 3  # roles that show a skill: without their number, which may be less than there are
_FIRST = 4  # skills of which one is told


def expertise(skills: Sequence[Skill], title: str) -> Highlight | None:
    """The first skills that several roles show, two of the same roles before one; None where there is none.

    Args:
        title: of the person; what it says already is told only beside another.
    """
    new = {one.name for one in skills if not says(title, one.name)}
    for told in (*_pairs(skills, new), *((one,) for one in skills[:_FIRST] if one.name in new)):
        roles = frozenset.intersection(*(one.roles for one in told))
        text = f"Expertise in {joined([one.name for one in told])} across several roles"
        if len(roles) >= _SEVERAL and len(text) <= LONGEST:
            fields = (str(field) for one in told for field in one.fields if field.role in roles)
            return Highlight(as_sentence(text), tuple(dict.fromkeys(fields)))
    return None


def _pairs(skills: Sequence[Skill], new: set[str]) -> list[tuple[Skill, ...]]:
    """Two skills at a time, those that the title says neither of first, then those that most roles show together."""
    first = [one for one in skills if one.name in new][:_FIRST]
    first += [one for one in skills if one.name not in new][:1]
    pairs = [(one, two) for at, one in enumerate(first) for two in first[at + 1 :] if {one.name, two.name} & new]
    pairs.sort(key=lambda pair: (not {pair[0].name, pair[1].name} <= new, -len(pair[0].roles & pair[1].roles)))
    return [*pairs]
