"""Highlights: what is underlined of people known by construction, and nothing that their fields do not say."""

from __future__ import annotations

import msgspec
import pytest

from recommender.field_path import FieldPath
from recommender.insights import Derived, derive
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary
from tests.insights.people import ENGINEER, HEAD

V = Vocabulary.shipped()


def said(profile: Profile) -> list[str]:
    return [one.text for one in derive(profile, V).insights.highlights]


def test_a_length_and_the_most_telling_achievements() -> None:
    """Two roles show Kafka and Cassandra, which are too few for a line on expertise."""
    found = derive(ENGINEER, V).insights.highlights
    assert [one.text for one in found] == [
        "Over 12 years of experience building booking systems for ferries, trains and buses.",
        "Cut the time of a booking from 9 seconds to 400 ms with Kafka and Cassandra.",
        "Led a team of six who moved 40 services to Spring Boot.",
    ]
    assert [one.fields for one in found] == [
        ("about",),
        ("roles[0].bullets[0]",),
        ("roles[0].bullets[1]",),
    ]


def test_who_leads_is_said_to_lead() -> None:
    assert said(HEAD)[0] == "Over 9 years leading wards of children."


def test_dates_say_how_long_where_nothing_else_does() -> None:
    """Software engineer from 2012-01 to 2026-03, whatever the grade."""
    (first, *_) = derive(msgspec.structs.replace(ENGINEER, about=None), V).insights.highlights
    assert first.text == "14+ years as a software engineer."
    assert first.fields == ("roles[0].title", "roles[0].start", "roles[1].title", "roles[1].start", "roles[1].end")


def test_overlapping_jobs_count_once_and_another_occupation_not() -> None:
    roles = (
        Role(title="Welder", start="2016-01", end="2021-12"),
        Role(title="Pipe Welder", start="2018-01", end="2024-01"),
        Role(title="Baker", start="2001-01", end="2010-12"),
    )
    assert said(Profile(title="Welder", roles=roles, as_of="2026-01")) == ["8+ years as a welder."]


@pytest.mark.parametrize(
    ("before", "line"),
    [
        ("Assistant Professor", "5+ years as a professor."),
        ("Trainee Professor", "5+ years as a professor."),
        ("Professor", "14+ years as a professor."),
        ("Senior Professor", "14+ years as a professor."),
        ("Associate Professor", None),
        ("Professor and Dean", None),
    ],
)
def test_years_before_somebody_was_what_they_are_are_not_counted_and_none_of_the_trade_hidden(
    before: str, line: str | None
) -> None:
    roles = (Role(title="Professor", start="2021-01"), Role(title=before, start="2012-01", end="2020-12"))
    assert said(Profile(title="Professor", roles=roles, as_of="2026-03")) == ([line] if line else [])


def test_expertise_is_said_where_several_roles_show_it_without_number_or_years() -> None:
    """Who says "9 years of Kafka" elsewhere may count what no role shows."""
    roles = (
        Role(company="Tern", title="Software Engineer", start="2022-01", bullets=("Ran Kafka.", "Grew Kafka.")),
        Role(company="Quay", title="Software Engineer", start="2018-01", end="2021-12", bullets=("Ran Kafka.",)),
        Role(company="Bay", title="Software Engineer", start="2016-01", end="2017-12", bullets=("Ran Kafka.",)),
    )
    person = Profile(title="Software Engineer", core_skills=("Kafka",), roles=roles, as_of="2026-03")
    assert "Expertise in Kafka across several roles." in said(person)
    two = msgspec.structs.replace(person, roles=roles[:2])
    assert not any(line.startswith("Expertise") for line in said(two))


def test_positions_that_lead_are_told_together() -> None:
    roles = (
        Role(title="Director of Sales", start="2022-01"),
        Role(title="Sales Manager", start="2012-01", end="2021-12"),
    )
    profile = Profile(title="Director of Sales", roles=roles, as_of="2026-03")
    assert said(profile) == ["14+ years in leading positions, now as a director of sales."]


