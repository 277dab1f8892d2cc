"""A batch whose answers take for ever: `python -m tests.batch.slow FOLDER`; workers leave files named by pid."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

from recommender.batch import Workers, match
from recommender.cli.common import stoppable
from recommender.matching import Matcher, Query


class Slow:
    """In place of a matcher."""

    def similar_many(self, queries: Sequence[Query]) -> None:
        time.sleep(600)


def open_slow(folder: Path) -> Matcher:
    (folder / str(os.getpid())).touch()
    return cast(Matcher, Slow())


if __name__ == "__main__":
    here = Path(sys.argv[1])
    # enough questions for both processes to have some
    questions = [str(number) for number in range(100)]
    with stoppable(), Workers(partial(open_slow, here / "workers"), 2) as workers:
        match(workers, questions, here / "out" / "m.jsonl")
