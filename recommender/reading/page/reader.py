"""A profile page as text → `Profile`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from recommender.profile import Contact, Profile, Role, month_number
from recommender.reading.checks import checked_text
from recommender.reading.outcome import Context, Rejected
from recommender.reading.page.experience import PageRole, read_education, read_roles
from recommender.reading.page.header import read_header
from recommender.reading.page.sections import PERSONA, PageSection, split_sections
from recommender.reading.page.skills import segment_page
from recommender.reading.text import contact as contacts
from recommender.reading.text.dates import add_months
from recommender.reading.text.lines import Line, clean, decode, lines_of


def read_pages(stream: BinaryIO, context: Context) -> Iterator[Profile | Rejected]:
    """The one profile of a page's text."""
    yield read_page(decode(stream.read(), context), context)


def read_page(text: str, context: Context, place: str = "") -> Profile | Rejected:
    """The profile on a page, or its rejection where nothing of a person is on it."""
    sections = split_sections(lines_of(clean(text, context, place)))
    by_name: dict[str, list[Line]] = {}
    for section in sections:
        by_name.setdefault(section.name, []).extend(section.lines)
    _report_repeats(sections, context, place)
    head = read_header(by_name.get("header", []))
    roles, stray = read_roles(by_name.get("experience", []))
    education = read_education(by_name.get("education", []))
    if not (head.name or roles or education or by_name.get("about") or by_name.get("core")):
        return context.reject(place, "", "nothing of a person stands on this page; give the whole page as text")
    skills = segment_page(sections, roles, context, place)
    about = "\n\n".join(line.text for line in [*by_name.get("about", []), *stray, *by_name.get("persona", [])])
    as_of = _as_of(roles, context, place)
    profile = Profile(
        name=head.name, title=head.title, location=head.location, years_of_experience=head.years, badges=head.badges,
        highlights=tuple(line.text for line in by_name.get("highlights", [])), persona=_persona(sections),
        core_skills=skills.core, other_skills=skills.other, about=about or None,
        roles=tuple(
            _role(role, tags, bodies)
            for role, tags, bodies in zip(roles, skills.tags, skills.bodies, strict=True)
        ),
        education=tuple(education),
        languages=tuple(line.text for line in by_name.get("languages", [])),
        certifications=tuple(line.text for line in by_name.get("certifications", [])),
        contact=_contact(by_name.get("contact", []), about), as_of=as_of or context.month,
        extras=_extras(sections, roles),
    )  # fmt: skip
    return checked_text(profile, context, place)


def _persona(sections: list[PageSection]) -> str | None:
    for section in sections:
        match = PERSONA.match(section.heading.text) if section.name == "persona" and section.heading else None
        if match:
            return match["persona"] or None
    return None


def _role(role: PageRole, tags: tuple[str, ...], body: tuple[Line, ...]) -> Role:
    return Role(
        company=role.company, title=role.title, start=role.span.start, end=role.span.end, location=role.span.location,
        workplace=role.span.workplace, bullets=tuple(line.text for line in body), skills=tags,
    )  # fmt: skip


def _report_repeats(sections: list[PageSection], context: Context, place: str) -> None:
    seen: set[str] = set()
    for section in sections:
        if section.name in seen and section.heading and section.name not in ("footer", "skills"):
            where = place or f"line {section.heading.number}"
            context.notice(where, section.name, "this section stands twice; both were read, one after the other")
        seen.add(section.name)


def _as_of(roles: list[PageRole], context: Context, place: str) -> str | None:
    """The month the page was made, from the durations of the roles that go on.

    Pages count from month to month ("Feb 2023Nov 2023 · 9 mos"), some count both ends in (10 mos): the closed roles
    tell.
    """
    extra: Counter[int] = Counter()
    for role in roles:
        start, end, months = role.span.start, role.span.end, role.span.months
        if start and end and months is not None and len(start) == len(end) == 7:
            extra[months - (month_number(end) or 0) + (month_number(start) or 0)] += 1
    inclusive = 1 if extra[1] > extra[0] else 0
    found = Counter(
        add_months(f"{role.span.start}-01"[:7], role.span.months - (inclusive if len(role.span.start) == 7 else 0))
        for role in sorted(roles, key=lambda role: -len(role.span.start or ""))
        if role.span.open and role.span.start and role.span.months is not None
    )
    if not found:
        return None
    best = max(found, key=lambda month: (found[month], month))
    if len(found) > 1:
        context.notice(place, "as_of", f"the page's durations say {', '.join(sorted(found))}; {best} was taken")
    return best


def _contact(lines: list[Line], about: str) -> Contact | None:
    text = "\n".join(line.text for line in lines)
    found = contacts.merge(contacts.find_contact(text), contacts.find_contact(about))
    rest = ", ".join(left for line in lines if (left := contacts.without_contact(line.text)))
    if not rest:
        return found
    return contacts.merge(found, Contact(address=rest))


def _extras(sections: list[PageSection], roles: list[PageRole]) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    kept = {
        section.name.removeprefix("other:"): [line.text for line in section.lines]
        for section in sections
        if section.name.startswith("other:") and section.lines
    }
    if kept:
        extras["sections"] = kept
    employment = {str(index): role.span.employment for index, role in enumerate(roles) if role.span.employment}
    if employment:
        extras["employment"] = employment
    return extras
