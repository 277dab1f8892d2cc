"""Highlights and personas on real résumés and on people of the sample: how many, how true to their fields, how fast.

    python -m benchmarks.insights [--data ../shared/data] [--only SECTION…] [--samples FOLDER]

Résumés are halved by a hash of their id: rules, words and the table of what is usual were chosen on one half; figures
are of the other. `--samples` writes 150 of those résumés and 50 people of the sample, as readers judge them: the text,
and in an order drawn for each our highlights, the first three sentences and a TextRank extract (Mihalcea & Tarau 2004),
with the key in a file of its own; and every claim with the fields that it cites. It is for looking at, not for keeping.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.provenance import RESULTS, keep_section, provenance
from recommender.encoding import ProfileEncoder, load_encoder
from recommender.facts import Facts, held_skills
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights import Insights
from recommender.insights.derive import Held, insights
from recommender.profile import Profile, profile_from_json
from recommender.reading import read_bytes
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary
from recommender.training.typical_fields import AS_OF, chosen, text_of

OUT = RESULTS / "insights.json"
VERDICTS = Path(__file__).parent / "verdicts" / "insights.json"
#: Résumés judged, of each source; and people of the sample.
JUDGED, SAMPLED = {"florex": 90, "livecareer": 50, "updated": 10}, 50
#: Profiles timed at once; the median of such chunks is told, as others work on the machine too.
CHUNK = 50
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


def resumes(data: Path, vocabulary: Vocabulary, counts: dict[str, int], seed: int) -> list[Profile]:
    """So many résumés of each source, of the half that is reported."""
    by_source: dict[str, list[dict[str, Any]]] = {source: [] for source in counts}
    with gzip.open(data / "resumes.dev.jsonl.gz") as stream:
        for entry in map(msgspec.json.decode, stream):
            if not chosen(entry["id"]) and entry["source"] in by_source:
                by_source[entry["source"]].append(entry)
    rng = random.Random(seed)
    drawn = [one for source, count in counts.items() for one in rng.sample(by_source[source], count)]
    lines = b"\n".join(msgspec.json.encode({"id": one["id"], "text": text_of(one)}) for one in drawn)
    read = read_bytes(lines, source="r.jsonl", vocabulary=vocabulary, on_notice=lambda _: None, as_of=AS_OF)
    return [one for one in read if isinstance(one, Profile)]


def sampled(count: int, seed: int) -> list[Profile]:
    """People of the sample without the highlights and personas of their pages."""
    with gzip.open(sample_folder() / "profiles.jsonl.gz") as lines:
        everybody = [profile_from_json(line) for line in lines]
    drawn = random.Random(seed).sample(everybody, count)
    return [msgspec.structs.replace(one, highlights=(), persona=None) for one in drawn]


def made(profiles: Sequence[Profile], vocabulary: Vocabulary) -> list[Insights]:
    """The insights of each."""
    return [insights(*_known(profile, vocabulary), vocabulary) for profile in profiles]


def _known(profile: Profile, vocabulary: Vocabulary) -> tuple[Profile, Facts, Held]:
    held = held_skills(profile, vocabulary)
    return profile, derive_facts(profile, vocabulary, held), held


def highlights_section(profiles: Sequence[Profile], vocabulary: Vocabulary) -> dict[str, Any]:
    """How many there are, how long, and whether numbers that are quoted are in the fields that are cited."""
    of_each = [one.highlights for one in made(profiles, vocabulary)]
    lines = [(profile, line) for profile, lines in zip(profiles, of_each, strict=True) for line in lines]
    quoted = [(number, text) for profile, line in lines for number, text in _quoted(profile, line)]
    return {
        "people": len(profiles),
        "with_three": _part(len(lines) == 3 for lines in of_each),
        "with_two": _part(len(lines) == 2 for lines in of_each),
        "with_one": _part(len(lines) == 1 for lines in of_each),
        "with_none": _part(not lines for lines in of_each),
        "longest": max(len(line.text) for _, line in lines),
        "mean_length": round(statistics.fmean(len(line.text) for _, line in lines), 1),
        "numbers_quoted": len(quoted),
        "numbers_in_their_field": _part(number in text for number, text in quoted),
    }


def _quoted(profile: Profile, line: Any) -> Iterator[tuple[str, str]]:
    """The numbers of what is said in the profile's own words, each with the text of its field."""
    (first, *more) = line.fields
    path = FieldPath.parse(first)
    assert path is not None
    if not more and path[0] in ("about", "roles"):
        text = " ".join(str(path.resolve(profile)).split())
        yield from ((number, text) for number in _NUMBER.findall(line.text))


