"""Commands that ask a pool: `similar`, `count`, `match`, `evaluate`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

import click
import msgspec

from recommender import batch, evaluation
from recommender.asking.request import KINDS
from recommender.cli.common import (
    Reader,
    data_option,
    existing,
    format_option,
    json_option,
    print_json,
    progress_bar,
    stoppable,
    where_option,
)
from recommender.collection import Unmatched, parse_filter
from recommender.errors import ReadingError
from recommender.matching import Answer, Matcher, Query
from recommender.profile import Profile
from recommender.reading import Rejected
from recommender.settings import Settings
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
    who: str, k: int, where: str | None, data: Path | None, form: str | None, as_json: bool, explain: str | None
) -> int:
    """Who is like this stored profile (ID), or like the one in a file (PATH)?"""
    with existing(data) as recommender:
        query = _query(recommender, who, form)
        answer = _asked(recommender, msgspec.structs.replace(query, k=k, where=parse_filter(where)), explain)
    _tell_unmatched(answer.unmatched)
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
def find(request: str, k: int, where: str | None, data: Path | None, as_json: bool, explain: str | None) -> int:
    """Who answers this REQUEST in words: "senior nurse, ICU, London, not agencies"? "-" reads it from the input."""
    text = sys.stdin.read() if request == "-" else request
    with existing(data) as recommender:
        answer = _asked(recommender, Query(text=text, k=k, where=parse_filter(where)), explain)
    _tell_unmatched(answer.unmatched)
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
def count(where: str | None, data: Path | None, as_json: bool) -> int:
    """The exact number of profiles that qualify."""
    with existing(data) as recommender, recommender.collection.view() as view:
        wanted, missed = recommender.resolve(view, parse_filter(where))
        number, generation = view.count(wanted), view.generation
    _tell_unmatched(missed)
    if as_json:
        print_json({"count": number, "generation": generation, "unmatched": missed})
    else:
        click.echo(number)
    return 0


def _tell_unmatched(missed: Iterable[Unmatched]) -> None:
    for value in missed:
        click.echo(f"warning: {value}", err=True)


@click.command()
@click.argument("queries", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--requests",
    "asked_in",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help='A file of requests in words: JSON lines {"id", "text"}, or an advert as text. Several may be given.',
)
@click.option("--all", "whole_pool", is_flag=True, help="Ask for every profile of the pool.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The .parquet or .jsonl file to write.")
@click.option("-k", default=50, show_default=True, help="How many matches each, 1 to 1,000.")
@click.option("--workers", default=1, show_default=True, help="Processes that answer side by side.")
@where_option
@data_option
def match(
    queries: tuple[Path, ...],
    asked_in: tuple[Path, ...],
    whole_pool: bool,
    out: Path,
    k: int,
    workers: int,
    where: str | None,
    data: Path | None,
) -> int:
    """Match a whole file of profiles (QUERIES), of requests in words, or the whole pool, against the pool."""
    if bool(queries) + bool(asked_in) + whole_pool != 1:
        raise click.UsageError("give files of profiles, --requests FILE, or --all")
    with (
        stoppable(),
        existing(data) as recommender,
        _answering(recommender, workers) as matcher,
        progress_bar("queries") as bar,
    ):
        reader = Reader(recommender)
        ids = batch.everyone(recommender.collection) if whole_pool else None
        asked = ids if ids is not None else _in_words(asked_in, reader) if asked_in else _profiles(queries, reader)
        task = bar.add_task("matching", total=None if ids is None else len(ids))
        asked_of = parse_filter(where)
        with recommender.collection.view() as view:
            _tell_unmatched(recommender.resolve(view, asked_of).unmatched)  # refused once, not for each query
        try:
            done = batch.match(
                matcher,
                asked,
                out,
                k=k,
                where=asked_of,
                on_answer=lambda number: bar.update(task, completed=number),
            )
        except KeyboardInterrupt:
            click.echo(f"stopped: nothing was written to {out}; run it again", err=True)
            raise
    for query in done.unanswered:
        click.echo(f"rejected: {query.query_id}: {query.reason}", err=True)
    click.echo(f"{done.matches} matches of {done.queries} queries written to {out}")
    rejected = reader.rejected + len(done.unanswered)
    return 0 if not rejected else 1 if done.queries else 2


def _profiles(paths: Iterable[Path], reader: Reader) -> Iterator[Profile]:
    return (profile for path in paths for profile in reader.as_written(path))


def _in_words(paths: Iterable[Path], reader: Reader) -> Iterator[batch.InWords]:
    """The requests of these files; what is none is reported and counted."""
    for path in paths:
        for one in batch.read_requests(path):
            if isinstance(one, Rejected):
                reader.report(one)
            else:
                yield one


def _answering(recommender: Recommender, workers: int) -> AbstractContextManager[Matcher | batch.Workers]:
    if workers < 1:
        raise click.UsageError(f"--workers is {workers}; give 1 or more")
    if workers == 1:
        return nullcontext(recommender.matcher)
    return batch.Workers(partial(_matcher, recommender.settings), workers)


def _matcher(settings: Settings) -> Matcher:
    """The matcher of one worker process."""
    return Recommender(settings).matcher


@click.command()
@click.option(
    "--judgments", required=True, type=click.Path(exists=True, path_type=Path), help="JSON lines or TREC qrels."
)
@data_option
@json_option
def evaluate(judgments: Path, data: Path | None, as_json: bool) -> int:
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


COMMANDS = (similar, find, count, match, evaluate)
