"""Pages rendered from fictional people read back as these people, in every layout."""

from __future__ import annotations

from statistics import mean

import msgspec
import pytest

from recommender.profile import Profile, Role
from tests.reading.conftest import Reader
from tests.reading.people import TRADES, person
from tests.reading.rendering import Layout, render_page

LAYOUTS = {
    "as the page has it": Layout(),
    "dates parted by a dash": Layout(between=" - "),
    "dates parted by an en dash": Layout(between=" – "),
    "durations that count both ends": Layout(inclusive=True),
    "badges glued to the years": Layout(glued_badges=True),
    "skills parted by dots": Layout(glue=" · "),
    "skills a line each": Layout(glue="\n"),
    "paragraphs for bullets": Layout(bullet=""),
    "other bullets": Layout(bullet="- "),
}
_LISTS = ("core_skills", "other_skills")


def test_a_rendered_page_reads_back_exactly_where_the_page_parts_its_skills(read: Reader) -> None:
    for seed in range(60):
        before = person(seed)
        assert read.one(render_page(before, Layout(glue=" · "))) == before
        assert read.notices == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_field_but_the_skill_lists_is_exact_in_every_layout(read: Reader, name: str) -> None:
    layout = LAYOUTS[name]
    for seed in range(0, 60, 3):
        before = person(seed)
        if layout.bullet == "" or layout.glue == "\n":
            before = _with_tags_everywhere(before)
        after = read.one(render_page(before, layout))
        if layout.glue == "\n":
            before, after = _without_bullets(before), _without_bullets(after)
        assert _without_skills(after) == _without_skills(before)


def test_the_mean_field_score_of_run_together_pages_is_at_least_99_percent(read: Reader) -> None:
    scores = {seed: field_score(person(seed), read.one(render_page(person(seed)))) for seed in range(4 * len(TRADES))}
    assert len(scores) >= 40
    low = sorted(scores, key=lambda seed: scores[seed])[:5]
    assert mean(scores.values()) >= 0.99, [(seed, scores[seed]) for seed in low]


def field_score(before: Profile, after: Profile) -> float:
    """The part of a profile's fields that are exact; of roles each field counts, of skill lists each skill."""
    right: list[float] = []
    for field in Profile.__struct_fields__:
        old, new = getattr(before, field), getattr(after, field)
        if field in _LISTS:
            right.append(_overlap(old, new))
        elif field == "roles":
            right += _role_scores(old, new)
        else:
            right.append(float(old == new))
    return mean(right)


def _role_scores(old: tuple[Role, ...], new: tuple[Role, ...]) -> list[float]:
    scores = [float(len(old) == len(new))]
    for before, after in zip(old, new, strict=False):
        for field in Role.__struct_fields__:
            one, other = getattr(before, field), getattr(after, field)
            scores.append(_overlap(one, other) if field == "skills" else float(one == other))
    return scores


def _overlap(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    union = set(old) | set(new)
    return len(set(old) & set(new)) / len(union) if union else 1.0


def _without_skills(profile: Profile) -> Profile:
    roles = tuple(msgspec.structs.replace(role, skills=()) for role in profile.roles)
    return msgspec.structs.replace(profile, core_skills=(), other_skills=(), roles=roles)


def _without_bullets(profile: Profile) -> Profile:
    roles = tuple(msgspec.structs.replace(role, bullets=()) for role in profile.roles)
    return msgspec.structs.replace(profile, roles=roles)


def _with_tags_everywhere(profile: Profile) -> Profile:
    """Where paragraphs stand for bullets, only tags tell where a role's text ends and the next company begins."""
    roles = tuple(
        msgspec.structs.replace(role, skills=role.skills or profile.core_skills[:2]) for role in profile.roles
    )
    return msgspec.structs.replace(profile, roles=roles)
