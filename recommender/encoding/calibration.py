"""The ranges that 8-bit products need, stored and fitted.

::

    python -m recommender.encoding.calibration PROFILES.jsonl.gz recommender/encoding/minilm_ranges.npz

The ranges that ship were fitted on the committed sample pool, whose people are fictional.
"""

from __future__ import annotations

import gzip
import io
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from recommender.encoding.int8 import Floats
from recommender.encoding.minilm_graph import Ranges
from recommender.encoding.passages import passages
from recommender.errors import EncoderError
from recommender.profile import profile_from_json


def load_ranges(path: Path) -> Ranges:
    """Ranges as `save_ranges` wrote them."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            read = {name: stored[name].astype(np.float32) for name in stored.files}
    except (OSError, ValueError) as error:
        raise EncoderError(f"{path} cannot be read; mend: install the package again") from error
    return Ranges(
        {name.removesuffix(".centre"): value for name, value in read.items() if name.endswith(".centre")},
        {name.removesuffix(".reach"): value for name, value in read.items() if name.endswith(".reach")},
    )


def save_ranges(path: Path, ranges: Ranges) -> None:
    """Half precision is plenty: a range is a choice, not a measurement."""
    columns = {f"{site}.centre": value for site, value in ranges.centre.items()}
    columns |= {f"{site}.reach": value for site, value in ranges.reach.items()}
    np.savez_compressed(path, allow_pickle=False, **{name: value.astype(np.float16) for name, value in columns.items()})


def calibrate(texts: Sequence[str]) -> Ranges:
    """What the float32 graph of the bundled model sees while it encodes these texts."""
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    from recommender.encoding.minilm_graph import minilm
    from recommender.encoding.onnx_encoder import session_of
    from recommender.encoding.weights import Weights

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
    source, out = map(Path, sys.argv[1:])
    save_ranges(out, calibrate(calibration_texts(source)))


if __name__ == "__main__":
    main()
