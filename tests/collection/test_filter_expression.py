"""Expressions of conditions: what each says, by value; any tree of them, by whom it admits; what is refused."""

from __future__ import annotations

import random

import msgspec
import pytest

from recommender.collection import Filter, YearsRange, canonical_filter, parse_filter
from recommender.errors import FilterError
from recommender.insights import Derived
from recommender.skills import Vocabulary
from tests.collection.model import qualifies
from tests.collection.people import person


def skill(*names: str) -> Filter:
    return Filter(skills_any=names)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("skill:Python", skill("Python")),
        ("skill:Python|Go", skill("Python", "Go")),
        ('skill:"Machine Learning"', skill("Machine Learning")),
        ('skill:"say ""hi"""', skill('say "hi"')),
        ("skill:C++", skill("C++")),
        ("skill:Python AND skill:Go", Filter(all_of=(skill("Python"), skill("Go")))),
        ("skill:Python skill:Go", Filter(all_of=(skill("Python"), skill("Go")))),
        ("skill:Python OR skill:Go", Filter(any_of=(skill("Python"), skill("Go")))),
        ("skill:a OR skill:b skill:c", Filter(any_of=(skill("a"), Filter(all_of=(skill("b"), skill("c")))))),
        ("(skill:a OR skill:b) skill:c", Filter(all_of=(Filter(any_of=(skill("a"), skill("b"))), skill("c")))),
        ("((skill:a))", skill("a")),
        ("NOT skill:a", Filter(not_=skill("a"))),
        ("-skill:a", Filter(not_=skill("a"))),
        ("not:skill:a", Filter(not_=skill("a"))),
        ("must:skill:a", skill("a")),
        ("NOT NOT skill:a", skill("a")),
        ("NOT must:skill:a", Filter(not_=skill("a"))),
        ("-(skill:a OR skill:b)", Filter(not_=Filter(any_of=(skill("a"), skill("b"))))),
        ('place:"Berlin, Germany"', Filter(location=("Berlin, Germany",))),
        ("in:London|Leeds", Filter(location=("London", "Leeds"))),
        ("years:5..12", Filter(years=YearsRange(5, 12))),
        ("years:5..", Filter(years=YearsRange(5, None))),
        ("years:5+", Filter(years=YearsRange(5, None))),
        ("years:..12", Filter(years=YearsRange(None, 12))),
        ("years:5", Filter(years=YearsRange(5, 5))),
        ("years:1|20+", Filter(any_of=(Filter(years=YearsRange(1, 1)), Filter(years=YearsRange(20, None))))),
        ("level:senior", Filter(seniority=("senior",))),
        ("company:Acme", Filter(company_ever=("Acme",))),
        ("company_now:Acme", Filter(company_now=("Acme",))),
        ('title:"data engineer"', Filter(title_contains="data engineer")),
        ("title:nurse|midwife", Filter(any_of=(Filter(title_contains="nurse"), Filter(title_contains="midwife")))),
        ("workplace:remote", Filter(workplace=("remote",))),
        ("certification:PMP", Filter(certifications=("PMP",))),
        ("id:ada", Filter(profile_ids=("ada",))),
        ("welder", Filter(any_of=(skill("welder"), Filter(title_contains="welder")))),
        ("on-site", Filter(any_of=(skill("on-site"), Filter(title_contains="on-site")))),
        ("and", Filter(any_of=(skill("and"), Filter(title_contains="and")))),
    ],
)
def test_what_an_expression_says(text: str, where: Filter) -> None:
    assert parse_filter(text) == where
    assert parse_filter(f"  {text}\n") == where