def test_last_as_is_said_of_the_position_that_ended_last() -> None:
    def roles(last: str) -> tuple[Role, ...]:
        return (
            Role(title="Director of Sales", start="2019-01", end="2022-02"),
            Role(title="Sales Manager", start="2010-01", end=last),
        )

    ended = Profile(title="Director of Sales", roles=roles("2018-12"), as_of="2026-03")
    went_on = Profile(title="Director of Sales", roles=roles("2024-12"), as_of="2026-03")
    assert said(ended) == ["12+ years in leading positions, last as a director of sales."]
    assert said(went_on) == ["14+ years as a sales manager."]


@pytest.mark.parametrize(
    ("about", "line"),
    [
        ("10+ years of experience in the field.", "10+ years of experience in the field."),
        ("2 years of experience in pilotage of tankers.", None),
        ("3 years in a row for the best crew of the harbour.", None),
        ("5 years experience in pilotage seeking a harbour position.", None),
        ("In the last 5 years building ships happened.", None),
        ("7 years of experience as Harbour CRM.", None),
        ("Nearly twelve years' experience in boat-based", None),
        ("3.5 years of experience in pilotage of tankers", None),
        ("Over 20 years of rich and varied experience.", None),
        ("Over 10 years of experience seeking another kind of harbour.", None),
        (
            "9 years of experience in shipping with knowledge of tides, " + "and of ports " * 9,
            "9 years of experience in shipping.",
        ),
        ("Over 12+ years of experience in ferry timetables", "12+ years of experience in ferry timetables."),
        ("7 years of experience leading crews to plan, " + "and to steer " * 9, None),
        (
            "Baker. Eight years of experience in sourdough and rye; likes tea.",
            "Eight years of experience in sourdough and rye.",
        ),
        (
            "14 years processing parcels, managing couriers and weighing.",
            "14 years processing parcels, managing couriers and weighing.",
        ),
        ("Harbour pilot. A minimum of four years of experience in pilotage is preferred.", None),
        ("At least five years of experience in pilotage required: a licence", None),
        (
            "20-year career with experience in ports, in tides, " + "and in pilotage " * 9,
            "20-year career with experience in ports.",
        ),
        (
            "Over 15 years of experience mooring and steering tankers, ferries, and the tugs "
            + "of the far north " * 4,
            "Over 15 years of experience mooring and steering tankers.",
        ),
        (
            "15 years of experience mooring and steering tankers and the tugs " + "of the far north " * 5,
            None,
        ),
        (
            "15 years of experience in Harbour Analysis, Design, and Repair of Tugs " + "of the far north " * 4,
            None,
        ),
        ("A 20-year career with experience. Ports, tides, and pilotage.", None),
        (
            "8 years of experience as a Tug/Ferry Pilot in working with tides, fog and " + "ice " * 20,
            "8 years of experience as a Tug/Ferry Pilot.",
        ),
        (
            "9 years of experience as Pilot, Mooring Master, Diver and much else " + "of the sea " * 9,
            None,
        ),
        (
            "6 years of strong experience in ferry administration in heavy " + "weather " * 12,
            "6 years of strong experience in ferry administration.",
        ),
        (
            "6 years of experience in shipping and excellent knowledge of " + "tides " * 15,
            "6 years of experience in shipping.",
        ),
        ("More than 10 year of experience in shipping and in the " + "mooring of boats " * 6, None),
        (
            "5+ years of experience in ferry work, berths, and the tide tables of the bay using " + "more " * 9,
            "5+ years of experience in ferry work, berths, and the tide tables of the bay.",
        ),
        (
            "5+ years of experience in harbour repairs, tides, fog, " + "ice, " * 20,
            "5+ years of experience in harbour repairs.",
        ),
        ("5+ years of experience in Requirements Analysis, tides, fog, " + "ice, " * 20, None),
        ("5+ years of experience in tides, fog, " + "ice, " * 20, None),
        ("Around 5+ years of harbour experience.", "Around 5+ years of harbour experience."),
        (
            "6 years of experience as a Tug Pilot, proficient moorer in " + "harbours " * 9,
            "6 years of experience as a Tug Pilot.",
        ),
        (
            "7 years of experience in the OBM (Outboard Motor) trade which includes all of " + "it " * 9,
            "7 years of experience in the OBM (Outboard Motor) trade.",
        ),
        ("16+ years in IT from cable rooms to server halls.", "16+ years in IT from cable rooms to server halls."),
    ],
)
def test_what_a_summary_states_is_quoted_where_it_says_what_the_work_is(about: str, line: str | None) -> None:
    assert said(Profile(about=about)) == ([line] if line else [])


