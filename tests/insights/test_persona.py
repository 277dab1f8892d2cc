"""Personas: each slot measured, none filled where the evidence is thin."""

from __future__ import annotations

import msgspec
import pytest

from recommender.insights import derive, persona_kind
from recommender.insights.work.naming import is_said
from recommender.insights.work.usual import fields, keys_of, typical
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary
from tests.insights.people import ENGINEER, HEAD

V = Vocabulary.shipped()
SYSTEMS = ("Linux", "Ubuntu", "CentOS", "Solaris", "VMware")


def test_all_slots_of_somebody_whose_work_shows_them() -> None:
    found = derive(ENGINEER, V).insights.persona
    assert found is not None
    assert found.text == "Senior Software Engineer with expertise in Kafka and Cassandra"
    assert (found.emphasis, found.occupation) == (None, "Senior Software Engineer")
    assert found.skills == ("Kafka", "Cassandra")
    assert found.fields[:2] == ("title", "roles[0].skills[0]")


def test_what_is_usual_is_looked_up_by_the_end_of_an_occupation() -> None:
    assert keys_of("java web developer") == ["java web developer", "web developer", "developer", "*"]
    assert "web developer" in typical()
    assert {category for usual in typical().values() for category in usual} <= fields().keys()
    assert all(0 < one <= 1 for usual in typical().values() for one in usual.values())
    shares = [sum(one for one in usual.values()) for usual in typical().values()]
    assert all(0.8 < share <= 1.001 for share in shares), "parts of a whole, the least ones left out"


def test_a_skill_that_is_only_listed_is_no_expertise() -> None:
    listed = Profile(title="Baker", other_skills=("Baking", "Pastry", "Kafka"), as_of="2026-03")
    found = derive(listed, V).insights.persona
    assert found is not None
    assert (found.text, found.skills, found.fields) == ("Baker", (), ("title",))


def test_core_skills_that_a_page_states_are_taken_as_they_are() -> None:
    stated = Profile(title="Baker", core_skills=("Sourdough", "Pastry"), as_of="2026-03")
    found = derive(stated, V).insights.persona
    assert found is not None
    assert found.text == "Baker with expertise in Sourdough and Pastry"


def test_a_skill_without_a_place_in_the_occupation_is_left_out() -> None:
    bullets = (
        "Ran Linux and VMware for a garage.",
        "Moved Linux to VMware, and did diesel mechanics.",
        "Kept Linux patched.",
        "Diesel mechanics.",
    )
    role = Role(title="Systems Administrator", start="2020-01", bullets=bullets, skills=(*SYSTEMS, "Ansible", "Docker"))
    found = derive(Profile(title="Systems Administrator", roles=(role,), as_of="2026-03"), V).insights.persona
    assert found is not None
    assert found.skills == ("Linux",)


@pytest.mark.parametrize("title", ["Manager", "Computer Programming", None])
def test_no_occupation_is_no_persona(title: str | None) -> None:
    insights = derive(msgspec.structs.replace(ENGINEER, title=title, roles=()), V).insights
    assert (insights.persona, insights.kinds) == (None, ())


def test_the_title_of_a_role_serves_where_there_is_no_other() -> None:
    found = derive(msgspec.structs.replace(ENGINEER, title=None), V).insights.persona
    assert found is not None
    assert (found.occupation, found.fields[0]) == ("Senior Software Engineer", "roles[0].title")


def test_of_a_career_told_from_its_beginning_the_job_that_goes_on_counts() -> None:
    first, last = Role(title="Baker", start="2001", end="2006"), Role(title="Harbour Pilot", start="2007-01")
    found = derive(Profile(title="Baker", roles=(first, last), as_of="2026-03"), V).insights.persona
    assert found is not None
    assert (found.text, found.fields) == ("Harbour Pilot", ("roles[1].title",))
    side = msgspec.structs.replace(last, start="2004-01")
    found = derive(Profile(title="Baker", roles=(first, side), as_of="2026-03"), V).insights.persona
    assert found is None, "it began before the other ended: who knows which is meant"


