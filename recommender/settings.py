"""`Settings`: everything an operator can turn, typed, documented a field at a time, unknown keys refused.

The only place that reads the environment: each field is the variable `RECOMMENDER_<FIELD>`.
"""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import BeforeValidator, Field, PlainValidator, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from recommender.errors import SettingsError
from recommender.limits import Limits
from recommender.pool_url import PoolPlace, PoolUrl, pool_place

PREFIX = "RECOMMENDER_"


def _names(given: object) -> object:
    """ "a, b" → ("a", "b"): lists stand in the environment with commas between."""
    return tuple(filter(None, (name.strip() for name in given.split(",")))) if isinstance(given, str) else given


def _path(given: object) -> object:
    """ "recommender/" → "/recommender"; "/" → ""."""
    if not isinstance(given, str):
        return given
    path = "/" + given.strip("/") if given.strip("/") else ""
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*", path):
        raise ValueError("a path such as /recommender, of letters, digits and . _ ~ -")
    return path


def _place(given: object) -> object:
    return pool_place(given) if isinstance(given, str | Path) else given


#: Pydantic is given what is made already: it would make a plain text of it.
Place = Annotated[PoolPlace, PlainValidator(_place)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_names)]


class Settings(BaseSettings):
    """How one process runs. Frozen: pass it on, do not change it."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_nested_delimiter="__")

    data: Place = Field(
        Path("index_data/pool"),
        description="Folder of the pool, or its URL in PostgreSQL, as in postgresql://user@host/database?schema=name.",
    )
    access: Path | None = Field(
        None, description="Folder of the keys and the audit log [default: beside the pool's, as in pool.access]."
    )
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
    max_body_records: int = Field(10_000, ge=1, description="Most records, good or bad, of one request body.")
    max_question_bytes: int = Field(2**20, ge=1024, description="Largest body of a question, which stores nothing.")
    max_profile_words: int = Field(
        15_000, ge=1, description="Most words and signs of one profile: the model reads some 7,000 in a second."
    )
    max_text_chars: int = Field(100_000, ge=1, description="Longest search text of a question, in characters.")
    allowed_hosts: Names = Field(
        (),
        description="Names that requests may be addressed to, beside loopback and the host listened on; * for any.",
    )
    allowed_origins: Names = Field(
        (), description="Origins, as in https://talent.example, whose pages may call the interface from a browser."
    )
    access_log: bool = Field(True, description="Whether the service prints a line of JSON for each request.")
    root_path: Annotated[str, BeforeValidator(_path)] = Field(
        "", description="Path under which a proxy shows the service, as in /recommender; links start with it."
    )
    trusted_proxies: Names = Field(
        (), description="Addresses or networks whose X-Forwarded-Host and X-Forwarded-Prefix are believed."
    )
    rate_per_key: int | None = Field(
        None, ge=0, description="Requests a minute with one key; 0 for any number [default: 6000, on loopback any]."
    )
    rate_per_address: int | None = Field(
        None, ge=0, description="Requests a minute from one address; 0 for any number [default: 6000, on loopback any]."
    )
    workers: int = Field(1, ge=1, le=64, description="Processes that serve the pool together, on one port.")
    warm: bool = Field(False, description="Whether readiness waits for the model, so that no text has to.")
    max_connections: int = Field(
        512, ge=8, description="Connections held open by all processes; past it the longest idle one goes."
    )
    header_seconds: float = Field(10.0, gt=0, description="Time that the head of a request may take to arrive.")
    body_seconds: float = Field(30.0, gt=0, description="Time that the body of a request may take to arrive.")
    stop_seconds: float = Field(10.0, gt=0, description="Time that what is going on has to end when told to stop.")
    answers_bytes: int = Field(
        256 * 2**20, ge=0, description="Memory for answers that are given again where they are proven good; 0 for none."
    )
    answer_seconds: int = Field(
        0, ge=0, le=86_400, description="Age up to which clients may take an answer as good without asking."
    )
    limits: Limits = Field(Limits(), description="How much of a file or body is read: see `recommender.limits`.")
    moves: bool = Field(
        False,
        description="Whether it is shown who is likely to move: to keys with the scope moves and a company, of all but "
        "its own people; where no key is needed, to this machine.",
    )
    company_groups: Names = Field(
        (), description="Companies that belong together, as in Acme=Acme Robotics|Globex: none sees it of the others'."
    )
    expose_contact: bool = Field(
        False, description="Whether answers carry contact details where no key is needed; of keys, their scope says."
    )

    @property
    def folder(self) -> Path:
        """The pool's folder; raises `SettingsError` where it is on a server."""
        if isinstance(self.data, PoolUrl):
            raise SettingsError(f"setting data: {self.data} is no folder; give one")
        return self.data

    @property
    def access_folder(self) -> Path:
        """Where keys and audit log are: never in the pool's folder, whose backups and copies go elsewhere.

        Raises `SettingsError` where the setting says so.
        """
        pool = Path(os.path.abspath(_folder_named_like(self.data)))
        folder = Path(os.path.abspath(self.access)) if self.access else pool.with_name(f"{pool.name}.access")
        if folder.is_relative_to(pool):
            raise SettingsError(f"setting access: {self.access} lies in the pool's folder; choose one outside of it")
        return folder

    @classmethod
    def load(cls, **given: object) -> Self:
        """Settings from the environment, overridden by what is given (None: not given).

        Raises `SettingsError` with one line for the first thing wrong: an unknown variable with our
        prefix, an unknown field, or a value out of range.
        """
        known = {PREFIX + name.upper() for name in cls.model_fields}
        known |= {f"{PREFIX}LIMITS__{field.name.upper()}" for field in fields(Limits)}
        unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name.upper() not in known)
        if unknown:
            raise SettingsError(
                f"unknown setting {unknown[0]} in the environment; unset it, or use one of {', '.join(sorted(known))}"
            )
        try:
            return cls(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(str(part) for part in first["loc"])
            raise SettingsError(
                f"setting {field}: {first['msg']} (given {first['input']!r}); give another value, or leave it out"
            ) from error


def _folder_named_like(place: PoolPlace) -> Path:
    """The pool's folder; of one on a server the folder here that would be, by host, database and schema."""
    if not isinstance(place, PoolUrl):
        return place
    parts = urlsplit(place)
    hosts = parts.netloc.rpartition("@")[2] or "local"
    named = f"{hosts}{parts.path}-{dict(parse_qsl(parts.query)).get('schema', '')}"
    return Path("index_data") / re.sub(r"[^\w.]+", "-", named).strip("-")
