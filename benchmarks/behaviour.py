"""Does it behave? `python -m benchmarks.behaviour [--shared ../shared/data] [--sample-only]`.

Questions whose answers are known by construction, asked of 400 of the committed fictional pool with its shipped
embeddings and, where the folder of real résumés is there, of 400 of its IT corpus and of its judged pairs:

- permuted: skills, roles, their tags and education of everybody in another order; largest change of any score.
- stuffed: 25 profiles in turn list 100 more skills that nothing else of theirs speaks of, drawn from the vocabulary
  ("random") or beginning with everything that the seed can do ("the seed's own"); places won for 20 seeds, in a
  hundred of the pool, and among the seed's nearest hundred.
- swapped: other names, pronouns, e-mails, links and photos, also in the text; largest change of any score.
- moved (judged résumés alone): the latest role, from after 50 tokens to after 1,500, of a text whose other roles are
  clerical work, the same both times; difference in nDCG@10 of the judged candidates.

Scores are `Scorer`'s of everybody for every seed. Written to `results/behaviour.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from benchmarks import quality
from benchmarks.provenance import keep, provenance
from recommender.encoding import EncodedProfile, PrecomputedEncoder, ProfileEncoder, VectorFile, load_encoder
from recommender.encoding.features import Features
from recommender.evaluation import ndcg, read_judgments
from recommender.facts import held_skills
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig
from recommender.profile import Contact, Profile
from recommender.reading import read_bytes, read_path
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "behaviour.json"
SHARED = Path(__file__).parents[2] / "shared" / "data"

POOL, SEEDS, STUFFED, ADDED = 400, 20, 25, 100
#: Words of the text before the decisive role; MiniLM makes some 1.3 tokens of one.
EARLY, LATE = 40, 1200
NAMES = ("Ada Lovelace", "Will Okafor", "Li Wei", "José García-Marín", "Mary Ann O'Neill", "Sven Östberg")
PRONOUNS = ("she/her", "he/him", "they/them")

_Value = TypeVar("_Value")
Points = NDArray[np.float64]


def scores(encoder: ProfileEncoder, query_profiles: Sequence[EncodedProfile], pool: Sequence[EncodedProfile]) -> Points:
    """As shown, to four decimals; shape (query profiles, pool)."""
    features = Features.concatenate([each.features for each in pool])
    scorer = Scorer(ScoringConfig.shipped(), {})
    return np.round(
        [scorer.points(query_profile.features, features).sum(axis=1) for query_profile in query_profiles], 4
    )


def permuted(profile: Profile, rng: random.Random) -> Profile:
    """Skills, roles, their tags and education in another order."""

    def mixed(values: tuple[_Value, ...]) -> tuple[_Value, ...]:
        return tuple(rng.sample(values, len(values)))

    return msgspec.structs.replace(
        profile,
        core_skills=mixed(profile.core_skills),
        other_skills=mixed(profile.other_skills),
        roles=tuple(msgspec.structs.replace(role, skills=mixed(role.skills)) for role in mixed(profile.roles)),
        education=mixed(profile.education),
    )


def somebody(profile: Profile, rng: random.Random) -> Profile:
    """The profile of another person of the same career, who says so in the about text."""
    name, pronoun = rng.choice(NAMES), rng.choice(PRONOUNS)
    mail, link = f"p{rng.randrange(10**6)}@example.org", f"https://example.org/{rng.randrange(10**6)}"
    measured = f"{name} ({pronoun}): write to {mail} or see {link}."
    contact = Contact(emails=(mail,), links=(link,), photo="photo.png")
    return msgspec.structs.replace(profile, name=name, about=f"{measured}\n{profile.about or ''}", contact=contact)


def steadiness(encoder: ProfileEncoder, profiles: Sequence[Profile]) -> dict[str, float]:
    """Largest change of a score when everybody is permuted, and when everybody is somebody else."""
    measured = {}
    for name, change in (("permuted", permuted), ("swapped", somebody)):
        found = []
        for seed in (1, 2):
            rng = random.Random(seed)
            kept = list(profiles) if (name, seed) == ("permuted", 1) else [change(each, rng) for each in profiles]
            encoded = encoder.encode(kept)
            found.append(scores(encoder, encoded[:SEEDS], encoded))
        measured[name] = float(np.abs(found[0] - found[1]).max())
    return measured


def stuffing(encoder: ProfileEncoder, encoded: Sequence[EncodedProfile], rng: random.Random) -> dict[str, Any]:
    """Places that listing a hundred more skills wins, by what is listed: mean in a hundred, mean among the nearest."""
    seeds, pool = encoded[:SEEDS], encoded[SEEDS:]
    before = scores(encoder, seeds, pool)
    names = sorted(encoder.vocabulary.names)
    won: dict[str, list[tuple[float, float]]] = {"random": [], "the seed's own": []}
    for place in rng.sample(range(len(pool)), STUFFED):
        person = pool[place].profile
        held = set(held_skills(person, encoder.vocabulary))
        strange = [name for name in rng.sample(names, 2 * ADDED) if name not in held][:ADDED]
        known = [[name for name in seed.facts.skills if name not in held] for seed in seeds]
        lists = [strange, *(([*own, *strange])[:ADDED] for own in known)]
        stuffed = encoder.encode(
            [msgspec.structs.replace(person, other_skills=(*person.other_skills, *more)) for more in lists]
        )
        after = scores(encoder, seeds, stuffed)
        for number in range(SEEDS):
            won["random"].append(_won(before[number], place, after[number, 0]))
            won["the seed's own"].append(_won(before[number], place, after[number, 1 + number]))
    return {name: [round(float(mean), 2) for mean in np.mean(places, axis=0)] for name, places in won.items()}


def _won(scored: Points, place: int, after: float) -> tuple[float, float]:
    """Places won in a hundred of the pool, and among the hundred best of it."""
    others = np.sort(np.delete(scored, place))[::-1]

    def passed(rivals: Points) -> float:
        return float((rivals > scored[place]).sum() - (rivals > after).sum())

    return 100 * passed(others) / len(others), passed(others[:100])


def moved(encoder: ProfileEncoder, shared: Path) -> dict[str, float]:
    """nDCG@10 with the decisive text early and late in the seed's résumé, and the largest difference of one seed."""
    grades: dict[str, dict[str, float]] = {}
    for judgment in read_judgments(shared / "judgments.dev.jsonl"):
        grades.setdefault(judgment.seed, {})[judgment.candidate] = judgment.grade
    wanted = {*grades, *(candidate for found in grades.values() for candidate in found)}
    profiles = quality.read_resumes(shared, wanted, encoder.vocabulary)
    encoded = dict(zip((p.id for p in profiles), encoder.encode(profiles), strict=True))
    gains = []
    for seed, own in grades.items():
        candidates = [encoded[who] for who in own if who != seed]
        asked = encoder.encode([_text_of(encoded[seed].profile, words, encoder.vocabulary) for words in (EARLY, LATE)])
        orders = np.argsort(-scores(encoder, asked, candidates), axis=1, kind="stable")
        gains.append([ndcg([candidates[place].profile_id for place in order], own) for order in orders])
    early, late = np.array(gains).T
    return {
        "early": round(float(early.mean()), 4),
        "late": round(float(late.mean()), 4),
        "largest difference of a seed": round(float(np.abs(early - late).max()), 4),
    }