def test_a_number_outweighs_words_and_lately_outweighs_long_ago() -> None:
    def roles(old: str, new: str) -> Profile:
        dated = (Role(start="2024-01", bullets=(new,)), Role(start="2001-01", end="2004-01", bullets=(old,)))
        return Profile(roles=dated, as_of="2026-01")

    plain, telling = (
        "Designed the signs of the whole museum of the town.",
        "Raised $2.5 million for the museum of the town.",
    )
    assert said(roles(plain, telling))[0] == telling
    assert said(roles(telling, plain))[0] == telling
    other = "Raised $3.5 million for the library of the town."
    assert said(roles(other, telling))[0] == telling


@pytest.mark.parametrize(
    "bullet",
    [
        "Cut our costs by 40% in the first year.",
        "Managed 300 people with his brother.",
        "Won 3 prizes, see www.example.org for more.",
        "Saved $40,000 by calling mara@tern.example every day.",
        "Mara won the national prize for 300 ferries.",
        "Won the national prize that Quill founded for 300 ferries.",
        "Based in 300 offices of the global company.",
        "INCREASED SALES BY 40% IN ALL 300 SHOPS",
        "Reduced the cost of 300 ships and",
        "Rewrote 500 orders of the harbour so",
        "Moved 500 orders of the harbour to a cheaper architecture o",
        "Received 500 orders, to record, and cash, checks, and notes.",
        "Sold 300 ships by calling +49 30 1234567 every day.",
    ],
)
def test_no_stray_pronoun_name_contact_or_cut_sentence_is_said(bullet: str) -> None:
    profile = Profile(name="Mara Quill", roles=(Role(bullets=(bullet,)),), as_of="2026-01")
    assert said(profile) == []


def test_versions_years_and_forms_are_no_numbers_to_boast_of() -> None:
    boring = ("Installed Windows Server 2016 for the office.", "Prepared the Form 1099 of the whole firm for 2019.")
    profile = Profile(roles=(Role(bullets=(*boring, "Trained 30 pilots of the harbour.")),), as_of="2026-01")
    assert said(profile)[0] == "Trained 30 pilots of the harbour."


def test_every_line_is_short_cites_fields_that_exist_and_quotes_them() -> None:
    for profile in (ENGINEER, HEAD):
        derived = derive(profile, V)
        for line in derived.insights.highlights:
            assert len(line.text) <= 90
            assert line.fields
            for field in line.fields:
                path = FieldPath.parse(field)
                assert path is not None
                path.resolve(profile)


def test_the_pages_own_highlights_are_no_source() -> None:
    own = msgspec.structs.replace(ENGINEER, highlights=("Won the grand prize of 1,000 ferries.",))
    assert said(own) == said(ENGINEER)


@pytest.mark.parametrize(
    "profile",
    [
        Profile(),
        Profile(title="Welder"),
        Profile(core_skills=("Welding", "Blueprint Reading"), as_of="2026-03"),
        Profile(title="Welder", roles=(Role(title="Welder"),)),
        Profile(title="Welder", roles=(Role(title="Welder", start="2026-01", end="2020-01"),), as_of="2026-03"),
        Profile(title="Welder", roles=(Role(title="Welder", start="1930-01"),), as_of="2026-03"),
        Profile(
            title="Schweißer", about="Über 20 Jahre Erfahrung im Schweißen.", as_of="2026-03",
            roles=(Role(title="Schweißer", start="2001", bullets=("Leitete ein Team von 40 Personen.",)),),
        ),
    ],
    ids=["empty", "title", "list", "undated", "backwards", "too long", "german"],
)  # fmt: skip
def test_what_bears_nothing_out_gives_no_highlight(profile: Profile) -> None:
    assert derive(profile, V).insights.highlights == ()


def test_a_career_of_many_years_is_told() -> None:
    profile = Profile(title="Welder", roles=(Role(title="Welder", start="1981-01"),), as_of="2026-03")
    assert said(profile) == ["45+ years as a welder."]


