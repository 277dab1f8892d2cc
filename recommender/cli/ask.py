"""Commands that ask a pool: `similar`, `find`, `count`, `evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from recommender import evaluation
from recommender.asking.request import KINDS
from recommender.cli.common import (
    Reader,
    data_option,
    existing,
    format_option,
    json_option,
    print_json,
    tell_unmatched,
    where_option,
)
from recommender.collection import parse_filter
from recommender.errors import ReadingError
from recommender.matching import Answer, Query
from recommender.pool_url import PoolPlace
from recommender.wiring import Recommender

explain_option = click.option("--explain", type=click.Choice(["plan"]), help="Say how the pool was searched.")


@click.command()
@click.argument("who", metavar="ID|PATH")
@click.option("-k", default=10, show_default=True, help="How many matches, 1 to 1,000.")
@where_option
@data_option
@format_option
@json_option
@explain_option
def similar(
    who: str, k: int, where: str | None, data: PoolPlace | None, form: str | None, as_json: bool, explain: str | None
) -> int:
    """Who is like this stored profile (ID), or like the one in a file (PATH)?"""
    with existing(data) as recommender:
        query = _query(recommender, who, form)
        answer = _asked(recommender, msgspec.structs.replace(query, k=k, where=parse_filter(where)), explain)
    tell_unmatched(answer.unmatched)
    if as_json:
        print_json(answer)
    else:
        click.echo(_rendered(answer))
    return 0


@click.command()
@click.argument("request")
@click.option("-k", default=10, show_default=True, help="How many matches, 1 to 1,000.")
@where_option
@data_option
@json_option
@explain_option
def find(request: str, k: int, where: str | None, data: PoolPlace | None, as_json: bool, explain: str | None) -> int:
    """Who answers this REQUEST in words: "senior nurse, ICU, London, not agencies"? "-" reads it from the input."""
    text = sys.stdin.read() if request == "-" else request
    with existing(data) as recommender:
        answer = _asked(recommender, Query(text=text, k=k, where=parse_filter(where)), explain)
    tell_unmatched(answer.unmatched)
    if as_json:
        print_json(answer)
        return 0
    if answer.notice:
        click.echo(f"warning: {answer.notice}", err=True)
    click.echo("\n".join([*_understood(answer), _rendered(answer)]))
    return 0


def _asked(recommender: Recommender, query: Query, explain: str | None) -> Answer:
    return recommender.explained(query) if explain else recommender.similar(query)


def _understood(answer: Answer) -> Iterator[str]:
    """What was understood, and how many meet it."""
    if answer.request is None:
        return
    parts = [f"{part.stance} {KINDS[name]}: {' or '.join(part.values)}" for name, part in answer.request.parts()]
    if (years := answer.request.years) is not None:
        parts.append(f"must years: {'' if years.min is None else years.min}..{'' if years.max is None else years.max}")
    yield "understood: " + ("; ".join(parts) if parts else "words alone")
    if answer.counts is not None:
        without = ", ".join(f"{one.count} without {one.condition}" for one in answer.counts.without)
        yield f"every must: {answer.counts.every_must} ({without})"
    yield ""


def _query(recommender: Recommender, who: str, form: str | None) -> Query:
    """A path that exists is read, and has no id but a stated one; anything else is an id."""
    if not Path(who).is_file():
        return Query(like=(who,))
    found = list(Reader(recommender, form).as_written(Path(who)))
    if len(found) != 1:
        raise ReadingError(f"{who}: holds {len(found)} profiles, and one is asked about; use `recommender match`")
    return Query(profile=found[0])


def _rendered(answer: Answer) -> str:
    """The answer as lines for a reader."""
    lines = [answer.headline.text] if answer.headline else []
    for match in answer.matches:
        facts = [match.title, match.location]
        if match.years_of_experience is not None:
            facts.append(f"{match.years_of_experience} yrs")
        lines += ["", f"{match.rank:>3}. {match.name or match.profile_id}  {match.score:.4f} ({match.band})"]
        lines.append("     " + " · ".join(fact for fact in facts if fact))
        lines += [f"     {match.asked}"] if match.asked else []
        lines += [f"     - {reason.text}" for reason in match.reasons]
    said = [*(lines or [answer.notice or "nobody qualifies"]), *_planned(answer)]
    return "\n".join(said)


def _planned(answer: Answer) -> Iterator[str]:
    """How the pool was searched, a search a paragraph, where that was asked for."""
    for plan in answer.plan or ():
        yield ""
        yield f"searched for {plan.k}: {plan.qualifying:,} of {plan.profiles:,} qualify; by {plan.way}, as {plan.why}"
        expected = ", ".join(f"{way} {ms:.3f} ms" for way, ms in plan.expected_ms.items())
        yield f"  took {plan.took_ms:.3f} ms" + (f"; expected: {expected}" if expected else "")
        yield from (f"  - {step}" for step in plan.steps)


@click.command()
@where_option
@data_option
@json_option
def count(where: str | None, data: PoolPlace | None, as_json: bool) -> int:
    """The exact number of profiles that qualify."""
    with existing(data) as recommender, recommender.collection.view() as view:
        wanted, missed = recommender.resolve(view, parse_filter(where))
        number, generation = view.count(wanted), view.generation
    tell_unmatched(missed)
    if as_json:
        print_json({"count": number, "generation": generation, "unmatched": missed})
    else:
        click.echo(number)
    return 0


@click.command()
@click.option(
    "--judgments", required=True, type=click.Path(exists=True, path_type=Path), help="JSON lines or TREC qrels."
)
@data_option
@json_option
def evaluate(judgments: Path, data: PoolPlace | None, as_json: bool) -> int:
    """Rank each seed's judged candidates, and measure nDCG@10 and pairwise accuracy."""
    with existing(data) as recommender:
        done = evaluation.evaluate(recommender.collection, recommender.matcher, evaluation.read_judgments(judgments))
    if as_json:
        print_json(done)
    else:
        click.echo(f"nDCG@10 {done.ndcg:.4f}  pairwise {done.pairwise:.4f}")
        click.echo(
            f"{done.seeds} of {done.seeds_judged} seeds and {done.pairs} of {done.pairs_judged} pairs in the pool"
        )
    return 0 if done.seeds == done.seeds_judged and done.pairs == done.pairs_judged else 1 if done.seeds else 2


COMMANDS = (similar, find, count, evaluate)
