"""Keywords that dots are between ("scala. akka. 5 yrs min."): they ask as those do that commas are between."""

from __future__ import annotations

import re

#: Short forms, after whose full stop a sentence goes on.
_SHORT = (
    *("[Aa]cct", "[Aa]sst", "[Cc]ust", "[Dd]ept", "[Ee]lec", "[Ee]ngr", "[Mm]aint", "[Mm]ech", "[Mm]gr", "[Pp]roj"),
    *("[Tt]ech", "[Aa]dmin", "[Aa]ssoc", "[Ss]r", "[Jj]r", "[Ss]t"),
)
NO_END = "".join(rf"(?<!\b{short}\.)" for short in _SHORT)
#: Short forms as well that a list of keywords goes on after.
_RANK = "".join(
    rf"(?<!\b{short}\.)" for short in ("[Mm]in", "[Mm]ax", "[Ss]nr", "SR", "JR", "ST", "TECH", "[Aa]pprox", "etc")
)
_DOT = re.compile(rf"(?<=[\w)+#]\.){NO_END}{_RANK}(?=\s+\S)|(?<=[\w)+#]\.)(?=\s*\Z)")
_DOTS = re.compile(r"\s(?:\.{2,}|…)(?=\s)")
#: What sentences have and keywords have not.
_SENTENCE = re.compile(
    r"\b(?:we|we['’]\w+|you|you['’]\w+|your|i|i['’]\w+|our|us|they|who|he|she|needs?|wants?|seeks?|wanted|looking|seeking"
    r"|hiring|join|apply|please|find|show|give|must|should|could|can|will|the)\b",
    re.IGNORECASE,
)
#: Words between two dots of a list, and characters of one, at most.
_MOST, _LONGEST = 5, 300


def as_list(text: str) -> str:
    """The text with commas for the dots of a list of keywords: places of characters stay as they are."""
    text = _DOTS.sub(lambda match: " ," + " " * (len(match[0]) - 2), text)
    dots = [match.start() for match in _DOT.finditer(text)]
    keywords = re.split(r"[,;|/]|(?<=\w)\.\s", text)
    if not dots or "\n" in text.strip() or len(text) > _LONGEST or _SENTENCE.search(text):
        return text
    if any(len(words.split()) > _MOST for words in keywords):
        return text
    for at in dots:
        text = text[: at - 1] + "," + text[at:]
    return text
