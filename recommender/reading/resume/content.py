"""What is under each heading of a résumé, and under each job, into the parts of a profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

import msgspec

from recommender.profile import Education, Role
from recommender.reading.resume.bullets import BULLET, bullets_of
from recommender.reading.resume.education import read_education
from recommender.reading.resume.heading_kinds import is_spoken, kind_of
from recommender.reading.resume.jobs.found import FoundRole
from recommender.reading.resume.sections import ResumeSection
from recommender.reading.resume.skills import read_skills, split_items
from recommender.reading.text.degrees import DEGREE, SCHOOL
from recommender.reading.text.spans import every_span
from recommender.reading.text.titles import is_noun

_LANGUAGES = re.compile(r"\W*(?:spoken |foreign )?languages?\s*[:–-]\s*", re.IGNORECASE)
_WORD = re.compile(r"\w")
_ISSUED = re.compile(r"\b(?:issued|expires|expired|valid(?: until)?|earned|no expiration date)\b:?", re.IGNORECASE)
#: How long a job lasted: "2 yrs 3 mos", "6 months".
_DURATION = re.compile(
    r"(?<![\w.])\d{1,2}\+? ?(?:yrs?|years?|mos|months?|jahre?|monate?|ans|mois|años?|meses)\b"
    r"(?:,? (?:and )?\d{1,2} ?(?:mos?|months?|monate?|mois|meses)\b)?",
    re.IGNORECASE,
)
_MOTHER_TONGUE = re.compile(
    r"\A(?:mother tongue|other language|muttersprache|weitere sprache|langue maternelle|autres? langue|lengua materna"
    r"|otros? idioma|língua materna|outras? língua|madrelingua|altr[ae] lingu[ae]"
    r"|moedertaal|andere ta[ae]l)[\w()]{0,4}\s*:\s*",
    re.IGNORECASE,
)


class Parts(msgspec.Struct):
    """The parts of a profile that have been found so far."""

    about: list[str] = msgspec.field(default_factory=list[str])
    roles: list[Role] = msgspec.field(default_factory=list[Role])
    education: list[Education] = msgspec.field(default_factory=list[Education])
    skills: list[str] = msgspec.field(default_factory=list[str])
    languages: list[str] = msgspec.field(default_factory=list[str])
    certifications: list[str] = msgspec.field(default_factory=list[str])


def read_section(text: str, section: ResumeSection, roles: Sequence[FoundRole], first: int, parts: Parts) -> None:
    """Add a section's content: what is before its first role by the section's kind, then the `roles` in it."""
    if kind_of(section.heading) is None and not _WORD.search(text, section.begin, section.end):
        _keep("", section.heading, parts)  # no heading after all: nothing is below it
    begin = max(section.begin, first) if section.kind == "intro" else section.begin
    _read_prose(section, text[begin : roles[0].at if roles else section.end], parts)
    for role, following in zip_longest(roles, roles[1:]):
        end = following.at if following else section.end
        body, study = _cut_study(text[role.body : end])
        parts.roles.append(_role(role, text, body))
        if study:
            _read_study("", study, parts)


def _read_prose(section: ResumeSection, content: str, parts: Parts) -> None:
    content = content.strip("\n")
    if not content.strip(" •*-–:"):
        return
    if section.kind == "skills":
        content = _take_languages(content, parts)
        skills, rest = read_skills(content)
        parts.skills.extend(skills)
        _keep(section.heading, "\n".join(rest), parts)
    elif section.kind == "education":
        _read_study(section.heading, content, parts)
    elif section.kind in ("languages", "certifications"):
        _read_list(section, content, parts)
    else:
        usual = section.kind in ("intro", "summary", "experience") and kind_of(section.heading) == section.kind
        heading = "" if usual or section.kind == "intro" else section.heading
        before, study = _cut_study(content)
        _keep(heading, before, parts)
        _read_study("", study, parts)


def _keep(heading: str, content: str, parts: Parts) -> None:
    if content.strip():
        parts.about.append(f"{heading}\n{content.strip()}" if heading else content.strip())


def _read_study(heading: str, content: str, parts: Parts) -> None:
    courses, rest = read_education(content)
    parts.education.extend(courses)
    _keep(heading, "\n".join(rest), parts)


def _read_list(section: ResumeSection, content: str, parts: Parts) -> None:
    """Short lines are items; prose is kept."""
    lines = [BULLET.sub("", line).strip() for line in content.split("\n")]
    spoken = section.kind == "languages"
    target = parts.languages if spoken else parts.certifications
    for line in filter(None, lines):
        if target and not spoken and _is_dates(line):
            target[-1] = f"{target[-1]}, {line}"
            continue
        items = split_items(_MOTHER_TONGUE.sub("", line)) if spoken or line.count(",") > 1 else [line]
        if all(len(item) <= 120 for item in items):
            target.extend(items)
        else:
            _keep(section.heading, line, parts)


def _take_languages(content: str, parts: Parts) -> str:
    """The content of a list of skills without the line that lists the languages that the person speaks."""
    kept: list[str] = []
    for line in content.split("\n"):
        label = _LANGUAGES.match(line)
        if label and is_spoken(line[label.end() :]):
            parts.languages.extend(split_items(line[label.end() :]))
        else:
            kept.append(line)
    return "\n".join(kept)


def _is_dates(line: str) -> bool:
    """Whether a line holds dates and nothing else."""
    line = _ISSUED.sub("", line)
    spans = every_span(line)
    return bool(spans) and not (line[: spans[0].at] + line[spans[-1].until :]).strip(" ()[]–-")


def _cut_study(body: str) -> tuple[str, str]:
    """The body of a role without the lines about education that follow it where no heading parts them."""
    offset = 0
    for line in body.split("\n"):
        bare = line.strip()
        if offset and 0 < len(bare) <= 240 and not BULLET.match(line) and _is_study_line(bare):
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
    bullets = bullets_of(body)
    if span is None and (lasted := _DURATION.search(text, role.at, role.body)):
        bullets.insert(0, lasted[0])  # no dates say it
    return Role(
        company=role.company, title=role.title, start=span.start if span else None, end=span.end if span else None,
        location=role.location, bullets=tuple(bullets),
    )  # fmt: skip
