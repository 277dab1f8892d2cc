"""Is the evidence evidence? `python -m benchmarks.evidence [--shared ../shared/data] [--seeds 100]`.

For each of the first matches of people of the judged sets, every reason that cites a text (a title, a bullet, a list of
skills) is put to the test: the cited field is deleted from the match, and so, in other copies, is other text of as many
characters, from a random place of its remaining bullets and about text, running on from there. Both are encoded
anew and scored. Reported is how often the deleted evidence costs more, by what was cited. Years are cited as a
number, not as a text. Written to `results/evidence.json`: no text, no id.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.provenance import keep, provenance
from benchmarks.quality import judged_people, pool_of, read_resumes
from recommender.encoding import ProfileEncoder, load_encoder
from recommender.encoding.features import Features
from recommender.matching import Matcher, Query
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "evidence.json"
#: Matches of a person that are looked at, and random deletions that each citation is compared with.
MATCHES, CONTROLS = 2, 4


def without(profile: Profile, field: str) -> tuple[Profile, int] | None:
    """The profile without a field, and how many characters that were; None for a field that is no text."""
    head, _, rest = field.partition(".")
    if head.startswith("roles["):
        number = int(head[6:-1])
        role, length = _role_without(profile.roles[number], rest)
        roles = (*profile.roles[:number], role, *profile.roles[number + 1 :])
        return msgspec.structs.replace(profile, roles=roles), length
    if head.startswith("highlights["):
        return _without_part(profile, "highlights", int(head[11:-1]))
    if head in ("title", "about"):
        return msgspec.structs.replace(profile, **{head: None}), len(getattr(profile, head) or "")
    if head in ("core_skills", "other_skills", "certifications"):
        return msgspec.structs.replace(profile, **{head: ()}), sum(map(len, getattr(profile, head)))
    return None


def _role_without(role: Role, field: str) -> tuple[Role, int]:
    if field == "title":
        return msgspec.structs.replace(role, title=None), len(role.title or "")
    if field == "skills":
        return msgspec.structs.replace(role, skills=()), sum(map(len, role.skills))
    return _without_part(role, "bullets", int(field[8:-1]))


def _without_part(whole: Any, name: str, number: int) -> tuple[Any, int]:
    parts = getattr(whole, name)
    return msgspec.structs.replace(whole, **{name: (*parts[:number], *parts[number + 1 :])}), len(parts[number])


def without_other(profile: Profile, field: str, length: int, rng: random.Random) -> Profile | None:
    """The profile without so many characters of its bullets and about text, the cited field kept; None if too short."""
    texts = {f"roles[{r}].bullets[{b}]": t for r, role in enumerate(profile.roles) for b, t in enumerate(role.bullets)}
    texts["about"] = profile.about or ""
    texts.pop(field, None)
    names, total = list(texts), sum(map(len, texts.values()))
    if total < 2 * length or not length:
        return None
    start = rng.randrange(total)
    first = 0
    while start >= len(texts[names[first]]):
        start -= len(texts[names[first]])
        first += 1
    left = length
    for name in names[first:] + names[: first + 1]:
        text = texts[name]
        taken = min(left, len(text) - start)
        texts[name], left, start = text[:start] + text[start + taken :], left - taken, 0
    roles = tuple(
        msgspec.structs.replace(role, bullets=tuple(_kept(texts, r, role))) for r, role in enumerate(profile.roles)
    )
    return msgspec.structs.replace(profile, roles=roles, about=texts.get("about", profile.about) or None)


def _kept(texts: dict[str, str], number: int, role: Role) -> Iterator[str]:
    for part, bullet in enumerate(role.bullets):
        text = texts.get(f"roles[{number}].bullets[{part}]", bullet)
        if text.strip():
            yield text


def tested(matcher: Matcher, seeds: Sequence[str], rng: random.Random) -> dict[str, list[float]]:
    """Kind of citation → for each, the share of random deletions that cost less."""
    encoder, scorer = matcher.profile_encoder, Scorer(ScoringConfig.shipped(), {})
    found: dict[str, list[float]] = defaultdict(list)
    for seed in seeds:
        with matcher.collection.view() as view:
            query_profile = view.features([view.row(seed)])
            for match in matcher.similar(Query(like=(seed,), k=MATCHES)).matches:
                profile = view.profiles([view.row(match.profile_id)])[0]
                for reason in match.reasons:
                    copies = _copies(profile, reason.field, rng)
                    if copies:
                        features = [each.features for each in encoder.encode(copies)]
                        scores = scorer.points(query_profile, Features.concatenate(features)).sum(axis=1)
                        kind = "core skills" if " core skills: " in reason.text else reason.text.partition(":")[0]
                        found[kind].append(float(np.mean(scores[0] < scores[1:])))
    return found


def _copies(profile: Profile, field: str, rng: random.Random) -> list[Profile]:
    """The profile without the field, and several without other text; none where there is too little of it."""
    cited = without(profile, field)
    if cited is None:
        return []
    others = [without_other(profile, field, cited[1], rng) for _ in range(CONTROLS)]
    return [cited[0], *(other for other in others if other is not None)] if all(others) else []


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared" / "data")
    parser.add_argument("--seeds", type=int, default=100)
    given = parser.parse_args()
    encoder = ProfileEncoder(load_encoder(), Vocabulary.shipped())
    results: dict[str, Any] = {**provenance()}
    for name in ("trades", "it"):
        ids = judged_people(given.shared, name)
        profiles = read_resumes(given.shared, ids, encoder.vocabulary)
        with pool_of(profiles, encoder) as matcher:
            asked = random.Random(7).sample(sorted(profile.id or "" for profile in profiles), given.seeds)
            found = tested(matcher, asked, random.Random(0))
        every = [value for values in found.values() for value in values]
        results[name] = {
            "all": [round(float(np.mean(every)), 3), len(every)],
            **{kind: [round(float(np.mean(values)), 3), len(values)] for kind, values in sorted(found.items())},
        }
        print(name, json.dumps(results[name], indent=1), flush=True)
    keep(RESULTS, results)


if __name__ == "__main__":
    main()
