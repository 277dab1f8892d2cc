"""Made-up encoded profiles with random vectors, and random filters over them."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import numpy as np

from recommender.collection import Filter, YearsRange
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, GROUPS, Features
from recommender.encoding.quantisation import rounded
from recommender.encoding.rounding import LARGEST_CODE, WEIGHTS, weight_of
from recommender.facts.facts import SENIORITIES
from recommender.insights import Derived, Insights
from recommender.insights.moving import MoveOutlook
from recommender.profile import Contact, Profile

DIMENSION = 16
FINGERPRINT = "made-up/1"

SKILLS = ("Python", "Go", "Rust", "SQL", "Kafka", "Nursing", "Welding", "C++", "C", "Payroll", "Zażółć", "R")
PLACES = (("san jose", "california", "united states"), ("austin", "texas", "united states"), ("berlin", "germany"), ())
COMPANIES = ("acme", "globex", "initech", "smith, jones & co", "umbrella", "hooli")
TITLES = ("engineer", "senior data engineer", "data engineer", "engineer data", "nurse", "lead c++ developer", "")
PERSONAS = ("nurse", "backend-heavy engineer", "engineer")
BADGES = ("top rated", "open to work", "most likely to switch")
LANGUAGES = ("spanish", "german", "swiss german")
CERTIFICATIONS = ("cka", "rn licence")
NAMES = (
    "Ana Smith",
    "Anna Smith-Jones",
    "Smith Anna",
    "Anne O'Brien",
    "Adam Exampel",
    "Li",
    "Lia Ann Bo",
    "Ada Example",
    "ada example",
    "Zoë Muster",
    "Ömer Örnek",
    None,
    "Bo",
    "李示例",
)


def person(profile_id: str, rng: random.Random, dimension: int = DIMENSION, **given: Any) -> EncodedProfile:
    """A random profile with this id; `given` overrides facts."""
    facts = random_facts(rng)
    facts = msgspec.structs.replace(facts, **given)
    profile = Profile(
        id=profile_id,
        name=rng.choice(NAMES),
        title=facts.title or None,
        about=f"I am {profile_id} and I number {rng.random()}",
        core_skills=facts.core_skills,
        badges=facts.badges,
        contact=Contact(emails=(f"{profile_id}@example.org",)) if rng.random() < 0.5 else None,
        extras={"mark": rng.randrange(10**9)},
    )
    return EncodedProfile(profile, facts, vector(rng, dimension), features(rng), FINGERPRINT)


def random_facts(rng: random.Random) -> Derived:
    """Facts whose values come often, seldom and never."""
    skills = tuple(sorted(rng.sample(SKILLS, rng.randrange(6))))
    ever = tuple(rng.sample(COMPANIES, rng.randrange(4)))
    return Derived(
        skills=skills,
        core_skills=skills[:2],
        seniority=rng.choice((None, *SENIORITIES)),
        places=rng.choice(PLACES),
        years=rng.choice((None, 0, 1, 3, 5, 5, 8, 13, 40)),
        companies_now=ever[:1],
        companies_ever=ever,
        workplaces=tuple(rng.sample(("remote", "hybrid", "on-site"), rng.randrange(3))),
        badges=tuple(rng.sample(BADGES, rng.randrange(3))),
        languages=tuple(rng.sample(LANGUAGES, rng.randrange(3))),
        certifications=tuple(rng.sample(CERTIFICATIONS, rng.randrange(2))),
        title=rng.choice(TITLES),
        insights=Insights(
            kinds=tuple(rng.sample(PERSONAS, rng.randrange(3))),
            moving=rng.choice((None, outlook(False), outlook(True))),
            employers=ever[:2],
        ),
    )


def outlook(badge: bool) -> MoveOutlook:
    return MoveOutlook(probability=0.5, ratio=2.0 if badge else 1.0, badge=badge, fields=("as_of",), version="test")


def vector(rng: random.Random, dimension: int = DIMENSION) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A unit vector, rounded; one of few in a tenth of all cases, so that scores tie."""
    seed = rng.randrange(3) if rng.random() < 0.1 else rng.randrange(2**31)
    raw = np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
    return rounded(raw / np.linalg.norm(raw))


