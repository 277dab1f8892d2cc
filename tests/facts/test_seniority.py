"""Seniority, track and occupation from titles of all trades, decided by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.facts import SENIORITIES, title_info

TITLES = """
Senior Software Engineer II	senior	individual	software engineer
Software Engineer	mid	individual	software engineer
Software Engineer I	junior	individual	software engineer
Software Engineer III	senior	individual	software engineer
Sr. Java Developer	senior	individual	java developer
Jr. Accountant	junior	individual	accountant
Junior Project Manager	junior	individual	project manager
Associate Software Engineer	junior	individual	software engineer
Staff Software Engineer	principal	individual	software engineer
Principal Engineer	principal	individual	engineer
Distinguished Engineer	principal	individual	engineer
Lead Developer	lead	individual	developer
Team Lead	lead	management	team lead
Member of Technical Staff	mid	individual	member of technical staff
Software Engineering Intern	intern	individual	software engineer
Summer Analyst	intern	individual	summer analyst
Internal Auditor	mid	individual	internal auditor
International Sales Manager	lead	management	international sales manager
Engineering Manager, Content Systems	lead	management	engineering manager
Senior Engineering Manager II	lead	management	engineering manager
Project Manager	mid	individual	project manager
Senior Project Manager	senior	individual	project manager
Account Executive	mid	individual	account executive
Executive Assistant to the CEO	mid	individual	executive assistant to the chief executive officer
HR Business Partner	mid	individual	human resources business partner
Product Owner	mid	individual	product owner
Business Owner	executive	management	business owner
Partner	executive	management	partner
VP of Engineering	executive	management	vice president of engineering
Director, Sales	executive	management	sales director
Deputy Director	lead	management	director
Art Director	lead	individual	art director
Director of Photography	lead	individual	director of photography
Chief Financial Officer	executive	management	chief financial officer
CTO	executive	management	chief technology officer
Head of Data	executive	management	head of data
Head Chef	lead	management	chef
Executive Chef	lead	management	executive chef
Sous Chef	senior	individual	sous chef
Commis Chef	junior	individual	commis chef
Line Cook	mid	individual	line cook
Staff Nurse	mid	individual	staff nurse
Charge Nurse	lead	management	nurse
Nurse Manager	lead	management	nurse manager
Registered Nurse (RN)	mid	individual	registered nurse
RN	mid	individual	registered nurse
Student Nurse	intern	individual	nurse
Student Affairs Coordinator	mid	individual	student affairs coordinator
Foreman	lead	management	foreman
Construction Superintendent	lead	management	construction superintendent
Apprentice Electrician	junior	individual	electrician
Journeyman Electrician	mid	individual	journeyman electrician
Master Electrician	senior	individual	master electrician
Crew Chief	lead	management	crew chief
School Principal	executive	management	school principal
Assistant Principal	lead	management	assistant principal
Head Teacher	lead	management	teacher
Teaching Assistant	mid	individual	teaching assistant
Assistant Professor	mid	individual	professor
Associate Professor	senior	individual	professor
Professor of Physics	principal	individual	professor of physics
Research Fellow	junior	individual	research fellow
Store Manager at Walmart	lead	management	store manager
Assistant Store Manager	senior	management	store manager
Shift Supervisor	lead	management	shift supervisor
Sales Associate	mid	individual	sales associate
Senior Associate	senior	individual	associate
Trainee Solicitor	junior	individual	solicitor
Management Consultant	mid	individual	management consultant
Graduate Engineer	junior	individual	engineer
Solutions Architect	senior	individual	solutions architect
Assistant Accountant	junior	individual	accountant
Sergeant First Class	lead	management	sergeant first class
"""
CASES = [tuple(line.split("\t")) for line in TITLES.strip().splitlines()]


@pytest.mark.parametrize(("title", "seniority", "track", "occupation"), CASES)
def test_titles(title: str, seniority: str, track: str, occupation: str) -> None:
    assert title_info(title) == (seniority, track, occupation)


@pytest.mark.parametrize(("title", "seniority", "track", "occupation"), CASES)
def test_case_and_space_change_nothing(title: str, seniority: str, track: str, occupation: str) -> None:
    assert title_info(f"  {title.upper().replace(' ', '  ')} ") == (seniority, track, occupation)


@pytest.mark.parametrize("title", ["", "   ", "()"])
def test_no_title_has_no_rank(title: str) -> None:
    assert title_info(title).seniority is None


def test_ranks_of_one_ladder_are_in_order() -> None:
    ladder = ["Engineering Intern", "Junior Engineer", "Engineer", "Senior Engineer", "Lead Engineer",
              "Principal Engineer", "Chief Executive Officer"]  # fmt: skip
    ranks = [title_info(title).seniority for title in ladder]
    assert [SENIORITIES.index(rank) for rank in ranks if rank] == list(range(7))


@given(st.text(max_size=80))
def test_any_text_is_ranked(title: str) -> None:
    found = title_info(title)
    assert found.seniority is None or found.seniority in SENIORITIES
    assert found.occupation == found.occupation.strip()
    if any(c.isalnum() and c.isascii() for c in title) and "(" not in title and "[" not in title:
        assert found.seniority is not None