def test_a_skill_is_named_in_its_own_words_and_a_product_by_any_of_its_names() -> None:
    def skills(*bullets: str) -> tuple[str, ...]:
        role = Role(title="Software Engineer", start="2020-01", bullets=bullets)
        found = derive(Profile(title="Software Engineer", roles=(role,), as_of="2026-03"), V).insights.persona
        assert found is not None
        return found.skills

    assert skills("Enforced privacy procedures.", "Reviewed privacy of all data.") == ()
    assert skills("Moved the till to K8s.", "Ran k8s at the harbour.") == ("Kubernetes",)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Storage Administration", "Administration of storage for the port.", True),
        ("Storage Administration", "Administering the storage of parcels.", True),
        ("Storage Administration", "Wrote the storage of parcels, and a page for the administration.", False),
        ("Web Analytics", "Owned product analytics of the till.", False),
        ("Search Engine Optimization", "Took SEO over from an agency.", True),
        ("Pharmacology", "Ran pharmacovigilance of the ward.", False),
        ("Pharmacology", "Taught pharmacology.", True),
        ("Search Engine Optimization", "Seo-yeon tuned the search.", False),
    ],
)
def test_a_text_says_a_skill_in_its_words_close_together_or_by_its_initials(name: str, text: str, said: bool) -> None:
    assert is_said(name, text) is said


def test_a_near_name_of_a_skill_in_the_work_is_not_the_skill() -> None:
    def skills(bullet: str) -> tuple[str, ...]:
        role = Role(title="Harbour Pilot", start="2020-01", bullets=(bullet,))
        stated = Profile(title="Harbour Pilot", core_skills=("Curriculum Development", "Mentoring"), roles=(role,))
        found = derive(stated, V).insights.persona
        assert found is not None
        return found.skills

    assert skills("Curriculum development and mentoring.") == ("Curriculum Development", "Mentoring")
    assert skills("Curriculum design and mentoring.") == ("Mentoring",)
    assert skills("Moored ferries.") == (), "no work shows it"


def test_a_stated_skill_that_goes_by_another_name_here_is_not_said() -> None:
    """Product analytics count as web analytics where people are compared; nobody wrote that they did these."""
    stated = Profile(title="Product Analyst", core_skills=("product analytics", "SEO"), as_of="2026-03")
    found = derive(stated, V).insights.persona
    assert found is not None
    assert "Web Analytics" not in found.skills
    assert found.skills == ("Search Engine Optimization",)


def test_skills_are_those_that_the_latest_work_shows() -> None:
    baker = Role(title="Pastry Chef", start="2016-01", bullets=("Baking for 200 guests.", "Taught baking."))
    waiter = Role(title="Sommelier", start="2013-01", end="2015-12", bullets=("Ran guest services.",))
    core = ("Guest Services", "Baking")

    def skills(*roles: Role) -> tuple[str, ...]:
        person = Profile(title="Pastry Chef", core_skills=core, roles=roles, as_of="2026-03")
        found = derive(person, V).insights.persona
        assert found is not None
        return found.skills

    assert skills(baker, waiter) == ("Baking",)
    assert skills(msgspec.structs.replace(baker, bullets=())) == core, "no work is told at all"


def test_a_title_of_a_job_that_others_followed_is_no_occupation_now() -> None:
    def occupation_of(*after: Role) -> str | None:
        roles = (Role(title="Chart Designer", start="2001-01", end="2008-02"), *after)
        found = derive(Profile(title="Chart Designer", roles=roles, as_of="2016-03"), V).insights.persona
        return found.occupation if found else None

    clerk = Role(title="Sales Representative", start="2008-07", end="2011-06")
    head = Role(title="Department Supervisor", start="2012-03", end="2014-05")
    assert occupation_of() == "Chart Designer"
    assert occupation_of(clerk, head) == "Department Supervisor"
    assert occupation_of(head, clerk) == "Department Supervisor"
    assert occupation_of(Role(company="Tern Zoo", start="2014-06")) is None
    assert occupation_of(Role(company="Tern Zoo", start="2014-06"), Role(title="Baker", start="2014-01")) is None
    summer = Role(title="Baker", start="2015-06", end="2015-07")
    assert occupation_of(summer) == "Chart Designer", "a few months say nothing"


def test_what_ended_long_ago_is_no_occupation_now() -> None:
    def occupation_of(end: str | None) -> str | None:
        role = Role(title="Pastry Chef", start="1999-01", end=end)
        found = derive(Profile(title="Pastry Chef", roles=(role,), as_of="2026-03"), V).insights.persona
        return found.occupation if found else None

    assert [occupation_of(end) for end in ("2014-01", "2018-01", None)] == [None, "Pastry Chef", "Pastry Chef"]


def test_capitals_that_a_role_keeps_mean_something() -> None:
    role = Role(title="AVID Tutor", start="2020-01")
    found = derive(Profile(title="AVID TUTOR", roles=(role,), as_of="2026-03"), V).insights
    assert found.persona is not None
    assert found.persona.text == "AVID Tutor"
    assert found.highlights[0].text == "6+ years as an AVID tutor."