@pytest.mark.parametrize(
    ("bullet", "line"),
    [
        (
            "Managed tide warnings for 353 harbour pilots maintaining the full watch of the coast and its many islands",
            "Managed tide warnings for 353 harbour pilots.",
        ),
        ("Personally piloted the first electric ferry.", "Personally piloted the first electric ferry."),
        ("Routinely moved 400 containers a night.", "Routinely moved 400 containers a night."),
        ("Designed and built a signal of the harbour which pilots read from ashore at night and in any fog", None),
    ],
)
def test_a_number_is_worth_a_cut_and_words_alone_are_not(bullet: str, line: str | None) -> None:
    profile = Profile(roles=(Role(bullets=(bullet,)),), as_of="2026-01")
    assert said(profile)[:1] == ([line] if line else [])


def test_they_are_the_same_every_time() -> None:
    assert isinstance(derive(ENGINEER, V), Derived)
    assert derive(ENGINEER, V) == derive(ENGINEER, V)


@pytest.mark.parametrize(
    ("start", "told"), [("2016-01", ["10+ years as a welder."]), ("2016", ["9+ years as a welder."])]
)
def test_a_bare_year_counts_from_its_last_month(start: str, told: list[str]) -> None:
    """January 2016 to January 2026 is ten years; "2016" may have been December."""
    roles = (Role(company="Quay", title="Welder", start=start),)
    assert said(Profile(title="Welder", roles=roles, as_of="2026-01")) == told


def test_years_up_to_so_many_are_not_said_as_so_many() -> None:
    profile = Profile(title="Welder", about="Up to eight years of experience in pipe welding.", as_of="2026-01")
    assert said(profile) == []


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("Certified Kafka Administrator Present Kafka", "Certification: Certified Kafka Administrator."),
        ("Kafka Certified Pilot March 2019 to Present", "Certification: Kafka Certified Pilot."),
        ("Kafka Certified Pilot March 2019 to May 2026", "Certification: Kafka Certified Pilot."),
        ("Kafka Certified Pilot March 2019 to December 2025", None),
        ("Kafka Certified Pilot 2019 to 2024", None),
        ("Certified Harbour Systems", None),
        ("Kafka", None),
        ("Kafka Administrator - Certified", None),
        ("PMP Present", "Certification: PMP."),
        ("PMP CISSP", None),
        ("Driver's License", None),
        ("Kafka Administrator (in progress)", None),
        ("Kafka Administrator Cassandra Engineer", None),
        ("Licensed Kafka Pilot Certified Baker", None),
        ("Kafka (KCP) QCB TMS CEH", None),
        ("No Expiry Using Kafka", None),
    ],
)
def test_a_certificate_is_said_without_its_dates_and_when_it_is_had(written: str, line: str | None) -> None:
    role = Role(title="Software Engineer", bullets=("Ran Kafka.", "Grew Kafka."))
    profile = Profile(title="Software Engineer", roles=(role,), certifications=(written,), as_of="2026-01")
    assert [one for one in said(profile) if "Certification" in one] == ([line] if line else [])


@pytest.mark.parametrize(
    ("start", "end", "line"),
    [
        ("2017-08", "2019-07", ["1+ years as a welder."]),  # from the last day of the one to the first of the other
        ("2017-08", "2019-08", ["2+ years as a welder."]),
        ("2017", "2020", ["2+ years as a welder."]),  # from the end of the one to the beginning of the other
    ],
)
def test_years_are_those_that_any_days_of_the_months_give(start: str, end: str, line: list[str]) -> None:
    assert said(Profile(title="Welder", roles=(Role(title="Welder", start=start, end=end),), as_of=end)) == line


def _years(about: str, *roles: Role) -> list[str]:
    lines = said(Profile(title="Harbour Pilot", about=about, roles=roles, as_of="2026-03"))
    return [line for line in lines if "experience" in line or "in pilotage" in line]


