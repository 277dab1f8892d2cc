"""Judgments: who, of those asked about, serves as similar to whom; from JSON lines or TREC qrels."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from recommender.errors import EvaluationError


class Judgment(msgspec.Struct, frozen=True):
    """How well a candidate serves somebody who asked for profiles similar to the seed.

    Attributes:
        grade: 0 (not similar) to 3 (would be shortlisted at once); halves and the like are taken.
    """

    seed: str
    candidate: str
    grade: float


def read_judgments(path: Path) -> list[Judgment]:
    """Judgments of a file: JSON lines `{"seed", "candidate", "grade"}` (other keys are let be) or TREC qrels.

    Raises `EvaluationError` naming the line that is neither.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"judgments {path}: {error}; give a readable UTF-8 file") from error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise EvaluationError(f"judgments {path}: no judgment in it; give one a line")
    read = _from_json if lines[0][1].lstrip().startswith("{") else _from_trec
    return _distinct(path, ((number, read(path, number, line)) for number, line in lines))


def _from_json(path: Path, number: int, line: str) -> Judgment:
    try:
        found = msgspec.json.decode(line, type=Judgment)
    except msgspec.DecodeError as error:
        raise EvaluationError(f"{path}, line {number}: {error}; give seed, candidate and grade") from error
    return _in_range(path, number, found)


def _from_trec(path: Path, number: int, line: str) -> Judgment:
    parts = line.split()
    try:
        seed, _, candidate, grade = parts
        return _in_range(path, number, Judgment(seed, candidate, float(grade)))
    except ValueError as error:
        raise EvaluationError(
            f"{path}, line {number}: not a line of TREC qrels; give 'seed 0 candidate grade'"
        ) from error


def _in_range(path: Path, number: int, judgment: Judgment) -> Judgment:
    if not 0 <= judgment.grade <= 10:
        raise EvaluationError(f"{path}, line {number}: grade {judgment.grade} is out of range; give 0 to 10")
    return judgment


def _distinct(path: Path, numbered: Iterable[tuple[int, Judgment]]) -> list[Judgment]:
    seen: dict[tuple[str, str], Judgment] = {}
    for number, judgment in numbered:
        pair = judgment.seed, judgment.candidate
        if pair in seen and seen[pair].grade != judgment.grade:
            raise EvaluationError(
                f"{path}, line {number}: {pair[0]} and {pair[1]} are judged twice, and differently; keep one"
            )
        seen[pair] = judgment
    return list(seen.values())
