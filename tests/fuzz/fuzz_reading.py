"""Fuzz target for the readers: `python -m tests.fuzz.fuzz_reading [--seconds N] [--seed N]`.

With atheris installed it is driven by coverage; without, by plain random mutation of good files. A crash prints the
input's path and ends with status 1.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import sys
import tempfile
import time
from pathlib import Path

from recommender.profile import profile_from_json, profile_to_json
from recommender.reading import FORMATS, Rejected, read_bytes
from recommender.skills import Vocabulary

#: One input may take this long, in seconds, before it counts as a hang.
SLOWEST = 20.0


def once(content: bytes) -> None:
    """Read one input, by its content and as the format its first byte names; raise where an outcome is not sound."""
    for kind in (None, FORMATS[content[0] % len(FORMATS)] if content else None):
        started = time.monotonic()
        for outcome in read_bytes(
            content, source="fuzz", vocabulary=Vocabulary.shipped(), on_notice=lambda _: None, format=kind
        ):
            if isinstance(outcome, Rejected):
                assert outcome.reason
            else:
                assert profile_from_json(profile_to_json(outcome)) == outcome
        assert time.monotonic() - started < SLOWEST, "hangs"


def main() -> int:
    """Run until the time is up; the exit status says whether an input broke a reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if importlib.util.find_spec("atheris") is not None:
        import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

        atheris.Setup([sys.argv[0], f"-max_total_time={int(options.seconds)}"], once)
        atheris.Fuzz()
        return 0
    return _mutate(options.seconds, options.seed)


def _mutate(seconds: float, seed: int) -> int:
    from tests.reading.test_properties import _SEEDS, mutated

    rng = random.Random(seed)
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        content = mutated(rng.choice(_SEEDS), rng)
        try:
            once(content)
        except Exception as error:
            path = Path(tempfile.mkdtemp()) / "crash"
            path.write_bytes(content)
            sys.stderr.write(f"{type(error).__name__}: {error}\n{path}\n")
            return 1
        count += 1
    sys.stdout.write(f"{count} inputs in {seconds:.0f} s, none broke a reader\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
