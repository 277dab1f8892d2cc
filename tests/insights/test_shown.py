"""What is shown: the page's own where it brings them, else what is derived; each says which."""

import msgspec

from recommender.insights import derive, persona_of, shown_insights
from recommender.profile import Profile
from recommender.skills import Vocabulary
from tests.insights.people import ENGINEER

V = Vocabulary.shipped()


def test_what_is_derived_says_so_and_cites_its_fields() -> None:
    facts = derive(ENGINEER, V)
    said = shown_insights(ENGINEER, facts)
    assert [(one.text, one.fields) for one in said.highlights] == [
        (one.text, one.fields) for one in facts.insights.highlights
    ]
    assert {one.source for one in said.highlights} == {"derived"}
    assert said.persona is not None
    assert (said.persona.text, said.persona.source) == (persona_of(ENGINEER, facts), "derived")
    assert (said.core_skills, said.core_skills_source) == (facts.core_skills, "derived")


def test_a_page_that_brings_its_own_keeps_them() -> None:
    own = msgspec.structs.replace(
        ENGINEER, highlights=("Ferries for 14 years.", "Calm."), persona="Ferry Engineer.", core_skills=("Kafka",)
    )
    said = shown_insights(own, derive(own, V))
    assert [(one.text, one.source, one.fields) for one in said.highlights] == [
        ("Ferries for 14 years.", "page", ("highlights[0]",)),
        ("Calm.", "page", ("highlights[1]",)),
    ]
    assert said.persona is not None
    assert (said.persona.text, said.persona.source, said.persona.fields) == ("Ferry Engineer.", "page", ("persona",))
    assert (said.core_skills, said.core_skills_source) == (("Kafka",), "page")


def test_highlights_and_persona_are_taken_from_the_page_each_by_itself() -> None:
    own = msgspec.structs.replace(ENGINEER, persona="Ferry Engineer.")
    said = shown_insights(own, derive(own, V))
    assert {one.source for one in said.highlights} == {"derived"}
    assert said.persona is not None
    assert said.persona.source == "page"


def test_nothing_is_shown_of_nobody() -> None:
    said = shown_insights(Profile(), derive(Profile(), V))
    assert (said.highlights, said.persona, said.core_skills) == ((), None, ())
