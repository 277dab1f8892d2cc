"""`SentenceTransformerEncoder`: any sentence-transformers model, by torch. The reference, and the fallback."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.models.splitter import VERSION, Chunk, PassageSplitter, encode_whole
from recommender.encoding.models.weights import Weights
from recommender.errors import EncoderError


class SentenceTransformerEncoder:
    """An `Encoder` over the files of a sentence-transformers model.

    Torch is imported, and the weights checked and loaded, by the first `encode`; onto the GPU where torch sees one.
    Chunks go through the model one at a time: the last bits of torch's products depend on the shape of the batch.
    """

    def __init__(self, weights: Weights, *, threads: int | None = None) -> None:
        """`threads`: of torch, in the whole process; its own choice where None."""
        self._weights, self._threads = weights, threads
        self._loading = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """Of the model's files and of the way long texts are cut."""
        return f"st-{self._weights.fingerprint}-{VERSION}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._weights.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Shape (len(texts), dimension), rows of unit length; zeros for a text without a word."""
        with self._loading:
            model, passages = self._loaded
        return encode_whole(texts, passages, self.dimension, lambda chunks: self._encode_chunks(model, chunks))

    def _encode_chunks(self, model: Any, chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        rows = [model.encode(chunk.text, normalize_embeddings=True, show_progress_bar=False) for chunk in chunks]
        return np.stack(rows).astype(np.float32, copy=False)

    @cached_property
    def _loaded(self) -> tuple[Any, PassageSplitter]:
        self._weights.check()
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        if self._threads:
            torch.set_num_threads(self._threads)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        # loading takes a tenth of a second: its progress bar is noise on a command's stderr
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(
                str(self._weights.folder), device=device, local_files_only=True, model_kwargs={"use_safetensors": True}
            )
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0]
            raise EncoderError(f"{self._weights.folder} does not load: {reason}; fix: {self._weights.fix}") from error
        from tokenizers import Tokenizer

        # a tokenizer of our own: the model's keeps its settings
        tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
        return model, PassageSplitter(tokenizer, model.max_seq_length or model.tokenizer.model_max_length)
