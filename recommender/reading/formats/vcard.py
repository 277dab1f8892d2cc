"""vCards (RFC 2426, RFC 6350): one person each."""

from __future__ import annotations

import quopri
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.profile import Profile
from recommender.reading.formats.jsonresume.reader import read_json_resume
from recommender.reading.outcome import Context, Rejected
from recommender.reading.text.lines import decode

Card = list[tuple[str, str]]

#: Properties that are read, those of which the first alone is, and those that are about the card and not the person.
_READ_ONCE = frozenset(("FN", "N", "TITLE", "ROLE", "ORG", "ADR", "NOTE"))
_READ = _READ_ONCE | {"URL", "EMAIL", "TEL", "LANG", "EXPERTISE"}
_ABOUT_THE_CARD = frozenset(("BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "KIND", "SOURCE", "PROFILE"))
_FOLD = re.compile(r"\n[ \t]")
_ESCAPED = re.compile(r"\\([\\,;nN])")


def read_vcards(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The profile of every card."""
    text = decode(stream.read(context.limits.document_bytes), context).replace("\r\n", "\n").replace("\r", "\n")
    for number, card in enumerate(_cards(_FOLD.sub("", text)), start=1):
        place = f"card {number}"
        if unread := _unread(card):
            context.notice(place, "", f"{', '.join(unread)}: not read; write what matters of it into the card's NOTE")
        yield read_json_resume(_document(card), context, place)


def _unread(card: Card) -> list[str]:
    """The properties that hold something and have no place here, and those that come more often than they are read."""
    times = Counter(name for name, value in card if value.strip())
    unknown = {
        name for name in times if name not in _READ and name not in _ABOUT_THE_CARD and not name.startswith("X-ABL")
    }
    again = {name for name in _READ_ONCE if times[name] > 1}
    units = {"units of ORG" for name, value in card if name == "ORG" and any(_parts(value)[1:])}
    return sorted(unknown | again | units | ({"ROLE"} if times["TITLE"] and times["ROLE"] else set()))


def _cards(text: str) -> Iterator[Card]:
    card: Card | None = None
    lines = iter(text.split("\n"))
    for line in lines:
        name, colon, value = line.partition(":")
        name = name.upper().rpartition(".")[2] if colon else ""
        if "QUOTED-PRINTABLE" in name:
            while value.endswith("="):
                value = value[:-1] + next(lines, "")
            value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
        if name == "BEGIN":
            card = []
        elif name == "END" and card is not None:
            yield card
            card = None
        elif colon and card is not None:
            card.append((name.partition(";")[0], value))
    if card:
        yield card


def _document(card: Card) -> dict[str, Any]:
    """A card as a JSON Resume."""
    said: dict[str, list[str]] = {}
    for name, value in card:
        if value.strip():
            said.setdefault(name, []).append(value.strip())
    name = _plain(said["FN"][0]) if "FN" in said else " ".join(_parts(said.get("N", [""])[0])[1::-1]).strip()
    title = _first(said, "TITLE", "ROLE")
    company = _parts(said["ORG"][0])[0] if "ORG" in said else None
    address = [*_parts(said.get("ADR", [""])[0]), *[""] * 7]
    emails, phones = (
        [_plain(one).removeprefix("mailto:").removeprefix("tel:") for one in said.get(name, [])]
        for name in ("EMAIL", "TEL")
    )
    links = [_plain(link) for link in said.get("URL", [])]
    basics = {
        "name": name or None, "label": title, "email": emails[0] if emails else None,
        "phone": phones[0] if phones else None,
        "summary": _first(said, "NOTE"), "url": links[0] if links else None,
        "profiles": [{"url": link} for link in links[1:]],
        **({"emails": emails[1:]} if len(emails) > 1 else {}), **({"phones": phones[1:]} if len(phones) > 1 else {}),
        "location": {"address": address[2] or None, "city": address[3] or None, "region": address[4] or None,
                     "country": address[6] or None},
    }  # fmt: skip
    return {
        "basics": basics,
        "work": [{"name": company, "position": title}] if company else [],
        "languages": [{"language": _plain(language)} for language in said.get("LANG", [])],
        "skills": [{"keywords": [_plain(skill) for skill in said.get("EXPERTISE", [])]}],
    }


def _first(said: dict[str, list[str]], *names: str) -> str | None:
    return next((_plain(said[name][0]).removeprefix("tel:") for name in names if name in said), None)


def _parts(value: str) -> list[str]:
    return [_plain(part) for part in re.split(r"(?<!\\);", value)]


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value).strip()
