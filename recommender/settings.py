"""`Settings`: everything an operator can turn, typed, documented a field at a time, unknown keys refused.

The only place that reads the environment: each field is the variable `RECOMMENDER_<FIELD>`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from recommender.errors import SettingsError

PREFIX = "RECOMMENDER_"


class Settings(BaseSettings):
    """How one process runs. Frozen: pass it on, do not change it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    data: Path = Field(Path("index_data/pool"), description="Folder of the pool.")
    model: str = Field(
        "minilm",
        min_length=1,
        description='"minilm" (bundled, quick), "minilm-torch" (the same weights by torch), '
        "or any sentence-transformers model by name or folder.",
    )
    vocabulary: Path | None = Field(None, description="A vocabulary written by `recommender skills import`.")
    host: str = Field("127.0.0.1", description="Address the service listens on.")
    port: int = Field(8000, ge=0, le=65535, description="Port the service listens on; 0 for any free one.")
    max_body_bytes: int = Field(16 * 2**20, ge=1024, description="Largest request body taken.")
    expose_contact: bool = Field(False, description="Whether answers may carry contact details.")

    @classmethod
    def load(cls, **given: object) -> Self:
        """Settings from the environment, overridden by what is given (None: not given).

        Raises `SettingsError` with one line for the first thing wrong: an unknown variable with our
        prefix, an unknown field, or a value out of range.
        """
        known = {PREFIX + name.upper() for name in cls.model_fields}
        unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name.upper() not in known)
        if unknown:
            raise SettingsError(f"unknown setting {unknown[0]} in the environment; known: {', '.join(sorted(known))}")
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise SettingsError(f"setting {field}: {first['msg']} (given {first['input']!r})") from error
