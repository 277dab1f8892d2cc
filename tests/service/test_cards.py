"""What a card says of a match, and where it leads: over HTTP, and worked out by hand."""

from __future__ import annotations

import re

import msgspec
import pytest
from fastapi.testclient import TestClient
from starlette.datastructures import QueryParams

from recommender.matching import Match, Met, Query
from recommender.matching.shares import shares, shares_of_words
from recommender.service.pages.cards import cards, lacking
from recommender.service.pages.filters.choices import Choices
from recommender.service.pages.points import Points
from recommender.service.pages.steering import changed
from tests.service.people import POOL
from tests.service.test_pages import Seen, seen
from tests.service.test_person import answer, match
from tests.service.test_similar import rooms


def matched(page: Seen) -> list[str]:
    """Ids of the matches of a page, best first."""
    links = [str(a["href"]) for a in page.all("a")]
    return list(dict.fromkeys(re.findall(r"/profiles/([^\s#?]+)$", "\n".join(links), re.M)))


def hrefs(page: Seen, text: str) -> list[str]:
    return [str(a["href"]) for a in page.all("a") if text in str(a.get("href"))]


def test_a_signal_gives_at_most_its_part_of_a_hundred(filled: TestClient) -> None:
    """Of three work signals that weigh 1 and levels that weigh 0.1 and 0.05, each of the three is 100 / 3 / 1.15.

    The encoder of these tests knows no occupations, of which there is no evidence then.
    """
    ours = rooms(filled)
    with ours.collection.view() as view:
        found = ours.similar(Query(like=("ada",), k=5), view)
        most = shares(view, ("ada",), found.matches)
        assert most[0] == pytest.approx(
            {
                **dict.fromkeys(("career", "words", "skills"), 28.986),
                "occupation": 0,
                "years": 8.696,
                "seniority": 4.348,
            },
            abs=0.001,
        )
        for each, one in zip(most, found.matches, strict=True):
            assert sum(each.values()) == pytest.approx(100)
            for given in one.contributions:
                assert given.points <= each[given.signal] + 1e-3


def test_a_signal_without_evidence_leaves_its_part_to_the_others(client: TestClient) -> None:
    """Nobody's years are known: what is left of the levels is seniority's 0.05."""
    for name in ("a", "b"):
        client.put(f"/v1/profiles/{name}", json={"id": name, "title": "Registered Nurse", "core_skills": ["Triage"]})
    ours = rooms(client)
    with ours.collection.view() as view:
        (most,) = shares(view, ("a",), ours.similar(Query(like=("a",), k=5), view).matches)
    assert most["years"] == 0
    assert sum(most.values()) == pytest.approx(100)


def test_of_words_what_gave_somebody_points_could_give_everybody(filled: TestClient) -> None:
    found = rooms(filled).similar(Query(text="Registered Nurse in Leeds, triage", k=3))
    most = shares_of_words(found.matches)
    assert len(most) == 3
    assert sum(most[0].values()) == pytest.approx(100)
    assert {name for name, part in most[0].items() if part} == {
        one.signal for each in found.matches for one in each.contributions
    }


def test_points_stand_beside_the_most_they_could_be_and_nothing_given_is_said() -> None:
    one, other = cards(
        answer(match(1, career=13.3, unlike=-2.0), match(2, skills=5.0)),
        [{"career": 21.7}, {"career": 20, "skills": 4}],
    )
    assert one.points == (Points("career", 0, 13.3, 21.7), Points("unlike", 1, -2.0, None))
    assert other.points == (Points("career", 0, 0.0, 20), Points("skills", 2, 5.0, 5.0))


