"""A free-form résumé as text → `Profile`. What is not understood stays as prose in `about`, under its heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import BinaryIO

import msgspec

from recommender.facts import place_form
from recommender.profile import Education, Profile, Role
from recommender.reading.checks import checked_text
from recommender.reading.outcome import Context, Rejected
from recommender.reading.resume.education import read_education
from recommender.reading.resume.head import Top, late_name, read_top
from recommender.reading.resume.heading_kinds import kind_of
from recommender.reading.resume.jobs import find_roles
from recommender.reading.resume.jobs.found import FoundRole
from recommender.reading.resume.notices import report
from recommender.reading.resume.personal import without_personal
from recommender.reading.resume.sections import Section, split_resume
from recommender.reading.resume.skills import read_skills, split_items
from recommender.reading.resume.tidying import tidied
from recommender.reading.text.contact import find_contact
from recommender.reading.text.degrees import DEGREE, SCHOOL
from recommender.reading.text.lines import clean, decode
from recommender.reading.text.spans import every_span
from recommender.reading.text.titles import is_noun

#: Spans of dates that are looked at for roles; more stand in no one's résumé.
MOST_SPANS = 2_000
#: Characters at the top in which a person's title and place are looked for beforehand.
_TOP = 2_000
_BULLET = re.compile(r"^\s*(?:[•●▪■◦‣⁃∙·►➢✓✔❖*?§]|[-–—](?=\s))\s*")


class _Parts(msgspec.Struct):
    """What has been found so far."""

    about: list[str] = msgspec.field(default_factory=list[str])
    roles: list[Role] = msgspec.field(default_factory=list[Role])
    education: list[Education] = msgspec.field(default_factory=list[Education])
    skills: list[str] = msgspec.field(default_factory=list[str])
    languages: list[str] = msgspec.field(default_factory=list[str])
    certifications: list[str] = msgspec.field(default_factory=list[str])


def read_resumes(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a résumé's text."""
    yield read_resume(decode(stream.read(), context), context)


def read_resume(text: str, context: Context, place: str = "", headline: str | None = None) -> Profile | Rejected:
    """The profile of a résumé; `headline` is its title where the record gives it beside the text."""
    whole = clean(text, context, place)
    cleaned = tidied(whole).strip()
    if not cleaned:
        return context.reject(place, "text", "the text is empty; give the résumé's text")
    contact = find_contact(whole)
    mails = contact.emails if contact else ()
    sections = split_resume(cleaned)
    spans = every_span(cleaned)
    if len(spans) > MOST_SPANS:
        message = f"only the first {MOST_SPANS:,} of {len(spans):,} spans of dates were taken for dates of roles"
        context.notice(place, "roles", message)
    at_work = any(section.kind == "experience" for section in sections)
    hints = read_top(cleaned[: min(sections[0].end, _TOP)], mails) if at_work else Top()
    known = frozenset(title.casefold() for title in (headline, hints.title) if title)
    home = frozenset(place_form(part) for part in (hints.location or "").split(",") if part.strip())
    roles = find_roles(cleaned, spans[:MOST_SPANS], sections, known, home)
    parts = _Parts()
    first = min([role.at for role in roles] + [sections[0].end])
    top = read_top(cleaned[:first], mails)
    if top.rest:
        parts.about.append(top.rest)
    for section, inside in _by_section(sections, roles):
        _read_section(cleaned, section, inside, first, parts)
    title = headline or top.title or next((role.title for role in parts.roles if role.title), None)
    about, private = without_personal("\n\n".join(parts.about))
    if private:
        context.notice(place, "about", f"details that say nothing of work were left out: {', '.join(private)}")
    profile = Profile(
        name=top.name or late_name(cleaned, mails), title=title, location=top.location,
        other_skills=tuple(dict.fromkeys(parts.skills)), about=about or None, roles=tuple(parts.roles),
        education=tuple(parts.education), languages=tuple(parts.languages),
        certifications=tuple(parts.certifications), contact=contact, as_of=context.month,
    )  # fmt: skip
    report(profile, sections, roles, context, place)
    return checked_text(profile, context, place)


