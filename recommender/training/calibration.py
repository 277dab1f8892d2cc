"""Fits the ranges that 8-bit products need: `python -m recommender.training.calibration PROFILES.jsonl.gz`.

The ranges that ship were fitted on the committed sample pool, whose people are fictional.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors.numpy import load
from tokenizers import Tokenizer

from recommender.encoding.models.int8 import Floats
from recommender.encoding.models.minilm import minilm
from recommender.encoding.models.onnx import RANGES, session_of
from recommender.encoding.models.ranges import Ranges, save_ranges
from recommender.encoding.models.weights import Weights
from recommender.encoding.text.passages import passages
from recommender.profile import profile_from_json


def calibrate(texts: Sequence[str]) -> Ranges:
    """What the float32 graph of the bundled model sees while it encodes these texts."""
    weights = Weights.bundled()
    tokenizer = Tokenizer.from_str(weights.read("tokenizer.json").decode())
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    session = session_of(minilm(load(weights.read("model.safetensors")), taps=True))
    sites = [output.name for output in session.get_outputs() if output.name != "tokens"]
    seen: dict[str, list[Floats]] = defaultdict(list)
    for text in texts:
        values = session.run(sites, {"ids": np.array([tokenizer.encode(text).ids], np.int64)})
        for site, value in zip(sites, values, strict=True):
            seen[site].append(value)
    tokens = {site: np.concatenate(values) for site, values in seen.items()}
    centre = {site: value.mean(axis=0) for site, value in tokens.items()}
    return Ranges(centre, {site: np.abs(value - centre[site]).max(axis=0) for site, value in tokens.items()})


def calibration_texts(path: Path, profiles: int = 60) -> list[str]:
    """Passages of profiles spread evenly over a file of JSON lines (gzipped), each alone and a person's together."""
    with gzip.open(path) as file:
        lines = file.read().splitlines()
    texts = []
    for line in lines[:: max(1, len(lines) // profiles)]:
        profile = profile_from_json(line)
        own = [passage.text for passage in passages(profile)]
        texts += [*own, "\n".join(own)]
    return [text for text in texts if text]


def main() -> None:
    """Fits the ranges on a file of profiles."""
    save_ranges(RANGES, calibrate(calibration_texts(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
