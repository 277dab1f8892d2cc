"""What a résumé's page is made of, before any program makes a file of it."""

from __future__ import annotations

from typing import Literal

import msgspec

Style = Literal["name", "heading", "strong", "plain"]


class Text(msgspec.Struct, frozen=True):
    """A line or a paragraph."""

    text: str
    style: Style = "plain"


class Row(msgspec.Struct, frozen=True):
    """One line: something at its left end, something at its right end."""

    left: str
    right: str
    strong: bool = False


class Bullets(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple[str, ...]


class Columns(msgspec.Struct, frozen=True):
    """Two columns; `share` is how much of the width the left one has."""

    left: tuple[Text | Row | Bullets, ...]
    right: tuple[Text | Row | Bullets, ...]
    share: float


Block = Text | Row | Bullets | Columns


def name(text: str) -> Text:
    """A person's name, at the top."""
    return Text(text, "name")


def heading(text: str) -> Text:
    """A section's heading."""
    return Text(text, "heading")


def strong(text: str) -> Text:
    """A bold line."""
    return Text(text, "strong")


def in_sequence(blocks: tuple[Block, ...]) -> list[Text | Row | Bullets]:
    """The blocks of a document that has no columns: the left one before the right one."""
    flat: list[Text | Row | Bullets] = []
    for block in blocks:
        flat += [*block.left, *block.right] if isinstance(block, Columns) else [block]
    return flat
