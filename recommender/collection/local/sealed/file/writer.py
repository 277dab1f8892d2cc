"""`SealedWriter`: writes one sealed file."""

from __future__ import annotations

import hashlib
import os
import struct
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import numpy as np

from recommender import private
from recommender.collection.local.sealed.file.blocks import BlockSums, Content
from recommender.collection.local.sealed.file.layout import ALIGNMENT, FORMAT, MAGIC, SUFFIX, Footer, Origin, Placed
from recommender.encoding.features import Array


class SealedWriter:
    """Writes one sealed file; `with` seals and syncs it at the end, and leaves a broken one where it failed."""

    def __init__(self, folder: Path, kind: str, origin: Origin) -> None:
        self._kind = kind
        self._origin = origin
        self._arrays: dict[str, Placed] = {}
        self._sums = BlockSums()
        self._position = 0
        self._current = ""
        self._file = private.create(folder / (kind + SUFFIX))
        self._write(MAGIC)

    def add(self, name: str, array: Array) -> None:
        """Write an array whole."""
        self.begin(name, array.dtype.str, array.shape[1:])
        self.extend(array)

    def begin(self, name: str, dtype: str, entry_shape: tuple[int, ...] = ()) -> None:
        """Begin an array that comes piece by piece along its first axis."""
        self._write(bytes(-self._position % ALIGNMENT))
        self._current = name
        self._arrays[name] = Placed(np.dtype(dtype).str, (0, *entry_shape), self._position)

    def extend(self, piece: Array) -> None:
        """The next piece of the array begun last."""
        so_far = self._arrays[self._current]
        self._write(np.ascontiguousarray(piece, dtype=so_far.dtype).reshape(-1).view(np.uint8).data)
        length, *entry_shape = so_far.shape
        self._arrays[self._current] = Placed(so_far.dtype, (length + len(piece), *entry_shape), so_far.offset)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._file:
            if error is None:
                self._write(bytes(-self._position % ALIGNMENT))
                self._file.write(self._rest())
                self._file.flush()
                os.fsync(self._file.fileno())

    def _rest(self) -> bytes:
        """What follows the arrays."""
        footer = msgspec.json.encode(Footer(self._kind, FORMAT, self._origin, self._arrays))
        rest = self._sums.sums().tobytes() + footer + struct.pack("<QQ", self._position, len(footer))
        return rest + hashlib.sha256(rest).digest()

    def _write(self, content: Content) -> None:
        self._file.write(content)
        self._sums.update(content)
        self._position += len(content)