def test_years_that_are_stated_are_those_that_roles_bear_out() -> None:
    pilot = Role(title="Harbour Pilot", start="2016-01", bullets=("Brought tankers in.",))
    late = msgspec.structs.replace(pilot, start="2023-01")
    baker = Role(title="Baker", start="2001-01", end="2022-12", bullets=("Baked rye.",))
    about = "10 years of experience in pilotage of tankers."
    assert _years(about, pilot) == [about]
    assert _years(about, late) == [about], "nothing says otherwise, and little else is said"
    assert _years(about, late, baker) == [], "the years before were in another trade"
    assert _years("10 years of experience in kiln repair.", pilot) == [], "what roles say is said"
    assert _years("10 years of experience in kiln repair.", late) == ["10 years of experience in kiln repair."]
    assert _years(about, msgspec.structs.replace(pilot, start=None)) == [about], "nothing says otherwise"


@pytest.mark.parametrize(
    ("about", "line"),
    [
        (
            "7 years of worldwide experience working with tides, " + "and with fog " * 9,
            "7 years of worldwide experience.",
        ),
        (
            "7 years of experience in pilotage, tides, fog, ice, buoys, berths, and the lights of all harbours here",
            None,
        ),
        (
            "7 years of experience in harbours both as an ice pilot, mooring pilot and teacher of pilots in the north",
            None,
        ),
    ],
)
def test_a_list_is_not_cut_off(about: str, line: str | None) -> None:
    assert said(Profile(about=about)) == ([line] if line else [])


def test_lines_that_were_full_are_one_text() -> None:
    about = (
        "Calm pilot. More than 15 years of experience in ports as a Harbour\n"
        "Safety Inspector. Kept all of the lights of the bay in order with\n"
        "Tern Ferries and with the town. Taught the pilots of the cold north\n"
        "Atlantic."
    )
    assert said(Profile(about=about))[0] == "More than 15 years of experience in ports as a Harbour Safety Inspector."
    listed = "Skills\n7 years of experience in pilotage\nTides\nFog"
    assert said(Profile(about=listed)) == ["7 years of experience in pilotage."]


def test_a_line_that_the_next_goes_on_with_is_not_whole() -> None:
    cut = ("Developed 4,000 pages of the timetable of ferries using ASP", ".Net and PHP for the town of the port.")
    assert said(Profile(roles=(Role(bullets=cut),), as_of="2026-01")) == []
    assert said(Profile(roles=(Role(bullets=cut[:1]),), as_of="2026-01")) == [f"{cut[0]}."]


def test_what_was_done_in_another_trade_comes_last() -> None:
    def done(*titles: str, last: str | None = "2019-12") -> list[str]:
        ends = (None, last)
        starts = ("2020-01", "2014-01")
        bullets = (
            ("Prepared the dough of all the rye bread of the town.",),
            ("Moved 20,000 machines to a safer network.",),
        )
        roles = [
            Role(company=title, title=title, start=start, end=end, bullets=told)
            for title, start, end, told in zip(titles, starts, ends, bullets, strict=True)
        ]
        person = Profile(title=titles[0], roles=tuple(roles), as_of="2026-01")
        return [line for line in said(person) if "as a" not in line]

    rye, network = "Prepared the dough of all the rye bread of the town.", "Moved 20,000 machines to a safer network."
    assert done("Network Engineer", "Network Engineer") == [network, rye]
    assert done("Network Architect", "Network Engineer") == [network, rye]
    assert network not in done("Pastry Chef", "Network Engineer")[:1]


def test_half_of_a_title_says_no_years() -> None:
    both, one = "Baker and Harbour Pilot", "Baker"

    def of(now: str, before: str) -> list[str]:
        roles = (
            Role(company="Tern", title=now, start="2015-12", end="2026-01"),
            Role(company="Quay", title=before, start="2006-01", end="2015-11"),
        )
        return said(Profile(title=now, roles=roles, as_of="2026-01"))

    assert of(one, both) == [], "the years as both would be hidden"
    assert of(both, one) == []
    assert of(both, both) == ["19+ years as a baker and harbour pilot."]
    assert of(one, one) == ["19+ years as a baker."]


def test_a_role_whose_employer_is_another_heading_says_nothing() -> None:
    split = Role(title="Welder", company="Quay - May 2019 to Present Bakery Tern", start="2010-01", end="2018-12")
    now = Role(title="Welder", company="Tern", start="2024-01")
    assert said(Profile(title="Welder", roles=(now, split), as_of="2026-03")) == []


