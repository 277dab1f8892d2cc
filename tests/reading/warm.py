"""The decoding processes that all tests of readers share; `conftest` ends them."""

from __future__ import annotations

from recommender.decoding import Decoder

WARM = Decoder()
