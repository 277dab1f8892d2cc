"""What is reported of a résumé that was read, where something is missing that one has."""

from __future__ import annotations

from collections.abc import Sequence

from recommender.profile import Profile
from recommender.reading.outcome import Context
from recommender.reading.resume.jobs import FoundRole
from recommender.reading.resume.sections import ResumeSection


def report(
    profile: Profile, sections: Sequence[ResumeSection], roles: Sequence[FoundRole], context: Context, place: str
) -> None:
    """Notices for a text that is no résumé by its looks; jobs that were not read; years left open; a missing name."""
    headings = [section.heading.strip() for section in sections if section.heading]
    if not (headings or profile.roles or profile.contact or profile.name or profile.title):
        message = (
            "this does not look like a résumé: it has no heading, job, name or address; kept as prose, check the file"
        )
        context.notice(place, "about", message)
        return
    _report_jobs(sections, roles, context, place)
    if profile.name is None and headings:
        context.notice(place, "name", "no name was found; write it on a line of its own at the top")


def _report_jobs(sections: Sequence[ResumeSection], roles: Sequence[FoundRole], context: Context, place: str) -> None:
    empty = [section for section in sections if section.kind == "experience" and section.end - section.begin > 20]
    if empty and not roles:
        heading = empty[0].heading.strip()
        message = f"no job was read under {heading!r}; write title, employer and dates above what each was about"
        context.notice(place, "roles", message)
    for index, role in enumerate(roles):
        if role.span is not None and role.span.kind == "sure" and role.span.start is None:
            context.notice(
                place, f"roles[{index}].start", "its years are left open (20XX); left empty, write the years"
            )
