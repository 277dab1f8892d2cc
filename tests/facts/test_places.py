"""The levels of places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.facts import levels

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
"""
CASES = [tuple(line.split("\t")) for line in PLACES.strip().splitlines()]


@pytest.mark.parametrize(("place", "expected"), CASES)
def test_levels(place: str, expected: str) -> None:
    assert levels(place) == tuple(expected.split("; "))


@pytest.mark.parametrize("place", [None, "", " ", "Remote", " , "])
def test_nowhere(place: str | None) -> None:
    assert levels(place) == ()


@given(st.text(alphabet="abc ,.-()/|ACTXé1", max_size=50))
def test_levels_are_folded_and_once(place: str) -> None:
    found = levels(place)
    assert len(set(found)) == len(found)
    assert all(level and level == level.casefold() and level == level.strip() for level in found)
