"""What requests are understood as: each part, its stance, and the words it came from."""

from __future__ import annotations

import pytest

from recommender.asking import Part, Request, YearsPart, understand
from recommender.collection import parse_filter
from recommender.collection.filter_expression import KEY_NAMES
from recommender.errors import QueryError
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()

ADVERT = """Oakfield Robotics
About us
We are a fast-growing maker of robots, founded in 2011, and we love Excel.
Backend Engineer (m/f/d)
Your tasks
- Design and run services in PostgreSQL
- Mentor junior engineers
What you bring
- At least 4 years of experience with Go or Rust
- Fluent English
- Kubernetes
Nice to have
- Terraform
We offer
- 30 days of holiday and a Python club
"""


def asked(text: str) -> Request:
    return understand(text, VOCABULARY)


def parts(request: Request) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Field → values and stance of each part."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, part in request.parts():
        found.setdefault(name, []).append((part.values, part.stance))
    return found


MUST, NICE, NOT = "must", "nice", "not"


@pytest.mark.parametrize(
    ("text", "expected", "years"),
    [
        (
            "senior nurse, ICU, nights, London",
            {
                "titles": [(("nurse",), MUST)],
                "skills": [(("Critical Care",), MUST)],
                "seniority": [(("senior",), MUST)],
                "places": [(("London",), MUST)],
            },
            None,
        ),
        (
            "remote Python developer, 5+ years, fluent German, not PHP",
            {
                "titles": [(("Python developer",), MUST)],
                "skills": [(("Python",), MUST), (("PHP",), NOT)],
                "workplaces": [(("remote",), MUST)],
                "languages": [(("German",), MUST)],
            },
            (5, None),
        ),
        (
            "welder or electrician in Leeds or Glasgow, three to seven years",
            {"titles": [(("welder", "electrician"), MUST)], "places": [(("Leeds", "Glasgow"), MUST)]},
            (3, 7),
        ),
        (
            "data engineer in Austin, TX with Kafka or Spark, Airflow is a plus",
            {
                "titles": [(("data engineer",), MUST)],
                "skills": [(("Kafka", "Apache Spark"), MUST), (("Airflow",), NICE)],
                "places": [(("Austin, TX",), MUST)],
            },
            None,
        ),
        (
            "accountant, no PHP, Perl or Ruby",
            {"titles": [(("accountant",), MUST)], "skills": [(("PHP",), NOT), (("Perl",), NOT), (("Ruby",), NOT)]},
            None,
        ),
        (
            "not PHP, not Java: bilingual analyst; Tableau; no contractors",
            {
                "titles": [(("analyst",), MUST), (("contractors",), NOT)],
                "skills": [(("PHP",), NOT), (("Java",), NOT), (("Tableau",), MUST)],
            },
            None,
        ),
        ("react, not angular", {"skills": [(("React",), MUST), (("Angular",), NOT)]}, None),
        ("up to 3 years, mid to senior level", {"seniority": [(("mid", "senior"), MUST)]}, (None, 3)),
        (
            "project manager with PMP, someone from Northwind Streams",
            {
                "titles": [(("project manager",), MUST)],
                "certifications": [(("PMP",), MUST)],
                "companies": [(("Northwind Streams",), MUST)],
            },
            None,
        ),
        (
            'must:k8s nice:terraform not:php title:"site reliability engineer" years:5..12 in:Berlin',
            {
                "titles": [(("site reliability engineer",), MUST)],
                "skills": [(("Kubernetes",), MUST), (("Terraform",), NICE), (("PHP",), NOT)],
                "places": [(("Berlin",), MUST)],
            },
            (5, 12),
        ),
        (
            "engineer, hybrid cloud, remote monitoring and a nice team",
            {"titles": [(("engineer",), MUST)]},
            None,
        ),
    ],
)
def test_a_line_is_taken_apart(text: str, expected: dict[str, object], years: tuple[int | None, ...] | None) -> None:
    request = asked(text)
    found = parts(request)
    assert {name: found.get(name) for name in expected} == expected
    assert set(found) - set(expected) <= {"skills"}
    assert (request.years and (request.years.min, request.years.max)) == years


