"""A vocabulary in a file: one JSON object, so that a pool and its vocabulary can travel together."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from recommender.errors import VocabularyError
from recommender.skills.entries import Skill, marked, surface_from
from recommender.skills.related import Group
from recommender.skills.vocabulary import Vocabulary

_FORMAT = 1


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
    groups: list[Group]


def save_vocabulary(vocabulary: Vocabulary, path: Path) -> None:
    """Write a vocabulary to a file, whole or not at all."""
    stored = _Stored(
        format=_FORMAT, fingerprint=vocabulary.fingerprint, not_skills=list(vocabulary.not_skills),
        groups=list(vocabulary.groups),
        skills=[_StoredSkill(s.name, [marked(x) for x in s.surfaces], s.field, s.category) for s in vocabulary.skills],
    )  # fmt: skip
    unfinished = path.with_name(path.name + ".unfinished")
    with unfinished.open("wb") as file:
        file.write(msgspec.json.encode(stored))
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)


def load_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary in a file that `save_vocabulary` wrote; raises `VocabularyError` where it is none or was altered."""
    try:
        stored = msgspec.json.decode(path.read_bytes(), type=_Stored)
    except OSError as error:
        raise VocabularyError(f"{path}: cannot be read: {error.strerror}; give a file that exists") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise VocabularyError(f"{path}: no stored vocabulary: {error}; make it anew with an import") from error
    if stored.format != _FORMAT:
        raise VocabularyError(
            f"{path}: format {stored.format}, this version reads {_FORMAT}; make it anew with an import"
        )
    vocabulary = Vocabulary(
        (Skill(s.name, tuple(map(surface_from, s.surfaces)), s.field, s.category) for s in stored.skills),
        stored.not_skills,
        stored.groups,
    )
    if vocabulary.fingerprint != stored.fingerprint:
        raise VocabularyError(f"{path}: its content was altered after it was written; make it anew with an import")
    return vocabulary
