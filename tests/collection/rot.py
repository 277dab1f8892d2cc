"""Rotting bytes of a pool at random, and whether what it then answers is right or the damage is named.

`python -m tests.collection.rot FOLDER --times N` prints what went wrong, which is to be nothing.
"""

from __future__ import annotations

import argparse
import logging
import random
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from recommender.collection import LocalCollection, check
from recommender.collection.local.follower import Tuning
from recommender.errors import CollectionError
from tests.collection.model import Model
from tests.collection.people import person

#: Nothing is renewed meanwhile, which would fix what is to be looked at.
STILL = Tuning(loaded_rows=10**6, tail_rows=10**6, retry_seconds=1e6)

Answers = dict[str, object]


class PartNotice(NamedTuple):
    """What a pool answers of everybody, or the error that it answers by; and whether it names damage beside."""

    answers: Answers | None
    names_damage: bool


def grow(folder: Path, *, sealed: bool) -> Answers:
    """A pool with replaced and deleted profiles, and what it answers."""
    rng, pool, model = random.Random(11), LocalCollection(folder, STILL), Model()
    for turn in range(3):
        given = [person(f"person-{rng.randrange(30)}", rng) for _ in range(15)]
        pool.upsert(given)
        model.upsert(given)
        pool.delete(sorted(model.held)[:2])
        model.delete(sorted(model.held)[:2])
        if sealed and turn == 1:
            pool.seal()
    pool.close()
    right = message(folder)
    assert right.answers is not None
    assert right.answers["ids"] == sorted(model.held)
    return right.answers


def message(folder: Path) -> PartNotice:
    """Everything that the pool in the folder answers."""
    try:
        pool = LocalCollection(folder, STILL, create=False)
    except CollectionError:
        return PartNotice(None, True)
    try:
        with pool.view() as view:
            rows = view.rows()
            profiles = view.profiles(rows)
            found: Answers = {
                "ids": sorted(view.ids(rows)),
                "profiles": {str(profile.id): profile for profile in profiles},
                "facts": dict(zip(view.ids(rows), view.facts(rows), strict=True)),
                "vectors": {i: v.tobytes() for i, v in zip(view.ids(rows), view.vectors(rows), strict=True)},
                "features": {n: c.tobytes() for n, c in view.features(rows).columns.items()},
                "count": view.count(),
                "facets": view.facets(["skill", "location", "title"], limit=99),
                "listing": [profile.id for profile in view.listing(limit=99, sort="name").profiles],
                "found": view.ids([view.row(profile_id) for profile_id in view.ids(rows)]),
            }
            return PartNotice(found, bool(view.damaged))
    except CollectionError:
        return PartNotice(None, True)
    finally:
        pool.close()


def looked_at(folder: Path) -> list[str]:
    """What `check` says."""
    try:
        return [finding.problem for finding in check(folder)]
    except CollectionError as error:
        return [str(error)]


def rot(path: Path, rng: random.Random) -> str:
    """What disks do: a byte or a few flipped, a sector zeroed, a page lying in another's place, the end cut off."""
    content = bytearray(path.read_bytes())
    kind = rng.choice(("flip", "flip", "flip", "flip", "zeros", "page", "cut"))
    at, length = rng.randrange(len(content)), rng.choice((1, 1, 1, 2, 8))
    if kind == "flip":
        content[at : at + length] = bytes(b ^ rng.randrange(1, 256) for b in content[at : at + length])
    elif kind == "zeros":
        at -= at % 512
        content[at : at + 512] = bytes(len(content[at : at + 512]))
    elif kind == "page":
        at, other = at - at % 4096, rng.randrange(len(content)) // 4096 * 4096
        content[at : at + 4096] = content[other : other + 4096]
    else:
        del content[at:]
    changed = bytes(content) != path.read_bytes()
    path.write_bytes(content)
    return f"{path.name}: {kind} at {at}" if changed else ""


def try_rot(folder: Path, times: int, seed: int, *, sealed: bool) -> list[str]:
    """Rot a copy of one pool so often, once each; what was wrong and not named."""
    rng, wrong = random.Random(seed), []
    right = grow(folder / "whole", sealed=sealed)
    files = [path for path in (folder / "whole").rglob("*") if path.is_file() and path.stat().st_size]
    for _ in range(times):
        shutil.rmtree(folder / "rotten", ignore_errors=True)
        shutil.copytree(folder / "whole", folder / "rotten")
        path = rng.choice([*files, *[folder / "whole" / "pool.sqlite"] * len(files)])
        change = rot(folder / "rotten" / path.relative_to(folder / "whole"), rng)
        try:
            findings = looked_at(folder / "rotten")
            now = message(folder / "rotten")
        except Exception as error:
            wrong.append(f"{change}: {error!r}")
            continue
        if now.answers != right and not now.names_damage:
            parts = [part for part in right if now.answers is None or now.answers[part] != right[part]]
            wrong.append(f"{change}: {', '.join(parts)} differ, check names {len(findings)}")
        if (now.answers is None or now.names_damage) and not findings:
            wrong.append(f"{change}: damage that check does not find")
    return wrong


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    for sealed in (True, False):
        for line in try_rot(asked.folder / str(sealed), asked.times, asked.seed, sealed=sealed):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
