"""CSV and Parquet tables of fictional people."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recommender.profile import Contact, Profile, Role
from recommender.reading import Rejected
from tests.reading.conftest import Reader

CSV = (
    "id,Full Name,Headline,Location,Years,Skills,Summary,Company,Email,Shoe Size\n"
    'a1,Li Wen,Welder,"Leeds, England",7 years,TIG; MIG;Forklift,"I weld,\nat night.",Alder & Finch,li@example.org,44\n'
    "a2,Ines Halvorsen,Nurse,Oslo,12,Triage,,,,\n"
)


def parquet(rows: list[dict[str, Any]]) -> bytes:
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


def test_columns_are_known_by_their_names(read: Reader) -> None:
    first, second = read(CSV)
    assert isinstance(first, Profile)
    assert (first.id, first.name, first.title, first.location) == ("a1", "Li Wen", "Welder", "Leeds, England")
    assert (first.years_of_experience, first.other_skills) == (7, ("TIG", "MIG", "Forklift"))
    assert first.about == "I weld,\nat night."
    assert first.roles == (Role(company="Alder & Finch", title="Welder"),)
    assert first.contact == Contact(emails=("li@example.org",))
    assert first.extras == {"Shoe Size": "44"}
    assert isinstance(second, Profile)
    assert (second.name, second.years_of_experience, second.contact) == ("Ines Halvorsen", 12, None)
    assert read.notices == []


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_separators(read: Reader, mark: str) -> None:
    content = mark.join(["name", "title", "skills"]) + "\n" + mark.join(["Li Wen", "Welder", "TIG|MIG"]) + "\n"
    profile = read.one(content)
    assert (profile.name, profile.title, profile.other_skills) == ("Li Wen", "Welder", ("TIG", "MIG"))


def test_a_mapping_names_the_columns(read: Reader) -> None:
    content = "who,does,knows\nLi Wen,Welder,TIG\n"
    profile = read.one(content, "csv", {"name": "who", "title": "does", "core_skills": "knows", "about": "missing"})
    assert (profile.name, profile.title, profile.core_skills) == ("Li Wen", "Welder", ("TIG",))
    assert [(notice.field, notice.message) for notice in read.notices] == [
        ("about", "the mapping names a column 'missing' that the table does not have")
    ]


def test_a_table_that_is_none_of_profiles_is_rejected(read: Reader) -> None:
    assert read.rejected("a,b\n1,2\n", "csv").reason == (
        "no column of a profile was recognised among 'a', 'b'; give a mapping field=column"
    )


def test_a_bad_row_costs_itself_alone(read: Reader) -> None:
    outcomes = read("name,title,years\nLi Wen,Welder,7\nA,B,C,D,E\nIda,Cook,many\nBo,Baker,3\n")
    assert [type(outcome) for outcome in outcomes] == [Profile, Rejected, Rejected, Profile]
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejected)]
    assert [(item.place, item.field) for item in rejected] == [("line 3", ""), ("line 4", "years_of_experience")]


def test_places_count_lines_not_rows(read: Reader) -> None:
    outcomes = read('name,about,years\nLi,"two\nlines",1\nIda,x,many\n')
    assert isinstance(outcomes[1], Rejected)
    assert outcomes[1].place == "line 4"


def test_bytes_that_are_no_utf8_are_told_of(read: Reader) -> None:
    profile = read.one("name,title\nJosé,Welder\n".encode("latin-1").replace(b"\xe9", b"\xff"), "csv")
    assert profile.name == "Jos\ufffd"
    assert [notice.place for notice in read.notices] == ["line 2"]


def test_parquet_with_lists_numbers_and_dates(read: Reader) -> None:
    rows = [
        {"id": 7, "name": "Li Wen", "skills": ["TIG", "MIG"], "years": 7, "roles": json.dumps([{"title": "Welder"}])},
        {"id": 8, "name": "Ida", "skills": None, "years": None, "roles": None},
    ]
    first, second = read(parquet(rows))
    assert isinstance(first, Profile)
    assert isinstance(second, Profile)
    assert (first.id, first.other_skills, first.years_of_experience) == ("7", ("TIG", "MIG"), 7)
    assert first.roles == (Role(title="Welder"),)
    assert (second.id, second.other_skills) == ("8", ())


def test_parquet_with_nested_roles(read: Reader) -> None:
    profile = read.one(
        parquet([{"name": "Li", "roles": [{"title": "Welder", "start": "2019-05", "bullets": ["Welded."]}]}])
    )
    assert profile.roles == (Role(title="Welder", start="2019-05", bullets=("Welded.",)),)


def test_a_column_of_text_is_read_as_resumes(read: Reader) -> None:
    [profile] = read(
        parquet([{"id": "r1", "resume": "Experience\nWelder, Alder & Finch\nMay 2016 - Present\n• Welded."}])
    )
    assert isinstance(profile, Profile)
    assert (profile.id, profile.roles[0].title, profile.roles[0].company) == ("r1", "Welder", "Alder & Finch")


def test_a_parquet_cut_in_the_middle_is_rejected(read: Reader) -> None:
    content = parquet([{"name": "Li", "title": str(number)} for number in range(100)])
    assert "broken Parquet" in read.rejected(content[: len(content) // 2]).reason


@pytest.mark.parametrize("columns", ["email,contact", "contact,email"])
def test_contact_in_columns_of_its_own_and_in_one_is_all_kept(read: Reader, columns: str) -> None:
    cells = {"email": "a@example.org", "contact": '"{""emails"": [""b@example.org""], ""phones"": [""1""]}"'}
    profile = read.one(f"name,title,{columns}\nLi,Cook,{','.join(cells[name] for name in columns.split(','))}\n")
    assert profile.contact == Contact(emails=("b@example.org", "a@example.org"), phones=("1",))


@pytest.mark.parametrize("contact", ["call me", "[1]", '"{""emails"": 5}"', '"{""emails"": [5]}"'])
def test_a_contact_that_is_none_costs_its_row_alone(read: Reader, contact: str) -> None:
    rows = f"Li,Cook,{contact},a@example.org\nBo,Cook,,b@example.org\n"
    rejected, kept = read(f"name,title,contact,email\n{rows}", "csv")
    assert isinstance(rejected, Rejected)
    assert rejected.field.startswith("contact")
    assert isinstance(kept, Profile)
    assert kept.contact == Contact(emails=("b@example.org",))


@pytest.mark.parametrize("years", ["-5", "81", "99", "1000000000", "1e9", "99999999999999999999"])
def test_years_nobody_has_cost_their_row_alone(read: Reader, years: str) -> None:
    rejected, kept = read(f"name,title,years\nLi,Cook,{years}\nBo,Cook,7.5 yrs\n")
    assert isinstance(rejected, Rejected)
    assert (rejected.place, rejected.field) == ("line 2", "years_of_experience")
    assert isinstance(kept, Profile)
    assert kept.years_of_experience == 7


def test_not_a_number_in_a_column_of_numbers_is_an_empty_cell(read: Reader) -> None:
    nothing = float("nan")
    rows = [{"id": 1.5, "name": "Li", "years": 3.0, "score": nothing}, {"id": nothing, "name": "Bo", "score": 2.5}]
    first, second = read(parquet(rows))
    assert isinstance(first, Profile)
    assert isinstance(second, Profile)
    assert (first.id, first.years_of_experience, first.extras) == ("1.5", 3, {})
    assert (second.id, second.years_of_experience, second.extras) == (None, None, {"score": 2.5})


def test_a_cell_that_has_no_value_here_costs_itself_alone(read: Reader) -> None:
    """A moment far outside the calendar, and text that is no UTF-8."""
    moments = pa.array([2**62, 0], pa.int64()).cast(pa.timestamp("us"))
    ends = pa.array([0, 2, 7], pa.int32()).buffers()[1]
    titles = pa.Array.from_buffers(pa.string(), 2, [None, ends, pa.py_buffer(b"\xff\xfeNurse")])
    buffer = BytesIO()
    pq.write_table(pa.table({"id": ["a", "b"], "title": titles, "joined": moments}), buffer)
    first, second = read(buffer.getvalue())
    assert isinstance(first, Profile)
    assert (first.id, first.title, first.extras["joined"]) == ("a", "\ufffd\ufffd", "a timestamp[us] out of range")
    assert isinstance(second, Profile)
    assert (second.id, second.title) == ("b", "Nurse")
    assert second.extras["joined"].startswith("1970-01-01")


def names(outcomes: list[Any]) -> list[tuple[str | None, str | None]]:
    assert all(isinstance(outcome, Profile) for outcome in outcomes), outcomes
    return [(outcome.name, outcome.title) for outcome in outcomes]


PEOPLE = [("Li Wen", "Welder"), ("Ines Halvorsen", "Nurse")]


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\nname;title\nLi Wen;Welder\nInes Halvorsen;Nurse\n",
        "sep=|\r\nname|title|city\r\nLi Wen|Welder|Leeds\r\nInes Halvorsen|Nurse|Oslo\r\n",
        "name|title|city\nLi Wen|Welder|Leeds\nInes Halvorsen|Nurse|Oslo\n",
        "Candidates of March\n\nname,title\nLi Wen,Welder\nInes Halvorsen,Nurse\n",
        'Notes:\n"Some are missing, and\nmay follow."\n\nname,title\nLi Wen,Welder\nInes Halvorsen,Nurse\n',
        "Report,,\nCandidate Name,Job Title,Stage\nLi Wen,Welder,Offer\nInes Halvorsen,Nurse,Interview\n",
        "First Name,Last Name,Current Title\nLi,Wen,Welder\nInes,Halvorsen,Nurse\n",
        "Nachname;Vorname;Beruf\nWen;Li;Welder\nHalvorsen;Ines;Nurse\n",
        "Name;Vorname;Stelle\nWen;Li;Welder\nHalvorsen;Ines;Nurse\n",
        "Prénom;Nom;Poste;Ville\nLi;Wen;Welder;Leeds\nInes;Halvorsen;Nurse;Oslo\n",
        "Nombre,Apellidos,Puesto\nLi,Wen,Welder\nInes,Halvorsen,Nurse\n",
        "applicantName,jobTitle\nLi Wen,Welder\nInes Halvorsen,Nurse\n",
        '"Full name","Headline","Current title"\n"Li Wen","I weld","Welder"\n"Ines Halvorsen","I nurse","Nurse"\n',
        "name,title,,\nLi Wen,Welder,,,,\nInes Halvorsen,Nurse,,\n",
        "name,title\rLi Wen,Welder\rInes Halvorsen,Nurse\r",
        '="Name",="Title"\n="Li Wen",="Welder"\n="Ines Halvorsen",="Nurse"\n'.replace('="Name",="Title"', "Name,Title"),
    ],
)
def test_a_table_of_two_people_is_two_people(read: Reader, content: str) -> None:
    assert names(read(content)) == PEOPLE


def test_places_below_what_is_above_the_table(read: Reader) -> None:
    _, rejected = read("sep=;\nname;years\nLi Wen;5\nInes;many\n")
    assert isinstance(rejected, Rejected)
    assert rejected.place == "line 4"


def test_connections_of_linkedin(read: Reader) -> None:
    rows = "Li,Wen,https://example.org/in/li,,Alder & Finch,Welder,04 Mar 2024\n"
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    profile = read.one(f'Notes:\n"You may see addresses missing."\n\n{head}{rows}')
    assert (profile.name, profile.roles) == ("Li Wen", (Role(company="Alder & Finch", title="Welder"),))
    assert profile.contact == Contact(links=("https://example.org/in/li",))
    assert profile.extras == {"Connected On": "04 Mar 2024"}


def test_a_table_whose_columns_nobody_knows_is_refused_and_not_read_as_prose(read: Reader) -> None:
    reason = read.rejected("alpha,beta,gamma\n1,2,3\n4,5,6\n").reason
    assert reason == "no column of a profile was recognised among 'alpha', 'beta', 'gamma'; give a mapping field=column"


def test_text_with_commas_is_no_table(read: Reader) -> None:
    text = "Li Wen\nWelder, Leeds\nSkills\nTIG, MIG, Forklift\nExperience\nWelder, Alder & Finch\nMay 2016 - Present\n"
    assert read.one(text).roles[0].company == "Alder & Finch"


def test_columns_that_make_one_field(read: Reader) -> None:
    head = "name,title,city,state,country,email 1,email 2,skill 1,skill 2,website"
    profile = read.one(f"{head}\nLi,Welder,Leeds,,England,a@example.org,b@example.org,TIG,MIG; Flux,li.example.org\n")
    assert (profile.location, profile.other_skills) == ("Leeds, England", ("TIG", "MIG", "Flux"))
    assert profile.contact == Contact(emails=("a@example.org", "b@example.org"), links=("li.example.org",))


def test_two_columns_of_one_name_are_both_kept(read: Reader) -> None:
    assert read.one("name,title,note,note,\nLi,Cook,a,b,c\n").extras == {"note": "a", "note (4)": "b", "column 5": "c"}


@pytest.mark.parametrize(
    ("cell", "skills"),
    [
        ('"SQL, Python (NumPy, pandas), R"', ("SQL", "Python (NumPy, pandas)", "R")),
        ("\"['TIG', 'MIG']\"", ("TIG", "MIG")),
        ('"[TIG, MIG]"', ("TIG", "MIG")),
        ('"TIG (a, MIG"', ("TIG (a", "MIG")),
    ],
)
def test_the_items_of_a_cell(read: Reader, cell: str, skills: tuple[str, ...]) -> None:
    assert read.one(f"name,title,skills\nLi,Cook,{cell}\n").other_skills == skills


def test_a_resume_in_a_cell_beside_the_name(read: Reader) -> None:
    resume = "Experience\nWelder, Alder & Finch\nMay 2016 - Present\n- Welded."
    profile = read.one(f'Name,Email,Resume\nLi Wen,li@example.org,"{resume}"\n')
    assert (profile.name, profile.roles[0].company) == ("Li Wen", "Alder & Finch")
    assert profile.contact == Contact(emails=("li@example.org",))
    assert profile.extras == {}


@pytest.mark.parametrize(("cell", "years"), [("7 years 3 months", 7), ("4.5 Yrs", 4), ("12+", 12)])
def test_years_as_people_write_them(read: Reader, cell: str, years: int) -> None:
    assert read.one(f"name,total experience (years)\nLi,{cell}\n").years_of_experience == years
