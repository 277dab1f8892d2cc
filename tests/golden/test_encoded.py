"""What is stored of a profile is pinned to the fingerprint that a pool keeps: no change without another one."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest

from recommender.encoding import facts_alone_differ
from recommender.encoding.fingerprint import Fingerprint
from tests.golden.make_encoded import HERE, Golden, golden

ANEW = "then write the golden files anew: python -m tests.golden.make_encoded"


@pytest.fixture(scope="module")
def pinned() -> Golden:
    return msgspec.json.decode((HERE / "encoded.json").read_bytes(), type=Golden)


def test_vectors_and_columns_change_with_the_fingerprint_alone(pinned: Golden) -> None:
    now, made = golden()
    assert now.numbers == pinned.numbers, f"the fingerprint of numbers has changed; {ANEW}"
    with np.load(HERE / "encoded.npz", allow_pickle=False) as held:
        assert sorted(held.files) == sorted(made), f"raise REPRESENTATION in encoding/profile_encoder.py, {ANEW}"
        for name in held.files:
            # kinds of processors differ in the last digits, and a code of one byte may so be its neighbour
            nearly = 1.0 if name.endswith("_code") else 1e-4
            np.testing.assert_allclose(
                made[name].astype(np.float64), held[name].astype(np.float64), atol=nearly, rtol=1e-4,
                err_msg=f"{name}: raise REPRESENTATION in encoding/profile_encoder.py, {ANEW}",
            )  # fmt: skip


def test_facts_change_with_their_fingerprint_alone(pinned: Golden) -> None:
    now, _ = golden()
    assert now.facts_by == pinned.facts_by, f"the fingerprint of facts has changed; {ANEW}"
    assert now.facts == pinned.facts, f"raise RULES in facts/fingerprint.py or insights/fingerprint.py, {ANEW}"


def test_what_filters_see_changes_with_the_format_of_derived_files(pinned: Golden) -> None:
    now, _ = golden()
    assert now.sealed == pinned.sealed, f"the format of derived files has changed; {ANEW}"
    assert now.values == pinned.values, f"raise FORMAT in collection/local/sealed/file/layout.py, {ANEW}"


def test_a_fingerprint_tells_what_is_old() -> None:
    ours = str(Fingerprint("a1", "f1"))
    assert Fingerprint.parse(ours) == ("a1", "f1")
    assert facts_alone_differ(ours, str(Fingerprint("a1", "f2")))
    assert not facts_alone_differ(ours, ours)
    assert not facts_alone_differ(ours, str(Fingerprint("a2", "f2")))
    assert not facts_alone_differ("0f" * 16, ours), "one from before there were two parts"
