"""The working folder of a run: what it needs to go on after being killed, beside the file that it writes.

::

    .matches.parquet.run/      its owner's alone, and one run's at a time
        lock                   held as long as the process lives, whatever ends it
        pool/                  the generation that all of it is matched against
        queries.jsonl          all of them, a line each
        rejects.jsonl          what was read and is no query
        manifest.json          what is asked of what; written last of these, so that without it nothing was begun
        known.arrow, known.basis.parquet
                               what follows from an earlier file, where one is brought up
        done/00000012          what came of a piece; each appears whole

It is removed when the file is in its place.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from recommender import durable, private
from recommender.batch.pieces import Asking, Piece, Worked, cut
from recommender.errors import BatchError

#: Version of what lies in the folder.
FORMAT = 2

_WORKED = msgspec.msgpack.Decoder(Worked)


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is: two with the same `Manifest` write the same file.

    Attributes:
        asking: what is asked about every query.
        queries: SHA-256 of their lines.
        pool: where it lies.
        fingerprint, scoring: of what made its numbers, and of what makes scores of them.
        version: of this package.
    """

    asking: Asking
    queries: str
    pool: str
    fingerprint: str
    scoring: str
    version: str
    format: int = FORMAT

    @property
    def run(self) -> str:
        """What two runs have in common whose answers can be compared, whatever generations they are of."""
        return msgspec.json.encode((self.fingerprint, self.scoring, self.version, self.asking)).decode()

    def differences(self, other: Manifest) -> list[str]:
        """What the other one has otherwise, as it is said: "k 50, now 10"."""
        pairs = [*_said(self).items(), *_said(self.asking).items()]
        now = {**_said(other), **_said(other.asking)}
        return [f"{name} {was}, now {now[name]}" for name, was in pairs if now[name] != was and name != "asking"]


def _said(of: msgspec.Struct) -> dict[str, str]:
    fields = {name: msgspec.json.encode(getattr(of, name)).decode() for name in of.__struct_fields__}
    return {name: value if len(value) <= 60 else f"{value[:57]}…" for name, value in fields.items()}


class Begun(msgspec.Struct, frozen=True):
    """A run that was begun.

    Attributes:
        generation, profiles: of the pool when it was, and how many it held.
        queries: how many there are.
        queries_at_once: how many make a piece.
        at: when, as seconds since 1970.
        known: of how many profiles the answers follow from an earlier file.
    """

    manifest: Manifest
    generation: int
    profiles: int
    queries: int
    queries_at_once: int
    at: float
    known: int = 0

    @property
    def pieces(self) -> int:
        """How many there are."""
        return -(-self.queries // self.queries_at_once)

    def queries_of(self, number: int) -> int:
        """How many a piece has."""
        return min(self.queries_at_once, self.queries - number * self.queries_at_once)


class WorkingFolder:
    """That of one file, held by this process. See `held`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def pool(self) -> Path:
        """Where the snapshot is."""
        return self.folder / "pool"

    @property
    def queries(self) -> Path:
        """Where the queries are."""
        return self.folder / "queries.jsonl"

    @property
    def rejects(self) -> Path:
        """Where what is no query is."""
        return self.folder / "rejects.jsonl"

    @property
    def known(self) -> Path:
        """Where the rows are that follow from an earlier file."""
        return self.folder / "known.arrow"

    @property
    def known_basis(self) -> Path:
        """Where it is what those answers rest on."""
        return self.folder / "known.basis.parquet"

    def begun(self) -> Begun | None:
        """The run that is in here; None where there is none, or one of another version of this folder."""
        with suppress(FileNotFoundError, msgspec.DecodeError):
            found = msgspec.json.decode((self.folder / "manifest.json").read_bytes(), type=Begun)
            return found if found.manifest.format == FORMAT else None
        return None

    def begin(self, begun: Begun) -> None:
        """From here on it is gone on with."""
        for kept in (self.queries, self.rejects):
            durable.sync(kept)
        private.make_folder(self.folder / "done")
        self._put(self.folder / "manifest.json", msgspec.json.encode(begun))

    def clear(self) -> None:
        """Forget the run that is in here."""
        with suppress(FileNotFoundError):
            (self.folder / "manifest.json").unlink()
        for entry in self.folder.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()

    def done(self) -> set[int]:
        """Numbers of the pieces that are done."""
        with suppress(FileNotFoundError):
            return {int(entry.name) for entry in (self.folder / "done").iterdir() if entry.name.isdigit()}
        return set()

    def pieces(self, begun: Begun, done: set[int]) -> Iterator[Piece]:
        """Those that are not done."""
        with self.queries.open("rb") as lines:
            yield from (piece for piece in cut(lines, begun.queries_at_once) if piece.number not in done)

    def keep(self, worked: Worked) -> None:
        """What came of a piece; where it was known already, nothing changes."""
        if not (self.folder / "done" / f"{worked.number:08}").exists():
            self._put(self.folder / "done" / f"{worked.number:08}", msgspec.msgpack.encode(worked))

    def worked(self, number: int) -> Worked:
        """What came of a piece that is done."""
        return _WORKED.decode((self.folder / "done" / f"{number:08}").read_bytes())

    def _put(self, path: Path, content: bytes) -> None:
        beside = path.with_name(f"{path.name}.tmp")
        with private.create(beside) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        durable.sync(path.parent)


@contextmanager
def held(out: Path) -> Iterator[WorkingFolder]:
    """The working folder beside this file, made where there is none; it stays where anything in it is worth going on.

    Raises `BatchError` where another process holds it.
    """
    folder = out.with_name(f".{out.name}.run")
    descriptor = _locked(folder, out)
    working = WorkingFolder(folder)
    try:
        yield working
        shutil.rmtree(folder)
    except BaseException:
        if not working.done():
            shutil.rmtree(folder, ignore_errors=True)
        raise
    finally:
        os.close(descriptor)


def _locked(folder: Path, out: Path) -> int:
    while True:
        private.make_folder(folder)
        with suppress(FileNotFoundError):
            descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, private.FILE)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(descriptor)
                raise BatchError(f"another process is writing {out}; wait for it, or name another file") from None
            if (folder / "lock").exists():
                return descriptor
            os.close(descriptor)  # the run that held it ended and took the folder along


def spool(queries: Iterable[bytes], path: Path) -> tuple[int, str]:
    """Write lines of queries to a file; how many there are, and the SHA-256 of them all."""
    digest, count = hashlib.sha256(), 0
    with private.create(path) as file:
        for line in queries:
            file.write(line)
            digest.update(line)
            count += 1
    return count, digest.hexdigest()
