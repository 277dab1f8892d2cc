"""A batch whose answers take for ever: `python -m tests.batch.slow FOLDER`; workers leave files named by pid."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

from recommender.batch import Workers, match, pieces
from recommender.cli.common import stoppable
from recommender.collection import Collection, View
from recommender.matching import Matcher, Query
from recommender.settings import Settings
from tests.service.people import Rooms, nurse


class Slow:
    """In place of a matcher."""

    def similar_many(self, queries: Sequence[Query], view: View) -> None:
        time.sleep(600)


def slow_one(folder: Path, collection: Collection) -> Matcher:
    (folder / str(os.getpid())).touch()
    return cast(Matcher, Slow())


if __name__ == "__main__":
    here = Path(sys.argv[1])
    pieces.MOST_QUERIES = 2
    # enough questions for both processes to have some
    questions = [str(number) for number in range(100)]
    with stoppable(), Rooms(Settings.load(data=here / "pool")) as rooms:
        list(rooms.ingest([nurse(0)]))
        match(
            rooms.matcher, questions, here / "out" / "m.jsonl", engine=Workers(partial(slow_one, here / "workers"), 2)
        )
