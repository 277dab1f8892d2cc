"""Ingest of real résumés, from reading to durable: where its time goes, and how fast it is.

    python -m benchmarks.ingest [--resumes 300] [--rounds 2] [--shared ../shared/data] [--only rate parts texts packing]

Résumés are drawn by a seed from `../shared/data`, the title first, the text, then the skills under a heading, and
read from a file of JSON lines, as `recommender ingest` does.

- rate: résumés a second by `Recommender.ingest` with as many processes as there are cores, into a new pool, beside the
  rate at which sentence-transformers' own `encode` (torch, float32, all cores, its default batches) does the first 256
  tokens of the same texts: turn about, the ratio is of the sums. Its model is loaded before; ours is loaded, and its
  processes started, within the time: "steady" leaves out what came before the first batch was durable.
- parts: milliseconds of processor time a résumé, each part done apart on one thread, so that they add up.
- texts: how many texts and tokens a résumé has for the encoder, and what share of the tokens is in texts that were met
  before: in the same résumé or an earlier one of the run, of any length or as short as the phrases that are remembered.
- packing: tokens a second of the encoder on one thread, given the texts of one résumé at a time, of eight (as the
  processes of an ingest are), and of all; what better packed runs could win.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.provenance import keep_section, provenance
from benchmarks.quality import as_text
from recommender.cli.common import Reader
from recommender.collection import LocalCollection
from recommender.collection.common import codec
from recommender.encoding import ProfileEncoder, profile_encoder
from recommender.encoding.models.cache import LONGEST
from recommender.encoding.models.onnx import OnnxEncoder
from recommender.encoding.models.splitter import PassageSplitter
from recommender.encoding.models.weights import Weights
from recommender.encoding.quantisation import dequantise, quantise
from recommender.encoding.text.identity import blinded
from recommender.encoding.text.passages import PassageKind, passages
from recommender.insights import derive
from recommender.profile import Profile
from recommender.reading import read_bytes
from recommender.settings import Settings
from recommender.skills import Vocabulary
from recommender.storing import BATCH
from recommender.storing.processes import PART
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "ingest.json"
SEED = 19
Result = dict[str, Any]


def drawn(shared: Path, count: int) -> list[dict[str, str]]:
    """So many résumés as `{"id", "text"}`."""
    with gzip.open(shared / "resumes.dev.jsonl.gz") as stream:
        entries = list(map(msgspec.json.decode, stream))
    return [{"id": one["id"], "text": as_text(one)} for one in random.Random(SEED).sample(entries, count)]


def lines(resumes: Sequence[dict[str, str]]) -> bytes:
    """A file of them."""
    return b"\n".join(map(msgspec.json.encode, resumes))


# --- rate --------------------------------------------------------------------------------------------------


def measure_rate(resumes: Sequence[dict[str, str]], rounds: int) -> Result:
    """Ours beside sentence-transformers, turn about."""
    import torch
    from sentence_transformers import SentenceTransformer

    cores = len(os.sched_getaffinity(0))
    torch.set_num_threads(cores)
    model: Any = SentenceTransformer(str(Weights.bundled().folder), device="cpu", local_files_only=True)
    texts = [one["text"] for one in resumes]
    model.encode(texts[:32], show_progress_bar=False)
    theirs, ours, steady = [], [], []
    for _ in range(rounds):
        began = time.perf_counter()
        model.encode(texts, show_progress_bar=False)
        theirs.append(time.perf_counter() - began)
        whole, after_first = ingested(resumes, cores)
        ours.append(whole)
        steady.append(after_first)
    rate, baseline = len(texts) / np.mean(ours), len(texts) / np.mean(theirs)
    later = (len(texts) - BATCH) / np.mean(steady)
    return {
        "resumes": len(texts),
        "cores": cores,
        "resumes_per_second": round(rate, 2),
        "steady_per_second": round(later, 2),
        "sentence_transformers_per_second": round(baseline, 2),
        "ratio": round(rate / baseline, 3),
        "steady_ratio": round(later / baseline, 3),
        "seconds_by_round": [[round(a, 2), round(b, 2)] for a, b in zip(ours, theirs, strict=True)],
    }


def ingested(resumes: Sequence[dict[str, str]], workers: int) -> tuple[float, float]:
    """Seconds to ingest them into a new pool, and those of them after the first batch."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "resumes.jsonl"
        file.write_bytes(lines(resumes))
        with Recommender(Settings.load(data=Path(folder) / "pool")) as recommender:
            reader = Reader(recommender, say=lambda _: None)
            began, first = time.perf_counter(), None
            for _ in recommender.ingest(reader.found([file]), reader.report, workers):
                first = first or time.perf_counter()
            ended = time.perf_counter()
    return ended - began, ended - (first or ended)


# --- parts -------------------------------------------------------------------------------------------------


