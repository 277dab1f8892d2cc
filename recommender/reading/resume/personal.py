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


def without_personal(text: str) -> tuple[str, list[str]]:
    """(the text without such details, their labels as written)."""
    if ":" not in text and "-" not in text:
        return text, []
    labels = [match["label"] for match in _PERSONAL.finditer(text)]
    if not labels:
        return text, []
    kept = (line.strip(" \t|,;•·") for line in _PERSONAL.sub("", text).split("\n"))
    return "\n".join(line for line in kept if line), list(dict.fromkeys(label.lower() for label in labels))
