"""Any text is understood or refused with a line that says why, and in time that grows with its length."""

from __future__ import annotations

import random
import time

import pytest

from recommender.asking import conditions, understand
from recommender.errors import QueryError
from recommender.skills import Vocabulary
from tests.asking.fictional import fuzzed

VOCABULARY = Vocabulary.shipped()


def test_made_up_texts_are_understood_or_refused() -> None:
    for text in fuzzed(random.Random(5), 400):
        try:
            request = understand(text, VOCABULARY)
        except QueryError:
            continue
        assert len(conditions(request)) <= len(text)
        assert all(part.words == text[part.start : part.end] for _, part in request.parts())


@pytest.mark.parametrize(
    "unit", ["nurse, ", "not a ", "London or ", "senior python developer\n", "5 to ", "Ex-Acme Corp "]
)
def test_a_long_text_takes_time_by_its_length(unit: str) -> None:
    began = time.process_time()
    understand((unit * 100_000)[:60_000], VOCABULARY)
    assert time.process_time() - began < 20