def _by_section(
    sections: Sequence[Section], roles: Sequence[FoundRole]
) -> Iterator[tuple[Section, Sequence[FoundRole]]]:
    """Every section with the roles in it; both stand in the order of the text."""
    begins = [role.at for role in roles]
    for section in sections:
        yield section, roles[bisect_left(begins, section.begin) : bisect_left(begins, section.end)]


def _read_section(text: str, section: Section, roles: Sequence[FoundRole], first: int, parts: _Parts) -> None:
    """Add a section's content: what is before its first role by the section's kind, then the `roles` in it."""
    if kind_of(section.heading) is None and not text[section.begin : section.end].strip():
        _keep("", section.heading, parts)  # no heading after all: nothing is below it
    begin = max(section.begin, first) if section.kind == "intro" else section.begin
    _read_prose(section, text[begin : roles[0].at if roles else section.end], parts)
    for role, following in zip_longest(roles, roles[1:]):
        end = following.at if following else section.end
        body, study = _cut_study(text[role.body : end])
        parts.roles.append(_role(role, text, body))
        if study:
            _read_study("", study, parts)


def _read_prose(section: Section, content: str, parts: _Parts) -> None:
    content = content.strip("\n")
    if not content.strip(" •*-–:"):
        return
    if section.kind == "skills":
        skills, rest = read_skills(content)
        parts.skills.extend(skills)
        _keep(section.heading, "\n".join(rest), parts)
    elif section.kind == "education":
        _read_study(section.heading, content, parts)
    elif section.kind in ("languages", "certifications"):
        _read_list(section, content, parts)
    else:
        heading = "" if section.kind in ("intro", "summary", "experience") else section.heading
        before, study = _cut_study(content)
        _keep(heading, before, parts)
        _read_study("", study, parts)


def _keep(heading: str, content: str, parts: _Parts) -> None:
    if content.strip():
        parts.about.append(f"{heading}\n{content.strip()}" if heading else content.strip())


def _read_study(heading: str, content: str, parts: _Parts) -> None:
    courses, rest = read_education(content)
    parts.education.extend(courses)
    _keep(heading, "\n".join(rest), parts)


def _read_list(section: Section, content: str, parts: _Parts) -> None:
    """Short lines are items; prose is kept."""
    lines = [_BULLET.sub("", line).strip() for line in content.split("\n")]
    lines = [line for line in lines if line]
    target = parts.languages if section.kind == "languages" else parts.certifications
    for line in lines:
        items = split_items(line) if section.kind == "languages" or line.count(",") > 1 else [line]
        if all(len(item) <= 120 for item in items):
            target.extend(items)
        else:
            _keep(section.heading, line, parts)


def _cut_study(body: str) -> tuple[str, str]:
    """The body of a role without the lines about education that follow it where no heading parts them."""
    offset = 0
    for line in body.split("\n"):
        bare = line.strip()
        if offset and 0 < len(bare) <= 240 and not _BULLET.match(line) and _is_study_line(bare):
            return body[:offset], body[offset:]
        offset += len(line) + 1
    return body, ""


def _is_study_line(line: str) -> bool:
    if DEGREE.match(line) and (line[:1].isupper() and not line.endswith((".", ":"))):
        return bool(SCHOOL.search(line)) or len(line.split()) <= 9
    words = line.split()
    return bool(SCHOOL.search(line)) and len(words) <= 14 and words[-1][-4:].isdigit() and not any(map(is_noun, words))


def _role(role: FoundRole, text: str, body: str) -> Role:
    span = role.span
    return Role(
        company=role.company, title=role.title, start=span.start if span else None, end=span.end if span else None,
        location=role.location, bullets=tuple(bullets_of(body)),
    )  # fmt: skip


def bullets_of(body: str) -> list[str]:
    """The bullets and paragraphs of a role: a line that does not begin a bullet goes on with the one above where that
    is unfinished."""
    found: list[list[str]] = []  # the lines of each
    for raw in body.split("\n"):
        line = _BULLET.sub("", raw).strip()
        if not line:
            continue
        unfinished = found and not found[-1][-1].endswith((".", ":", "!", "?"))
        if unfinished and not _BULLET.match(raw) and line[:1].islower():
            found[-1].append(line)
        else:
            found.append([line])
    bullets = [" ".join(lines) for lines in found]
    return [bullet.strip(" ") for bullet in bullets if bullet.strip(" ,;:|)–—-")]
