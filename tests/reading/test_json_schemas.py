"""Résumés in JSON of other schemas than JSON Resume, and JSON Resume as people fill it in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from recommender.profile import Education, Role
from tests.reading.conftest import Reader

WELDER = Role(company="Alder & Finch", title="Welder", start="2019-05")
BUYER = Role(company="Kiln & Co", title="Buyer", start="2015-01", end="2019-04")


def work(**members: Any) -> dict[str, Any]:
    return {"basics": {"name": "Li Wen"}, "work": [{"name": "Kiln & Co", "position": "Buyer", **members}]}


def roles(read: Reader, value: Any) -> tuple[Role, ...]:
    return read.one(json.dumps(value)).roles


@pytest.mark.parametrize(
    ("end", "read_as"),
    [
        ("Apr 2019", "2019-04"), ("04/2019", "2019-04"), ("30 April 2019", "2019-04"), ("2019", "2019"), (2019, "2019"),
        ("some time in 2019", "2019"), ({"year": 2019, "month": 4}, "2019-04"),
        ({"year": "2019", "month": "April"}, "2019-04"),
        ("2019-04-30T00:00:00Z", "2019-04"), ("Present", None), ("", None), (None, None), ("present", None),
    ],
)  # fmt: skip
def test_ends_as_people_write_them(read: Reader, end: Any, read_as: str | None) -> None:
    assert [role.end for role in roles(read, work(startDate="2015-01", endDate=end))] == [read_as]


def test_an_end_that_cannot_be_read_ends_a_job_all_the_same(read: Reader) -> None:
    [role] = roles(read, work(startDate="Jan 2015", endDate="when the kiln closed"))
    assert (role.start, role.end) == ("2015-01", "2015-01")
    assert [(notice.field, notice.message) for notice in read.notices] == [
        ("work[0].endDate", "'when the kiln closed' is no date; taken to have ended in 2015-01")
    ]


def test_a_job_that_is_said_to_be_over_is(read: Reader) -> None:
    [role] = roles(read, work(startDate="2015-01", current=False))
    assert role.end == "2015-01"
    assert [notice.field for notice in read.notices] == ["work[0].endDate"]


def test_stubs_of_a_template_are_nothing(read: Reader) -> None:
    stub = {"company": "", "position": "", "highlights": [""], "endDate": ""}
    value = {
        "basics": {"name": "Li Wen"},
        "work": [stub, {}],
        "education": [{"area": ""}],
        "languages": [{"language": ""}],
    }
    profile = read.one(json.dumps(value))
    assert (profile.roles, profile.education, profile.languages) == ((), (), ())


@pytest.mark.parametrize("name", ["positions", "roles"])
def test_positions_within_one_employer(read: Reader, name: str) -> None:
    inner = [
        {"position": "Foreman", "startDate": "2019-05", "summary": "Led."},
        {"title": "Welder", "startDate": "2015-01", "endDate": "2019-04", "highlights": ["Welded."]},
    ]
    entry = {"company": "Alder & Finch", "location": "Leeds", "startDate": "2015-01", name: inner}
    assert roles(read, {"basics": {"name": "Li Wen"}, "work": [entry]}) == (
        Role(company="Alder & Finch", title="Foreman", start="2019-05", location="Leeds", bullets=("Led.",)),
        Role(
            company="Alder & Finch",
            title="Welder",
            start="2015-01",
            end="2019-04",
            location="Leeds",
            bullets=("Welded.",),
        ),
    )


def test_labels_of_groups_are_no_skills_and_lists_in_one_keyword_are_parted(read: Reader) -> None:
    groups = [
        {"name": "Languages / Tools", "keywords": ["Sass, Less", "C"]},
        {"name": "Welding", "keywords": "TIG; MIG"},
        {"name": "Tools", "keywords": []},
    ]
    profile = read.one(json.dumps({"basics": {"name": "Li Wen"}, "skills": groups}))
    assert profile.core_skills == ("Welding", "Tools")
    assert profile.other_skills == ("Sass", "Less", "C", "TIG", "MIG")


REACTIVE = {
    "basics": {"name": "Li Wen", "headline": "Welder", "email": "li@example.org", "location": "Leeds",
               "url": {"label": "", "href": "https://li.example.org"}, "customFields": [],
               "picture": {"url": "", "size": 64}},
    "sections": {
        "summary": {"name": "Summary", "content": "<p>I weld.</p>"},
        "experience": {"name": "Experience", "items": [
            {"company": "Alder & Finch", "position": "Welder", "date": "May 2019 - Present",
             "summary": "<ul><li><p>Welded.</p></li><li>Taught.</li></ul>"}]},
        "education": {"items": [
            {"institution": "Elmsford", "studyType": "BSc", "area": "Metals", "date": "2012 - 2015"}]},
        "skills": {"items": [{"name": "Welding", "level": 4, "keywords": ["TIG"]}]},
        "languages": {"items": [{"name": "English", "description": "Native"}]},
        "custom": {"hobby-horses": {"items": [{"name": "Owls"}]}},
    },
    "metadata": {"template": "rhyhorn"},
}  # fmt: skip
OLD_REACTIVE = {
    "profile": {"firstName": "Li", "lastName": "Wen", "subtitle": "Welder", "email": "li@example.org",
                "photograph": ""},
    "objective": {"heading": "Objective", "body": "I weld."},
    "work": {"enable": True, "heading": "Work", "items": [
        {"title": "Alder & Finch", "role": "Welder", "start": "May 2019", "end": "Present",
         "description": "- Welded.\n- Taught."}]},
    "education": {"items": [{"name": "Elmsford", "major": "Metals", "start": "2012", "end": "2015"}]},
    "skills": {"items": [{"skill": "Welding"}]},
}  # fmt: skip
FRESH = {
    "name": "Li Wen", "meta": {"format": "FRESH@1.0.0"}, "info": {"label": "Welder", "brief": "I weld."},
    "contact": {"email": "li@example.org", "website": "https://li.example.org"}, "location": {"city": "Leeds"},
    "employment": {"summary": "Years of it", "history": [
        {"employer": "Alder & Finch", "position": "Welder", "start": "2019-05", "highlights": ["Welded.", "Taught."]}]},
    "education": {"level": "degree", "history": [
        {"institution": "Elmsford", "area": "Metals", "start": "2012", "end": "2015"}]},
    "skills": {"sets": [{"name": "Welding", "skills": ["TIG"]}]},
    "testimonials": [{"name": "A. Finch", "quote": "Steady."}],
}  # fmt: skip
SCRAPED = {
    "full_name": "Li Wen", "occupation": "Welder", "summary": "I weld.", "city": "Leeds", "languages": ["English"],
    "experiences": [{"company": "Alder & Finch", "title": "Welder", "starts_at": {"day": 1, "month": 5, "year": 2019},
                     "ends_at": None, "description": "• Welded.\n• Taught."}],
    "education": [{"school": "Elmsford", "field_of_study": "Metals", "starts_at": {"year": 2012},
                   "ends_at": {"year": 2015}}],
    "skills": ["Welding", "TIG"],
}  # fmt: skip


@pytest.mark.parametrize(
    "value", [REACTIVE, OLD_REACTIVE, FRESH, SCRAPED, {"resume": SCRAPED}, {"status": "ok", "data": SCRAPED}]
)
def test_other_schemas_say_the_same(read: Reader, value: dict[str, Any]) -> None:
    profile = read.one(json.dumps(value))
    assert (profile.name, profile.title) == ("Li Wen", "Welder")
    [role] = profile.roles
    assert (role.company, role.title, role.start, role.end) == ("Alder & Finch", "Welder", "2019-05", None)
    assert [bullet.rstrip(".") for bullet in role.bullets] == ["Welded", "Taught"]
    [course] = profile.education
    assert (course.school, course.field, course.start, course.end) == ("Elmsford", "Metals", "2012", "2015")
    assert "Welding" in (*profile.core_skills, *profile.other_skills)
    assert profile.about == "I weld."


def test_what_a_schema_has_besides_is_kept_and_said(read: Reader) -> None:
    profile = read.one(json.dumps(FRESH))
    assert [(notice.field, notice.message) for notice in read.notices] == [
        ("testimonials", "is nothing that is read of a résumé; kept in extras only")
    ]
    assert "Steady." in json.dumps(profile.extras)
    assert profile.contact is not None
    assert profile.contact.emails == ("li@example.org",)


def test_an_advert_is_nobody(read: Reader) -> None:
    advert = {"$schema": "http://example.org/job", "title": "Welder", "company": "Alder & Finch",
              "responsibilities": ["Weld"], "qualifications": ["Steady"], "skills": [{"name": "Welding"}]}  # fmt: skip
    assert "an advert for a job" in read.rejected(json.dumps(advert)).reason


def test_skills_by_their_groups_and_a_job_by_other_names(read: Reader) -> None:
    value = {
        "fullName": "Li Wen", "contact": {"email": "li@example.org", "phone": "+47 22"},
        "workExperience": [{"employer": "Kiln & Co", "jobTitle": "Buyer", "period": "Jan 2015 - Apr 2019"}],
        "skills": {"Languages": ["Python", "SQL"], "Tools": "Excel, dbt"},
        "certifications": ["CPR"],
    }  # fmt: skip
    profile = read.one(json.dumps(value))
    assert profile.roles == (BUYER,)
    assert profile.other_skills == ("Python", "SQL", "Excel", "dbt")
    assert (profile.core_skills, profile.certifications) == ((), ("CPR",))
    assert profile.contact is not None
    assert (profile.contact.emails, profile.contact.phones) == (("li@example.org",), ("+47 22",))
    assert profile.education == ()


def test_own_profiles_with_unreadable_ends_are_over(read: Reader) -> None:
    job = {"company": "Kiln & Co", "title": "Buyer", "start": "2015-01", "end": "Apr 2019"}
    record = {"name": "Li Wen", "roles": [job]}
    assert roles(read, record) == (BUYER,)
    job["end"] = "later"
    assert [role.end for role in roles(read, record)] == ["2015-01"]
    assert [notice.field for notice in read.notices] == ["roles[0].end"]
    study = {"name": "Li Wen", "title": "Cook", "education": [{"school": "Elmsford", "end": "June 2015"}]}
    assert read.one(json.dumps(study)).education == (Education(school="Elmsford", end="2015-06"),)
