from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.encoding.models.load import load_encoder
from recommender.encoding.models.sentence_transformer import SentenceTransformerEncoder
from recommender.encoding.models.weights import Weights
from recommender.errors import EncoderError

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A BERT of 12 numbers with random weights that reads letters, 16 tokens at a time; its folder and itself."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    base, folder = tmp_path_factory.mktemp("base"), tmp_path_factory.mktemp("small")
    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(letters), hidden_size=12, num_hidden_layers=1, num_attention_heads=2, intermediate_size=24
    )
    BertModel(config).save_pretrained(base)
    BertTokenizerFast(vocab={letter: number for number, letter in enumerate(letters)}).save_pretrained(base)
    transformer = Transformer(str(base), max_seq_length=16)
    model = SentenceTransformer(modules=[transformer, Pooling(12)], device="cpu")
    model.save(str(folder))
    return folder, model


def test_a_model_of_ones_own_encodes_as_it_does_itself(small: tuple[Path, Any]) -> None:
    folder, model = small
    encoder = load_encoder(str(folder))
    texts = ["nurse", "a chef", "java"]
    expected = np.stack([model.encode(text, normalize_embeddings=True, show_progress_bar=False) for text in texts])
    assert encoder.dimension == 12
    np.testing.assert_allclose(encoder.encode(texts), expected, atol=1e-6)


def test_its_window_is_kept_and_nothing_is_cut_off(small: tuple[Path, Any]) -> None:
    """Two sentences of 9 tokens do not fit 14 together: the mean of their vectors."""
    encoder = load_encoder(str(small[0]))
    first, second, both = encoder.encode(["nurse by a. ", "cooks on b.", "nurse by a. cooks on b."])
    mean = (first + second) / np.linalg.norm(first + second)
    np.testing.assert_allclose(both, mean, atol=1e-6)


def test_its_vectors_do_not_depend_on_their_company(small: tuple[Path, Any]) -> None:
    encoder = SentenceTransformerEncoder(Weights(small[0]))
    texts = ["nurse", "", "a chef of long standing in the town of bath", "java"]
    together = encoder.encode(texts)
    assert (together[::-1] == encoder.encode(texts[::-1])).all()
    assert (together == np.concatenate([encoder.encode([text]) for text in texts])).all()
    assert together[1].tolist() == [0] * 12


@pytest.mark.parametrize(("seen", "device"), [(True, "cuda"), (False, "cpu")])
def test_it_runs_on_the_gpu_where_torch_sees_one(
    small: tuple[Path, Any], seen: bool, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sentence_transformers

    asked = []

    class OnCpu(sentence_transformers.SentenceTransformer):  # type: ignore[misc]
        def __init__(self, *given: Any, device: str, **named: Any) -> None:
            asked.append(device)
            super().__init__(*given, device="cpu", **named)

    monkeypatch.setattr("sentence_transformers.SentenceTransformer", OnCpu)
    monkeypatch.setattr("torch.cuda.is_available", lambda: seen)
    SentenceTransformerEncoder(Weights(small[0])).encode(["staff nurse"])
    assert asked == [device]


def test_other_weights_have_another_fingerprint(small: tuple[Path, Any], tmp_path: Path) -> None:
    names = {load_encoder(name).fingerprint for name in ("minilm", "minilm-torch", str(small[0]))}
    assert len(names) == 3
    assert load_encoder(str(small[0])).fingerprint == SentenceTransformerEncoder(Weights(small[0])).fingerprint


@pytest.mark.parametrize("name", ["nobody/has-this-model", "no-such-model", "../not a name", ""])
def test_an_unknown_name_is_one_clear_line(name: str) -> None:
    with pytest.raises(EncoderError, match=r'no model .*; fix: give "minilm" or the folder') as caught:
        load_encoder(name)
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_model_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    (tmp_path / "modules.json").write_text("[]")
    with pytest.raises(EncoderError, match="fix: ") as caught:
        load_encoder(str(tmp_path)).encode(["nurse"])
    assert "\n" not in str(caught.value)
