"""What a résumé says of its person that is not about work: birth, family, faith, numbers of documents.

Each label of `personal_labels.txt` is a regular expression. What stands behind one is left out.
"""

from __future__ import annotations

import re
from importlib.resources import files

_LABELS = "|".join(
    files("recommender.reading.resume").joinpath("personal_labels.txt").read_text(encoding="utf-8").splitlines()
)
_PERSONAL = re.compile(
    rf"(?:^|(?<=[|,;•·])|(?<=\s\s)|(?<=\t))[ \t•*·-]*(?P<label>{_LABELS})\s*(?::-?|[-–—](?=\s))\s*"
    r"[^|\n\t]*?(?=\s{2,}|[|\t]|\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)


def without_personal(about: str, name: str | None) -> tuple[str, list[str]]:
    """(paragraphs without such details and without a line that is but the name, the labels that were left out). A
    heading under which nothing else was goes with them."""
    labels = [match["label"].lower() for match in _PERSONAL.finditer(about)] if ":" in about or " -" in about else []
    kept: list[str] = []
    for paragraph in about.split("\n\n"):
        before = paragraph.split("\n")
        lines = [line if not labels else _without(line) for line in before]
        lines = [line for line in lines if line.strip() and not _is_name(line, name)]
        if len(lines) > 1 or (lines and (len(before) == 1 or lines[0] != before[0])):
            kept.append("\n".join(lines))
    return "\n\n".join(kept), list(dict.fromkeys(labels))


def _without(line: str) -> str:
    """A line without personal details; as it is where it has none."""
    rest = _PERSONAL.sub("", line)
    return rest.strip(" \t|,;•·") if rest != line else line


def _is_name(line: str, name: str | None) -> bool:
    return name is not None and line.strip().casefold() in (name.casefold(), f"name: {name.casefold()}")