def features(rng: random.Random, section_width: int = 8) -> Features:
    """Random columns: a few sections, terms and skills, possibly none, and the single values; rounded as encoders do.

    Losses are of the terms and skills there, where there are any, and some of others.
    """
    numbers = np.random.default_rng(rng.randrange(2**31))
    entries = {group: rng.randrange(5) for group in GROUPS} | {"one": 1}
    columns = {}
    for column in COLUMNS:
        width = section_width if column.width < 0 else column.width
        shape = (entries[column.group], width) if width else (entries[column.group],)
        columns[column.name] = numbers.integers(0, 100, shape).astype(column.dtype)
    columns["sparse_id"] = np.sort(numbers.choice(100, entries["sparse"], replace=False)).astype("u4")
    columns["sparse_weight"] = weight_of(numbers.integers(1, WEIGHTS + 1, entries["sparse"]))
    columns["section_code"] = (columns["section_code"] % (2 * LARGEST_CODE + 1) - LARGEST_CODE).astype("i1")
    if entries["sparse"] and numbers.random() < 0.8:
        columns["loss_id"] = numbers.choice(columns["sparse_id"], entries["losses"])
    return Features({group: np.array([0, n], dtype=np.int64) for group, n in entries.items()}, columns)


def random_filter(rng: random.Random, ids: list[str], deep: int = 3) -> Filter:
    """A filter of zero to three keys, some of whose values nobody has; conditions nest up to `deep`."""

    def some() -> tuple[Filter, ...]:
        return tuple(random_filter(rng, ids, deep - 1) for _ in range(rng.choice((0, 1, 2, 3))))

    makers: dict[str, Any] = {
        "profile_ids": lambda: _some(rng, [*ids, "nobody"]),
        "exclude_ids": lambda: _some(rng, [*ids, "nobody"]),
        "skills_all": lambda: _some(rng, [*SKILLS, "Unheard of"], 2),
        "skills_any": lambda: _some(rng, [*SKILLS, "Unheard of"]),
        "skills_none": lambda: _some(rng, SKILLS),
        "location": lambda: _some(rng, ["San  Jose", "united states", "Berlin", "Atlantis"]),
        "years": lambda: YearsRange(rng.choice((None, 0, 3, 6)), rng.choice((None, 5, 9, 2))),
        "seniority": lambda: _some(rng, SENIORITIES),
        "company_now": lambda: _some(rng, [c.title() for c in COMPANIES]),
        "company_ever": lambda: _some(rng, COMPANIES),
        "company_none": lambda: _some(rng, COMPANIES),
        "workplace": lambda: _some(rng, ["remote", "hybrid", "on-site"]),
        "badges": lambda: _some(rng, [*BADGES, "none such"]),
        "likely_to_move": lambda: rng.random() < 0.5,
        "persona": lambda: _some(rng, [*PERSONAS, "none such"]),
        "certifications": lambda: _some(rng, CERTIFICATIONS),
        "languages": lambda: _some(rng, [*LANGUAGES, "Fluent Spanish", "Klingon"]),
        "name": lambda: rng.choice(("zoe", "Example ADA", "smith anna", "an", "O'BRIEN", "obrien", "örnek", "", "!")),
        "title_contains": lambda: rng.choice(("Data Engineer", "engineer", "c++", "c", "senior  engineer", "", "é")),
    }
    if deep:
        makers |= {"any_of": some, "all_of": some, "not_": lambda: random_filter(rng, ids, deep - 1)}
    return Filter(**{key: makers[key]() for key in rng.sample(sorted(makers), rng.choice((0, 1, 1, 2, 3)))})


def _some(rng: random.Random, values: Any, most: int = 4) -> tuple[str, ...]:
    return tuple(rng.sample(list(values), rng.randrange(min(most, len(values)) + 1)))
