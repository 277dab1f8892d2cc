"""The bullets of a role, out of the text under its head."""

from __future__ import annotations

import re

#: Signs that begin a bullet, whatever follows them.
SIGNS = "•●▪■◦‣⁃∙·►➢➤✓✔❖»→★☆❯➔▶◆◇○✦"
BULLET = re.compile(rf"^\s*(?:[{SIGNS}*?§]|[-–—](?=\s))\s*")
#: A line of a form that says but what follows.
_LABEL = re.compile(
    r"(?:(?:key |main )?(?:roles?|duties|tasks|responsibilities)(?: (?:&|and) (?:responsibilities|duties))?)\s*:\Z",
    re.I,
)


def bullets_of(body: str) -> list[str]:
    """The bullets and paragraphs of a role: a line that does not begin a bullet goes on with the one above where that
    is unfinished."""
    found: list[list[str]] = []  # the lines of each
    for raw in body.split("\n"):
        line = BULLET.sub("", raw).strip()
        if not line or _LABEL.match(line):
            continue
        unfinished = found and not found[-1][-1].endswith((".", ":", "!", "?"))
        if unfinished and not BULLET.match(raw) and line[:1].islower():
            found[-1].append(line)
        else:
            found.append([line])
    bullets = [" ".join(lines) for lines in found]
    return [bullet.strip(" ") for bullet in bullets if bullet.strip(" ,;:|)–—-")]
