"""Cutting a profile page into its sections.

A section's name may stand in prose, or be a company's name: a line counts as a heading only where what follows it
fits. Roles are known by their line of dates with a duration ("Oct 2023Present · 2 yrs 5 mos").
"""

from __future__ import annotations

import re
from itertools import pairwise

from recommender.reading.text.dates import PAGE_SPAN
from recommender.reading.text.lines import Line

#: Headings of the page, as written → the section's name here.
HEADINGS = {
    "key highlights": "highlights",
    "highlights": "highlights",
    "contact": "contact",
    "skills": "skills",
    "core skills": "core",
    "other skills": "other",
    "about": "about",
    "experience": "experience",
    "work experience": "experience",
    "education": "education",
    "languages": "languages",
    "certifications": "certifications",
    "licenses & certifications": "certifications",
}
#: Headings whose sections have no place in a profile: kept in `extras["sections"]`.
OTHER_HEADINGS = {
    "projects", "publications", "patents", "volunteering", "volunteer experience", "honors & awards", "awards",
    "courses", "interests", "recommendations", "organizations", "test scores",
}  # fmt: skip

PERSONA = re.compile(r"\w+ AI infers this person is\b\s*(?:an?\s+)?(?P<persona>.*?)\.?$")
FOOTER = re.compile(
    r"(?:\w+ )?found (?P<count>[\d,]+)\+? more professionals? with (?P<pair>.+)$|Explore similar profiles based on\b"
)
_ROLE_DETAIL = re.compile(r"\s*·\s*(?:\d+\s*(?:yrs?|mos?|years?|months?)\b|less than)", re.IGNORECASE)


class PageSection:
    """A section of the page: its name ("header" before the first heading), its heading and the lines under it."""

    def __init__(self, name: str, heading: Line | None) -> None:
        self.name = name
        self.heading = heading
        self.lines: list[Line] = []


def is_span_line(text: str) -> bool:
    """Whether a line is the dates of a role or a course: it begins with a date or span, and dots part what follows."""
    match = PAGE_SPAN.match(text)
    return match is not None and (match.end() == len(text) or text[match.end() :].lstrip().startswith("·"))


def is_role_span(text: str) -> bool:
    """Whether a line is the dates of a role: a span with a duration."""
    match = PAGE_SPAN.match(text)
    return match is not None and _ROLE_DETAIL.match(text, match.end()) is not None


def heading_of(line: Line) -> str | None:
    """The section that a line would open, by its words alone."""
    if line.bullet or len(line.text) > 40:
        return None
    words = line.text.rstrip(":").strip()
    if not (words[:1].isupper()):
        return None
    name = words.casefold()
    return HEADINGS.get(name) or (f"other:{words}" if name in OTHER_HEADINGS else None)


def split_sections(lines: list[Line]) -> list[PageSection]:
    """The sections of a page in the order of the page, "header" first. Persona and footer are sections of their own."""
    candidates = [index for index, line in enumerate(lines) if heading_of(line) or PERSONA.match(line.text)]
    ends = dict(pairwise([*candidates, len(lines)]))
    last = {name: index for index in candidates if (name := heading_of(lines[index]))}
    sections = [PageSection("header", None)]
    seen = {"header"}
    for index, line in enumerate(lines):
        name = "footer" if FOOTER.match(line.text) else None
        if name is None and index in ends:
            name = "persona" if PERSONA.match(line.text) else heading_of(line)
            content = lines[index + 1 : ends[index]]
            again = name is not None and last.get(name, index) > index
            if name is not None and not _fits(name, sections, seen, content, again=again):
                name = None
        if name is None:
            sections[-1].lines.append(line)
        else:
            sections.append(PageSection(name, line))
            seen.add(name)
    return sections


def _fits(name: str, sections: list[PageSection], seen: set[str], content: list[Line], *, again: bool) -> bool:
    """Whether the lines up to the next possible heading can be the content of the section `name`, after `sections` of
    the names `seen`. Where the same words come `again` further down, what does not look like the section is prose."""
    roles = any(is_role_span(line.text) for line in content)
    if name == "experience":
        # the name alone in a text is no heading: the section holds roles, or nothing at all
        return roles or not content or any(is_span_line(line.text) for line in content)
    if len(sections) == 1 and not sections[0].lines:
        return False  # the first line of a page is the person's name
    if again and content and sections[-1].name == "about":
        if name == "education" and not any(is_span_line(line.text) or " — " in line.text for line in content):
            return False
        if name in ("skills", "core", "other", "contact", "highlights"):
            return False
    if sections[-1].name in ("experience", "education") and roles:
        return False
    if sections[-1].name == "experience" and name in ("about", "contact", "highlights") and name in seen:
        return bool(content) and content[0].first
    return True
