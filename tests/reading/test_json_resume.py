"""JSON Resume: every document comes out as it went in, and every profile too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.profile import Contact, Profile, Role, profile_from_json, profile_to_json
from recommender.reading import write_json_resume
from tests.reading.conftest import Reader
from tests.reading.people import person

DOCUMENT: dict[str, Any] = {
    "$schema": "https://example.org/v1.json",
    "basics": {
        "name": "Ines Halvorsen", "label": "Nurse Manager", "image": "https://example.org/i.png",
        "email": "ines@example.org", "phone": "+47 22", "url": "https://ines.example.org", "summary": "I run wards.",
        "location": {"address": "Storgata 1", "postalCode": "0155", "city": "Oslo", "countryCode": "NO",
                     "region": "Oslo"},
        "profiles": [{"network": "Mastodon", "username": "inesh", "url": "https://m.example.org/@inesh"}],
        "pronouns": "she",
    },
    "work": [
        {"name": "Northgate", "position": "Nurse Manager", "startDate": "2019-05-13", "endDate": "2021-02-28",
         "summary": "A ward.", "highlights": ["28 beds"], "url": "https://northgate.example.org", "location": "Oslo"},
        {"name": "Northgate", "position": "Nurse", "startDate": "2016", "endDate": "2019-05", "shift": {"night": True}},
    ],
    "volunteer": [{"organization": "Choir", "position": "Alto", "summary": "Sang."}],
    "education": [{"institution": "Elmsford", "area": "Nursing", "studyType": "Bachelor", "startDate": "2012-09",
                   "endDate": "2016-06", "score": "1.3", "courses": ["Wards"]}],
    "awards": [{"title": "Night owl", "date": "2020-01-01"}],
    "certificates": [{"name": "CPR", "issuer": "Red Cross"}],
    "publications": [{"name": "On nights", "publisher": "Ward Weekly"}],
    "skills": [{"name": "Wards", "level": "Master", "keywords": ["Triage", "Rota"]}, {"name": "Teaching"}],
    "languages": [{"language": "Norwegian", "fluency": "Native"}],
    "interests": [{"name": "Owls"}],
    "references": [{"name": "A. Finch", "reference": "Steady."}],
    "projects": [{"name": "Quiet ward", "description": "Doors that close softly", "keywords": ["acoustics"]}],
    "meta": {"version": "v1.0.0", "theme": "plain"},
    "x-custom": [1, 2.5, None, True],
}  # fmt: skip

#: The shape of the v1 schema: sections, and the kinds of their members; further members are allowed, as there.
_TEXT, _DATE = (
    {"type": "string"},
    {"type": "string", "pattern": r"^([12]\d{3}-[01]\d-[0-3]\d|[12]\d{3}-[01]\d|[12]\d{3})$"},
)
_TEXTS = {"type": "array", "items": _TEXT}


def _section(**members: Any) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "object", "properties": members}}


SCHEMA = {
    "type": "object",
    "properties": {
        "$schema": _TEXT,
        "basics": {"type": "object", "properties": {
            "name": _TEXT, "label": _TEXT, "image": _TEXT, "email": _TEXT, "phone": _TEXT, "url": _TEXT,
            "summary": _TEXT,
            "location": {"type": "object", "additionalProperties": _TEXT},
            "profiles": _section(network=_TEXT, url=_TEXT)}},
        "work": _section(name=_TEXT, position=_TEXT, startDate=_DATE, endDate=_DATE, summary=_TEXT, highlights=_TEXTS),
        "education": _section(institution=_TEXT, area=_TEXT, studyType=_TEXT, startDate=_DATE, endDate=_DATE),
        "skills": _section(name=_TEXT, keywords=_TEXTS), "languages": _section(language=_TEXT, fluency=_TEXT),
        "certificates": _section(name=_TEXT), "meta": {"type": "object"},
    },
}  # fmt: skip


def test_the_fields_of_a_document(read: Reader) -> None:
    profile = read.one(json.dumps(DOCUMENT))
    assert (profile.name, profile.title, profile.location) == ("Ines Halvorsen", "Nurse Manager", "Oslo, Oslo, NO")
    assert profile.roles == (
        Role(company="Northgate", title="Nurse Manager", start="2019-05", end="2021-02", location="Oslo",
             bullets=("A ward.", "28 beds")),
        Role(company="Northgate", title="Nurse", start="2016", end="2019-05"),
    )  # fmt: skip
    assert (profile.core_skills, profile.other_skills) == (("Wards", "Teaching"), ("Triage", "Rota"))
    assert (profile.languages, profile.certifications) == (("Norwegian (Native)",), ("CPR",))
    assert profile.about is not None
    assert profile.about.split("\n\n") == [
        "I run wards.",
        "Projects: Quiet ward. Doors that close softly. acoustics.",
        "Volunteer: Alto. Choir. Sang.",
        "Publications: On nights. Ward Weekly.",
        "Awards: Night owl.",
    ]
    assert read.notices == []


def test_a_document_comes_out_as_it_went_in(read: Reader) -> None:
    profile = read.one(json.dumps(DOCUMENT))
    assert write_json_resume(profile) == DOCUMENT
    assert write_json_resume(profile_from_json(profile_to_json(profile))) == DOCUMENT


def test_contact_stands_nowhere_but_in_contact(read: Reader) -> None:
    profile = read.one(json.dumps(DOCUMENT))
    open_part = profile_to_json(msgspec.structs.replace(profile, contact=None)).decode()
    for private in ("ines@example.org", "+47 22", "ines.example.org", "i.png", "Storgata", "0155", "inesh"):
        assert private not in open_part


def test_an_edited_profile_writes_its_edits_and_keeps_the_rest(read: Reader) -> None:
    profile = msgspec.structs.replace(read.one(json.dumps(DOCUMENT)), title="Matron")
    written = write_json_resume(profile)
    assert written["basics"]["label"] == "Matron"
    assert {key: value for key, value in written.items() if key != "basics"} == {
        key: value for key, value in DOCUMENT.items() if key != "basics"
    }


def test_a_profile_written_and_read_is_the_same(read: Reader) -> None:
    for seed in range(20):
        before = person(seed)
        written = write_json_resume(before)
        jsonschema.validate(written, SCHEMA)
        assert read.one(json.dumps(written), "json-resume") == before


def test_what_the_schema_lacks_stands_under_meta(read: Reader) -> None:
    own = write_json_resume(msgspec.structs.replace(person(2), id="p-2"))["meta"]["recommender"]
    assert (own["id"], own["as_of"]) == ("p-2", "2026-03")
    assert own["years_of_experience"] == person(2).years_of_experience


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("work",), {"name": "no list"}, "work"),
        (("work", 0), "no object", "work[0]"),
        (("basics", "name"), ["no", "text"], "basics.name"),
        (("basics",), "no object", "basics"),
        (("work", 0, "highlights"), [1, "kept"], "work[0].highlights"),
        (("work", 0, "startDate"), "2019-31-01", "work[0].startDate"),
        (("meta", "recommender"), {"badges": 7}, "meta.recommender"),
    ],
)
def test_what_strays_from_the_schema_is_told_of_and_kept(read: Reader, path: Any, value: Any, field: str) -> None:
    document = json.loads(json.dumps(DOCUMENT))
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    profile = read.one(json.dumps(document))
    assert field in [notice.field for notice in read.notices]
    assert write_json_resume(profile) == document


def test_a_document_that_says_nothing_is_rejected(read: Reader) -> None:
    assert read.rejected('{"basics": {}, "work": []}').reason.startswith("nothing of a person")


def test_the_samples_of_the_schema_come_out_as_they_went_in(read: Reader) -> None:
    path = Path(__file__).parents[2].parent / "shared" / "data" / "structured_profiles.jsonl"
    if not path.exists():
        pytest.skip("../shared/data/structured_profiles.jsonl is not here")
    for sample in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(sample)["resume"]
        assert write_json_resume(read.one(json.dumps(document), "json-resume")) == document


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.text(max_size=12)
    | st.sampled_from(["2019", "2019-02-30"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
_ITEMS = st.dictionaries(
    st.sampled_from(["name", "position", "startDate", "endDate", "highlights", "keywords", "summary", "x"]),
    _VALUES,
    max_size=4,
)
_DOCUMENTS = st.fixed_dictionaries(
    {
        "basics": st.fixed_dictionaries(
            {"name": st.just("Li Wen")}, optional={"email": _VALUES, "location": _VALUES, "y": _VALUES}
        )
    },
    optional={
        key: st.lists(_ITEMS, max_size=3) | _VALUES
        for key in ("work", "education", "skills", "languages", "volunteer", "z")
    }
    | {"meta": st.dictionaries(st.sampled_from(["version", "recommender"]), _VALUES, max_size=2)},
)


@settings(max_examples=150, deadline=None)
@given(document=_DOCUMENTS)
def test_any_document_comes_out_as_it_went_in(document: dict[str, Any]) -> None:
    profile = Reader().one(json.dumps(document), "json-resume")
    assert isinstance(profile, Profile)
    assert write_json_resume(profile_from_json(profile_to_json(profile))) == document


def test_a_bare_contact_does_not_linger() -> None:
    profile = Profile(name="Li Wen", contact=Contact(extras={"json_resume": []}), as_of="2026-03")
    assert write_json_resume(profile)["basics"] == {"name": "Li Wen"}