def persona_section(profiles: Sequence[Profile], vocabulary: Vocabulary) -> dict[str, Any]:
    """How many slots are filled."""
    personas = [one.persona for one in made(profiles, vocabulary)]
    there = [one for one in personas if one]
    return {
        "people": len(profiles),
        "with_occupation": _part(one is not None for one in personas),
        "with_emphasis": _part(bool(one and one.emphasis) for one in personas),
        "with_two_skills": _part(bool(one and len(one.skills) == 2) for one in personas),
        "with_one_skill": _part(bool(one and len(one.skills) == 1) for one in personas),
        "emphases": dict(Counter(one.emphasis for one in there if one.emphasis).most_common(8)),
    }


def speed_section(profiles: Sequence[Profile], vocabulary: Vocabulary) -> dict[str, Any]:
    """Profiles a second where facts are known, on one core; and what insights add to the time of encoding."""
    known = [_known(profile, vocabulary) for profile in profiles]
    warm, cold = known[:50], known[50:]
    for one in warm:
        insights(*one, vocabulary)
    each = statistics.median(_seconds(cold[at : at + CHUNK], vocabulary) for at in range(0, len(cold), CHUNK))
    encoder = ProfileEncoder(load_encoder(), vocabulary)
    encoder.encode(profiles[:4])
    some = profiles[50:114]
    begun = time.process_time()
    encoder.encode(some)
    whole = (time.process_time() - begun) / len(some)
    return {
        "profiles_a_second": round(1 / each),
        "milliseconds": round(1000 * each, 2),
        "part_of_encoding": round(each / (whole - each), 4),
    }


def _seconds(known: Sequence[tuple[Profile, Facts, Held]], vocabulary: Vocabulary) -> float:
    """Processor time for each of these, seen for the first time."""
    begun = time.process_time()
    for one in known:
        insights(*one, vocabulary)
    return (time.process_time() - begun) / len(known)


def _part(held: Any) -> float:
    return round(statistics.fmean(map(float, held)), 3)


def samples(folder: Path, profiles: Sequence[Profile], vocabulary: Vocabulary, seed: int) -> None:
    """Write what readers judge: `pairs.jsonl` with `key.json`, and `claims.jsonl`."""
    folder.mkdir(parents=True, exist_ok=True)
    rng, key, pairs, claims = random.Random(seed), dict[str, dict[str, str]](), list[Any](), list[Any]()
    for profile, said in zip(profiles, made(profiles, vocabulary), strict=True):
        name = str(profile.id)
        sentences = list(_sentences(profile))
        ways = {
            "ours": [line.text for line in said.highlights],
            "first": sentences[:3],
            "textrank": textrank(sentences, 3),
        }
        order = rng.sample(list(ways), 3)
        letters = dict(zip("ABC", order, strict=True))
        key[name] = letters
        text = written(profile)
        pairs.append({"id": name, "profile": text, **{letter: ways[way] for letter, way in letters.items()}})
        lines = [*said.highlights, *([said.persona] if said.persona else [])]
        claims.append({"id": name, "profile": text, "claims": [_claim(profile, line) for line in lines]})
    for file, rows in (("pairs.jsonl", pairs), ("claims.jsonl", claims)):
        (folder / file).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    (folder / "key.json").write_text(json.dumps(key, indent=1))
    print(f"{len(pairs)} people, {sum(len(one['claims']) for one in claims)} claims in {folder}")


def _claim(profile: Profile, line: Any) -> dict[str, Any]:
    fields = {name: path.resolve(profile) for name in line.fields if (path := FieldPath.parse(name)) is not None}
    return {"text": line.text, "fields": fields}


