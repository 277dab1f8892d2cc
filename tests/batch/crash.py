"""A batch to be killed: `python -m tests.batch.crash FOLDER`, over the pool in FOLDER/pool, two queries to a piece."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from recommender.batch import ALL, Workers, match, pieces
from recommender.settings import Settings
from tests.batch.test_match import matcher_of
from tests.service.people import Rooms


def run(folder: Path, out: Path, processes: int) -> None:
    settings = Settings.load(data=folder / "pool")
    engine = Workers(partial(matcher_of, settings), processes) if processes > 1 else None
    with Rooms(settings) as rooms:
        match(rooms.matcher, ALL, out, k=3, engine=engine)


if __name__ == "__main__":
    pieces.MOST_QUERIES = 2
    here = Path(sys.argv[1])
    run(here, here / "out" / "m.parquet", int(sys.argv[2]))
