"""What of a Word document's styles bears on its text: which make bullets, and how large their letters are."""

from __future__ import annotations

from typing import Any, NamedTuple

#: Styles that a style may be based on, one upon the other.
_DEEPEST = 10


class _Style(NamedTuple):
    name: str
    based_on: str
    numbered: bool | None
    size: int


class Styles:
    """The styles of a document, by the part of it that holds them (None where there is none)."""

    def __init__(self, part: Any) -> None:
        self._styles: dict[str, _Style] = {}
        for node in part.iter("{*}style") if part is not None else ():
            name, based_on = (_value(next(node.iterchildren(f"{{*}}{kind}"), None)) for kind in ("name", "basedOn"))
            self._styles[attribute(node, "styleId")] = _Style(name, based_on, _numbered(node), size_in(node))

    def is_bullet(self, paragraph: Any) -> bool:
        """Whether a paragraph is an item of a list: it is numbered itself, or its style is. A heading never is."""
        styles = self._of(paragraph)
        if any(style.name.casefold().startswith(("heading", "title")) for style in styles):
            return False
        own = _numbered(_properties(paragraph))
        if own is None:
            own = next((style.numbered for style in styles if style.numbered is not None), None)
        if own is None:
            return any(style.name.startswith("List") and style.name != "List Paragraph" for style in styles)
        return own

    def size_of(self, paragraph: Any) -> int:
        """The size of a paragraph's largest letters, in half points; 0 where it is the document's."""
        return max([size_in(paragraph), *(style.size for style in self._of(paragraph))])

    def _of(self, paragraph: Any) -> list[_Style]:
        """A paragraph's style, and those that it is based on."""
        node = next(_properties(paragraph).iterchildren("{*}pStyle"), None)
        found: list[_Style] = []
        key = _value(node)
        while key in self._styles and len(found) < _DEEPEST:
            found.append(self._styles[key])
            key = found[-1].based_on
        return found


def attribute(node: Any, name: str) -> str:
    """An attribute by its name without namespace, "" where there is none."""
    return next((value for key, value in node.items() if key.rpartition("}")[2] == name), "")


def _properties(paragraph: Any) -> Any:
    return next(paragraph.iterchildren("{*}pPr"), paragraph)


def _value(node: Any) -> str:
    return attribute(node, "val") if node is not None else ""


def _numbered(node: Any) -> bool | None:
    """Whether the properties in a paragraph or style make it an item of a list; None where they do not say."""
    numbering = next(node.iter("{*}numPr"), None)
    if numbering is None:
        return None
    number = next(numbering.iter("{*}numId"), None)
    return number is None or _value(number) != "0"


def size_in(node: Any) -> int:
    """The largest size of letters that is said within a node, in half points."""
    sizes = map(_value, node.iter("{*}sz"))
    return max((int(size) for size in sizes if size.isdecimal() and len(size) < 5), default=0)
