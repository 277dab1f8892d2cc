"""A profile → the text of its page, in the form that `recommender.reading.page` reads."""

from __future__ import annotations

import msgspec

from recommender.profile import Education, Profile, Role, Workplace, month_number

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORKPLACES: dict[Workplace, str] = {"remote": "Remote", "hybrid": "Hybrid", "on-site": "On-site"}


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How pages differ.

    Attributes:
        between: what is between the two dates of a span ("" glues them together, as the page does).
        inclusive: whether durations count both the first and the last month.
        glued_badges: badges follow the years on the same line.
        glue: what parts the skills of a list ("" runs them together).
        bullet: what begins a bullet; "" makes paragraphs of them.
        airy: an empty line after every heading line and entry, as the page has it.
    """

    between: str = ""
    inclusive: bool = False
    glued_badges: bool = False
    glue: str = ""
    bullet: str = "  • "
    airy: bool = True


def render_page(profile: Profile, layout: Layout | None = None) -> str:
    """The page's text. A role without an `end` goes on until `as_of`, and says so by its duration."""
    layout = layout or Layout()
    blocks = _header(profile, layout)
    blocks += _listed("Key Highlights", profile.highlights, layout)
    if profile.persona:
        blocks.append(f"Stackforce AI infers this person is {_article(profile.persona)} {profile.persona}.")
    blocks += _contact(profile)
    blocks += _skills(profile, layout)
    if profile.about:
        blocks += ["About", profile.about]
    if profile.roles:
        blocks += ["Experience", *_experience(profile, layout)]
    if profile.education:
        blocks += ["Education", *(block for course in profile.education for block in _course(course, layout))]
    blocks += _listed("Languages", profile.languages, layout)
    blocks += _listed("Certifications", profile.certifications, layout)
    blocks += _footer(profile)
    return ("\n\n" if layout.airy else "\n").join(blocks) + "\n"


def _header(profile: Profile, layout: Layout) -> list[str]:
    years = profile.years_of_experience
    line = profile.location or ""
    if years is not None:
        line += f"{years} {'yr' if years == 1 else 'yrs'} experience"
    badges = list(profile.badges)
    if badges and layout.glued_badges and years is not None:
        line, badges = line + "".join(badges), []
    under = "\n".join(part for part in [line, *badges] if part)
    return [part for part in (profile.name, profile.title, under) if part]


def _listed(heading: str, items: tuple[str, ...], layout: Layout) -> list[str]:
    return [heading, "\n".join(f"  • {item}" for item in items)] if items else []


def _contact(profile: Profile) -> list[str]:
    reach = profile.contact
    lines = [*reach.emails, *reach.phones, *reach.links] if reach else []
    return ["Contact", *(["\n".join(lines)] if lines else [])]


def _skills(profile: Profile, layout: Layout) -> list[str]:
    blocks = ["Skills"] if profile.core_skills or profile.other_skills else []
    for heading, skills in (("Core Skills", profile.core_skills), ("Other Skills", profile.other_skills)):
        if skills:
            blocks += [heading, layout.glue.join(skills)]
    return blocks


def _experience(profile: Profile, layout: Layout) -> list[str]:
    blocks: list[str] = []
    roles = list(profile.roles)
    while roles:
        count = next((n for n, role in enumerate(roles) if role.company != roles[0].company), len(roles))
        blocks.append(roles[0].company or "")
        if count > 1:
            blocks.append(f"{count} roles")
        for role in roles[:count]:
            blocks += _role(role, profile.as_of, layout)
        roles = roles[count:]
    return [block for block in blocks if block]


def _role(role: Role, as_of: str | None, layout: Layout) -> list[str]:
    place = [role.location, _WORKPLACES[role.workplace] if role.workplace else None]
    span = " · ".join(
        part for part in (_span(role.start, role.end, layout), _lasting(role, as_of, layout), *place) if part
    )
    lines = [f"{layout.bullet}{bullet}" for bullet in role.bullets]
    if role.skills:
        lines.append(layout.glue.join(role.skills))
    return [part for part in (role.title, span, "\n".join(lines)) if part]


def _span(start: str | None, end: str | None, layout: Layout) -> str:
    return f"{_month(start)}{layout.between}{_month(end) if end else 'Present'}" if start else ""


def _month(date: str | None) -> str:
    if date is None:
        return ""
    return date if len(date) == 4 else f"{_MONTHS[int(date[5:]) - 1]} {date[:4]}"


def _lasting(role: Role, as_of: str | None, layout: Layout) -> str | None:
    start, end = month_number(role.start), month_number(role.end or as_of)
    if start is None or end is None:
        return None
    months = end - start + (1 if layout.inclusive else 0)
    years, rest = divmod(max(months, 0), 12)
    parts = [
        f"{years} {'yr' if years == 1 else 'yrs'}" if years else "",
        f"{rest} {'mo' if rest == 1 else 'mos'}" if rest else "",
    ]
    return " ".join(part for part in parts if part) or "Less than a month"


def _course(course: Education, layout: Layout) -> list[str]:
    named = " — ".join(part for part in (course.degree, course.field) if part)
    dates = (
        f"{_month(course.start)}{layout.between}{_month(course.end)}"
        if course.start and course.end
        else _month(course.end)
    )
    return [part for part in (course.school, named, dates) if part]


def _footer(profile: Profile) -> list[str]:
    pair = " & ".join(profile.core_skills[:2])
    found = [f"Stackforce found 100+ more professionals with {pair}"] if pair else []
    return [*found, "Explore similar profiles based on matching skills and experience"]


def _article(words: str) -> str:
    return "an" if words[:1].lower() in "aeiou" else "a"
