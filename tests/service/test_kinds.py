"""Whether a pasted text is about a person or asks for one."""

from __future__ import annotations

import pytest

from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.service.pages.adding.kinds import kind_of
from recommender.skills import Vocabulary

REQUESTS = (
    "nurse",
    "senior welder in Hull, 10+ years",
    "must:Kafka nice:GraphQL not:PHP place:Leeds",
    "Somebody who can run a bakery at night and speaks Welsh.",
    "We need two bricklayers for a school near Cork. Bring your own tools.",
    """Lead Cartographer

About the role
You will draw the charts of the northern coast. You have five years of experience and a steady hand.

What we offer
A boat, and thirty days of leave.""",
    """Harbour Pilot (part time), Hull, from March 2027

Responsibilities: bring ships in, write the log.
Requirements: a licence, English and Dutch.
Send your application to crew@harbour.example by 12 May 2027.""",
)
PEOPLE = (
    """Ines Moorland
ines@moor.example | Hull

Experience
Harbour Pilot, Northquay Pilots, 2018 - present
Tug Master, Southquay Tugs, 2009 - 2018""",
    """I am a baker. I have run night shifts in three bakeries since 2004, and I taught at a school for pastry. My bread
won prizes. I would like to work near the sea again, in a small team, and I can start in spring.""",
    """OTTO MARL
Welder

Work history
03/2011 - 06/2020 Welder, Ship Works
Required certificates: MIG, TIG""",
)


def kind(text: str) -> str:
    (read,) = read_bytes(
        text.encode(), source="text", vocabulary=Vocabulary.shipped(), on_notice=lambda _: None, format="text"
    )
    assert isinstance(read, Profile)
    return kind_of(text, read)


@pytest.mark.parametrize("text", REQUESTS)
def test_what_asks_for_people_is_a_request(text: str) -> None:
    assert kind(text) == "request"


@pytest.mark.parametrize("text", PEOPLE)
def test_what_tells_of_somebody_is_a_person(text: str) -> None:
    assert kind(text) == "person"
