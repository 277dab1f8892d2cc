"""An ingest that tells of each batch as it is durable: `python -m tests.storing.interrupted DATA PEOPLE`.

Its model is made of hashed words, and its processes leave files named by pid below PEOPLE, a folder.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.cli.common import stoppable
from recommender.encoding import ProfileEncoder
from recommender.errors import EncoderError
from recommender.profile import Profile
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.storing import Here, Processes
from tests.service.people import HashedWords, Rooms, nurse

#: Several batches, so that one may be acknowledged while others are encoded.
PEOPLE = 260


def open_hashed(folder: Path | None = None) -> ProfileEncoder:
    if folder is not None:
        (folder / str(os.getpid())).touch()
    return ProfileEncoder(HashedWords(), Vocabulary.shipped())


class Absent(HashedWords):
    """A model that is not there."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        raise EncoderError("no such model; name another")


def open_broken() -> ProfileEncoder:
    return ProfileEncoder(Absent(), Vocabulary.shipped())


class Hashed(Rooms):
    """Rooms whose processes have hashed words for a model too."""

    folder: Path

    def _encoders(self, workers: int) -> Processes:
        return Processes(partial(open_hashed, self.folder), workers, Here(self.profile_encoder), few=0)


def somebody(number: int) -> Profile:
    return msgspec.structs.replace(nurse(number % 40), id=f"nurse-{number}")


def main() -> None:
    data, folder = map(Path, sys.argv[1:])
    with stoppable(), Hashed(Settings.load(data=data)) as rooms:
        rooms.folder = folder
        for total in rooms.ingest(map(somebody, range(PEOPLE)), workers=2):
            sys.stdout.write(f"{total.written + total.unchanged}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
