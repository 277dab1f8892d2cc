"""Made-up careers that the model of who moves is asked about."""

from __future__ import annotations

import msgspec

from recommender.profile import Education, Profile, Role

AS_OF = "2026-06"


def role(company: str, title: str, start: str | None, end: str | None = None, *bullets: str) -> Role:
    return Role(company=company, title=title, start=start, end=end, bullets=bullets)


def mover(employer: str = "Acme") -> Profile:
    """Three jobs of half a year each, and eight months in the fourth."""
    return Profile(
        id="mover",
        name="Ada Example",
        title="Systems Administrator",
        as_of=AS_OF,
        roles=(
            role(employer, "Systems Administrator", "2025-10"),
            role("Borealis", "Systems Administrator", "2025-04", "2025-09"),
            role("Cobalt", "Systems Administrator", "2024-10", "2025-03"),
            role("Dovetail", "Systems Administrator", "2024-04", "2024-09"),
        ),
        education=(Education(school="Example University", degree="BSc", start="2018", end="2022"),),
    )


def stayer() -> Profile:
    """Eleven years at one employer, with two steps up, after six at another."""
    return Profile(
        id="stayer",
        name="Ben Example",
        title="Senior Systems Administrator",
        as_of=AS_OF,
        roles=(
            role("Fjord", "Senior Systems Administrator", "2021-02"),
            role("Fjord", "Systems Administrator", "2017-01", "2021-01"),
            role("Fjord", "Systems Administrator", "2015-03", "2016-12"),
            role("Granite", "Systems Administrator", "2009-01", "2015-02"),
        ),
    )


def changed(profile: Profile, **fields: object) -> Profile:
    return msgspec.structs.replace(profile, **fields)
