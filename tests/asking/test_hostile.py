"""Any text is understood or refused with a line that says why, and in time that grows with its length."""

from __future__ import annotations

import random
import re
import time

import pytest

from recommender.asking import conditions, understand
from recommender.errors import QueryError
from recommender.skills import Vocabulary

VOCABULARY = Vocabulary.shipped()
BITS = re.findall(
    r"\S+|\n",
    "senior nurse, ICU London or not no PHP without must: nice: not: AND OR NOT title: years:5..12 in:Berlin is a plus "
    '5+ years (Austin, TX) ex-Northwind 3–5 yrs PMP "press releases" We are hiring | / ; \n - \u200b 漢字 кириллица',
)


def test_made_up_texts_are_understood_or_refused() -> None:
    rng = random.Random(5)
    for _ in range(400):
        text = "".join(rng.choice(BITS) + rng.choice(("", " ", ", ")) for _ in range(rng.randrange(40)))
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
    began = time.perf_counter()
    understand((unit * 100_000)[:60_000], VOCABULARY)
    assert time.perf_counter() - began < 20