def written(profile: Profile) -> str:
    """A profile as a text: all that insights are made of."""
    head = [profile.title, f"as of {profile.as_of}", profile.about]
    roles = [
        "\n".join(
            [
                f"{role.title or '?'}, {role.company or '?'} ({role.start} to {role.end or 'now'})",
                *role.bullets,
                *([f"Skills: {', '.join(role.skills)}"] if role.skills else []),
            ]
        )
        for role in profile.roles
    ]
    skills = [", ".join((*profile.core_skills, *profile.other_skills)), "; ".join(profile.certifications)]
    courses = [
        ", ".join(filter(None, (one.degree, one.field, one.school))) + f" ({one.end})" for one in profile.education
    ]
    return "\n\n".join(filter(None, [*head, *roles, *skills, "\n".join(courses)]))


def _sentences(profile: Profile) -> Iterator[str]:
    texts = [profile.about or "", *(bullet for role in profile.roles for bullet in role.bullets)]
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
            plain = " ".join(sentence.split())
            if len(plain) > 3:
                yield plain


def textrank(sentences: Sequence[str], count: int) -> list[str]:
    """The highest ranked sentences in their order (Mihalcea & Tarau 2004): overlap of words, damping .85."""
    words = [frozenset(re.findall(r"[a-z0-9+#]{3,}", sentence.casefold())) for sentence in sentences]
    weights = np.zeros((len(words), len(words)))
    for i, one in enumerate(words):
        for j, other in enumerate(words[:i]):
            if len(one) > 1 and len(other) > 1:
                weights[i, j] = weights[j, i] = len(one & other) / (math.log(len(one)) + math.log(len(other)))
    sums = weights.sum(axis=0)
    shares = np.divide(weights, sums, out=np.zeros_like(weights), where=sums > 0)
    rank = np.full(len(words), 1.0)
    for _ in range(50):
        rank = 0.15 + 0.85 * shares @ rank
    best = sorted(np.argsort(-rank, kind="stable")[:count].tolist())
    return [sentences[at] for at in best]


def judged_section(_: Sequence[Profile], __: Vocabulary) -> dict[str, Any]:
    """What readers found, as parts (`verdicts/insights.json`), in the first draw and in those after it."""
    found = json.loads(VERDICTS.read_text(encoding="utf-8"))
    after = {
        "true_after_fixes": ("still_told_true", "still_told_after_fixes"),
        "emphasis_right_after_fixes": ("still_told_emphasis_right", "still_told_emphases"),
    }
    later = {name: draw | _parts(draw, _JUDGED) for name, draw in found.items() if isinstance(draw, dict)}
    return {**found, **_parts(found, _JUDGED | after), **later}


#: What is told of readers' verdicts → how many were so, of how many.
_JUDGED = {
    "true": ("claims_true", "claims"),
    "well_formed": ("claims_well_formed", "claims"),
    "occupation_right": ("occupation_right", "personas"),
    "emphasis_right": ("emphasis_right", "emphases"),
    "skills_right": ("skills_right", "skills"),
}


def _parts(found: Mapping[str, Any], of: Mapping[str, tuple[str, str]]) -> dict[str, float]:
    return {name: round(found[part] / found[whole], 3) for name, (part, whole) in of.items() if whole in found}


SECTIONS = {
    "judged": judged_section,
    "highlights": highlights_section,
    "persona": persona_section,
    "speed": speed_section,
}


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--only", nargs="*", choices=SECTIONS, default=list(SECTIONS))
    parser.add_argument("--samples", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    vocabulary, how = Vocabulary.shipped(), provenance()
    if given.samples:
        people = [*resumes(given.data, vocabulary, JUDGED, given.seed), *sampled(SAMPLED, given.seed)]
        samples(given.samples, people, vocabulary, given.seed)
        return
    counts = {"florex": 700, "livecareer": 250, "updated": 50}
    people = resumes(given.data, vocabulary, counts, given.seed) if {*given.only} - {"judged"} else []
    for name in given.only:
        keep_section(OUT, name, {**how, **SECTIONS[name](people, vocabulary)})


if __name__ == "__main__":
    main()
