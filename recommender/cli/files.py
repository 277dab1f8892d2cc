"""Paths of a command → the files to read, each with a name that no other file of the run has, and the id it gives.

A folder stands for its files and those of its sub-folders, sorted. The id of a record that states none is its file's
path below the folder given, without the suffix of its format ("ward/Dr. Ines Moor.txt" → "ward/Dr. Ines Moor"). Where
that would be the id of several files, each of them keeps its suffix, and takes in as many folders above as tell them
apart. So ids depend on which files are given together, and never on their order.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from recommender.reading import Notice, Rejected
from recommender.validity import LONGEST_ID, fault_of_id, is_unseen

Report = Callable[[Notice | Rejected], None]

#: Suffixes that name a format or a packing; what else follows a dot belongs to the name ("Dr. Ines Moor", "cv.v1").
_SUFFIXES = re.compile(
    r"(?:\.(?:txt|text|md|html?|xhtml|json|jsonl|ndjson|pdf|docx|docm|rtf|xml|ya?ml|vcf|csv|tsv|parquet|zip))?"
    r"(?:\.gz)?\Z",
    re.IGNORECASE,
)
#: What systems and programs leave in folders, beside everything that begins with a dot.
_LEFT_BEHIND = re.compile(r"\.|~\$|__MACOSX\Z|(?:thumbs\.db|desktop\.ini)\Z", re.IGNORECASE)
#: Characters of a file's id, so that a number has room after it.
_LONGEST = LONGEST_ID - 10
#: Skipped files that are named; the others are counted.
_NAMED = 5


class File(NamedTuple):
    """A file to be read.

    Attributes:
        source: what messages call it: its path below the folder given, longer where another file has the same.
        profile_id: for the first record in it that states no id.
    """

    path: Path
    source: str
    profile_id: str


class _Found(NamedTuple):
    """A file, and how many parts of its path are its name: one, or those below the folder given."""

    path: Path
    depth: int


def files_of(paths: Iterable[Path], report: Report) -> list[File]:
    """Every file of these paths, in order, each once; what is skipped or cannot be read is reported."""
    found: dict[str, _Found] = {}
    for path in paths:
        walk = _Walk(path, report)
        for file in walk.files():
            first = found.setdefault(os.path.realpath(file.path), file)
            if os.path.abspath(first.path) != os.path.abspath(file.path):
                walk.skip(file.path, " (again)")
            if (-file.depth, file.path) < (-first.depth, first.path):
                found[os.path.realpath(file.path)] = file
        walk.report_skipped()
    return _named(list(found.values()))


class _Walk:
    """One path of a command being looked through."""

    def __init__(self, top: Path, report: Report) -> None:
        self._top, self._report = top, report
        self._skipped: list[str] = []

    def files(self) -> Iterator[_Found]:
        """The files of the path that can be read; of a folder and its sub-folders sorted, left-overs skipped."""
        waiting, folders, empty = [_Found(self._top, 0)], set[str](), True
        while waiting:
            path, depth = waiting.pop()
            if os.path.isdir(path):
                inner = self._inside(path, folders)
                waiting += [_Found(one, depth + 1) for one in reversed(inner)]
            else:
                empty = False
                if self._is_readable(path):
                    yield _Found(path, max(depth, 1))
        if empty:
            self._reject(self._top, "no file to read stands in this folder; give one that holds profiles")

    def skip(self, path: Path, why: str = "") -> None:
        """Note what is passed over."""
        inside = path if path == self._top else path.relative_to(self._top)
        self._skipped.append(shown(inside) + why)

    def report_skipped(self) -> None:
        """One line for all of it."""
        if self._skipped:
            named = ", ".join(self._skipped[:_NAMED])
            more = len(self._skipped) - _NAMED
            message = f"skipped, as no profiles of their own: {named}" + (f" and {more:,} more" if more > 0 else "")
            self._report(Notice(shown(self._top), "", "", message))

    def _inside(self, folder: Path, folders: set[str]) -> list[Path]:
        """What a folder holds, sorted; nothing of one that links led to before."""
        real = os.path.realpath(folder)
        if real in folders:
            self.skip(folder, " (again)")
            return []
        folders.add(real)
        try:
            inner = sorted(folder.iterdir())
        except OSError as error:
            self._reject(folder, f"{error.strerror or error}; give a folder that can be read")
            return []
        for path in filter(_is_left_behind, inner):
            self.skip(path)
        return [path for path in inner if not _is_left_behind(path)]

    def _is_readable(self, path: Path) -> bool:
        try:
            if not stat.S_ISREG(path.stat().st_mode):
                self._reject(path, "this is no regular file; save what it gives as one")
                return False
            path.open("rb").close()
        except OSError as error:
            self._reject(path, f"{error.strerror or error}; give a file that can be read")
            return False
        return True

    def _reject(self, path: Path, reason: str) -> None:
        self._report(Rejected(shown(path), "", "", reason))


def _is_left_behind(path: Path) -> bool:
    return _LEFT_BEHIND.match(path.name) is not None


def _named(found: Sequence[_Found]) -> list[File]:
    """Each file with a source and an id of its own."""
    sources = _sources(found)
    short = [_without_suffix(source) for source in sources]
    often = Counter(short)
    wanted = [_clean(one if often[one] == 1 else source) for one, source in zip(short, sources, strict=True)]
    often = Counter(wanted)
    files = []
    for (path, _), source, profile_id in zip(found, sources, wanted, strict=True):
        if often[profile_id] > 1 or len(profile_id) > _LONGEST or fault_of_id(profile_id):
            profile_id = _marked(profile_id, source)
        files.append(File(path, shown(source), profile_id))
    return files


def _sources(found: Sequence[_Found]) -> list[str]:
    """The end of each file's path that no other file's path has: at least what is below the folder given."""
    parts = [Path(os.path.abspath(path)).parts for path, _ in found]
    depths = [depth for _, depth in found]
    while True:
        sources = ["/".join(path[-depth:]) for path, depth in zip(parts, depths, strict=True)]
        often = Counter(sources)
        longer = [d + (often[s] > 1 and d < len(p)) for d, s, p in zip(depths, sources, parts, strict=True)]
        if longer == depths:
            return sources
        depths = longer


def _without_suffix(source: str) -> str:
    short = _SUFFIXES.sub("", source)
    return short if short and not short.endswith("/") else source


def _clean(name: str) -> str:
    """A file's name as an id is written: what cannot be seen is as "_"."""
    name = unicodedata.normalize("NFC", shown(name))
    return "/".join("".join("_" if is_unseen(c) else c for c in part).strip() for part in name.split("/"))


def _marked(profile_id: str, source: str) -> str:
    """An id made fit, and told from others that would be the same, by a mark of the file's whole name."""
    mark = blake2b(os.fsencode(source), digest_size=4).hexdigest()
    parts = [part for part in profile_id.split("/") if part not in ("", ".", "..")]
    return f"{'/'.join(parts)[: _LONGEST - 9].strip(' /') or 'file'}~{mark}"


def shown(path: Path | str) -> str:
    """A path as text that can be printed, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")
