"""`TogetherEncoder`: short texts that several threads ask for at the same time are encoded in one run.

Nobody waits for company: who finds the encoder idle goes at once. Those who come meanwhile gather, and whoever of them
is next takes along all that has gathered.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.encoder import Encoder, EncoderFront


@dataclass(eq=False, slots=True)
class _Call:
    """What one thread asks for, and once it was its turn, or another took it along, what came of it."""

    texts: Sequence[str]
    vectors: NDArray[np.float32] | None = None
    error: Exception | None = None

    def result(self) -> NDArray[np.float32]:
        if self.error is not None:
            raise self.error
        assert self.vectors is not None, "it was this call's turn"
        return self.vectors


class TogetherEncoder(EncoderFront):
    """An encoder that takes together what is asked of it at once.

    It returns what the encoder behind it returns, to the bit: a text's vector does not depend on its company.

    Args:
        short: characters of one call that may be taken along; a longer one would hold up the others, and goes its
            own way.
        most: texts of one run.
    """

    def __init__(self, encoder: Encoder, *, short: int = 2_000, most: int = 32) -> None:
        super().__init__(encoder)
        self._short, self._most = short, most
        self._waiting: list[_Call] = []
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `Encoder.encode`."""
        if len(texts) > self._most or sum(map(len, texts)) > self._short:
            return self._encoder.encode(texts)
        call = _Call(texts)
        with self._lock:
            self._waiting.append(call)
        with self._turn:
            if call.vectors is None and call.error is None:
                self._run(self._gathered(call))
        return call.result()

    def _gathered(self, first: _Call) -> list[_Call]:
        """This call and those that wait, in the order in which they came, as many as one run takes."""
        calls, room = [first], self._most - len(first.texts)
        with self._lock:
            for call in self._waiting:
                if call is not first and len(call.texts) <= room:
                    calls.append(call)
                    room -= len(call.texts)
            self._waiting = [call for call in self._waiting if call not in calls]
        return calls

    def _run(self, calls: Sequence[_Call]) -> None:
        texts = list(dict.fromkeys(text for call in calls for text in call.texts))
        try:
            vectors = self._encoder.encode(texts)
        except Exception as error:
            if len(calls) == 1:
                calls[0].error = error
                return
            for call in calls:  # it is the fault of one of them, which is to cost the others nothing
                self._run([call])
            return
        row = {text: number for number, text in enumerate(texts)}
        for call in calls:
            call.vectors = vectors[[row[text] for text in call.texts]]
