"""What the commands share: options, the settings they make, and how reading is said on stderr."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from recommender.cli.files import File, files_of, shown
from recommender.collection import Unmatched, assert_pool
from recommender.errors import ReadingError
from recommender.pool_url import PoolPlace, pool_place
from recommender.profile import Profile
from recommender.reading import Found, Notice, Rejected, Trace, read_path
from recommender.settings import Settings
from recommender.validity import fault_of_id
from recommender.wiring import Recommender


class PoolParam(click.ParamType[PoolPlace]):
    """A pool's folder or URL."""

    name = "pool"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> PoolPlace:
        """As `pool_place` reads it."""
        return pool_place(value)


data_option = click.option("--data", type=PoolParam(), help="Folder or URL of the pool [default: index_data/pool].")
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
#: Whether a path can be read shows when its turn comes, so that it costs itself alone.
_PATH = click.Path(exists=True, readable=False, path_type=Path)
paths_argument = click.argument("paths", nargs=-1, required=True, type=_PATH)


def opened(data: PoolPlace | None, vectors: Path | None = None) -> Recommender:
    """The rooms of this call, from its options and the environment."""
    return Recommender(Settings.load(data=data), vectors)


def existing(data: PoolPlace | None) -> Recommender:
    """As `opened`, for commands that ask a pool: one that is not there is an error, not an empty answer."""
    recommender = opened(data)
    assert_pool(recommender.settings.data)
    return recommender


def tell_unmatched(missed: Iterable[Unmatched]) -> None:
    """One line on stderr for each value of a filter that nobody has."""
    for value in missed:
        click.echo(f"warning: {value}", err=True)


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
        _Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=not sys.stderr.isatty(),
    )


class _Rate(ProgressColumn):
    """How many a second, of late."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")


class Terminated(KeyboardInterrupt):
    """The process was asked to end (SIGTERM)."""


@contextmanager
def stoppable() -> Iterator[None]:
    """SIGTERM stops the block as Ctrl-C does: by an exception, so that nothing half-done is left behind."""

    def stop(*_: object) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Reader:
    """Reads paths into profiles with ids, telling notices and rejections and counting the latter.

    Args:
        say: whom each is told to; on stderr, a line each, where nobody else wants them.
    """

    def __init__(
        self,
        recommender: Recommender,
        form: str | None = None,
        profile_id: str | None = None,
        columns: Sequence[str] = (),
        as_of: str | None = None,
        say: Callable[[Notice | Rejected], None] | None = None,
    ) -> None:
        if profile_id is not None and (fault := fault_of_id(profile_id)):
            raise click.BadParameter(fault, param_hint="--id")
        self._recommender, self._form, self._profile_id, self._as_of = recommender, form, profile_id, as_of
        self._mapping = _mapping(columns)
        self._say = say or report
        self.read = self.rejected = 0

    @property
    def status(self) -> int:
        """Exit status: 0 all well, 1 some records rejected, 2 nothing could be read."""
        return status(self.read, self.rejected)

    def profiles(self, paths: Iterable[Path]) -> Iterator[Profile]:
        """Every profile of every path, in order, each with an id; a folder stands for all files in it and below."""
        return (found.profile for found in self.found(paths))

    def found(self, paths: Iterable[Path]) -> Iterator[Found]:
        """As `profiles`, each with the place it was at.

        A profile without an id gets its file's (see `cli.files`); from the second such record of a file on, with its
        number.
        """
        files = files_of(paths, self.report)
        taken = {file.profile_id for file in files}
        for file in files:
            nameless = 0
            for number, profile in self._numbered(file.path, file.source):
                if self._profile_id is not None:
                    if self.read > 1:
                        what = "--id names one profile, and there are several; leave it out"
                        raise ReadingError(f"{file.source}: {what}")
                    profile = msgspec.structs.replace(profile, id=self._profile_id)
                elif profile.id is None:
                    nameless += 1
                    profile = msgspec.structs.replace(profile, id=_id_of(file, nameless, taken))
                yield Found(profile, file.source, f"record {number}")

    def as_written(self, path: Path) -> Iterator[Profile]:
        """Every profile of one file, with the id that is there or none."""
        return (found.profile for found in self.found_as_written(path))

    def found_as_written(self, path: Path) -> Iterator[Found]:
        """The same, each with the place it was at."""
        source = shown(path.name)
        return (Found(profile, source, f"record {number}") for number, profile in self._numbered(path, source))

    def report(self, what: Notice | Rejected) -> None:
        """Tell one; rejections are counted."""
        self.rejected += isinstance(what, Rejected)
        self._say(what)

    def _numbered(self, path: Path, source: str) -> Iterator[tuple[int, Profile]]:
        """The profiles of a file, each with its number among the file's records."""
        number = 0
        try:
            for number, outcome in enumerate(self.outcomes(path, source), start=1):
                if isinstance(outcome, Rejected):
                    self.report(outcome)
                else:
                    self.read += 1
                    yield number, outcome
        except (OSError, ReadingError) as error:
            fault = error if isinstance(error, OSError) else error.__cause__
            if not isinstance(fault, OSError):
                raise
            reason = f"{fault.strerror or fault}: it was not read from here on; give a file that can be read"
            self.report(Rejected(source, f"record {number + 1}", "", reason))

    def outcomes(
        self, path: Path, source: str, on_notice: Callable[[Notice], None] | None = None, trace: Trace | None = None
    ) -> Iterator[Profile | Rejected]:
        """What the records of one file are read as; notices are told as the others where nobody else takes them."""
        return read_path(
            path,
            vocabulary=self._recommender.vocabulary,
            on_notice=on_notice or self._say,
            trace=trace,
            format=self._format_of(path),
            mapping=self._mapping,
            as_of=self._as_of,
            source=source,
            limits=self._recommender.settings.limits,
            decoder=self._recommender.decoder,
        )

    def _format_of(self, path: Path) -> str | None:
        """Columns are named of a table only, whatever else its content might look like."""
        if self._form or not self._mapping:
            return self._form
        with path.open("rb") as file:
            return "parquet" if file.read(4) == b"PAR1" else "csv"


def _id_of(file: File, number: int, taken: set[str]) -> str:
    """The id of the record of a file that is this many-th without an id."""
    if number == 1:
        return file.profile_id
    numbered = f"{file.profile_id}-{number}"
    return f"{file.source}-{number}" if numbered in taken else numbered


def status(done: int, rejected: int) -> int:
    """Exit status: 0 all well, 1 some records were rejected, 2 nothing could be done."""
    return 0 if not rejected else 1 if done else 2


def _mapping(columns: Sequence[str]) -> dict[str, str]:
    pairs = [column.partition("=") for column in columns]
    for field, equals, column in pairs:
        if not (field and equals and column):
            raise click.BadParameter(f"{field + equals + column!r} is not FIELD=COLUMN", param_hint="--map")
    return {field: column for field, _, column in pairs}


def report(what: Notice | Rejected) -> None:
    """One line on stderr."""
    click.echo(f"{'rejected' if isinstance(what, Rejected) else 'warning'}: {what.line}", err=True)
