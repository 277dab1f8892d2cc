"""The form that Indian job boards give a résumé: "Education Details", "Skill Details", then "Company Details" with
"company - …" and "description - …" for each job, headings glued to what is before them; the title above the skills."""

from __future__ import annotations

import re

from recommender.reading.text.titles import is_title

_HEADING = re.compile(r"(?<=\S)[ \t]*(?=(?:Company|Education|Skill) Details\s*\n)")
_COMPANY = re.compile(r"^company[ \t]+-[ \t]*(?P<name>[^\n]*)\n(?:description[ \t]+-[ \t]*)?", re.MULTILINE)
#: The title, alone and again with its employer, above the skills.
_TITLE = re.compile(r"^(?P<title>[^\n]{2,80}?)(?: - (?P<company>[^\n]{2,80}))?\n+(?=Skill Details\s*$)", re.MULTILINE)


def written_out(text: str) -> str:
    """The text of such a form with its headings on lines of their own, and its jobs as labels name them; any other as
    it is."""
    if "Company Details" not in text or _COMPANY.search(text) is None:
        return text
    text = _HEADING.sub("\n", text)
    named = _TITLE.search(text)
    title = named["title"].strip() if named and is_title(named["title"]) else None
    first = _COMPANY.search(text)
    employer = named["company"] or (first and first["name"]) if named else None

    def job(found: re.Match[str]) -> str:
        nonlocal title
        company = found["name"].strip()
        lines = [f"Company: {company}"] if company else []
        if title and employer is not None and company.casefold() == employer.strip().casefold():
            lines, title = [f"Position: {title}", *lines], None
        return "\n".join(["", *lines, ""])

    return _COMPANY.sub(job, text)
