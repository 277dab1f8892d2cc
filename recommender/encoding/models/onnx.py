"""`OnnxEncoder`: the bundled MiniLM by ONNX Runtime with 8-bit products. The default."""

from __future__ import annotations

import hashlib
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.models import splitter
from recommender.encoding.models.cores import cores
from recommender.encoding.models.splitter import Chunk, PassageSplitter, encode_whole
from recommender.encoding.models.weights import Weights
from recommender.errors import EncoderError

#: What calibration saw (`python -m recommender.training.calibration`).
RANGES = Path(__file__).with_name("minilm_ranges.npz")

_WINDOW = 256
#: Tokens of one run of the graph: enough to keep a core busy, few enough to stay in its cache.
_BUDGET = 384
_CLS, _SEP = 101, 102
#: Names the graph's arithmetic in fingerprints; raised when vectors change.
_GRAPH = "int8-1"


class OnnxEncoder:
    """An `Encoder` over the bundled weights.

    Texts of one length run together, so nothing is padded; every core runs the graph on its own, one thread
    each. The weights are checked, and the graph built from them, by the first `encode`; torch is never imported.
    """

    def __init__(self, weights: Weights, *, threads: int | None = None) -> None:
        """`threads`: cores to use; all that this process may use where None."""
        self._weights = weights
        self._threads = threads or cores()
        self._loading = threading.Lock()

    @cached_property
    def fingerprint(self) -> str:
        """Of the weights, of how they are rounded, and of how long texts are cut."""
        ranges = hashlib.sha256(RANGES.read_bytes()).hexdigest()[:8]
        return f"{_GRAPH}-{ranges}-{self._weights.fingerprint}-{splitter.VERSION}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return 384

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), 384), rows of unit length; zeros for a text without a word."""
        with self._loading:
            session, passages = self._loaded
        return encode_whole(texts, passages, self.dimension, lambda found: self._encode_chunks(session, found))

    def _encode_chunks(self, session: Any, found: Sequence[Chunk]) -> NDArray[np.float32]:
        vectors = np.empty((len(found), self.dimension), np.float32)

        def run(batch: list[int]) -> None:
            ids = np.array([(_CLS, *found[i].ids, _SEP) for i in batch], np.int64)
            vectors[batch] = unit_means(session.run(["tokens"], {"ids": ids})[0])

        todo = list(batches([len(chunk.ids) + 2 for chunk in found]))
        if len(todo) == 1 or self._threads == 1:
            for batch in todo:
                run(batch)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(run, todo))
        return vectors

    @cached_property
    def _loaded(self) -> tuple[Any, PassageSplitter]:
        from safetensors.numpy import load
        from tokenizers import Tokenizer

        from recommender.encoding.models.minilm import minilm
        from recommender.encoding.models.ranges import load_ranges

        self._weights.check()
        tokenizer = Tokenizer.from_str(self._weights.read("tokenizer.json").decode())
        graph = minilm(load(self._weights.read("model.safetensors")), load_ranges(RANGES))
        return session_of(graph), PassageSplitter(tokenizer, _WINDOW)


def batches(lengths: Sequence[int], budget: int = _BUDGET) -> Iterator[list[int]]:
    """Positions of texts of equal length, at most `budget` tokens together (or one text), the longest first."""
    by_length = defaultdict(list)
    for position, length in enumerate(lengths):
        by_length[length].append(position)
    for length in sorted(by_length, reverse=True):
        positions, size = by_length[length], max(1, budget // length)
        for start in range(0, len(positions), size):
            yield positions[start : start + size]


def unit_means(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    """(texts, length, width) → (texts, width): the mean of each text's tokens, at unit length."""
    means = tokens.mean(axis=1)
    return np.asarray(means / np.sqrt(np.square(means).sum(axis=1, keepdims=True)))


def session_of(graph: bytes) -> Any:
    """An ONNX Runtime session on one thread, safe to run from many."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # the extended level would fuse Add and LayerNormalization into an operator that takes twice as long
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's errors have no common class of their own
        reason = str(error).strip().splitlines()[0]
        raise EncoderError(
            f'ONNX Runtime does not take the model: {reason}; fix: use the model "minilm-torch"'
        ) from error
