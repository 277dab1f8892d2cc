"""What is shown of a profile: the highlights and persona that its page brings, else those derived; each says which."""

from __future__ import annotations

from typing import Literal

import msgspec

from recommender.field_path import FieldPath
from recommender.insights.insights import Derived
from recommender.insights.moving import MoveOutlook
from recommender.profile import Profile

Source = Literal["page", "derived"]


class ShownInsight(msgspec.Struct, frozen=True):
    """A sentence on somebody.

    Attributes:
        text: the sentence.
        source: "page" for what the profile came with, "derived" for what was made of its other fields.
        fields: of the profile, where the sentence is or what it comes from ("roles[0].bullets[2]").
    """

    text: str
    source: Source
    fields: tuple[str, ...]


class ShownInsights(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown of one person.

    Attributes:
        highlights: at most three where derived, the most telling first; as many as the page brings.
        persona: null where no title says an occupation.
        core_skills: canonical names, most central first.
        core_skills_source: "page" where the profile names its core skills itself.
        moving: how likely the person is to leave the present employer; null where that is not known, or not to be seen.
    """

    highlights: tuple[ShownInsight, ...] = ()
    persona: ShownInsight | None = None
    core_skills: tuple[str, ...] = ()
    core_skills_source: Source = "derived"
    moving: MoveOutlook | None = None


def shown_insights(profile: Profile, facts: Derived) -> ShownInsights:
    """The profile's own where it has them, for highlights and persona apart; else those derived."""
    own = tuple(
        ShownInsight(text, "page", (str(FieldPath.of("highlights", at)),)) for at, text in enumerate(profile.highlights)
    )
    made = tuple(ShownInsight(one.text, "derived", one.fields) for one in facts.insights.highlights)
    return ShownInsights(
        highlights=own or made,
        persona=_persona(profile, facts),
        core_skills=facts.core_skills,
        core_skills_source="page" if any(raw.strip() for raw in profile.core_skills) else "derived",
        moving=facts.insights.moving,
    )


def persona_of(profile: Profile, facts: Derived) -> str | None:
    """The persona that is shown, in words."""
    shown = _persona(profile, facts)
    return shown.text if shown else None


def _persona(profile: Profile, facts: Derived) -> ShownInsight | None:
    if profile.persona and profile.persona.strip():
        return ShownInsight(profile.persona, "page", ("persona",))
    derived = facts.insights.persona
    return ShownInsight(derived.text, "derived", derived.fields) if derived else None
