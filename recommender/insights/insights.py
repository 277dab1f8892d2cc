"""`Insights`: sentences about one person, with their sources; and `Derived`: the facts that carry them."""

from __future__ import annotations

import msgspec

from recommender.facts import Facts
from recommender.insights.moving import MoveOutlook


class Highlight(msgspec.Struct, frozen=True, gc=False):
    """One thing that a recruiter would underline.

    Attributes:
        text: a whole sentence without the person's name, at most 90 characters.
        fields: where on the profile it comes from, as `FieldPath` writes it; never empty.
    """

    text: str
    fields: tuple[str, ...]


class Persona(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who somebody is in one line: "Software Engineer with expertise in Kafka and Cassandra".

    Attributes:
        text: the line.
        emphasis: the field of work that stands out in pools of before; none is said any more.
        occupation: in plain words, at the person's level.
        skills: at most two of the core skills.
        fields: where on the profile it comes from, as `FieldPath` writes it; never empty.
    """

    text: str
    emphasis: str | None = None
    occupation: str
    skills: tuple[str, ...] = ()
    fields: tuple[str, ...]


class Insights(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one may say of a person beyond the facts.

    Attributes:
        highlights: at most three, of different kinds, the most telling first.
        persona: None where no title says an occupation.
        kinds: the personas that filters and facets compare, folded, narrowest first: of the page's own persona where it
            brings one, else of the derived one ("backend-heavy software engineer", "software engineer").
        moving: how likely the person is to leave the present employer; None where dated jobs do not say.
        employers: companies that may be the present employer, by their `company_form`: who is not to learn of that.
    """

    highlights: tuple[Highlight, ...] = ()
    persona: Persona | None = None
    kinds: tuple[str, ...] = ()
    moving: MoveOutlook | None = None
    employers: tuple[str, ...] = ()


class Derived(Facts, frozen=True, kw_only=True, gc=False):
    """The facts of one profile and the insights that rest on them: what a pool stores in a profile's row."""

    insights: Insights = Insights()