def _skills(*bullets: str, tags: tuple[str, ...] = (), about: str | None = None) -> tuple[str, ...]:
    role = Role(title="Data Engineer", start="2021-01", bullets=bullets, skills=tags)
    core = ("Kafka", "Cassandra") if tags else ()
    person = Profile(title="Data Engineer", about=about, core_skills=core, roles=(role,), as_of="2026-03")
    found = derive(person, V).insights.persona
    assert found is not None
    return found.skills


def test_a_skill_is_central_by_lines_of_its_own() -> None:
    kafka = ("Moved the ferry bookings to Kafka.", "Grew the Kafka of the port to nine sites.")
    painted = tuple(f"Painted quay {number} of the port." for number in range(20))
    listed = "Environment: Kafka, Cassandra, Spark, Hive, Java, Scala, Python, Linux, Docker."
    assert _skills(*kafka, painted[0]) == ("Kafka",)
    assert _skills(listed, listed, painted[0]) == (), "lists tell of nothing done"
    assert _skills(kafka[0], listed, *painted[:3], about="I ran Kafka.") == (), "one line, a list and a summary"
    assert _skills(*kafka, *painted) == (), "two lines of twenty-two"
    assert _skills(kafka[0], *painted[:5]) == ()


def test_a_side_skill_is_not_said_beside_what_most_is_told_of() -> None:
    spark = tuple(f"Moved the bookings of ferry {number} to Cassandra." for number in range(4))
    kafka = ("Sent the tides through Kafka.", "Drew the Kafka of the port.")
    assert _skills(*spark, *kafka) == ("Cassandra",)
    assert set(_skills(*spark[:2], *kafka)) == {"Kafka", "Cassandra"}


def test_a_skill_that_a_page_lists_is_told_of_too_or_of_several_roles() -> None:
    tags = ("Kafka", "Cassandra")
    assert _skills("Painted the quay.", tags=tags) == ()
    assert _skills("Painted the quay, and sent the tides through Kafka.", tags=tags) == ("Kafka",)
    assert _skills("Painted the quay.", tags=tags, about="I have run Cassandra for ports.") == ("Cassandra",)


def test_kinds_are_what_filters_compare() -> None:
    assert derive(ENGINEER, V).insights.kinds == ("software engineer",)
    assert derive(HEAD, V).insights.kinds == ("director of nursing",)
    own = msgspec.structs.replace(ENGINEER, persona="a Cloud-heavy Build Engineer with expertise in Bazel and Go.")
    assert derive(own, V).insights.kinds == ("cloud-heavy build engineer", "build engineer")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a Backend-heavy Software Engineer with expertise in Go and Rust", "backend-heavy software engineer"),
        ("Nurse.", "nurse"),
        ("The infers that this person is a Data Engineer specializing in Spark", "data engineer"),
    ],
)
def test_a_persona_is_compared_without_its_skills(text: str, kind: str) -> None:
    assert persona_kind(text) == kind


def test_a_title_that_no_role_is_of_is_no_occupation() -> None:
    def said(*titles: str) -> str | None:
        roles = tuple(Role(title=title, start="2021-01") for title in titles)
        found = derive(Profile(title="Front End Developer", roles=roles, as_of="2026-03"), V).insights.persona
        return found.text if found else None

    assert said("Tour Guide", "Pastry Chef") is None
    assert said("Tour Guide", "Web Developer") == "Front End Developer"
    assert said() == "Front End Developer"


def test_a_title_whose_roles_ended_before_another_is_none() -> None:
    def said(title: str, other: str, end: str | None) -> str | None:
        own = Role(company="Tern", title=title, start="2023-10", end="2024-03")
        roles = (own, Role(company="Quay", title=other, start="2020-05", end=end))
        found = derive(Profile(title=title, roles=roles, as_of="2026-03"), V).insights.persona
        return found.text if found else None

    assert said("Financial Accountant", "Solar Consultant", None) is None
    assert said("Financial Accountant", "Solar Consultant", "2024-06") == "Financial Accountant"
    assert said("Financial Accountant", "Tax Accountant", None) == "Financial Accountant"


def test_how_a_team_works_is_nobody_s_skill() -> None:
    lines = (
        "Took part in Agile ceremonies.",
        "Agile planning of the quay.",
        "Agile reviews.",
        "MVC pages.",
        "MVC forms.",
    )
    role = Role(title="Android Developer", start="2021-01", bullets=(*lines, "More MVC."))
    found = derive(Profile(title="Android Developer", roles=(role,), as_of="2026-03"), V).insights.persona
    assert found is not None
    assert found.skills == ()


