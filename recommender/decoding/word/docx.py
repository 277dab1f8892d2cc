"""DOCX → its text: page headers, the body, page footers."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.decoding.archives import FAULTS, fault_of, read_member
from recommender.decoding.parts import Part, PartNotice, Refused, Text
from recommender.decoding.word.styles import Styles
from recommender.decoding.word.text import block_lines, name_of
from recommender.limits import Limits

_BROKEN = "the DOCX is broken and cannot be read ({}); save it again"
_MAIN_PART = re.compile(r"word/document\d*\.xml")
#: What tells how somebody is reached, in a footer.
_REACH = re.compile(r"@|https?:|www\.|linkedin|(?:\d[ .()/-]?){7}", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"\W*(?:\w{1,6}\W+)?\d{0,3}\W*(?:(?:of|von|de|sur|di|van|/)\W*\d{0,3})?\W*", re.IGNORECASE)


def decode_docx(stream: BinaryIO, limits: Limits) -> Iterator[Part]:
    """The text of a DOCX: paragraphs and tables in order, page headers before, footers after.

    Text that was inserted while changes were tracked is read, and what was deleted is not; nor is hidden text.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            fault = fault_of(archive, limits)
            if fault:
                yield Refused(fault)
                return
            yield from _parts(_Package(archive), limits)
    except MemoryError:
        raise
    except (*FAULTS, SyntaxError, KeyError) as error:  # lxml's errors are syntax errors
        yield Refused(_BROKEN.format(type(error).__name__))


def _parts(package: _Package, limits: Limits) -> Iterator[Part]:
    body = next((node for node in package.main if name_of(node) == "body"), None)
    if body is None:
        yield Refused(_BROKEN.format("no body"))
        return
    many = sum(1 for _ in body.iter("{*}p", "{*}tc"))
    if many > limits.docx_paragraphs:
        yield Refused(
            f"the DOCX has {many:,} paragraphs and cells; more than {limits.docx_paragraphs:,} "
            "(limits.docx_paragraphs) are not read: give the résumé alone"
        )
        return
    for what, cure in package.unread():
        yield PartNotice("", f"{what} was not read; {cure}")
    styles = Styles(package.part("word/styles.xml"))
    headers, footers = (
        [line for part in package.edges(kind) for line in block_lines(part, styles)] for kind in ("header", "footer")
    )
    yield Text("\n".join(_in_order(headers, block_lines(body, styles), footers)))


def _in_order(headers: list[str], body: list[str], footers: list[str]) -> list[str]:
    """The lines of the text: a footer that says how somebody is reached is read at the top, below the first line, where
    it is no part of a job; page numbers are left out."""
    top, bottom = (
        list(dict.fromkeys(line for line in lines if line.strip() and not _PAGE_NUMBER.fullmatch(line.strip())))
        for lines in (headers, footers)
    )
    lines = top + body
    first = next((index + 1 for index, line in enumerate(lines) if line.strip()), 0)
    reach = [line for line in bottom if _REACH.search(line)]
    rest = [line for line in bottom if line not in reach]
    return [*lines[:first], *reach, *lines[first:], *(["", *rest] if rest else [])]


class _Package:
    """The parts of a document."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = archive.namelist()
        main = next((name for name in self._names if _MAIN_PART.fullmatch(name)), "word/document.xml")
        self._folder, _, base = main.rpartition("/")
        self.main = self.part(main)
        links = self.part(f"{self._folder}/_rels/{base}.rels")
        self._targets = {link.get("Id"): link.get("Target", "") for link in links} if links is not None else {}

    def part(self, name: str) -> Any:
        """The root of a part, None where there is no such part. Raises `SyntaxError` where it is broken."""
        from lxml import etree

        if name not in self._names:
            if name.endswith("document.xml"):
                raise KeyError(name)
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(read_member(self._archive, name), parser)

    def edges(self, kind: str) -> Iterator[Any]:
        """The page headers or footers that are shown: the first page's own, then the others'."""
        shown: dict[str, str] = {}
        for section in self.main.iter("{*}sectPr"):
            first_page = any(name_of(node) == "titlePg" for node in section)
            for node in section:
                if name_of(node) == f"{kind}Reference":
                    which = next((value for key, value in node.items() if key.endswith("}type")), "default")
                    target = next((value for key, value in node.items() if key.endswith("}id")), "")
                    if which == "default" or (which == "first" and first_page):
                        shown.setdefault(self._targets.get(target, ""), which)
        for target in sorted(shown, key=lambda target: shown[target] != "first"):
            part = self.part(target.removeprefix("/") if target.startswith("/") else f"{self._folder}/{target}")
            if part is not None:
                yield part

    def unread(self) -> Iterator[tuple[str, str]]:
        """What of the document has no text here, and what to do."""
        if next(self.main.iter("{*}altChunk"), None) is not None:
            yield "a file of another format inside the DOCX", "open it in Word and save it again"
        if any("/diagrams/data" in name for name in self._names):
            yield "the text of a SmartArt drawing", "write it as plain text"
