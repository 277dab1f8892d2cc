"""What the commands share: options, the settings they make, and how reading is told on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from recommender.collection import assert_pool
from recommender.errors import ReadingError
from recommender.profile import Profile
from recommender.reading import Notice, Rejected, read_path
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.wiring import Recommender

data_option = click.option(
    "--data", type=click.Path(path_type=Path), help="Folder of the pool [default: index_data/pool]."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print machine-readable JSON, one value a line.")
where_option = click.option(
    "--where", metavar="EXPR", help="""A filter: JSON ('{"years": {"min": 5}}') or key=value pairs ('years.min=5')."""
)
format_option = click.option(
    "--format", "form", metavar="NAME", help="Take the input for this format instead of looking at its content."
)
map_option = click.option(
    "--map",
    "columns",
    metavar="FIELD=COLUMN",
    multiple=True,
    help="For CSV and Parquet: which column holds a field (title=JobTitle); may be given several times.",
)
as_of_option = click.option(
    "--as-of",
    metavar="YYYY-MM",
    help="When profiles that state no date were collected: what goes on in them went on until then [default: now].",
)
paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))


def opened(data: Path | None, vectors: Path | None = None) -> Recommender:
    """The rooms of this call, from its options and the environment."""
    return Recommender(Settings.load(data=data), vectors)


def existing(data: Path | None) -> Recommender:
    """As `opened`, for commands that ask a pool: one that is not there is an error, not an empty answer."""
    recommender = opened(data)
    assert_pool(recommender.settings.data)
    return recommender


def print_json(value: object) -> None:
    """One value, one line."""
    click.echo(msgspec.json.encode(value))


def progress_bar(unit: str) -> Progress:
    """A bar on stderr, drawn only on a terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )


class Reader:
    """Reads paths into profiles with ids, telling notices and rejections on stderr and counting the latter."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        form: str | None = None,
        profile_id: str | None = None,
        columns: Sequence[str] = (),
        as_of: str | None = None,
    ) -> None:
        self._vocabulary, self._form, self._profile_id, self._as_of = vocabulary, form, profile_id, as_of
        self._mapping = _mapping(columns)
        self.read = self.rejected = 0

    @property
    def status(self) -> int:
        """Exit status: 0 all well, 1 some records rejected, 2 nothing could be read."""
        if not self.rejected:
            return 0
        return 1 if self.read else 2

    def profiles(self, paths: Iterable[Path]) -> Iterator[Profile]:
        """Every profile of every path, in order, each with an id; a folder stands for its files, sorted by name.

        A profile without an id gets the file's stem; from the second such record of a file on, with its number.
        """
        for path in _files(paths):
            stem, nameless = path.name.split(".")[0] or path.name, 0
            for profile in self.as_written(path):
                if self._profile_id is not None:
                    if self.read > 1:
                        raise ReadingError(f"{path}: --id names one profile, and there are several; leave it out")
                    profile = msgspec.structs.replace(profile, id=self._profile_id)
                elif profile.id is None:
                    nameless += 1
                    profile = msgspec.structs.replace(profile, id=stem if nameless == 1 else f"{stem}-{nameless}")
                yield profile

    def as_written(self, path: Path) -> Iterator[Profile]:
        """Every profile of one file, with the id that stands there or none."""
        for outcome in read_path(
            path,
            vocabulary=self._vocabulary,
            on_notice=tell,
            format=self._format_of(path),
            mapping=self._mapping,
            as_of=self._as_of,
        ):
            if isinstance(outcome, Rejected):
                self.rejected += 1
                tell(outcome)
            else:
                self.read += 1
                yield outcome

    def _format_of(self, path: Path) -> str | None:
        """Columns are named of a table only, whatever else its content might look like."""
        if self._form or not self._mapping:
            return self._form
        with path.open("rb") as file:
            return "parquet" if file.read(4) == b"PAR1" else "csv"


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns]
    for field, equals, column in pairs:
        if not (field and equals and column):
            raise click.BadParameter(f"{field + equals + column!r} is not FIELD=COLUMN", param_hint="--map")
    return {field: column for field, _, column in pairs}


def tell(what: Notice | Rejected) -> None:
    """One line on stderr."""
    verdict, text = ("rejected", what.reason) if isinstance(what, Rejected) else ("warning", what.message)
    where = ": ".join(part for part in (what.source, what.place, what.field) if part)
    click.echo(f"{verdict}: {where}: {text}", err=True)
