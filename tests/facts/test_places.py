"""The levels of places."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recommender.facts import levels, place_levels, stated_levels
from recommender.reading import read_path
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary

PLACES = """
San Jose, CA	san jose; california; united states
San Jose, California, United States	san jose; california; united states
San Jose CA	san jose; california; united states
Austin TX 78701	austin; texas; united states
Portland, OR	portland; oregon; united states
San Francisco Bay Area	san francisco bay area; california; united states
Bay Area	san francisco bay area; california; united states
Greater Boston Area	greater boston area; boston; massachusetts; united states
New York, NY	new york; united states
NYC	new york; united states
Washington, DC	washington; district of columbia; united states
Seattle, WA	seattle; washington; united states
California	california; united states
USA	united states
Cambridge, MA, USA	cambridge; massachusetts; united states
Toronto, ON	toronto; ontario; canada
Toronto, ON, CA	toronto; ontario; canada
London, UK	london; england; united kingdom
London, ON	london; ontario; canada
Manchester, England	manchester; england; united kingdom
Paris, France	paris; france
Paris, TX	paris; texas; united states
München, Deutschland	munich; germany
Berlin, DE	berlin; germany
Dover, DE	dover; delaware; united states
Bengaluru, Karnataka, India	bengaluru; karnataka; india
Bangalore	bengaluru; karnataka; india
Hyderabad, IN	hyderabad; telangana; india
Gary, IN	gary; indiana; united states
Atlanta, Georgia	atlanta; georgia; united states
Tbilisi, Georgia	tbilisi; georgia
San Jose, Costa Rica	san jose; costa rica
Dubai, UAE	dubai; united arab emirates
Sydney NSW	sydney; new south wales; australia
Perth, Western Australia	perth; western australia; australia
Remote - Germany	germany
Singapore	singapore
Springvale, Freedonia	springvale; freedonia
Remote	remote
TX	texas; united states
TX, USA	texas; united states
U.S.A.	united states
Great Britain	united kingdom
Muenchen, BRD	munich; germany
Bayern, Deutschland	bavaria; germany
Kraków	krakow; poland
N.Y.C.	new york; united states
St. Louis, MO	saint louis; missouri; united states
LA	los angeles; california; united states
LA, USA	los angeles; california; united states
Madras, Oregon	madras; oregon; united states
Wien, AT	vienna; austria
"""
CASES = [tuple(line.split("\t")) for line in PLACES.strip().splitlines()]


@pytest.mark.parametrize(("place", "expected"), CASES)
def test_levels(place: str, expected: str) -> None:
    assert levels(place) == tuple(expected.split("; "))


@pytest.mark.parametrize("place", [None, "", " ", " , ", "…"])
def test_nowhere(place: str | None) -> None:
    assert levels(place) == ()


@given(st.text(alphabet="abc ,.-()/|ACTXé1", max_size=50))
def test_levels_are_folded_and_once(place: str) -> None:
    found = levels(place)
    assert len(set(found)) == len(found)
    assert all(level and level == level.casefold() and level == level.strip() for level in found)


#: Ways to write one place, a line each: whoever wrote it one way is found by every other.
SAME = (
    ("Munich, Germany", "München", "MÜNCHEN, Deutschland", "Muenchen, DE", "Munchen (Germany)", "munich, germany."),
    ("Austin, TX, USA", "Austin, Texas", "Austin TX", "austin, texas, united states", "Austin, TX 78701", "austin, tx"),
    ("New York, NY", "New York City, NY", "NYC", "New York City, United States", "N.Y.C."),
    ("London, UK", "London, United Kingdom", "london - great britain", "London, GB", "London (U.K.)"),
    ("Bengaluru, India", "Bangalore", "Bangalore, Karnataka, India", "BENGALURU, IN"),
    ("Mumbai", "Bombay, India", "Mumbai, Maharashtra"),
    ("São Paulo, Brasil", "Sao Paulo, Brazil", "Sa\u0303o Paulo"),
    ("Kraków, Polska", "Krakow, Poland", "Cracow"),
    ("United States", "USA", "US", "U.S.", "U.S.A.", "United States of America", "the USA"),
    ("United Kingdom", "UK", "U.K.", "Great Britain", "gb"),
    ("Deutschland", "Germany", "DE", "germany", "Bundesrepublik Deutschland"),
    ("Texas", "TX", "Texas, USA", "TX, USA", "texas, us"),
    ("Bavaria, Germany", "Bayern", "Bayern, Deutschland"),
    ("Örebro", "Orebro", "ÖREBRO", "O\u0308rebro."),
    ("Springvale, Freedonia", "springvale,freedonia", "SPRINGVALE / Freedonia"),
    ("Remote", "remote"),
)  # fmt: skip


@pytest.mark.parametrize("ways", SAME, ids=lambda ways: ways[0])
def test_every_way_to_write_a_place_finds_every_other(ways: tuple[str, ...]) -> None:
    missed = [(asked, held) for asked in ways for held in ways if not set(stated_levels(asked)) <= set(levels(held))]
    assert not missed


def test_several_levels_are_meant_together() -> None:
    asked = set(stated_levels("Berlin, Germany"))
    assert asked <= set(levels("Berlin"))
    assert not asked <= set(levels("Berlin, New Hampshire"))
    assert set(stated_levels("Berlin")) <= set(levels("Berlin, New Hampshire"))
    assert not set(stated_levels("Madras, Oregon")) & set(levels("Chennai, India"))


@example("bC/bC")
@given(st.text(alphabet="abc ,.-()/|ACTXéß1%", max_size=40) | st.text(max_size=40))
def test_a_place_as_it_is_shown_finds_itself(place: str) -> None:
    assert set(stated_levels(place)) <= set(levels(place))
    asked = ", ".join(stated_levels(place))
    assert ", ".join(stated_levels(asked)) == asked


def test_every_place_of_the_sample_finds_itself() -> None:
    people = read_path(sample_folder() / "profiles.jsonl.gz", vocabulary=Vocabulary.shipped(), on_notice=print)
    places = {profile.location for profile in people}  # type: ignore[union-attr]
    assert len(places) > 50
    assert all(set(stated_levels(place)) <= set(levels(place)) and levels(place) for place in places if place)


def test_a_long_row_of_codes_takes_no_square_of_time() -> None:
    assert levels("CA " * 100_000)[-1] == "united states"


@pytest.mark.parametrize(
    ("location", "city", "region", "country"),
    [
        ("San Jose, CA", "san jose", "california", "united states"),
        ("New York, NY", "new york", "new york", "united states"),
        ("Texas", None, "texas", "united states"),
        ("Berlin", "berlin", None, "germany"),
        ("Greater Boston Area", "boston", "massachusetts", "united states"),
        ("Tbilisi, Georgia", "tbilisi", None, "georgia"),
        ("Singapore", None, None, "singapore"),
        ("Springvale, Freedonia", "springvale", None, "freedonia"),
        ("Springvale", "springvale", None, None),
        (None, None, None, None),
    ],
)
def test_a_place_has_a_city_a_region_and_a_country(
    location: str | None, city: str | None, region: str | None, country: str | None
) -> None:
    assert place_levels(levels(location)) == {"city": city, "region": region, "country": country}
