"""Files that programs made of fictional résumés, read back.

    python -m benchmarks.resume_files [--keep FOLDER] [--out FILE]

Layouts × generators, a person each, drawn from lists (`rendering/`), so that the truth is known. Rules are chosen on
half of the layouts (`rendering.layouts.CHOOSING`), the figures of the others are reported; every generator is in both
halves. Those that are not installed are skipped and named. What is measured, over all files of a half:

- names: the name is read, exactly.
- jobs: title, employer and both dates together, exactly; jobs too many: roles read beyond those there, per job.
- schools: the school is read, exactly.
- skills: of the skills listed, those read; skills too many likewise.

Letters' case does not count. Files are made anew for every run; `--keep` leaves them in a folder, with what was read
wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.provenance import keep, provenance
from benchmarks.rendering.generators import GENERATORS, Generator
from benchmarks.rendering.layouts import CHOOSING, REPORTED, Layout, promoted, promotions
from benchmarks.rendering.people import Person, person
from recommender.profile import Profile
from recommender.reading import Rejected, read_bytes
from recommender.skills import Vocabulary

HERE = Path(__file__).parent


class File(msgspec.Struct, frozen=True):
    """A file, and who it is about."""

    half: str
    layout: str
    generator: str
    suffix: str
    person: Person
    content: bytes

    @property
    def name(self) -> str:
        """What the file is called where it is kept."""
        return f"{self.layout}-{self.generator.replace(' ', '_')}.{self.suffix}".lower()


def files(halves: Iterable[str], generators: Iterable[Generator]) -> Iterator[File]:
    """A file for every layout of some halves and every generator."""
    used = list(generators)
    for half, layouts in (("chosen_on", CHOOSING), ("reported", REPORTED)):
        for at, layout in enumerate(layouts) if half in halves else ():
            for number, generator in enumerate(used):
                someone = _person(1000 * (half == "reported") + 31 * at + number, layout)
                content = generator.make(tuple(layout(someone)))
                yield File(half, layout.__name__, generator.name, generator.suffix, someone, content)


def _person(number: int, layout: Layout) -> Person:
    someone = person(number)
    return promoted(someone) if layout is promotions else someone


def faults_of(file: File) -> tuple[Counter[str], list[str]]:
    """Counts of one file ("jobs": those there are, "jobs_right", "jobs_too_many" …), and what is wrong in words."""
    vocabulary = Vocabulary.shipped()
    outcomes = list(read_bytes(file.content, source=file.name, vocabulary=vocabulary, on_notice=lambda _: None))
    read = outcomes[0] if outcomes and isinstance(outcomes[0], Profile) else Profile()
    truth = file.person
    jobs = Counter(_folded(job.title, job.employer, job.start, job.end) for job in truth.jobs)
    got = Counter(_folded(role.title, role.company, role.start, role.end) for role in read.roles)
    listed, skills = set(_folded(*truth.skills)), set(_folded(*read.core_skills, *read.other_skills))
    schools, studied = {study.school.casefold() for study in truth.studies}, {one.school for one in read.education}
    named = (read.name or "").casefold() == truth.name.casefold()
    counts = Counter(
        files=1, unread=int(len(outcomes) != 1 or isinstance(outcomes[0], Rejected)),
        names=1, names_right=int(named),
        jobs=jobs.total(), jobs_right=(jobs & got).total(), jobs_too_many=max(0, got.total() - jobs.total()),
        schools=len(schools), schools_right=len(schools & set(_folded(*filter(None, studied)))),
        skills=len(listed), skills_right=len(listed & skills), skills_too_many=len(skills - listed),
    )  # fmt: skip
    wrong = [f"name {read.name!r} for {truth.name!r}"] if not named else []
    wrong += [f"job not read {job}" for job in (jobs - got)] + [f"job read {job}" for job in (got - jobs)]
    wrong += [f"school {studied} for {schools}"] if not counts["schools_right"] else []
    wrong += [f"skills missed {listed - skills}"] if listed - skills else []
    wrong += [f"skills too many {skills - listed}"] if skills - listed else []
    return counts, wrong


def _folded(*parts: str | None) -> tuple[str | None, ...]:
    return tuple(part and part.casefold() for part in parts)


def figures(counts: Counter[str]) -> dict[str, float]:
    """Shares of some counts."""
    shares = {what: round(counts[f"{what}_right"] / counts[what], 4) for what in ("names", "jobs", "schools", "skills")}
    return {
        "files": counts["files"], "unread": counts["unread"], "jobs_there": counts["jobs"], **shares,
        "jobs_too_many": round(counts["jobs_too_many"] / counts["jobs"], 4),
        "skills_too_many": round(counts["skills_too_many"] / counts["skills"], 4),
    }  # fmt: skip


def main() -> int:
    """Make the files, read them, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("chosen_on", "reported"), help="only these files; no results are written")
    parser.add_argument("--generator", action="append", help="only files of this one; no results are written")
    parser.add_argument("--keep", type=Path, help="a folder for the files, and a list of what was read wrong")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "resume_files.json")
    options = parser.parse_args()
    made: dict[str, Any] = provenance()
    used = [one for one in GENERATORS if one.installed and one.name in (options.generator or [one.name])]
    halves = [options.half] if options.half else ["chosen_on", "reported"]
    by: dict[tuple[str, str], Counter[str]] = {}
    for file in files(halves, used):
        counts, wrong = faults_of(file)
        for kind, which in (
            ("half", file.half),
            (f"layouts_{file.half}", file.layout),
            (f"generators_{file.half}", file.generator),
        ):
            by.setdefault((kind, which), Counter()).update(counts)
        if options.keep:
            _keep(options.keep, file, wrong)
    made["generators_used"] = [one.name for one in used]
    made["generators_not_installed"] = [one.name for one in GENERATORS if not one.installed]
    for (kind, which), counts in by.items():
        (made if kind == "half" else made.setdefault(kind, {}))[which] = figures(counts)
    if options.half or options.generator:
        print(msgspec.json.format(msgspec.json.encode(made), indent=1).decode())
    else:
        keep(options.out, made)
    return 0


def _keep(folder: Path, file: File, wrong: list[str]) -> None:
    folder.mkdir(exist_ok=True)
    (folder / file.name).write_bytes(file.content)
    with (folder / "wrong.txt").open("a", encoding="utf-8") as listed:
        listed.writelines(f"{file.name}: {one}\n" for one in wrong)


if __name__ == "__main__":
    sys.exit(main())
