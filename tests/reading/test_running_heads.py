"""Heads of roles in running text, with nothing between them and the work before."""

from __future__ import annotations

import pytest

from tests.reading.conftest import Reader

#: The text before the head, the head, and what is to be read of it: (title, employer).
HEADS = (
    # the words before go on in capitals: what usually begins a title begins it
    ("Wove on Jacquard and Dobby", "Senior Textile Designer Alder & Finch", "Senior Textile Designer", "Alder & Finch"),
    ("Typed seventy words (WPM)", "Database Administrator Marlow Yard", "Database Administrator", "Marlow Yard"),
    ("Wrote reports with Crystal 10.3", "Business Analyst Vesi Logistics", "Business Analyst", "Vesi Logistics"),
    ("Checked every seam as a Finisher", "Quality Inspector Halden Works", "Quality Inspector", "Halden Works"),
    # a list of what was done is cut off at a comma
    ("Kept rotas, ledgers, office supplies,", "Senior Clerk Vesi Logistics", "Senior Clerk", "Vesi Logistics"),
    # what belongs to a title behind its noun
    ("Sang in the choir.", "Radio Technician Tier II Orchard Inc", "Radio Technician Tier II", "Orchard Inc"),
    ("Sang in the choir.", "Barber (Evenings) Vesi Salon", "Barber (Evenings)", "Vesi Salon"),
    ("Sang in the choir.", "Sourcing Specialist, Power Brack Group", "Sourcing Specialist, Power", "Brack Group"),
    # what stands in place of an employer, and an employer that begins like a title ends
    ("Sang in the choir.", "Web Designer Freelance", "Web Designer", "Freelance"),
    ("Sang in the choir.", "Support Technician IT Harbour", "Support Technician", "IT Harbour"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "head", "title", "company"), HEADS)
def test_a_head_begins_and_ends_where_titles_do(read: Reader, before: str, head: str, title: str, company: str) -> None:
    text = (
        f"Experience\nBarber Kohv Bar - Newark, NJ May 2016 to June 2019 {before} {head} - Elmsford, NY"
        " March 2011 to April 2016 Did the work."
    )
    roles = read.one(text).roles
    assert [(role.title, role.company) for role in roles] == [("Barber", "Kohv Bar"), (title, company)]


def test_an_employer_that_is_known_is_found_again(read: Reader) -> None:
    text = (
        "Experience\nBuyer II, Power Brack & Vell - Elmsford, NY May 2016 to June 2019 Bought it."
        " Buyer I, Power Brack & Vell - Elmsford, NY March 2011 to April 2016 Bought less."
    )
    roles = read.one(text).roles
    assert [(role.title, role.company) for role in roles] == [
        ("Buyer II, Power", "Brack & Vell"),
        ("Buyer I, Power", "Brack & Vell"),
    ]


def test_a_city_and_its_state_are_no_part_of_an_employer(read: Reader) -> None:
    text = (
        "Newark, NJ\nBrackwater Roofing Newark, NJ 2018 to Present * Quoted."
        " Cook Kohv Bar Panama City, FL 2012 to 2018 Ran it."
    )
    roles = read.one(text, "text").roles
    assert [(role.title, role.company, role.location) for role in roles] == [
        (None, "Brackwater Roofing", "Newark, NJ"),
        ("Cook", "Kohv Bar", "Panama City, FL"),
    ]


def test_what_is_behind_a_dash_is_a_place_where_it_may_be_one(read: Reader) -> None:
    text = (
        "Experience\nPlanner Brackwater -New Jersey May 2016 to June 2019 Planned it."
        " IT Manager - Infrastructure Fenwick Career Colleges, Inc March 2011 to April 2016 Ran it."
    )
    roles = read.one(text).roles
    assert (roles[0].company, roles[0].location) == ("Brackwater", "New Jersey")
    assert "Infrastructure" not in (roles[1].location or "")


@pytest.mark.parametrize("between", ["to", "–", "bis"])
def test_dates_over_three_lines_are_one_span(read: Reader, between: str) -> None:
    text = f"Experience\nJune 2015\n{between}\nAugust 2016\nShop Hand, Marlow Yard\nSwept the yard.\n"
    [role] = read.one(text).roles
    assert (role.title, role.company, role.start, role.end) == ("Shop Hand", "Marlow Yard", "2015-06", "2016-08")
