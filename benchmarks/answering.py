"""Where the time of an answer goes that nothing is kept of: samples of the stack while one thread answers in process.

    python -m benchmarks.answering [--data DIR] [--answers 1500] [--section now]

Two kinds of questions, one by one and sixteen together: ten matches of stored profiles, other ids each time, and of
short texts (`service.TEXTS`). A timer of processor time stops the process
some thousand times a second of it; the time since the stop before counts for the innermost part of the work that it is
in. Stops cost a few hundredths, so shares are good to a few hundredths too. The section "before" was taken by this
script over the code of its commit.
"""

from __future__ import annotations

import argparse
import signal
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import numpy as np

from benchmarks.provenance import keep_section, provenance
from benchmarks.service import TEXTS
from benchmarks.serving import sample
from recommender.batch import everyone
from recommender.matching import Query
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "answering.json"
EVERY_SECONDS = 0.0007
TOGETHER = 16

#: Part → functions that begin it, as a stack names them.
PARTS: dict[str, tuple[str, ...]] = {
    "a view of the pool": ("OpenedPool.view",),
    "the model": ("OnnxEncoder.encode",),
    "the text as a profile": ("ProfileEncoder.encode_text",),
    "what the text asks for": ("understand", "held", "counts"),
    "the stored profile": ("liked",),
    "products with every vector": ("Vectors.scores", "Expected.near", "About.of"),
    "the rest of the search": ("LocalView.search",),
    "scores of the window": ("measured", "measured_together"),
    "documents and facts of matches": ("LocalView.profiles", "LocalView.facts", "People.of"),
    "which conditions they meet": ("met",),
    "evidence": ("gather",),
    "reasons": ("reasons",),
    "the rest of matches": ("shown_matches",),
    "the rest": ("Matcher.answered_together",),
}
_PART_OF = {function: part for part, functions in PARTS.items() for function in functions}


def sampled(ask: Callable[[], None], answers: int) -> dict[str, float]:
    """Milliseconds of processor time an answer, by part."""
    seconds: defaultdict[str, float] = defaultdict(float)
    started = last = time.process_time()

    def note(_: int, frame: FrameType | None) -> None:
        nonlocal last
        while frame is not None and frame.f_code.co_qualname not in _PART_OF:
            frame = frame.f_back
        before, last = last, time.process_time()  # while C works no stop is noted, and the next counts for them all
        seconds["the rest" if frame is None else _PART_OF[frame.f_code.co_qualname]] += last - before

    signal.signal(signal.SIGPROF, note)
    signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS)
    ask()
    signal.setitimer(signal.ITIMER_PROF, 0)
    found = {"whole": time.process_time() - started, **{part: seconds[part] for part in PARTS if part in seconds}}
    return {part: round(1e3 * took / answers, 3) for part, took in found.items()}


def asked(recommender: Recommender, questions: Sequence[Query], together: int = 1) -> dict[str, float]:
    """The same of these questions, a third of which go before to warm what is remembered.

    Args:
        together: how many are worked out at a time.
    """
    warm, measured = questions[: len(questions) // 3], questions[len(questions) // 3 :]

    def ask(those: Sequence[Query]) -> None:
        for start in range(0, len(those), together):
            recommender.matcher.similar_many(those[start : start + together])

    ask(warm)
    return sampled(lambda: ask(measured), len(measured))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a pool that is there already [default: the sample's]")
    parser.add_argument("--answers", type=int, default=1_500)
    parser.add_argument("--section", default="now", help="of the results file [default: now]")
    parser.add_argument("--out", type=Path, default=RESULTS)
    args = parser.parse_args()
    ran, rng = provenance(), np.random.default_rng(7)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.load(data=args.data) if args.data else sample(Path(folder) / "pool")
        with Recommender(settings) as recommender:
            ids = everyone(recommender.collection)
            rng.shuffle(ids)
            by_id_asked = [Query(like=(one,)) for one in ids[: args.answers]]
            by_id, by_many = asked(recommender, by_id_asked), asked(recommender, by_id_asked, TOGETHER)
            recommender.warm()
            texts = [Query(text=TEXTS[at]) for at in rng.permutation(len(TEXTS))]
            by_text, text_by_many = asked(recommender, texts[:300]), asked(recommender, texts[300:600], TOGETHER)
    measured = {
        "profiles": len(ids),
        "answers": args.answers,
        "by_id_ms": by_id,
        "by_id_16_together_ms": by_many,
        "by_text_ms": by_text,
        "by_text_16_together_ms": text_by_many,
    }
    keep_section(args.out, args.section, {**ran, **measured})


if __name__ == "__main__":
    main()
