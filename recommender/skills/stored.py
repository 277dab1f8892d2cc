"""A vocabulary's content in a file: one JSON object, so that a pool and its vocabulary can travel together."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import msgspec

from recommender.errors import VocabularyError
from recommender.skills.entries import Skill, marked, surface_from
from recommender.skills.related import RelatedGroup
from recommender.skills.senses.needs import Need

_FORMAT = 1


class Content(NamedTuple):
    """What a vocabulary is made of, and the fingerprint it had when it was written."""

    skills: tuple[Skill, ...]
    not_skills: tuple[str, ...]
    groups: tuple[RelatedGroup, ...]
    needs: tuple[tuple[str, Need], ...]
    fingerprint: str


class _StoredSkill(msgspec.Struct, array_like=True):
    name: str
    surfaces: list[str]
    field: str
    category: str


class _Stored(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    format: int
    fingerprint: str
    skills: list[_StoredSkill]
    not_skills: list[str]
    groups: list[RelatedGroup]
    needs: list[tuple[str, Need]] = []


def write_content(content: Content, path: Path) -> None:
    """Write to a file, whole or not at all; raises `VocabularyError` where it cannot be written."""
    stored = _Stored(
        format=_FORMAT, fingerprint=content.fingerprint, not_skills=list(content.not_skills),
        groups=list(content.groups), needs=list(content.needs),
        skills=[_StoredSkill(s.name, [marked(x) for x in s.surfaces], s.field, s.category) for s in content.skills],
    )  # fmt: skip
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        with unfinished.open("wb") as file:
            file.write(msgspec.json.encode(stored))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be written: {error.strerror}; give another place") from error


def read_content(path: Path) -> Content:
    """What `write_content` wrote; raises `VocabularyError` where the file is no such content."""
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror}; give a file that exists") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: no stored vocabulary: {error}; make it anew by an import") from error
    if stored.format != _FORMAT:
        raise VocabularyError(
            f"{path}: format {stored.format}, this version reads {_FORMAT}; make it anew by an import"
        )
    return Content(
        tuple(Skill(s.name, tuple(map(surface_from, s.surfaces)), s.field, s.category) for s in stored.skills),
        tuple(stored.not_skills),
        tuple(stored.groups),
        tuple(stored.needs),
        stored.fingerprint,
    )