class Clock:
    """Adds up processor time by part."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def of(self, part: str) -> Iterator[None]:
        """Time a block."""
        began = time.process_time()
        yield
        self.spent[part] += time.process_time() - began

    def timed(self, part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """A function that is timed as that part of what it is called from."""

        def run(*given: Any) -> Any:
            with self.of(part):
                return work(*given)

        return run


def measure_parts(resumes: Sequence[dict[str, str]], _: int) -> Result:
    """Each part of the way apart, on one thread."""
    clock, vocabulary = Clock(), Vocabulary.shipped()
    encoder = ProfileEncoder(OnnxEncoder(Weights.bundled(), threads=1), vocabulary)
    encoder.encode_text("software engineer, Python")  # loads the model
    read(resumes[:5], vocabulary)
    with clock.of("reading"):
        profiles = read(resumes, vocabulary)
    with clock.of("facts and insights"):
        facts = [derive(profile, vocabulary) for profile in profiles]
    with clock.of("blinding and passages"):
        blind = [blinded(profile, vocabulary) for profile in profiles]
        sections = [passages(profile) for profile in blind]
    texts = sorted({passage.text for section in sections for passage in section})
    with clock.of("encoding"):
        vectors = dequantise(*quantise(encoder.encoder.encode(texts)))
    row = {text: number for number, text in enumerate(texts)}
    inner = vars(profile_encoder)
    evidence = inner["evidence"]
    inner["evidence"] = clock.timed("evidence", evidence)
    with clock.of("words, skills, occupations"):
        encoded = [
            encoder._encoded(*one, vectors[[row[passage.text] for passage in one[-1]]])
            for one in zip(profiles, facts, blind, sections, strict=True)
        ]
    inner["evidence"] = evidence
    clock.spent["words, skills, occupations"] -= clock.spent["evidence"]
    with clock.of("packing"):
        codec.encode(encoded)
    with tempfile.TemporaryDirectory() as folder:
        pool = LocalCollection(Path(folder) / "pool")
        with clock.of("storing"):
            for start in range(0, len(encoded), BATCH):
                pool.upsert(encoded[start : start + BATCH])
        with clock.of("sealing"):
            pool.seal()
        pool.close()
    clock.spent["storing"] -= clock.spent["packing"]
    parts = {part: round(1e3 * seconds / len(profiles), 2) for part, seconds in clock.spent.items()}
    return {"resumes": len(profiles), "milliseconds": parts | {"all": round(sum(parts.values()), 2)}}


def read(resumes: Sequence[dict[str, str]], vocabulary: Vocabulary) -> list[Profile]:
    """The profiles of a file of these."""
    found = read_bytes(lines(resumes), source="resumes.jsonl", vocabulary=vocabulary, on_notice=lambda _: None)
    return [one for one in found if isinstance(one, Profile)]


# --- texts -------------------------------------------------------------------------------------------------


def measure_texts(resumes: Sequence[dict[str, str]], _: int) -> Result:
    """What there is to encode, and what of it was met before."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(Weights.bundled().read("tokenizer.json").decode())
    splitter, vocabulary = PassageSplitter(tokenizer, 256), Vocabulary.shipped()
    met: set[str] = set()
    count: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    profiles = read(resumes, vocabulary)
    for profile in profiles:
        section = passages(blinded(profile, vocabulary))
        for passage, chunks in zip(section, splitter.cut([passage.text for passage in section]), strict=True):
            tokens = sum(len(chunk.ids) for chunk in chunks)
            kinds[PassageKind(passage.kind).name.lower()] += tokens
            count["texts"] += 1
            count["tokens"] += tokens
            if passage.text in met:
                count["tokens met before"] += tokens
                count["tokens of phrases met before"] += tokens * (len(passage.text) <= LONGEST)
            else:
                count["distinct texts"] += 1
            met.add(passage.text)
    a_resume = {name: round(count[name] / len(profiles), 2) for name in ("texts", "distinct texts", "tokens")}
    return {
        "resumes": len(profiles),
        "a_resume": a_resume,
        "tokens_by_kind": {kind: round(tokens / len(profiles), 1) for kind, tokens in kinds.most_common()},
        "share_of_tokens_met_before": round(count["tokens met before"] / count["tokens"], 4),
        "share_in_phrases": round(count["tokens of phrases met before"] / count["tokens"], 4),
    }


# --- packing -----------------------------------------------------------------------------------------------


def measure_packing(resumes: Sequence[dict[str, str]], rounds: int) -> Result:
    """Tokens a second by how many résumés' texts the encoder is given at once; turn about."""
    from tokenizers import Tokenizer

    vocabulary, encoder = Vocabulary.shipped(), OnnxEncoder(Weights.bundled(), threads=1)
    splitter = PassageSplitter(Tokenizer.from_str(Weights.bundled().read("tokenizer.json").decode()), 256)
    texts = [[one.text for one in passages(blinded(profile, vocabulary))] for profile in read(resumes, vocabulary)]
    encoder.encode(texts[0])
    tokens, spent = Counter[int](), Counter[int]()
    for _ in range(rounds):
        for many in (1, PART, len(texts)):
            for start in range(0, len(texts), many):
                given = list(dict.fromkeys(text for one in texts[start : start + many] for text in one))
                tokens[many] += sum(len(chunk.ids) + 2 for chunks in splitter.cut(given) for chunk in chunks)
                began = time.process_time_ns()
                encoder.encode(given)
                spent[many] += time.process_time_ns() - began
    return {
        "resumes": len(texts),
        "tokens_per_second_by_resumes_at_once": {
            str(many): round(tokens[many] / (spent[many] / 1e9)) for many in tokens
        },
    }


def main() -> None:
    """Measure the sections asked for, and note the results."""
    sections = {"parts": measure_parts, "rate": measure_rate, "texts": measure_texts, "packing": measure_packing}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resumes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2, help="of the rate")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--only", nargs="*", choices=sections, default=list(sections))
    parser.add_argument("--section", default="", help="put before the sections' names in the results file")
    given = parser.parse_args()
    resumes = drawn(given.shared, given.resumes)
    for section in given.only:
        ran = provenance()
        load = round(os.getloadavg()[0], 1)
        found = sections[section](resumes, given.rounds)
        keep_section(RESULTS, given.section + section, {**ran, "load_before": load, **found})


if __name__ == "__main__":
    main()