def test_an_advert_is_told_from_its_boilerplate() -> None:
    request = asked(ADVERT)
    assert parts(request) == {
        "titles": [(("Backend Engineer",), MUST)],
        "skills": [
            (("Robotics",), NICE),
            (("PostgreSQL",), NICE),
            (("Go", "Rust"), MUST),
            (("Kubernetes",), MUST),
            (("Terraform",), NICE),
        ],
        "languages": [(("English",), MUST)],
    }
    assert request.years is not None
    assert request.years.min == 4
    kinds = {one.text: one.kind for one in request.prose}
    assert kinds["We are a fast-growing maker of robots, founded in 2011, and we love Excel."] == "aside"
    assert kinds["30 days of holiday and a Python club"] == "aside"
    assert kinds["Design and run services in PostgreSQL"] == "duties"
    assert kinds["Terraform"] == "nice"
    assert "Excel" not in request.said()


@pytest.mark.parametrize("text", ["senior nurse, ICU, nights, London", ADVERT, "must:Go nice:triage years:2.."])
def test_every_part_says_where_it_was(text: str) -> None:
    request = asked(text)
    held: list[Part | YearsPart] = [part for _, part in request.parts()]
    held += [request.years] if request.years else []
    assert held
    for part in held:
        assert part.words == text[part.start : part.end]


def test_exact_musts_are_strict_and_plain_ones_are_weighed() -> None:
    request = asked("must:Kafka nurse, skill:Redis")
    assert {part.values: part.strict for part in request.skills} == {("Kafka",): True, ("Redis",): False}


@pytest.mark.parametrize(("name", "key"), sorted(KEY_NAMES.items()))
def test_a_key_goes_by_all_its_names_in_filters_and_requests_alike(name: str, key: str) -> None:
    values = {"years": "5..9", "seniority": "senior", "workplace": "remote", "likely_to_move": "true"}
    value = values.get(key, "Kafka")
    assert parse_filter(f"{name}:{value}") == parse_filter(f"{key}:{value}")
    parts = [(field, part.values) for field, part in asked(f"{name}:{value}").parts()]
    assert parts == [(field, part.values) for field, part in asked(f"{key}:{value}").parts()]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Python, not Python", "'Python' is both asked for and excluded"),
        ("must:Go not:golang", "'Go' is both asked for and excluded"),
        ("years:9..2 welder", "at least 9 and at most 2"),
        ("python AND (place:London OR place:Leeds", "closing parenthesis is missing"),
        ("python AND place:London)", "opening parenthesis is missing"),
        ("must:colour:red", "colour: at character 6 is no key"),
        ("seniority:grand", "'grand' is not known"),
        ("workplace:submarine", "workplace: 'submarine' is not known; give one of"),
        ("years:1..2|20.. welder", "names several ranges of years; give one"),
        ("years:1..2 years:20..", "'years:20..' comes after 'years:1..2'; give one range of years"),
        ('must:Go title:"welder', "not closed"),
    ],
)
def test_what_cannot_be_asked_is_said(text: str, said: str) -> None:
    with pytest.raises(QueryError, match="(?s)") as raised:
        asked(text)
    assert said in str(raised.value)
    assert "; " in str(raised.value)


def test_another_language_and_unknown_words_are_said() -> None:
    german = asked("wir suchen einen Buchhalter mit Erfahrung in SAP")
    assert german.language == "de"
    assert parts(german)["skills"] == [(("SAP",), MUST)]
    assert asked("welder in Leeds").language is None
    assert asked("Krankenschwester in Berlin mit Erfahrung").language == "de"
    assert [one.text for one in asked("welder zzxqvv").not_understood] == ["zzxqvv"]
    assert asked("!!! ---").is_empty()


def test_a_part_taken_out_is_not_said_any_more() -> None:
    request = asked("nurse, triage, nights")
    assert request.said() == "nurse, triage, nights"
    assert Request(titles=request.titles).said() == "nurse"


def test_words_for_who_begins_are_a_level_and_are_looked_for_too() -> None:
    request = asked("junior welder, new graduate, internships")
    assert [part.values for part in request.seniority] == [("junior", "intern")]
    assert "graduate" in request.said()
    assert "internships" in request.said()
    assert "senior" not in asked("senior welder, pipes").said()
