"""A large pool of realistic people, without encoding them one by one.

The sample's people are encoded once, with their shipped embeddings. Each made-up person then is one of them, A, with
something of another of the same specialism, B, both drawn from the seed:

- the document is A's, with B's location and other skills, a name of both, and employers drawn from all of the sample;
- the facts are A's, with B's places, the years changed by up to two, these employers, nine tenths of A's skills and a
  tenth of what B has beyond them;
- the career's vector and the search vector are between A's and B's, with a little noise; sections and units are A's;
- words, skills and occupations are nine tenths of A's entries and a tenth of what B has beyond them, and losses are A's
  of those that are left.

So sizes are those of the sample, and vectors are all different and lie in clusters as the sample's do.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection import Maintainable, make_pool
from recommender.collection.common.planes import groups
from recommender.encoding import ProfileEncoder
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, Array, Features
from recommender.encoding.quantisation import dequantise, quantise, rounded
from recommender.encoding.search_vector import unit
from recommender.encoding.sparse import END, SPACES
from recommender.profile import profile_from_json
from recommender.sample_pool import sample_folder
from recommender.settings import Settings
from recommender.wiring import Recommender

Floats = NDArray[np.float32]

#: Of A's entries, and of those that B has beyond A's.
KEPT, TAKEN = 0.9, 0.1
#: Length of the noise, in lengths of the vector it is added to.
NOISE = 0.1
BATCH = 1_000


def pool_of(folder: Path, count: int) -> Recommender:
    """The pool in this folder, filled and sealed where it is not yet; exits where another encoder made it."""
    make_pool(folder)
    recommender = Recommender(Settings.load(data=folder), sample_folder() / "vectors.npz")
    with recommender.collection.view() as view:
        there, made_by = len(view), view.fingerprint
    if made_by not in (None, recommender.profile_encoder.fingerprint):
        raise SystemExit(f"{folder} was encoded otherwise; remove {folder.parent} to have it made anew")
    if there < count:
        people = made_up(encoded_sample(recommender.profile_encoder), count)
        fill(recommender.collection, people)
        recommender.collection.seal()
    return recommender


def fill(collection: Maintainable, people: Iterator[EncodedProfile]) -> None:
    """Store all, a batch a transaction."""
    batch: list[EncodedProfile] = []
    for person in people:
        batch.append(person)
        if len(batch) == BATCH:
            collection.upsert(batch)
            batch = []
    collection.upsert(batch)


def encoded_sample(encoder: ProfileEncoder) -> list[list[EncodedProfile]]:
    """The sample's people, those of one specialism together."""
    folder = sample_folder()
    with gzip.open(folder / "profiles.jsonl.gz") as lines:
        profiles = [profile_from_json(line) for line in lines]
    with gzip.open(folder / "latent.jsonl.gz") as lines:
        specialism = {latent["id"]: latent["specialism"] for latent in map(json.loads, lines)}
    alike: defaultdict[str, list[EncodedProfile]] = defaultdict(list)
    for start in range(0, len(profiles), 100):
        for one in encoder.encode(profiles[start : start + 100]):
            alike[specialism[one.profile_id]].append(one)
    return list(alike.values())


def made_up(sample: Sequence[Sequence[EncodedProfile]], count: int, seed: int = 11) -> Iterator[EncodedProfile]:
    """So many people; the same for the same seed."""
    rng, numbers = random.Random(seed), np.random.default_rng(seed)
    everyone = [(one, alike) for alike in sample for one in alike]
    employers = [role.company for one, _ in everyone for role in one.profile.roles]
    for number in range(count):
        a, alike = everyone[number % len(everyone)]
        yield _person(f"made-{number:06d}", a, rng.choice(alike), rng.choices(employers, k=40), numbers)


def _person(
    name: str, a: EncodedProfile, b: EncodedProfile, employers: list[str | None], numbers: np.random.Generator
) -> EncodedProfile:
    features = _recombined(a.features, b.features, numbers)
    roles = [msgspec.structs.replace(role, company=to) for role, to in zip(a.profile.roles, employers, strict=False)]
    years = None if a.facts.years is None else max(0, a.facts.years + int(numbers.integers(-2, 3)))
    features.columns["years"][:] = -1 if years is None else years
    profile = msgspec.structs.replace(
        a.profile,
        id=name,
        name=" ".join([*(a.profile.name or "").split()[:1], *(b.profile.name or "").split()[-1:]]),
        location=b.profile.location,
        years_of_experience=years,
        other_skills=b.profile.other_skills,
        roles=tuple(roles),
    )
    beyond = [skill for skill in b.facts.skills if skill not in a.facts.skills]
    companies = tuple(dict.fromkeys(role.company.casefold() for role in roles if role.company))
    facts = msgspec.structs.replace(
        a.facts,
        skills=tuple(sorted([*_some(a.facts.skills, KEPT, numbers), *_some(beyond, TAKEN, numbers)])),
        places=b.facts.places,
        years=years,
        companies_now=companies[: len(a.facts.companies_now)],
        companies_ever=companies,
    )
    return EncodedProfile(profile, facts, rounded(_mixed(a.vector, b.vector, numbers)), features, a.fingerprint)


def _some(values: Sequence[str], share: float, numbers: np.random.Generator) -> list[str]:
    return [value for value, drawn in zip(values, numbers.random(len(values)), strict=True) if drawn < share]


def _recombined(a: Features, b: Features, numbers: np.random.Generator) -> Features:
    columns: dict[str, Array] = {column.name: a.columns[column.name].copy() for column in COLUMNS}
    columns |= _entries(a, b, numbers)
    left = np.isin(columns["loss_id"], columns["sparse_id"])
    columns |= {column.name: columns[column.name][left] for column in COLUMNS if column.group == "losses"}
    own, other = (dequantise(f.columns["career_code"], f.columns["career_scale"])[0] for f in (a, b))
    columns["career_code"], columns["career_scale"] = quantise(_mixed(own, other, numbers)[None])
    first = {column.group: column.name for column in reversed(COLUMNS)}
    return Features({group: np.array([0, len(columns[first[group]])]) for group in groups(COLUMNS)}, columns)


def _entries(a: Features, b: Features, numbers: np.random.Generator) -> dict[str, Array]:
    """The sparse vectors: most of A's entries and some that only B has."""
    kept = numbers.random(len(a.columns["sparse_id"])) < KEPT
    other = b.columns["sparse_id"]
    taken = ~np.isin(other, a.columns["sparse_id"]) & (numbers.random(len(other)) < TAKEN)
    ids, weights = (np.concatenate([a.columns[n][kept], b.columns[n][taken]]) for n in ("sparse_id", "sparse_weight"))
    order = np.argsort(ids)
    bounds = np.searchsorted(ids[order], [*(space.start for space in SPACES), END])
    return {
        "sparse_id": ids[order],
        "sparse_weight": weights[order],
        "sparse_count": np.diff(bounds).astype(np.uint16)[None],
    }


def _mixed(own: Floats, other: Floats, numbers: np.random.Generator) -> Floats:
    """A direction somewhere on the way from A's to B's, at least half of it A's, beside a little noise."""
    share = 0.5 * numbers.random()
    noise = numbers.standard_normal(own.shape).astype(np.float32) * np.float32(NOISE / np.sqrt(own.shape[-1]))
    return unit(((1 - share) * own + share * other + noise).astype(np.float32))
