"""Clauses of prose: whole, short, spans of their text."""

import random

import pytest

from recommender.insights.prose.clauses import LONGEST, SHORTEST, asks_for_more, shortenings
from recommender.insights.prose.sentences import sentences

_SOUP = (
    "Built built the of, and (a) 40% $3.5M I we; led. Led - – • : \n teams which using Inc. e.g. U.S. 2,000 ä"
    " to by ferry ferries"
)


def clauses(text: str) -> list[str]:
    return [next(shortenings(sentence), "") for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Built the booking system. Then rested for a whole hour.",
            ["Built the booking system", "Then rested for a whole hour"],
        ),
        ("I also rebuilt the search of the harbour.", ["rebuilt the search of the harbour"]),
        ("Results: Cut the cost of storage by 40%", ["Cut the cost of storage by 40%"]),
        ("managed the team of the night shift", []),
        (
            "Wrote the firmware of Tern Inc. Norway",
            ["Wrote the firmware of Tern Inc. Norway"],
        ),
        ("trained the new staff Managed a budget of $4 million", ["Managed a budget of $4 million"]),
    ],
)
def test_sentences_begin_and_end_where_they_do(text: str, said: list[str]) -> None:
    assert clauses(text) == said


@pytest.mark.parametrize(
    ("long", "short"),
    [
        (
            "Moved forty services of the platform to Kubernetes, cutting the bill of all teams by half in one year",
            "Moved forty services of the platform to Kubernetes",
        ),
        (
            "Developed a distributed import that reads the manifests of every ship before it comes to a port",
            "Developed a distributed import",
        ),
        (
            "Cut the cost of a crossing by 30% by renewing SQD (Supplier Quality Daily) metrics of the yard in a year",
            "Cut the cost of a crossing by 30%",
        ),
        (
            "Cut the cost of every crossing by 30% (that is what the harbour paid for tugs in all of the last year)",
            "Cut the cost of every crossing by 30%",
        ),
        (
            "Negotiated with all nine carriers of the coast, ports, pilots, tugs, lines and the rest of them all",
            "",
        ),
    ],
)
def test_a_long_sentence_ends_where_what_follows_adds_to_it(long: str, short: str) -> None:
    assert next(shortenings(long), "") == short


@pytest.mark.parametrize(
    "clause",
    [
        "Created the shop and implemented",
        "Managed the budgets of the harbour and of",
        "Rewrote a workflow which engaged",
        "Ran the team (of nine engineers",
        "Scaled the team and focused on delivering",
        "Planned the launch for more than",
        "Designed re- usable parts for the line",
        "Planned rye, wheat, oats",
        "Baked all breads including rye, whole",
        "Created and fed users ,managed rations of the port",
        "Guided and fed 16 -strong crews of the harbour",
        "Trained pilots /stewards for the whole line",
        "Reported on the variance between forecasted",
    ],
)
def test_what_more_is_to_come_after_is_no_clause(clause: str) -> None:
    assert list(shortenings(clause)) == []


@pytest.mark.parametrize(
    "clause",
    [
        "Trained crews with knowledge",
        "Merged the depot by moving six large",
        "Led the crew of ten to plan",
        "Wrote three signals, including one of the state",
        "Read 400 manifests and found the one",
        "Carried freight in busy coastal",
        "Ran ferries that carry first time",
        "Worked with the port authority beginning",
    ],
)
def test_a_clause_that_was_cut_does_not_end_where_a_reader_asks_of_what(clause: str) -> None:
    assert asks_for_more(clause)


@pytest.mark.parametrize(
    "clause",
    [
        "Led the work of marine engineering",
        "Moved nine depots from paper to digital",
        "Sold the old terminal",
        "Moved all services to Kubernetes",
    ],
)
def test_a_clause_that_was_cut_may_end_with_a_thing(clause: str) -> None:
    assert not asks_for_more(clause)


def test_a_deed_that_follows_without_a_full_stop_begins_a_sentence() -> None:
    text = "Raised the fares of the ferry by 40% Reduced the crews of all ships by 20%"
    assert clauses(text) == ["Raised the fares of the ferry by 40%", "Reduced the crews of all ships by 20%"]


def test_clauses_are_spans_of_the_text_and_short_whatever_it_is() -> None:
    rng = random.Random(3)
    words = _SOUP.split(" ")
    for _ in range(2_000):
        text = " ".join(rng.choice(words) for _ in range(rng.randrange(60)))
        plain = " ".join(text.split())
        for sentence in sentences(text):
            for clause in shortenings(sentence):
                assert SHORTEST <= len(clause) <= LONGEST
                assert clause in plain or clause.replace("•", "") in plain.replace("•", "")
