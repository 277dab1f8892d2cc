"""HTML of a person → their profile: its text as it is seen, and what it says to machines (schema.org, hResume)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Any, BinaryIO

import msgspec

from recommender.decoding import Element, Refused
from recommender.profile import Profile
from recommender.reading.formats.jsonresume.reader import read_json_resume
from recommender.reading.formats.microformats import hresume_of
from recommender.reading.formats.prose import read_any_text
from recommender.reading.formats.records import FAULTS, decode_json
from recommender.reading.outcome import Context, Rejected

#: Elements between which lines break; and those that are not read.
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "tr",
        "table",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "address",
        "body",
        "html",
        "br",
        "hr",
        "blockquote",
        "pre",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "tbody",
        "thead",
        "details",
        "summary",
        "title",
    ]
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: Where a heading within a section ends: what is next is the line below, not a paragraph of its own.
_MINOR_END = "\x1e"
_MINOR_ENDS = re.compile(r"\x1e(?: *\n)?")
_UNREAD = frozenset(("script", "head", "title"))
#: What fills an empty field of what was read from the text.
_FILLED = (
    "name", "title", "location", "roles", "education", "other_skills", "languages", "contact", "about",
)  # fmt: skip


def read_html(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a page of HTML."""
    for part in context.decoder.decode("html", stream, context.limits):
        if isinstance(part, Refused):
            yield context.reject(part.place, "", part.reason)
        elif isinstance(part, Element):
            yield _profile(part, context)


def _profile(page: Element, context: Context) -> Profile | Rejected:
    text = context.trace.text = _MINOR_ENDS.sub("\n", "".join(_shown(page)))
    if marked := hresume_of(page):
        return _of_hresume(page, *marked, context)
    said = _of_machines(page, context)
    if not text.strip():
        return said or context.reject("", "", "no text stands on this page; save what a browser shows of it")
    read = read_any_text(text, context)
    if said is None or isinstance(read, Rejected):
        return said if said is not None else read
    empty = {key: getattr(said, key) for key in _FILLED if not getattr(read, key)}
    return msgspec.structs.replace(read, **{**empty, "name": said.name or read.name})


def _of_hresume(page: Element, document: dict[str, Any], said: list[Element], context: Context) -> Profile | Rejected:
    """The profile that a page marks up; what else it shows stays as prose."""
    read = read_json_resume(document, context)
    left = _MINOR_ENDS.sub("\n", "".join(_shown(page, frozenset(map(id, said)))))
    rest = "\n".join(line for line in map(str.strip, left.split("\n")) if line.strip("•–- "))
    if isinstance(read, Rejected) or not rest:
        return read
    return msgspec.structs.replace(read, about="\n\n".join(filter(None, (read.about, rest))))


def _shown(element: Element, but: Set[int] = frozenset()) -> Iterator[str]:
    """The text of an element as it is seen, without the elements `but` (by their `id`): lines broken where blocks are,
    items of lists with a bullet."""
    if (
        id(element) in but
        or element.name in _UNREAD
        or "hidden" in element.attributes
        or "display:none" in _style(element)
    ):
        return
    block = element.name in _BLOCKS
    if block:
        yield "\n• " if element.name == "li" and element.first(*_HEADINGS) is None else "\n"
    elif element.name in ("td", "th"):
        yield "\t"
    for one in element.inner:
        if isinstance(one, str):
            yield one if element.name == "pre" else _one_line(one)
        else:
            yield from _shown(one, but)
    if block and element.name not in ("br", "hr"):
        yield _MINOR_END if element.name in _HEADINGS[2:] else "\n"


def _one_line(text: str) -> str:
    words = " ".join(text.split())
    return f"{' ' if text[:1].isspace() else ''}{words}{' ' if words and text[-1:].isspace() else ''}"


def _style(element: Element) -> str:
    return element.attributes.get("style", "").replace(" ", "").lower()


def _of_machines(page: Element, context: Context) -> Profile | None:
    """The person whom the page describes to machines; None where it does not."""
    quiet = context.within(on_notice=lambda _: None)
    for script in page.all("script"):
        if "ld+json" in script.attributes.get("type", ""):
            try:
                value = decode_json("".join(one for one in script.inner if isinstance(one, str)))
            except FAULTS:
                context.notice("", "", "the JSON-LD on this page is broken; what the page shows was read")
                continue
            for person in _persons(value):
                read = read_json_resume(_of_schema_org(person), quiet)
                if isinstance(read, Profile):
                    return read
    return None


def _persons(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth < 5:
        for one in value:
            yield from _persons(one, depth + 1)
    elif isinstance(value, dict):
        if "Person" in _listed(value.get("@type")):
            yield value
        elif depth < 5:
            yield from _persons([value.get("@graph"), value.get("mainEntity")], depth + 1)


def _of_schema_org(person: dict[str, Any]) -> dict[str, Any]:
    """A Person of schema.org as a JSON Resume."""
    basics = {
        "name": person.get("name") or _joined(person.get("givenName"), person.get("familyName")),
        "label": _names(person.get("jobTitle"))[:1], "email": _names(person.get("email"))[:1],
        "phone": _names(person.get("telephone"))[:1], "summary": person.get("description"), "url": person.get("url"),
        "location": _place(person.get("address")),
    }  # fmt: skip
    basics = {key: held[0] if isinstance(held, list) and held else held for key, held in basics.items() if held}
    title = basics.get("label")
    return {
        "basics": basics,
        "work": [{"name": name, "position": title} for name in _names(person.get("worksFor"))],
        "education": [{"institution": name} for name in _names(person.get("alumniOf"))],
        "skills": [{"keywords": [*_names(person.get("knowsAbout")), *_names(person.get("skills"))]}],
        "languages": [{"language": name} for name in _names(person.get("knowsLanguage"))],
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(value: Any) -> list[str]:
    named = [one.get("name") if isinstance(one, dict) else one for one in _listed(value)]
    return [name.removeprefix("mailto:") for name in named if isinstance(name, str) and name]


def _place(address: Any) -> str | None:
    if not isinstance(address, dict):
        return address if isinstance(address, str) else None
    country = _names(address.get("addressCountry"))
    return _joined(address.get("addressLocality"), address.get("addressRegion"), *country, between=", ")


def _joined(*parts: Any, between: str = " ") -> str | None:
    return between.join(part for part in parts if isinstance(part, str) and part) or None
