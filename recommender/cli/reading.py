"""Commands that need no pool: `read`, `encode`, `skills`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import click
import msgspec

from recommender.cli.common import (
    Reader,
    as_of_option,
    existing,
    format_option,
    json_option,
    map_option,
    paths_argument,
    print_json,
    progress_bar,
)
from recommender.cli.explaining import explain_files
from recommender.collection import is_pool
from recommender.encoding import (
    Encoder,
    PrecomputedEncoder,
    ProfileEncoder,
    RecordingEncoder,
    VectorFile,
    load_encoder,
)
from recommender.errors import ProfileTooLong
from recommender.facts.occupation import occupation_of
from recommender.facts.skills import prose
from recommender.profile import Profile, profile_to_json
from recommender.reading import Found, write_json_resume
from recommender.settings import Settings
from recommender.skills import explain, import_taxonomy
from recommender.skills.audit import Examined, audit
from recommender.storing import BATCH
from recommender.wiring import Recommender

vocabulary_option = click.option(
    "--vocabulary", type=click.Path(path_type=Path), help="A vocabulary written by `recommender skills import`."
)


#: What `read` writes a profile as, one line each.
_WRITERS: dict[str, Callable[[Profile], bytes]] = {
    "profile": profile_to_json,
    "json-resume": lambda profile: msgspec.json.encode(write_json_resume(profile)),
}


@click.command()
@paths_argument
@format_option
@click.option("--id", "profile_id", help="The id of the profile, where PATH holds just one.")
@map_option
@as_of_option
@click.option(
    "--to",
    type=click.Choice(list(_WRITERS)),
    default="profile",
    show_default=True,
    help="Write profiles, or JSON Resume documents, one to a line.",
)
@vocabulary_option
@click.option("--explain", "explained", is_flag=True, help="Print how each file is read and what was found instead.")
@json_option
def read(
    paths: tuple[Path, ...],
    form: str | None,
    profile_id: str | None,
    columns: tuple[str, ...],
    as_of: str | None,
    to: str,
    vocabulary: Path | None,
    explained: bool,
    as_json: bool,
) -> int:
    """Print profiles as JSON lines; warnings and rejections go to stderr, each naming file, place and field.

    --explain previews a file: which reader takes it, what its columns are taken for, how much was found in each record.
    """
    with Recommender(Settings.load(vocabulary=vocabulary)) as recommender:
        reader = Reader(recommender, form, profile_id, columns, as_of)
        if explained:
            explain_files(reader, paths, as_json)
            return reader.status
        for profile in reader.profiles(paths):
            click.echo(_WRITERS[to](profile))
    return reader.status


@click.command()
@paths_argument
@format_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The .npz file to write.")
def encode(paths: tuple[Path, ...], form: str | None, out: Path) -> int:
    """Write the embeddings of profiles' texts to a file that `ingest --vectors` takes instead of encoding.

    What an earlier file of the same encoder holds is not encoded again; what is no longer asked for is left out.
    """
    settings = Settings.load()
    recorder = RecordingEncoder(_looking_into(out, load_encoder(settings.model)))
    with Recommender(settings) as recommender, progress_bar("profiles") as bar:
        profile_encoder = ProfileEncoder(recorder, recommender.vocabulary, most_words=settings.max_profile_words)
        reader = Reader(recommender, form)
        profiles = reader.found(paths)
        task = bar.add_task("encoding", total=None)
        while batch := list(islice(profiles, BATCH)):
            _encode(profile_encoder, batch, reader)
            bar.update(task, completed=reader.read)
    recorded = recorder.recorded()
    recorded.save(out)
    click.echo(f"{len(recorded)} embeddings of {reader.read} profiles written to {out}")
    return reader.status


def _encode(profile_encoder: ProfileEncoder, batch: Sequence[Found], reader: Reader) -> None:
    """Encode what can be; what would take too long is reported and costs itself alone."""
    try:
        profile_encoder.encode([found.profile for found in batch])
    except ProfileTooLong as error:
        if len(batch) == 1:
            reader.report(batch[0].reject("", str(error)))
            return
        for found in batch:
            _encode(profile_encoder, [found], reader)


def _looking_into(earlier: Path, encoder: Encoder) -> Encoder:
    if earlier.exists() and (vectors := VectorFile.load(earlier)).fingerprint == encoder.fingerprint:
        return PrecomputedEncoder(encoder, vectors)
    return encoder


@click.group()
def skills() -> None:
    """The vocabulary: what a text is taken for, and taxonomies of your own."""


@skills.command("explain")
@click.argument("text")
@vocabulary_option
@json_option
def explain_text(text: str, vocabulary: Path | None, as_json: bool) -> int:
    """Show which skills TEXT is read as, where they stand, and why."""
    found = explain(text, Recommender(Settings.load(vocabulary=vocabulary)).vocabulary)
    for skill in found:
        if as_json:
            print_json(skill._asdict() | ({} if skill.counts else {"name": None, "not": skill.name}))
        else:
            known = f" [{skill.field}]" if skill.field else ""
            sign = "→" if skill.counts else "not"
            click.echo(f"{skill.start}-{skill.end} {skill.written!r} {sign} {skill.name}{known}: {skill.reason}")
    if not any(skill.counts for skill in found) and not as_json:
        click.echo("no skill in it")
    return 0


@skills.command("import")
@click.argument("taxonomy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@vocabulary_option
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The vocabulary file to write.")
def import_skills(taxonomy: Path, vocabulary: Path | None, out: Path) -> int:
    """Add an ESCO skills CSV or O*NET Technology Skills file to the vocabulary.

    The pool that uses it names it: RECOMMENDER_VOCABULARY, or --vocabulary where a command has it. A pool
    encoded with another vocabulary refuses it; ingest anew.
    """
    done = import_taxonomy(Recommender(Settings.load(vocabulary=vocabulary)).vocabulary, taxonomy)
    done.vocabulary.save(out)
    for skipped in done.skipped:
        click.echo(f"warning: {taxonomy.name}: {skipped}", err=True)
    click.echo(f"{done.added} skills added, {done.extended} extended, {len(done.vocabulary.names)} in {out}")
    return 0


@skills.command("audit")
@paths_argument
@click.option("--most", type=click.IntRange(min=1), default=100, show_default=True, help="How many to list.")
@click.option("--fewest", type=click.IntRange(min=1), default=5, show_default=True, help="Occurrences that one needs.")
@vocabulary_option
@json_option
def audit_writings(paths: tuple[Path, ...], most: int, fewest: int, vocabulary: Path | None, as_json: bool) -> int:
    """List ways of writing a skill that stand among other words, and with other people, than its sure names.

    PATHS are files of profiles, or folders of pools. Each line gives how many occurrences were looked at, how many
    count today, which share is strange and what of it is sure, the words and people around them, and an example.
    """
    with Recommender(Settings.load(vocabulary=vocabulary)) as recommender:
        reader = Reader(recommender, None)
        people = (
            Examined(occupation_of(profile.title or ""), [text for _, text in prose(profile)])
            for profile in _people(paths, reader)
        )
        found = audit(people, recommender.vocabulary, fewest)[:most]
    for one in found:
        if as_json:
            print_json(one._asdict())
        else:
            example = f": {one.examples[0].text}" if one.examples else ""
            click.echo(
                f"{one.written!r} → {one.name}: {one.strange:.0%} of {one.hits} strange ({one.sure:.0%} for certain),"
                f" {one.counted} counted; near {' '.join(one.words[:5])}; {', '.join(one.occupations[:3])}{example}"
            )
    return reader.status


def _people(paths: tuple[Path, ...], reader: Reader) -> Iterator[Profile]:
    """The profiles of files and of pools."""
    for path in paths:
        if not (path.is_dir() and is_pool(path)):
            yield from reader.profiles((path,))
            continue
        with existing(path) as pool, pool.collection.view() as view:
            rows = view.rows()
            for first in range(0, len(rows), BATCH):
                yield from view.profiles(rows[first : first + BATCH])


COMMANDS = (read, encode, skills)
