"""Columns have a shorter form where their numbers are as encoding rounds them, and come back to the bit."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from recommender.collection.common import codec, packing, planes, shortened
from recommender.encoding.features import Array, Column, Features
from tests.collection.people import person

#: Of three profiles with two entries, none and three.
OFFSETS = np.array([0, 2, 2, 5])
WEIGHTS = np.array([1, 4096, 2, 77, 1234], np.float32) / 4096


def _numbers(name: str) -> Array:
    rng = np.random.default_rng(3)
    if name == "section_code":
        return rng.integers(-4, 5, (5, 6)).astype(np.int8)
    if name.endswith("_id"):
        return np.array([9, 4_000_000_000, 7, 7, 0], np.uint32)
    return WEIGHTS if name == "sparse_weight" else np.array([0, 1, 0.5078125, 2.0**-20 * 1.25, 3e-5], np.float32)


def _rounded(numbers: Array) -> Array:
    bits = numbers.view(np.uint32) >> 17 << 17
    return bits.view(np.float32)


@pytest.mark.parametrize("name", shortened.FORMS)
def test_a_form_comes_back(name: str) -> None:
    form, numbers = shortened.FORMS[name], _numbers(name)
    numbers = _rounded(numbers) if name == "loss_weight" else numbers
    each = [form.shorten(numbers[a:b]) for a, b in pairwise(OFFSETS.tolist())]
    assert all(one is not None for one in each)
    stored = np.concatenate([one for one in each if one is not None])
    assert stored.dtype == np.dtype(form.dtype)
    assert stored.shape[1:] == ((form.width(6),) if numbers.ndim == 2 else ())
    back = form.restore(stored, OFFSETS)
    assert (back.dtype, back.shape, back.tobytes()) == (numbers.dtype, numbers.shape, numbers.tobytes())


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("section_code", np.array([[0, 5]], np.int8)),
        ("section_code", np.array([[-128, 127]], np.int8)),
        ("section_code", np.array([[1, 2, 3]], np.int8)),
        ("sparse_weight", np.array([0.3], np.float32)),
        ("sparse_weight", np.array([0], np.float32)),
        ("sparse_weight", np.array([1.5], np.float32)),
        ("loss_weight", np.array([0.1], np.float32)),
        ("loss_weight", np.array([-0.5], np.float32)),
        ("loss_weight", np.array([-0.0], np.float32)),
    ],
)
def test_what_is_not_of_its_kind_has_none(name: str, numbers: Array) -> None:
    assert shortened.FORMS[name].shorten(numbers) is None


def _as_before(columns: dict[str, Array], counts: list[int], schema: tuple[Column, ...]) -> bytes:
    """The columns of one profile as format 5 had them, losses by their ids."""
    plain = [np.ascontiguousarray(columns[c.name], c.dtype) for c in schema]
    each = [one.reshape(-1).view(np.uint8).reshape(-1, one.itemsize).T.tobytes() for one in plain]
    return b"\0" + np.array(counts, "<u4").tobytes() + b"".join(each)


def test_profiles_of_the_format_before_are_read_among_others() -> None:
    people = [person(f"p{number}", random.Random(number)) for number in range(9)]
    everyone = [one.features for one in people]
    (layout,) = codec.encode(people).layouts
    now, before = list[bytes](), list[bytes]()
    for features in everyone:
        counts = [int(features.offsets[group][-1]) for group in planes.groups(layout.schema)]
        now.append(codec.encode_features(features, layout))
        before.append(packing.pack_features([_as_before(dict(features.columns), counts, layout.schema)]))
    whole = Features.concatenate(everyone)
    for mixed in (now, before, [*now[:4], *before[4:7], *now[7:]]):
        found = codec.decode_features(mixed, layout)
        for group, offsets in whole.offsets.items():
            assert found.offsets[group].tolist() == offsets.tolist()
        for column in layout.schema:
            held: NDArray[np.generic] = found.columns[column.name]
            assert held.tobytes() == whole.columns[column.name].tobytes(), column.name
