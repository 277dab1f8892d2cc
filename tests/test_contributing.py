"""CONTRIBUTING.md names files that exist, and what its lists ask for is there for all that has been added so far."""

from __future__ import annotations

import ast
import inspect
import random
import re
from pathlib import Path

import msgspec
import numpy as np
import pytest

from recommender import errors
from recommender.collection import Filter, filter_from_json
from recommender.collection.keys import KEYS
from recommender.collection.local.query import selection
from recommender.matching.scoring_config import ScoringConfig
from recommender.matching.signals import measure
from recommender.reading import FORMATS, read
from recommender.service.pages import words
from tests.collection.people import random_filter
from tests.matching.fakes import encoder, person

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: Filter keys whose values are compared as they are given: ids, numbers, and words that are looked for.
PLAIN = {"likely_to_move", "profile_ids", "exclude_ids", "years", "title_contains", "name", "any_of", "all_of", "not_"}


def test_every_file_that_it_names_exists() -> None:
    named = set(re.findall(r"`([\w./-]+(?:\.\w+|/))`", TEXT)) | set(re.findall(r"pytest (tests/\S+)", TEXT))
    paths = {name for name in named if "/" in name and "<" not in name} - {"results/<name>.json"}
    assert len(paths) > 40
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_name_that_its_steps_use_stands_in_the_file_before_it() -> None:
    steps = {
        "recommender/reading/detect.py": "Format",
        "recommender/reading/read.py": "_READERS",
        "recommender/collection/open.py": "_ENGINES",
        "recommender/encoding/profile_encoder.py": "REPRESENTATION",
        "recommender/service/documentation.py": "SCHEMAS",
        "recommender/service/problems.py": "KINDS",
        "tests/service/test_documentation.py": "CONTRACT",
    }
    for path, name in steps.items():
        assert f"`{name}`" in TEXT
        assert re.search(rf"^{name}\b", (ROOT / path).read_text(encoding="utf-8"), flags=re.MULTILINE), path


def test_every_make_target_that_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"\bmake ([a-z-]+)", TEXT)):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target


def test_every_format_has_a_reader() -> None:
    assert set(read._READERS) == set(FORMATS)


def test_every_filter_key_is_selected_by() -> None:
    asked = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(selection)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "where"
    }
    assert asked | set(KEYS) == set(Filter.__struct_fields__)
    assert not asked & set(KEYS)


def test_every_filter_key_has_a_canonical_form_or_is_plain() -> None:
    formed = {*KEYS, "location"}
    assert (formed | PLAIN, formed & PLAIN) == (set(Filter.__struct_fields__), set())


def test_every_filter_key_is_asked_by_the_contract_of_collections() -> None:
    rng = random.Random(1)
    asked = {key for _ in range(500) for key in msgspec.json.decode(msgspec.json.encode(random_filter(rng, ["a"])))}
    assert asked == set(Filter.__struct_encode_fields__)


def test_every_signal_is_weighed_and_has_a_label() -> None:
    features = encoder().encode([person(1, "nurse")])[0].features
    measured = measure(features, features)
    assert all(np.shape(values) == (1,) for values in measured.values())
    assert set(measured) == set(ScoringConfig.shipped().signals)
    assert set(measured) <= set(words._SIGNALS)


@pytest.mark.parametrize("key", Filter.__struct_encode_fields__)
def test_an_unknown_filter_key_is_told_the_known_ones(key: str) -> None:
    with pytest.raises(errors.FilterError, match=rf"; give some of .*\b{key}\b"):
        filter_from_json('{"colour": ["red"]}')