def test_a_card_says_what_is_missing_and_filters_by_what_is_shared(filled: TestClient) -> None:
    with rooms(filled).collection.view() as view:
        nurse = match(1, work=1.0)
        facts = lacking(view, ("Kafka", "Triage"), [_with_id(nurse, "nurse-1"), _with_id(nurse, "eng-001")])
    assert facts == [("Kafka",), ("Triage",)]
    page = seen(filled, "/profiles/nurse-1?country=united+kingdom&skill=Triage")
    narrower = "/profiles/nurse-1?country=united+kingdom&skill=Triage&skill=Patient+Care#similar"
    assert narrower in hrefs(page, "skill=Patient+Care")
    titles = {a.get("title") for a in page.all("a")}
    assert "Only people with Patient Care" in titles
    assert "Only people with Triage" not in titles, "what is a filter already leads nowhere"


def test_conditions_that_are_not_met_are_missing() -> None:
    asked = Met("Kafka", "skill", "must", met=False), Met("Python", "skill", "must", met=True)
    (card,) = cards(answer(_with_conditions(match(1, work=1.0), asked)))
    assert card.missing == ("Kafka",)
    assert card.more is None, "a card of a page without an address leads nowhere"


def test_the_headline_opens_the_very_people_that_it_counts(filled: TestClient) -> None:
    for profile_id in ("ada", "eng-001", "nurse-1"):
        headline = filled.get(f"/v1/profiles/{profile_id}/similar").json()["headline"]
        page = seen(filled, f"/profiles/{profile_id}?country=germany")
        (link,) = [link for link in hrefs(page, "hide=") if link.startswith("/profiles?skill=")]
        assert Choices.of(QueryParams(link.partition("?")[2]), rooms(filled).vocabulary).hide == (profile_id,)
        opened = seen(filled, link)
        assert f"{headline['count']} people qualify" in opened.text
        name = next(person.name for person in POOL if person.id == profile_id)
        assert f"without {name}" in opened.text, "who is left out is said, and can be taken back"


def test_more_and_less_like_this_are_kept_in_the_address_and_undone(filled: TestClient) -> None:
    plain = matched(seen(filled, "/profiles/ada"))
    page = seen(filled, "/profiles/ada?like=nurse-1&unlike=eng-003&like=nobody")
    assert "nurse-1" not in matched(page)[:10], "who is liked is no answer"
    assert matched(page) != plain
    assert "more like Sam Wardwell 1" in page.text
    assert "less like Robin Dastad" in page.text
    assert re.search(r"\d+ of these 10 (is|are) new\. Undo all|The same people as before", page.text)
    assert "107 people qualify" in page.text, "neither Ada nor the nurse"
    assert "/profiles/ada?#similar" in hrefs(page, "/profiles/ada?")
    assert "/profiles/ada?like=nobody&unlike=eng-003#similar" in hrefs(page, "like=nobody")
    more = hrefs(seen(filled, "/profiles/ada?country=germany"), "&like=")
    assert more[0].startswith("/profiles/ada?country=germany&like=eng-")


def test_who_is_hidden_is_gone_until_that_is_undone(filled: TestClient) -> None:
    first = matched(seen(filled, "/profiles/ada"))[0]
    page = seen(filled, f"/profiles/ada?hide={first}")
    assert first not in matched(page)
    assert "107 people qualify" in page.text
    assert "/profiles/ada?#similar" in hrefs(page, "/profiles/ada?")


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("abc", "abc", "the same people as before"),
        ("abc", "acb", "the same people as before, in another order"),
        ("abc", "abd", "1 of these 3 is new"),
        ("abc", "dea", "2 of these 3 are new"),
    ],
)
def test_what_changed_is_said(before: str, now: str, said: str) -> None:
    those, these = ([_with_id(match(1, work=1.0), one) for one in ids] for ids in (before, now))
    assert changed(those, these) == said


def _with_id(one: Match, profile_id: str) -> Match:
    return msgspec.structs.replace(one, profile_id=profile_id)


def _with_conditions(one: Match, conditions: tuple[Met, ...]) -> Match:
    return msgspec.structs.replace(one, conditions=conditions)
