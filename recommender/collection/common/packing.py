"""How a profile's parts are made small: documents and facts by what is usual in them, vectors to a byte a number.

Nothing is lost. Raw deflate (RFC 1951), for texts with a dictionary that begins where the text does:
`training/dictionaries.py` made them of fictional people. They belong to the pool's format, for nothing can be read
without them.
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
    return _deflated([document], dictionary=_dictionary("documents"))


def unpack_document(packed: bytes) -> bytes:
    """And back; raises `ValueError` where it is none."""
    return _inflated(packed, _dictionary("documents"))


def pack_facts(facts: bytes) -> bytes:
    """Facts as they are encoded, made small."""
    return _deflated([facts], dictionary=_dictionary("facts"))


def unpack_facts(packed: bytes) -> bytes:
    """And back; raises `ValueError` where it is none."""
    return _inflated(packed, _dictionary("facts"))


def pack_features(blocks: Sequence[bytes]) -> bytes:
    """Columns of numbers, made small, a block by codes of its own; they come back as one."""
    # short runs of numbers that happen to have been there before cost more than the numbers do
    return _deflated(blocks, zlib.Z_FILTERED)


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


def tightened(packed: bytes, dimension: int) -> bytes:
    """A packed vector of a byte a number, its frequent bytes in fewer bits; as it is where that takes no less."""
    if not are_codes([packed], dimension):
        return packed
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 9, zlib.Z_HUFFMAN_ONLY)
    tight = deflate.compress(packed) + deflate.flush()
    return min(tight, packed, key=len)


def unpack_vectors(packed: Sequence[bytes], dimension: int) -> NDArray[np.float32]:
    """And back, shape (len(packed), dimension); raises `ValueError` where one is of another length."""
    if packed and are_codes(packed, dimension):
        return vectors_of(*codes_of(packed, dimension))
    vectors = np.empty((len(packed), dimension), np.float32)
    for row, one in enumerate(packed):
        if are_codes([one], dimension):
            vectors[row] = vectors_of(*codes_of([one], dimension))[0]
        elif len(one) == 4 * dimension:
            vectors[row] = np.frombuffer(one, "<f4")
        else:
            raise _not_of(dimension)
    return vectors


def are_codes(packed: Sequence[bytes], dimension: int) -> bool:
    """Whether all of these vectors are packed to a byte a number, or less."""
    return all(len(one) <= dimension + 1 != 4 * dimension for one in packed)


def codes_of(packed: Sequence[bytes], dimension: int) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Of vectors packed to a byte a number: their codes, shape (n, dimension), and exponents, shape (n,).

    Raises `ValueError` where one is of another length.
    """
    try:
        plain = [one if len(one) == dimension + 1 else _inflated(one, b"") for one in packed]
    except ValueError as error:
        raise _not_of(dimension) from error
    if any(len(one) != dimension + 1 for one in plain):
        raise _not_of(dimension)
    rows = np.frombuffer(b"".join(plain), np.int8).reshape(-1, dimension + 1)
    return rows[:, :-1], rows[:, -1]


def _not_of(dimension: int) -> ValueError:
    return ValueError(f"a vector that is not of {dimension} numbers")


def vectors_of(codes: NDArray[np.int8], exponents: NDArray[np.int8]) -> NDArray[np.float32]:
    """The vectors that codes times 2 to minus the exponents are, exactly."""
    return codes.astype(np.float32) * powers(exponents)[:, None]


def powers(exponents: NDArray[np.int8]) -> NDArray[np.float32]:
    """2 to minus each."""
    return _POWERS.take(exponents.view(np.uint8))


def _deflated(blocks: Sequence[bytes], strategy: int = zlib.Z_DEFAULT_STRATEGY, dictionary: bytes = b"") -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, 9, strategy, dictionary)
    first, *others = blocks
    packed = [deflate.compress(first)]
    for block in others:
        packed += [deflate.flush(zlib.Z_PARTIAL_FLUSH), deflate.compress(block)]
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