def _own_skills(*bullets: str, **said: object) -> tuple[str, ...]:
    role = Role(
        title="Harbour Engineer", start="2020-01", bullets=(*bullets, *(f"Painted quay {at}." for at in range(6)))
    )
    person = Profile(title="Harbour Engineer", roles=(role,), as_of="2026-03", **said)  # type: ignore[arg-type]
    found = derive(person, V).insights.persona
    assert found is not None
    return found.skills


def test_a_skill_of_the_latest_work_that_somebody_counts_among_their_own_is_named() -> None:
    two = ("Installed VMware for the signals of the coast.", "Moved the lights of the pier to VMware.")
    third = "Patched VMware on all ferries each month."
    assert _own_skills(*two, third, other_skills=("VMware", "Knots")) == ("VMware",)
    assert _own_skills(*two, third, about="Keeps VMware running on every pier.") == ("VMware",)
    assert _own_skills(*two, other_skills=("VMware", "Knots")) == (), "two lines are little"
    assert _own_skills(*two, "Has a basic knowledge of VMware.", other_skills=("VMware",)) == ()


def _occupation(title: str, *roles: Role) -> str | None:
    found = derive(Profile(title=title, roles=roles, as_of="2026-03"), V).insights.persona
    return found.occupation if found else None


def test_a_title_whose_job_ended_before_another_did_gives_way_to_that_other() -> None:
    own = Role(title="Harbour Site Manager", start="2006-03", end="2018-12")
    assert _occupation("HARBOUR SITE MANAGER", own) == "Harbour Site Manager"
    later = Role(title="Site Supervisor/Foreman", start="2016-07", end="2023-10")
    assert _occupation("HARBOUR SITE MANAGER", own, later) == "Site Supervisor and Foreman"
    same = Role(title="Ferry Site Manager", start="2016-07", end="2023-10")
    assert _occupation("HARBOUR SITE MANAGER", own, same) == "Harbour Site Manager"
    less = Role(title="Pilot", company="Quay", start="2019-01")
    assert _occupation("Ferry Pilot", Role(title="Ferry Pilot", end="2018-01", start="2012-01"), less) == "Ferry Pilot"
    clerk, painter = (
        Role(title="Harbour Clerk", start="2019-01"),
        Role(title="Boat Painter", start="2020-01", end="2021"),
    )
    assert _occupation("Site Manager", msgspec.structs.replace(own, title="Site Manager"), clerk, painter) is None


def test_a_later_job_without_a_title_leaves_it_open_what_somebody_is() -> None:
    own = Role(title="Ferry Pilot", company="Tern", start="2010-01", end="2018-01")
    assert _occupation("Ferry Pilot", own, Role(company="Quay", start="2015-02")) is None
    assert _occupation("Ferry Pilot", own, Role(company="Tern", start="2009-02")) == "Ferry Pilot"


def test_what_was_learned_or_done_for_weeks_years_ago_is_no_occupation() -> None:
    def intern(end: str) -> str | None:
        return _occupation("Baker Intern", Role(title="Baker Intern", start="2019-01", end=end))

    assert [intern(end) for end in ("2019-09", "2026-01")] == [None, "Baker Intern"]
    course = Role(title="Swimming Instructor", start="2021-03", end="2021-04")
    assert _occupation("Swimming Instructor", course) is None
    assert _occupation("Swimming Instructor", msgspec.structs.replace(course, end="2021-09")) == "Swimming Instructor"


def test_an_assistant_by_the_work_is_not_what_the_title_says() -> None:
    line = "Worked as an assistant harbour manager for a year."
    role = Role(title="Harbour Manager", start="2022-01", bullets=(line,))
    assert _occupation("Harbour Manager", role) is None
    other = msgspec.structs.replace(role, bullets=("Led an assistant harbour manager.",))
    assert _occupation("Harbour Manager", other) == "Harbour Manager"
    own = msgspec.structs.replace(role, title="Assistant Harbour Manager")
    assert _occupation("Assistant Harbour Manager", own) == "Assistant Harbour Manager"


def test_what_the_occupation_says_itself_holds_back_no_other_skill() -> None:
    most = tuple(f"Ran Linux on pier {number}." for number in range(6))
    others = ("Moved the lights to VMware.", "Patched VMware for the ferries.", "Kept VMware and its hosts in order.")
    role = Role(title="Linux Administrator", start="2020-01", bullets=(*most, *others))
    found = derive(Profile(title="Linux Administrator", roles=(role,), as_of="2026-03"), V).insights.persona
    assert found is not None
    assert found.skills == ("VMware",)