def test_a_title_backs_what_it_says_of_the_person() -> None:
    def role(title: str) -> Role:
        return Role(title=title, start="2018-01", bullets=("Painted the quay.",) * 4)

    def backed(*titles: str) -> bool:
        person = Profile(
            title="Ferry Developer", core_skills=("Kafka",), roles=tuple(map(role, titles)), as_of="2026-03"
        )
        return any("Kafka" in line for line in said(person))

    assert backed("Kafka Developer", "Senior Kafka Developer", "Lead Kafka Developer")
    assert not backed("Kafka Developer", "Senior Kafka Developer", "Kafka, Ferry Analyst")


def test_the_level_of_a_junior_is_said() -> None:
    junior = Role(company="Tern", title="Junior Welder", start="2020-01")
    before = Role(company="Quay", title="Welder", start="2012-01", end="2019-12")
    assert said(Profile(title="Junior Welder", roles=(junior,), as_of="2026-01")) == ["6+ years as a junior welder."]
    assert said(Profile(title="Junior Welder", roles=(junior, before), as_of="2026-01")) == []
    up = msgspec.structs.replace(junior, title="Senior Welder")
    assert said(Profile(title="Senior Welder", roles=(up, before), as_of="2026-01"))[0] == "13+ years as a welder."


def test_years_are_not_said_where_the_summary_states_many_more() -> None:
    role = Role(company="Tern", title="Ferry Welder", start="2024-01")
    assert said(Profile(title="Ferry Welder", about="I weld.", roles=(role,), as_of="2026-01")) == [
        "2+ years as a ferry welder."
    ]
    assert said(Profile(title="Ferry Welder", about="I have 3 years of it.", roles=(role,), as_of="2026-01")) == []


def test_the_last_word_of_a_title_is_not_what_two_have_in_common() -> None:
    roles = (
        Role(company="Tern", title="Ferry Developer", start="2024-06"),
        Role(company="Quay", title="Lead Harbour Developer", start="2018-01", end="2024-05"),
    )
    assert said(Profile(title="Ferry Developer", roles=roles, as_of="2026-01")) == []
    assert said(Profile(title="Ferry Developer", roles=roles[:1], as_of="2026-01")) == [
        "1+ years as a ferry developer."
    ]


def test_a_list_of_skills_counts_where_half_of_the_roles_tell_of_them() -> None:
    def lines(*bullets: str) -> list[str]:
        fitter = Role(title="Drain Fitter", skills=("Plumbing",))
        roles = tuple(
            msgspec.structs.replace(fitter, company=str(at), start=f"201{at}-01", end=f"201{at}-12", bullets=(text,))
            for at, text in enumerate(bullets)
        )
        person = Profile(title="Drain Fitter", core_skills=("Plumbing",), roles=roles, as_of="2019-03")
        return [line for line in said(person) if line.startswith("Expertise")]

    assert lines("Did plumbing.", "Painted.", "Sang.") == []
    assert lines("Did plumbing.", "More plumbing.", "Painted.") == ["Expertise in Plumbing across several roles."]


def test_a_kind_of_work_is_small_in_a_sentence_whatever_its_category() -> None:
    roles = (Role(title="Distributed Systems Engineer", start="2020-01"),)
    assert said(Profile(title="Distributed Systems Engineer", roles=roles, as_of="2026-01"))[0] == (
        "6+ years as a distributed systems engineer."
    )


def test_a_deed_is_told_however_many_spaces_follow_the_word_of_how() -> None:
    told = "Quickly  cut the delays of night ferries by 45% with a second pier."
    role = Role(title="Ferry Planner", start="2015-01", end="2020-01", bullets=(told,))
    assert " ".join(told.split()) in said(Profile(title="Ferry Planner", roles=(role,), as_of="2020-03"))


def test_a_deed_is_told_behind_a_bullet_that_is_a_letter() -> None:
    role = Role(
        title="Ferry Planner", start="2015-01", end="2020-01", bullets=("o Cut delays of night ferries by 45%.",)
    )
    assert "Cut delays of night ferries by 45%." in said(Profile(title="Ferry Planner", roles=(role,), as_of="2020-03"))