def _text_of(profile: Profile, before: int, vocabulary: Vocabulary) -> Profile:
    """The profile written out as a text and read again; its first role is after so many words of clerical roles."""
    clerical = [
        f"Office Clerk\nNorthfield Office {number}, Oslo\nMarch {1990 + number} to June {1990 + number}\n"
        f"- {'kept the books of a small shop and filed its letters ' * 9}\n"
        for number in range(13)
    ]
    count = round(before / 100)
    latest = max(profile.roles, key=lambda role: (role.end is None, role.end or "", role.start or ""), default=None)
    decisive = [profile.title or "Professional", "Acme, Oslo", "January 2016 to Present"]
    if latest is not None:
        decisive += [f"- {bullet}" for bullet in latest.bullets]
    decisive += [f"- {line}" for line in (profile.about or "").splitlines() if line.strip()]
    roles = [*clerical[:count], "\n".join(decisive) + "\n", *clerical[count:]]
    skills = ", ".join(profile.core_skills + profile.other_skills)
    text = f"{profile.title or ''}\n\nSkills\n{skills}\n\nExperience\n" + "\n".join(roles)
    line = msgspec.json.encode({"id": "asked", "text": text})
    (read,) = read_bytes(line, source="x.jsonl", vocabulary=vocabulary, on_notice=lambda _: None)
    assert isinstance(read, Profile)
    return msgspec.structs.replace(read, years_of_experience=profile.years_of_experience)


def measure(encoder: ProfileEncoder, profiles: Sequence[Profile]) -> dict[str, Any]:
    """All but the moved role, of some of these profiles."""
    rng = random.Random(0)
    chosen = rng.sample(list(profiles), POOL)
    stuffed = stuffing(encoder, encoder.encode(chosen), rng)
    return {
        "stuffed: places won in a hundred, among the nearest hundred": stuffed,
        "largest change of a score": steadiness(encoder, chosen[: POOL // 2]),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--sample-only", action="store_true", help="leave out real résumés")
    given = parser.parse_args()
    vocabulary, model, folder = Vocabulary.shipped(), load_encoder(), sample_folder()
    results: dict[str, Any] = {**provenance()}
    sample = ProfileEncoder(PrecomputedEncoder(model, VectorFile.load(folder / "vectors.npz")), vocabulary)
    read = read_path(folder / "profiles.jsonl.gz", vocabulary=vocabulary, on_notice=lambda _: None)
    results["sample pool"] = measure(sample, [profile for profile in read if isinstance(profile, Profile)])
    if given.sample_only or not (given.shared / "resumes.dev.jsonl.gz").exists():
        print(f"real résumés left out: {given.shared / 'resumes.dev.jsonl.gz'} is not there, or not wanted")
    else:
        encoder = ProfileEncoder(model, vocabulary)
        corpus = set(json.loads((given.shared / "judgments.dev.corpus.json").read_text())["it"])
        results["real résumés"] = measure(encoder, quality.read_resumes(given.shared, corpus, vocabulary))
        results["role moved in the text, nDCG@10"] = moved(encoder, given.shared)
    keep(RESULTS, results)


if __name__ == "__main__":
    main()