def test_pairs_and_json_are_read_as_before() -> None:
    assert parse_filter("skills_all=Python|Go,years.min=5") == Filter(
        skills_all=("Python", "Go"), years=YearsRange(min=5)
    )
    assert parse_filter('{"not": {"skills_any": ["Go"]}}') == Filter(not_=skill("Go"))
    assert parse_filter(" ") == parse_filter(None) == Filter()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(skill:a", "the end was not expected: a closing parenthesis is missing"),
        ("skill:a)", r"'\)' at character 8 was not expected: an opening parenthesis is missing"),
        ("skill:a OR", "the end was not expected: a value is missing"),
        ("OR skill:a", "'OR' at character 1 was not expected"),
        ("skill:a AND AND skill:b", "'AND' at character 13 was not expected"),
        ("NOT", "the end was not expected"),
        ("()", r"'\)' at character 2"),
        ("colour:red", "'colour' at character 1 was not expected: colour: is no key of a condition, which are skill,"),
        (
            "location",
            "'location' at character 1 was not expected: it is a key; write location=… or location:…, or quote it",
        ),
        ("skill:a years", "it is a key"),
        ("skill:|a", "a value is missing before it"),
        ('skill:"a', "a double quote at character 7 is not closed; close it"),
        ("years:many", "years cannot be 'many'; give 5..12"),
        ("years:..", "years cannot be '..'"),
        ("(" * 60 + "skill:a" + ")" * 60, "parentheses are open at once; write the conditions flatter"),
        ("NOT (skill:z OR " * 12 + "skill:a" + ")" * 12, "nest deeper than 10; write them flatter"),
    ],
)
def test_what_is_not_understood_is_named(text: str, reason: str) -> None:
    with pytest.raises(FilterError, match=reason):
        parse_filter(text)


LEAVES = {
    "skill:Python": skill("Python"),
    "skill:Go|Kafka": skill("Go", "Kafka"),
    "years:3..6": Filter(years=YearsRange(3, 6)),
    "title:engineer": Filter(title_contains="engineer"),
    'place:"United States"': Filter(location=("united states",)),
    "workplace:remote": Filter(workplace=("remote",)),
}


def tree(rng: random.Random, deep: int) -> tuple[str, object]:
    """An expression, and the same as nested tuples of the word and its parts."""
    kind = rng.choice(["leaf", "and", "or", "not"]) if deep else "leaf"
    if kind == "leaf":
        text = rng.choice(sorted(LEAVES))
        return text, text
    if kind == "not":
        text, inner = tree(rng, deep - 1)
        return f"{rng.choice(['NOT ', '-'])}({text})", ("not", inner)
    parts = [tree(rng, deep - 1) for _ in range(rng.choice((2, 3)))]
    joined = rng.choice([" AND ", " "]) if kind == "and" else " OR "
    return joined.join(f"({text})" for text, _ in parts), (kind, *(inner for _, inner in parts))


def holds(one: str, facts: Derived, of: object) -> bool:
    if isinstance(of, str):
        return qualifies(one, facts, LEAVES[of])
    assert isinstance(of, tuple)
    kind, parts = of[0], of[1:]
    answers = [holds(one, facts, part) for part in parts]
    return not answers[0] if kind == "not" else all(answers) if kind == "and" else any(answers)


def test_any_tree_of_conditions_admits_whom_it_says() -> None:
    rng = random.Random(14)
    everybody = [person(f"p-{number}", rng) for number in range(40)]
    for _ in range(1_000):
        text, meant = tree(rng, 3)
        where = canonical_filter(parse_filter(text), Vocabulary.shipped())
        found = [one.profile_id for one in everybody if qualifies(one.profile_id, one.facts, where)]
        assert found == [one.profile_id for one in everybody if holds(one.profile_id, one.facts, meant)], text


def test_no_text_breaks_it() -> None:
    rng, signs = (
        random.Random(7),
        ["(", ")", '"', "|", ":", "-", " ", "AND", "OR", "NOT", "skill:", "years:", "1..", "é", "x"],
    )
    for _ in range(10_000):
        text = "".join(rng.choices(signs, k=rng.randrange(12)))
        reason = ""
        try:
            msgspec.json.encode(parse_filter(text))
        except FilterError as error:
            reason = str(error)
        assert not reason or "; " in reason, text
