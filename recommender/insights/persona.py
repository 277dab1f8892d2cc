"""Who somebody is in one line, each slot measured: "{occupation} with expertise in {A} and {B}"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recommender.facts import folded
from recommender.field_path import FieldPath
from recommender.insights.insights import Persona
from recommender.insights.prose.spoken import as_named, joined
from recommender.insights.work.naming import says
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.strengths import Skill
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: What a page's own persona says before and after who somebody is.
_BEFORE = re.compile(r"\A.*?\bperson is an? |\A(?:an?|the)\s+", re.IGNORECASE)
_AFTER = re.compile(
    r"\s+(?:with\s(?:\w+\s)?(?:expertise|experience|background)|speciali[sz]|who\s|focus(?:ing|ed)\son\s).*|\.\Z",
    re.IGNORECASE | re.DOTALL,
)
_HEAVY = re.compile(r"\A[\w/ -]+?-(?:heavy|focused|leaning|oriented)\s+")


def persona(where: FieldPath, occupation: Occupation, skills: Sequence[Skill], vocabulary: Vocabulary) -> Persona:
    """The persona of somebody of this occupation.

    Args:
        where: the field of the title.
        skills: as `central` gives them; what the occupation says itself is left out.
    """
    shown = [skill for skill in skills if not says(occupation.text, skill.name)][:2]
    work = as_named(occupation.text, vocabulary)
    names = tuple(skill.name for skill in shown)
    return Persona(
        text=f"{work} with expertise in {joined(names)}" if names else work,
        occupation=work,
        skills=names,
        fields=tuple(dict.fromkeys([str(where), *(field for skill in shown for field in skill.cited())])),
    )


def persona_kind(text: str) -> str:
    """A persona as filters compare it: "a Backend-heavy Engineer with expertise in …" → "backend-heavy engineer"."""
    return folded(_AFTER.sub("", _BEFORE.sub("", text.strip())))


def kinds(profile: Profile, derived: Persona | None, occupation: Occupation | None) -> tuple[str, ...]:
    """The personas that filters and facets compare, narrowest first: of the page's own where it has one.

    "Backend-heavy Infrastructure Engineer with expertise in AI" → "backend-heavy infrastructure engineer",
    "infrastructure engineer".
    """
    if own := profile.persona and persona_kind(profile.persona):
        return tuple(dict.fromkeys((own, _HEAVY.sub("", own))))
    if derived is None or occupation is None:
        return ()
    return (occupation.plain,)
