"""From a skill as written in a list to its canonical name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from recommender.skills.surface import plural, singular, squash

#: A longer text names no skill; only its beginning is looked at.
_LONGEST = 120
_VERSION = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=\w[+#])|(?<=\+\+))(?:[\s\-–(]+(?:v\.?|ver\.?|version))?[\s\-–(]*"
    r"(?:\d{1,4}(?:\.[\dx]{1,3}){0,3}\+?|\bxp|\bvista|\bcs\d?|\bcc)"
    r"(?:\s*(?:[/,&]|and|to|-)\s*\d{1,4}(?:\.[\dx]{1,3}){0,3}\+?)*(?:\s*(?:r2|sp\d|lts|enterprise|standard))*\)?\s*\Z",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_MAKER = re.compile(r"\A(?:microsoft|ms)[\s-]+", re.IGNORECASE)
_BEFORE = re.compile(
    r"\A(?:(?:very|highly|strong|excellent|good|great|solid|advanced|basic|intermediate|expert|proficient|proficiency"
    r"|skilled|experienced|experience|knowledge|working knowledge|familiar|familiarity|competent|fluent)\s+"
    r"(?:(?:in|with|of|at|on|using)\s+)?)+",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s+(?:skills?|experience|knowledge|expertise|proficiency|programming languages?|software|technology|technologies"
    r"|tools?|certified|certification|certificate)\Z",
    re.IGNORECASE,
)
_CODING = re.compile(
    r"\s+(?:programming|programmer|developer|development|coding|scripting|scripts?|framework|library|language)\Z",
    re.IGNORECASE,
)


def own_name(raw: str) -> str:
    """The name of a skill that no vocabulary knows: its own text, spelling variants in case and space made one."""
    return " ".join(raw.split()).casefold().strip(" ,;.•·*|") or " ".join(raw.split()).casefold()


def candidates(raw: str, coded: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """Keys to look up, surest first, each with the rule that made it.

    `coded` holds, for every known key, whether "X programming" and "X 2.0" still mean X.
    """
    yield squash(raw[:_LONGEST]), "as written"
    if len(raw) > _LONGEST:
        return
    for text, rule in _reduced(raw):
        key = squash(text)
        if rule in ("maker", "version", "coding word") and not coded.get(key, False):
            continue
        if key:
            yield key, rule
    last = raw.split()[-1] if raw.split() else ""
    for changed in (singular(last.lower()), plural(last.lower())):
        if changed is not None and len(last) > 3:
            yield squash(raw[: len(raw.rstrip()) - len(last)] + changed), "number"


def _reduced(raw: str) -> Iterator[tuple[str, str]]:
    """The text less brackets, versions and words that add no skill, one at a time and all together."""
    text = raw.strip()
    found = _BRACKETED.search(text)
    if found:
        yield text[: found.start()] + " " + text[found.end() :], "bracketed part left out"
        yield found[1], "bracketed part"
        text = (text[: found.start()] + " " + text[found.end() :]).strip()
    for pattern, rule in (
        (_MAKER, "maker"),
        (_VERSION, "version"),
        (_CODING, "coding word"),
        (_AFTER, "closing word"),
        (_BEFORE, "opening word"),
    ):
        shorter = pattern.sub("", text)
        if shorter != text and shorter:
            yield shorter, rule
            text = shorter
