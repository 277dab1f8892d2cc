"""A free-form résumé as text → `Profile`. What is not understood stays as prose in `about`, under its heading."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from recommender.facts import place_form
from recommender.profile import Profile
from recommender.reading.checks import checked_text
from recommender.reading.outcome import Context, Rejected
from recommender.reading.resume.content import Parts, read_section
from recommender.reading.resume.head import Top, late_name, read_top
from recommender.reading.resume.jobs import find_roles
from recommender.reading.resume.jobs.found import FoundRole
from recommender.reading.resume.notices import report
from recommender.reading.resume.personal import without_personal
from recommender.reading.resume.sections import ResumeSection, split_resume
from recommender.reading.resume.tidying import tidied
from recommender.reading.text.contact import find_contact
from recommender.reading.text.lines import clean, decode
from recommender.reading.text.spans import every_span

#: Spans of dates that are looked at for roles; more stand in no one's résumé.
MOST_SPANS = 300
#: Characters at the top in which a person's title and place are looked for beforehand.
_TOP = 2_000


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
    parts = Parts()
    first = min([role.at for role in roles] + [sections[0].end])
    top = read_top(cleaned[:first], mails, headed=len(sections) > 1)
    if top.rest:
        parts.about.append(top.rest)
    for section, inside in _by_section(sections, roles):
        read_section(cleaned, section, inside, first, parts)
    title = headline or top.title or next((role.title for role in parts.roles if role.title), None)
    name = top.name or late_name(cleaned, mails)
    about, private = without_personal("\n\n".join(parts.about), name)
    if private:
        context.notice(place, "about", f"details that say nothing of work were left out: {', '.join(private)}")
    profile = Profile(
        name=name, title=title, location=top.location,
        other_skills=tuple(dict.fromkeys(parts.skills)), about=about or None, roles=tuple(parts.roles),
        education=tuple(parts.education), languages=tuple(parts.languages),
        certifications=tuple(parts.certifications), contact=contact, as_of=context.month,
    )  # fmt: skip
    report(profile, sections, roles, context, place)
    return checked_text(profile, context, place)


def _by_section(
    sections: Sequence[ResumeSection], roles: Sequence[FoundRole]
) -> Iterator[tuple[ResumeSection, Sequence[FoundRole]]]:
    """Every section with the roles in it; both stand in the order of the text."""
    begins = [role.at for role in roles]
    for section in sections:
        yield section, roles[bisect_left(begins, section.begin) : bisect_left(begins, section.end)]
