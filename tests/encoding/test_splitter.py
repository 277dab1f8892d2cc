from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Tokenizer

from recommender.encoding.models.splitter import Chunk, PassageSplitter, encode_whole
from recommender.encoding.models.weights import Weights

TOKENIZER = str(Weights.bundled().folder / "tokenizer.json")
CUTTER = PassageSplitter(Tokenizer.from_file(TOKENIZER), 16)
PLAIN = Tokenizer.from_file(TOKENIZER)
PLAIN.no_truncation()
PLAIN.no_padding()

words = st.sampled_from(["nurse", "kubernetes", "the", "Ünïcode", "中文", "a.b", "e.g.", "x" * 150, "🚑", "C++", "—"])
spaces = st.sampled_from([" ", ". ", "\n", "! ", " • ", "\r\n\r\n", "\u00a0", ", "])
texts = st.lists(st.tuples(words, spaces), max_size=60).map(lambda pairs: "".join(w + s for w, s in pairs))


def texts_of(text: str) -> list[str]:
    return [chunk.text for chunk in CUTTER.cut([text])[0]]


def test_a_text_that_fits_is_one_piece() -> None:
    assert texts_of("A nurse. A chef.") == ["A nurse. A chef."]


def test_a_long_text_is_cut_after_the_last_sentence_that_fits() -> None:
    # 14 tokens fit: two sentences of 6, the third begins a chunk
    sentence = "We ran a large ward. "
    assert texts_of(sentence * 5) == [sentence * 2, sentence * 2, sentence]


def test_a_sentence_longer_than_a_piece_is_cut_between_words() -> None:
    # "kubernetes" is four tokens: three of them fit, a fourth does not
    assert [len(chunk.ids) for chunk in CUTTER.cut(["kubernetes " * 7])[0]] == [12, 12, 4]
    assert texts_of("kubernetes " * 7)[0] == "kubernetes " * 3


@pytest.mark.parametrize("text", ["", "  \n", "...", "— • —", "🚑🚑", "___", "\u0000"])
def test_a_text_without_a_word_has_no_pieces(text: str) -> None:
    assert CUTTER.cut([text]) == [[]]


def test_a_lone_surrogate_costs_itself_alone() -> None:
    assert texts_of("nurse \ud800 chef") == ["nurse ? chef"]


def test_special_tokens_typed_by_a_person_are_text() -> None:
    special = {PLAIN.token_to_id(token) for token in ("[CLS]", "[SEP]", "[PAD]", "[MASK]")}
    (chunk,) = CUTTER.cut(["nurse [SEP] [CLS]"])[0]
    assert not special & set(chunk.ids)


@given(texts)
@settings(deadline=None)
def test_every_token_is_in_exactly_one_piece_that_fits(text: str) -> None:
    chunks = CUTTER.cut([text])[0]
    if chunks:
        assert [token for chunk in chunks for token in chunk.ids] == PLAIN.encode(text, add_special_tokens=False).ids
        assert text.endswith("".join(chunk.text for chunk in chunks))
    for chunk in chunks:
        assert 0 < len(chunk.ids) <= 14
        assert list(chunk.ids) == PLAIN.encode(chunk.text, add_special_tokens=False).ids


@given(st.text(max_size=300))
@settings(deadline=None)
def test_any_text_is_taken(text: str) -> None:
    assert all(len(chunk.ids) <= 14 for chunk in CUTTER.cut([text])[0])


@given(st.lists(texts, max_size=5))
@settings(deadline=None)
def test_texts_are_cut_apart_as_they_are_together(several: list[str]) -> None:
    assert CUTTER.cut(several) == [CUTTER.cut([text])[0] for text in several]


def first_letters(chunks: Sequence[Chunk]) -> NDArray[np.float32]:
    """(1, 0) for a chunk that begins with n, (0, 1) for others."""
    return np.array([[1, 0] if chunk.text.startswith("n") else [0, 1] for chunk in chunks], np.float32)


def test_splitter_are_pooled_by_their_tokens() -> None:
    """12 tokens of (1, 0) and 5 of (0, 1): (12, 5) / 13."""
    text = "nurses kept a large ward running for ten years and more. We ran a ward."
    assert [len(chunk.ids) for chunk in CUTTER.cut([text])[0]] == [12, 5]
    vectors = encode_whole([text], CUTTER, 2, first_letters)
    np.testing.assert_allclose(vectors, [[12 / 13, 5 / 13]], rtol=1e-6)


def test_each_distinct_piece_is_encoded_once_and_wordless_texts_are_zeros() -> None:
    asked: list[Chunk] = []

    def recording(chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        asked.extend(chunks)
        return first_letters(chunks)

    vectors = encode_whole(["nurse", "", "chef", "nurse"], CUTTER, 2, recording)
    assert vectors.tolist() == [[1, 0], [0, 0], [0, 1], [1, 0]]
    assert [chunk.text for chunk in asked] == ["nurse", "chef"]


def test_no_texts_give_no_rows() -> None:
    assert encode_whole([], CUTTER, 2, first_letters).shape == (0, 2)
