"""How a profile's parts are made small: documents and facts by what is usual in them, vectors to a byte a number.

Nothing is lost. Raw deflate (RFC 1951) with a dictionary that begins where the text does: `training/dictionaries.py`
made them of fictional people. They belong to the pool's format, for nothing can be read without them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.quantisation import fitting_exponent

_RAW = -15
#: Nearly the smallest, at a third of the time of the smallest.
_LEVEL = 6
#: 2 to minus every exponent, by the exponent's byte; no number is packed with one of -128, which would be 2 to 128.
_POWERS = np.array([2.0 ** -max(byte - (byte >> 7 << 8), -127) for byte in range(256)], np.float32)


def pack_document(document: bytes) -> bytes:
    """A document's JSON, made small."""
    return _deflated([document], _dictionary("documents"))


def unpack_document(packed: bytes) -> bytes:
    """And back; raises `ValueError` where it is none."""
    return _inflated(packed, _dictionary("documents"))


def pack_facts(facts: bytes) -> bytes:
    """Facts as they are encoded, made small."""
    return _deflated([facts], _dictionary("facts"))


def unpack_facts(packed: bytes) -> bytes:
    """And back; raises `ValueError` where it is none."""
    return _inflated(packed, _dictionary("facts"))


def pack_features(blocks: Sequence[bytes]) -> bytes:
    """Columns of numbers, made small, a block by codes of its own; they come back as one."""
    return _deflated(blocks, b"")


def unpack_features(packed: bytes) -> bytes:
    """And back; raises `ValueError` where it is none."""
    return _inflated(packed, b"")


def pack_vector(vector: NDArray[np.float32]) -> bytes:
    """A byte a number and one for all where the vector is whole numbers times a power of two, as `rounded` gives them.

    Any other keeps its four bytes a number.
    """
    exponent = fitting_exponent(vector)
    codes = np.ldexp(vector, exponent)
    whole = np.rint(codes).astype(np.int8) if -128 <= exponent < 128 else None
    if whole is None or whole.astype(np.float32).tobytes() != codes.tobytes():
        return vector.tobytes()
    return whole.tobytes() + exponent.to_bytes(1, "little", signed=True)


def unpack_vectors(packed: Sequence[bytes], dimension: int) -> NDArray[np.float32]:
    """And back, shape (len(packed), dimension); raises `ValueError` where one is of another length."""
    if packed and are_codes(packed, dimension):
        return vectors_of(*codes_of(packed, dimension))
    vectors = np.empty((len(packed), dimension), np.float32)
    for row, one in enumerate(packed):
        if len(one) not in (dimension + 1, 4 * dimension):
            raise ValueError(f"a vector that is not of {dimension} numbers")
        is_code = len(one) == dimension + 1 != 4 * dimension
        vectors[row] = vectors_of(*codes_of([one], dimension))[0] if is_code else np.frombuffer(one, "<f4")
    return vectors


def are_codes(packed: Sequence[bytes], dimension: int) -> bool:
    """Whether all of these vectors are packed to a byte a number."""
    return all(len(one) == dimension + 1 != 4 * dimension for one in packed)


def codes_of(packed: Sequence[bytes], dimension: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Of vectors packed to a byte a number: their codes, shape (n, dimension), and exponents, shape (n,)."""
    rows = np.frombuffer(b"".join(packed), np.int8).reshape(-1, dimension + 1)
    return rows[:, :-1], rows[:, -1]


def vectors_of(codes: NDArray[np.int8], exponents: NDArray[np.int8]) -> NDArray[np.float32]:
    """The vectors that codes times 2 to minus the exponents are, exactly."""
    return codes.astype(np.float32) * powers(exponents)[:, None]


def powers(exponents: NDArray[np.int8]) -> NDArray[np.float32]:
    """2 to minus each."""
    return _POWERS.take(exponents.view(np.uint8))


def _deflated(blocks: Sequence[bytes], dictionary: bytes) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, dictionary)
    first, *others = blocks
    packed = [deflate.compress(first)]
    for block in others:
        packed += [deflate.flush(zlib.Z_SYNC_FLUSH), deflate.compress(block)]
    return b"".join([*packed, deflate.flush()])


def _inflated(packed: bytes, dictionary: bytes) -> bytes:
    inflate = zlib.decompressobj(_RAW, dictionary)
    try:
        content = inflate.decompress(packed)
    except zlib.error as error:
        raise ValueError(f"it cannot be unpacked ({error})") from error
    if not inflate.eof or inflate.unused_data:
        raise ValueError("it cannot be unpacked (it is cut short, or something follows it)")
    return content


@cache
def _dictionary(name: str) -> bytes:
    return files("recommender.collection.common").joinpath(f"{name}.dict").read_bytes()
