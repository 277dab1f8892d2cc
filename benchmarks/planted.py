"""Second copies of real résumés, as people make them, so that it is known who is the same person twice.

A copy is of one of four kinds: in another format; its sections in another order; shortened by a third; with one job
added. What a copy says beyond its original is fictional.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from benchmarks.rendering.document import Block, Bullets, Text, heading
from benchmarks.rendering.generators import GENERATORS
from benchmarks.rendering.people import person
from recommender.profile import Profile
from recommender.reading import read_bytes, write_json_resume
from recommender.skills import Vocabulary
from recommender.training.typical_fields import AS_OF, text_of

Entry = dict[str, Any]
_HEADINGS = {
    "summary": "Summary", "experience": "Work Experience", "education": "Education",
    "additional": "Additional Information",
}  # fmt: skip
_FORMATS = ("json-resume", "Markdown", "HTML", "RTF", "python-docx")
_PRESENT = re.compile(r"\bto Present\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;])\s+")
#: Shortened is to this share of the words.
_KEPT = 2 / 3
_BULLET = re.compile(r"\s*[*•-]\s+")


class Planted(msgspec.Struct, frozen=True):
    """A copy as it was read, whose it is, and what was done to it."""

    of: str
    kind: str
    profile: Profile


def planted(entries: Sequence[Entry], count: int, vocabulary: Vocabulary, seed: int = 11) -> list[Planted]:
    """So many copies, each of another résumé, of every kind as many."""
    draw = random.Random(seed)
    chosen = draw.sample(list(entries), len(entries))
    kinds = list(KINDS) * -(-count // len(KINDS))
    copies: list[Planted] = []
    for entry in chosen:
        if len(copies) == count:
            break
        kind = kinds[len(copies)]
        if kind == "reordered" and len(entry["bounds"]) < 3:
            continue
        read = KINDS[kind](entry, draw, vocabulary)
        if read is not None:
            profile = msgspec.structs.replace(read, id=f"copy-{kind}-{entry['id']}")
            copies.append(Planted(entry["id"], kind, profile))
    return copies


def read_text(profile_id: str, text: str, vocabulary: Vocabulary) -> Profile | None:
    """A résumé as it is read from plain text; None where it is refused."""
    line = msgspec.json.encode({"id": profile_id, "text": text})
    return _read(line, "r.jsonl", vocabulary)


def _read(content: bytes, source: str, vocabulary: Vocabulary) -> Profile | None:
    outcomes = read_bytes(content, source=source, vocabulary=vocabulary, on_notice=lambda _: None, as_of=AS_OF)
    return next((one for one in outcomes if isinstance(one, Profile)), None)


def _in_another_format(entry: Entry, draw: random.Random, vocabulary: Vocabulary) -> Profile | None:
    which = draw.choice(_FORMATS)
    if which == "json-resume":
        read = read_text(entry["id"], text_of(entry), vocabulary)
        return read and _read(msgspec.json.encode(write_json_resume(read)), "r.json", vocabulary)
    generator = next(one for one in GENERATORS if one.name == which)
    content = generator.make(tuple(_blocks(entry)))
    return _read(content, f"r.{generator.suffix}", vocabulary)


def _blocks(entry: Entry) -> list[Block]:
    blocks: list[Block] = [Text(entry["title"], "name")] if entry["title"] else []
    for title, text in _sections(entry):
        blocks += [heading(title)] if title else []
        for line in filter(str.strip, text.splitlines()):
            bullet = _BULLET.match(line)
            blocks.append(Bullets((line[bullet.end() :],)) if bullet else Text(line.strip()))
    return blocks


def _sections(entry: Entry) -> list[tuple[str, str]]:
    """Headings and texts, in the order of the résumé; what the person listed as skills is the last."""
    text, bounds = entry["text"], sorted(entry["bounds"].items(), key=lambda one: one[1])
    found = [(_HEADINGS.get(name, ""), text[start:end]) for name, (start, end) in bounds] or [("", text)]
    skills = ", ".join(name for name, _ in entry["skills"])
    return [*found, ("Skills", skills)] if skills else found


def _reordered(entry: Entry, draw: random.Random, vocabulary: Vocabulary) -> Profile | None:
    sections = _sections(entry)
    order = list(range(len(sections)))
    while order == sorted(order):
        draw.shuffle(order)
    return _of_sections(entry, [sections[at] for at in order], vocabulary)


def _shortened(entry: Entry, draw: random.Random, vocabulary: Vocabulary) -> Profile | None:
    """Without the lines of its end, or without lines here and there."""
    sections = _sections(entry)
    pieces = [
        (at, piece) for at, (_, text) in enumerate(sections) for line in text.splitlines()
        for piece in (_SENTENCE.split(line) if len(line) > 300 else [line])
    ]  # fmt: skip
    words = [len(piece.split()) for _, piece in pieces]
    most, left = sum(words) * _KEPT, sum(words)
    order = list(range(len(pieces)))
    if draw.random() < 0.5:
        draw.shuffle(order)
    dropped: set[int] = set()
    while left > most:
        last = order.pop()
        dropped.add(last)
        left -= words[last]
    kept = [
        (title, "\n".join(piece for n, (of, piece) in enumerate(pieces) if of == at and n not in dropped))
        for at, (title, _) in enumerate(sections)
    ]
    return _of_sections(entry, [(title, text) for title, text in kept if text.strip()], vocabulary)


def _with_a_job(entry: Entry, draw: random.Random, vocabulary: Vocabulary) -> Profile | None:
    """A newer version: a job of half a year before the others, of which none goes on."""
    job = person(draw.randrange(100_000)).jobs[0]
    lines = [f"{job.title} {job.employer} - {job.place} January 2019 to Present", *(f"* {one}" for one in job.bullets)]
    sections = _sections(entry)
    at = next((n for n, (title, _) in enumerate(sections) if title == _HEADINGS["experience"]), 0)
    title, text = sections[at]
    sections[at] = (title or _HEADINGS["experience"], "\n".join([*lines, _PRESENT.sub("to December 2018", text)]))
    return _of_sections(entry, sections, vocabulary)


def _of_sections(entry: Entry, sections: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> Profile | None:
    parts = [entry["title"] or "", *(f"\n{title}\n{text}" if title else text for title, text in sections)]
    return read_text(entry["id"], "\n".join(filter(None, parts)), vocabulary)


KINDS: dict[str, Callable[[Entry, random.Random, Vocabulary], Profile | None]] = {
    "format": _in_another_format,
    "reordered": _reordered,
    "shortened": _shortened,
    "job_added": _with_a_job,
}