def test_last_as_is_said_of_no_position_that_no_line_bears_out() -> None:
    led = ("Led a crew of nine.",)
    foreman = Role(title="Harbour Foreman", start="2018-01", end="2024-01", bullets=("Painted the quay.",))
    captain = Role(title="Ferry Captain", start="2008-01", end="2019-12", bullets=led)
    person = Profile(title="Ferry Captain", roles=(captain, foreman), as_of="2026-03")
    assert not any("leading positions" in line for line in said(person))
    borne_out = msgspec.structs.replace(foreman, bullets=led)
    person = msgspec.structs.replace(person, roles=(captain, borne_out))
    assert said(person)[0] == "16+ years in leading positions, last as a harbour foreman."


@pytest.mark.parametrize(("company", "told"), [("Looking for one", False), ("Looking Glass Ltd", True)])
def test_a_job_that_is_looked_for_was_not_done(company: str, *, told: bool) -> None:
    roles = (
        Role(title="Welder", company=company, start="2015-01"),
        Role(title="Warehouse Worker", company="Depot", start="2013-01", end="2014-12"),
    )
    profile = Profile(title="Welder", as_of="2020-01", roles=roles)
    assert said(profile) == (["5+ years as a welder."] if told else [])
    assert (derive(profile, V).insights.persona is not None) is told


FITTER = Role(title="Fitter", company="Yard", start="2018-01", end="2019-12", bullets=("Welding of hulls",))
CLERK = Role(title="Clerk", company="Port", start="1998-01", end="2017-12")


@pytest.mark.parametrize(
    ("about", "roles", "told"),
    [
        ("9 years of experience in welding of ships.", (FITTER,), True),
        ("9 years of experience in mooring of ships.", (FITTER,), True),
        ("9 years of experience in welding of ships.", (FITTER, CLERK), False),
    ],
    ids=["roles are fewer", "no role has a word of it", "roles took many more years"],
)
def test_years_are_said_where_roles_say_nothing_else(about: str, roles: tuple[Role, ...], *, told: bool) -> None:
    lines = said(Profile(title="Fitter", about=about, as_of="2020-01", roles=roles))
    assert [line for line in lines if "9 years" in line] == ([about] if told else [])


def test_years_that_roles_do_not_bear_out_come_before_results() -> None:
    results = ("Cut the cost of a hull from 90,000 to 60,000 by welding.", "Led a team of four who trained 40 welders.")
    role = msgspec.structs.replace(FITTER, bullets=results)
    about = "9 years of experience in welding."
    profile = Profile(title="Fitter", about=about, as_of="2020-01", roles=(role,))
    assert said(profile) == [about, *results]


def test_a_length_that_a_summary_says_otherwise_is_not_said() -> None:
    pilot = Role(title="Harbour Pilot", start="2010-01", end="2019-12", bullets=("Brought tankers in.",))
    lines = {}
    for stated in (2, 6, 14):
        about = f"{stated} years of experience in pilotage."
        lines[stated] = said(Profile(title="Harbour Pilot", about=about, roles=(pilot,), as_of="2020-01"))
    assert lines[2] == ["9+ years as a harbour pilot."], "two are of something else"
    assert lines[6] == ["6 years of experience in pilotage."], "roles bear it out"
    assert lines[14] == ["14 years of experience in pilotage."]


def test_leading_is_not_counted_where_titles_lead_for_longer_than_lines_show() -> None:
    last = Role(title="Harbour Director", start="2016-01", end="2019-12", bullets=("Led 20 pilots.",))
    before = Role(title="Pier Director", start="2012-01", end="2015-12", bullets=("Hired a crew.",))
    silent = Role(title="Ferry Director", start="2006-01", end="2011-12", bullets=("Painted the ferries.",))
    clerk = msgspec.structs.replace(silent, title="Ferry Clerk")

    def told(*roles: Role) -> list[str]:
        return [one for one in said(Profile(title="Harbour Director", roles=roles, as_of="2020-01")) if "years" in one]

    assert told(last, before, clerk) == ["7+ years in leading positions, last as a harbour director."]
    assert told(last, before, silent) == ["3+ years as a harbour director."]
