"""What a cut between two letters costs, and what it costs to go on."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Two short words written as one, each with a capital, are rather one name (FlowForge) than two skills.
_BRAND = re.compile(r"(?<![A-Za-z])[A-Z][a-z]{1,5}\Z|(?<=[a-z])[A-Z][a-z]{1,5}\Z")
_BRAND_END = re.compile(r"[A-Z][a-z]")


class CertainCuts:
    """Cuts that other lists of a page show: one begins or ends with the same letters, or has other neighbours there."""

    _SIZE = 6

    def __init__(self, texts: Sequence[str]) -> None:
        self._before: dict[str, set[str]] = {}
        self._after: dict[str, set[str]] = {}
        for text in texts:
            for line in text.split("\n"):
                for i in range(len(line)):
                    if line[i] == " " or (i and line[i - 1] == " "):
                        continue
                    self._before.setdefault(line[i : i + self._SIZE], set()).add(line[max(0, i - 2) : i])
                    self._after.setdefault(line[max(0, i - self._SIZE) : i], set()).add(line[i : i + 2])

    def saving(self, text: str, i: int) -> float:
        """How much cheaper a cut before `text[i]` is for what the rest of the page shows."""
        before = self._before.get(text[i : i + self._SIZE], ())
        after = self._after.get(text[max(0, i - self._SIZE) : i], ())
        return (3.0 if "" in before else 2.0 if len(before) > 1 else 0.0) + (
            3.0 if "" in after else 2.0 if len(after) > 1 else 0.0
        )


def may_cut(text: str, low: str, i: int) -> bool:
    """Whether a skill may end before `text[i]`."""
    left, right = text[i - 1], text[i]
    if left in " (-/&.'’,:" or right in " )-/&'’,:+#":
        return False
    return right != "." or low.startswith(".net", i)


def cut_cost(text: str, i: int) -> float:
    """What a cut before `text[i]` costs by its letters alone."""
    left, right = text[i - 1], text[i]
    if left in "+#":
        return 0.0
    if right.isupper():
        return 4.0 if left.isupper() else 0.0
    if right.islower():
        return 5.0 if left.islower() else 4.0 if left.isupper() else 2.0
    return 3.0 if right.isdigit() and left.islower() else 5.0


def join_cost(text: str, i: int) -> float:
    """What it costs to go on within one skill and one written word."""
    left, right = text[i - 1], text[i]
    if left in "+#" and right not in "+#/":
        return 10.0
    if not (left.isalnum() and right.isalnum()):
        return 0.0
    if right.isdigit():
        return 8.0 if left.islower() else 2.0
    if left.isdigit():
        begins_word = right.isupper() and text[i + 1 : i + 2].islower()  # "PRINCE2Claims"; of "3D" nothing begins
        return 6.0 if begins_word or (i > 1 and text[i - 2].isdigit()) else 2.0
    if right.isupper() and left.islower():
        return 7.0 if _BRAND.search(text, max(0, i - 7), i) and _BRAND_END.match(text, i) else 12.0
    return 16.0
