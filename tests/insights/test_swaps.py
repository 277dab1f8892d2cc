"""Who somebody is changes no insight: a thousand swaps of names, pronouns and years at school; and bent profiles."""

from __future__ import annotations

import gzip
import random
import re
from functools import cache

import msgspec

from recommender.field_path import FieldPath
from recommender.insights import Insights, derive
from recommender.profile import Education, Profile, Role, profile_from_json
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary

V = Vocabulary.shipped()
NAMES = (
    "Mara Quill", "Ivo Lindqvist", "Ngozi Adeyemi", "Li Wei", "Priya Raman", "José Álvarez", "Fatima Zahra", "Ann Lee",
    "Björk Ægisdóttir", "D'Arcy O'Neill", "Xu", "Jean-Luc Moreau",
)  # fmt: skip
PRONOUNS = (("she", "her"), ("he", "his"), ("they", "their"), ("I", "my"))


@cache
def people() -> tuple[Profile, ...]:
    with gzip.open(sample_folder() / "profiles.jsonl.gz") as lines:
        every = [profile_from_json(line) for line in lines]
    return tuple(msgspec.structs.replace(one, highlights=(), persona=None) for one in every[::144])


def told_of(profile: Profile, name: str, pronouns: tuple[str, str], year: int) -> Insights:
    """The insights of the same career of somebody else, whose name and pronouns are in their texts too."""
    they, their = pronouns
    about = f"{name.split()[0]} likes tea, as {they} says. {profile.about or ''} Call {name} for {their} references."
    own = (f"{name} won the national prize of 300 ferries.", f"Led {their} team of 40 people to the first prize.")
    first, *rest = profile.roles
    swapped = msgspec.structs.replace(
        profile,
        name=name,
        about=about,
        roles=(msgspec.structs.replace(first, bullets=(*own, *first.bullets)), *rest),
        education=(Education(school="Tidewater College", degree="BSc", start=str(year), end=str(year + 4)),),
    )
    return derive(swapped, V).insights


def test_a_thousand_swaps_of_names_pronouns_and_school_years_change_nothing() -> None:
    rng = random.Random(11)
    for profile in people()[:25]:
        before = told_of(profile, "Mara Quill", PRONOUNS[0], 1999)
        assert before.highlights
        for _ in range(40):
            after = told_of(profile, rng.choice(NAMES), rng.choice(PRONOUNS), rng.randrange(1960, 2022))
            assert after == before


def bent(profile: Profile, rng: random.Random) -> Profile:
    """The profile with fields taken out, cut, doubled or turned around."""
    roles = [_bent_role(role, rng) for role in profile.roles if rng.random() < 0.8]
    changes: dict[str, object] = {"roles": tuple(roles)}
    for name in ("title", "about", "as_of"):
        if rng.random() < 0.3:
            changes[name] = None
    if rng.random() < 0.5:
        changes["core_skills"] = ()
    if profile.about and rng.random() < 0.5:
        changes["about"] = profile.about[rng.randrange(len(profile.about)) :]
    return msgspec.structs.replace(profile, **changes)


def _bent_role(role: Role, rng: random.Random) -> Role:
    bullets = [text[: rng.randrange(1, len(text) + 1)] if rng.random() < 0.3 else text for text in role.bullets]
    start, end = (role.end, role.start) if rng.random() < 0.2 else (role.start, role.end)
    start = None if rng.random() < 0.2 else start
    title = None if rng.random() < 0.2 else role.title
    return msgspec.structs.replace(role, bullets=tuple(bullets), start=start, end=end, title=title)


def test_bent_profiles_give_whole_sentences_with_fields_that_exist() -> None:
    rng = random.Random(12)
    pronoun = re.compile(r"\b(?:my|our|his|her|their|she|they|we)\b", re.IGNORECASE)
    for profile in people() * 12:
        one = bent(profile, rng)
        said = derive(one, V).insights
        assert len(said.highlights) <= 3
        cited = [one.fields for one in (*said.highlights, said.persona) if one]
        for line in said.highlights:
            assert re.fullmatch(r"[A-Z0-9].{8,88}\.", line.text), line.text
            assert not pronoun.search(line.text), line.text
        for fields in cited:
            assert fields
            for field in fields:
                path = FieldPath.parse(field)
                assert path is not None
                path.resolve(one)
