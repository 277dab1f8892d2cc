"""How well skills are named, found in prose and taken apart.

    python -m benchmarks.skills [--data ../shared/data] [--only SECTION…]

Real résumés are halved by a hash of their id: rules and vocabulary were chosen on the even half, the figures are of the
odd one. Recall: of a person's own listed skills whose text is in the résumé's prose on word boundaries, those
whose canonical name is among the mentions, or said by one of them (SQL by SQL Server). Precision: 200 résumés of the
odd half drawn by a seeded hash, one mention of each, judged by one reader, the vocabulary's writer, from the words
around it; `verdicts/mentions.jsonl` keeps ids, offsets and verdicts.
Segmentation: fictional pages; even seeds were looked at while the costs were chosen, odd ones are reported.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.provenance import keep_section, provenance
from recommender.facts import derive
from recommender.facts.skills import names_in
from recommender.profile import Profile, Role
from recommender.skills import Vocabulary

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "skills"


def resumes(data: Path, half: int) -> Iterator[dict[str, Any]]:
    """The résumés of one half."""
    with gzip.open(data / "resumes.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if hashlib.sha256(row["id"].encode()).digest()[0] % 2 == half:
                yield row


def recall(data: Path, vocabulary: Vocabulary, half: int) -> dict[str, float]:
    """Listed skills that stand in the prose, found there."""
    listed = found = known = found_known = 0
    for row in resumes(data, half):
        low = row["text"].lower()
        mentioned = {mention.name for mention in vocabulary.mentions(row["text"])}
        mentioned |= {broader for name in mentioned for broader in vocabulary.broader(name)}
        seen: set[str] = set()
        for raw, _years in row["skills"]:
            written = raw.lower().strip(" .,;")
            names = names_in(written, vocabulary)
            if not names or names[0] in seen or not _stands(written, low):
                continue
            seen.add(names[0])
            hit = names[0] in mentioned or (len(names) > 1 and set(names[1:]) <= mentioned)
            listed, found = listed + 1, found + hit
            if vocabulary.known(written):
                known, found_known = known + 1, found_known + hit
    return {
        "standing": listed, "recall": round(found / listed, 4),
        "known_standing": known, "recall_of_known": round(found_known / known, 4),
    }  # fmt: skip


def _stands(written: str, low: str) -> bool:
    return bool(written) and re.search(rf"(?<![a-z0-9]){re.escape(written)}(?![a-z0-9+#])", low) is not None


def precision() -> dict[str, float]:
    """The hand check, as drawn."""
    verdicts = [json.loads(line) for line in (HERE / "verdicts" / "mentions.jsonl").read_text().splitlines()]
    return {"judged": len(verdicts), "precision": round(sum(v["right"] for v in verdicts) / len(verdicts), 4)}


def naming(vocabulary: Vocabulary) -> dict[str, float]:
    """The committed pairs: aliases right, near misses merged."""
    aliases, apart = (_pairs(TESTS / name) for name in ("alias_pairs.tsv", "near_misses.tsv"))
    right = sum(vocabulary.canonical(written) == name for written, name in aliases)
    merged = sum(vocabulary.canonical(a) == vocabulary.canonical(b) for a, b in apart)
    return {
        "alias_pairs": len(aliases),
        "right": round(right / len(aliases), 4),
        "near_misses": len(apart),
        "merged": merged,
    }


def _pairs(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(a, b) for a, b in (line.split("\t") for line in lines if not line.startswith("#"))]


QUALITIES = [
    "legacy", "regional", "clinical", "tenant", "seasonal", "offline", "nightly", "urgent", "shared", "cold",
    "quiet", "rural", "complex", "embedded", "internal", "global", "strategic", "cross-border", "customer",
    "patient", "supplier", "student", "payroll", "safety", "vendor", "claims", "network", "fraud", "identity",
    "search", "video", "audio",
]  # fmt: skip
DEEDS = [
    "onboarding", "scheduling", "migration", "triage", "rollout", "forecasting", "tuning", "reconciliation",
    "handover", "inspection", "planning", "moderation", "routing", "rewards", "enrollment", "pricing",
    "labeling", "retention", "auditing", "calibration", "sourcing", "ranking", "playback", "staffing",
    "budgeting", "coaching", "resilience",
]  # fmt: skip
THINGS = [
    "systems", "workflows", "programs", "pipelines", "services", "operations", "analytics", "modeling",
    "standards", "governance", "strategy", "platforms", "tooling", "reviews", "metrics", "optimization",
    "design", "testing", "automation", "compliance",
]  # fmt: skip
SHORT = ["API", "ML", "AI", "UX", "SQL", "CI", "HR", "IoT", "3D", "B2B"]
BRANDS = ["Snap", "Bright", "Flow", "Cloud", "Blue", "Net", "Data", "Open", "Pay", "Loop"]
MAKERS = ["Logic", "Forge", "Grid", "Path", "Point", "Works", "Board", "Bridge", "Desk", "Lane"]


def phrase(rng: random.Random) -> str:
    """A skill of a few words that no vocabulary knows."""
    shapes = [
        f"{rng.choice(QUALITIES)} {rng.choice(DEEDS)}",
        f"{rng.choice(QUALITIES)} {rng.choice(DEEDS)} {rng.choice(THINGS)}",
        f"{rng.choice(SHORT)} {rng.choice(THINGS)}",
        f"{rng.choice(QUALITIES).capitalize()} {rng.choice(THINGS)}",
        rng.choice(DEEDS),
        rng.choice(BRANDS) + rng.choice(MAKERS),
    ]
    return rng.choices(shapes, weights=[35, 20, 15, 10, 10, 10])[0]


def lowered(skill: str) -> str:
    """A skill with its plain words in lower case."""
    return " ".join(w.lower() if w.isalpha() and w[1:].islower() else w for w in skill.split())


def page(seed: int, vocabulary: Vocabulary) -> list[list[str]]:
    """The skill lists of one fictional page: core, other, then each role's tags, as real pages relate them."""
    rng = random.Random(seed)
    field = rng.choice(sorted({vocabulary.field(name) or "" for name in vocabulary.names}))
    own = [n for n in vocabulary.names if len(n) > 1 and vocabulary.field(n) == field]
    soft = [n for n in vocabulary.names if vocabulary.field(n) in ("management", "soft_skills", "office")]
    pool = own * 3 + soft
    closing = _distinct(
        rng.choice(pool) if rng.random() < 0.75 else phrase(rng).title() for _ in range(rng.randint(3, 11))
    )
    roles: list[list[str]] = []
    core: list[str] = []
    other: list[str] = []
    reached = 0
    for _ in range(rng.randint(1, 8)):
        opening = _distinct(_opening(rng, pool, other) for _ in range(rng.choice([3, 3, 3, 2, 1, 0])))
        ends = []
        for _ in range(rng.choice([2, 2, 2, 1])):
            fresh = reached < len(closing) and rng.random() < 0.7
            ends.append(closing[reached] if fresh else rng.choice(closing))
            reached += fresh
        ends = _distinct(ends)
        core, other = _distinct([*core, *ends]), _distinct([*other, *opening])
        roles.append([*opening, *ends])
    return [core, _distinct([*other, *(lowered(rng.choice(pool)) for _ in range(rng.randint(0, 3)))])[:15], *roles]


def _opening(rng: random.Random, pool: list[str], other: list[str]) -> str:
    if other and rng.random() < 0.15:
        return rng.choice(other)
    return lowered(rng.choice(pool)) if rng.random() < 0.55 else phrase(rng)


def _distinct(skills: Any) -> list[str]:
    return list(dict.fromkeys(skills))


def segmentation(vocabulary: Vocabulary, parity: int, pages: int = 120) -> dict[str, float]:
    """Fictional pages taken apart: whole pages and lists exact, and chunks right."""
    exact_pages = exact = lists = right = given = 0
    for seed in range(parity, 2 * pages, 2):
        truth = page(seed, vocabulary)
        runs = ["".join(skills) for skills in truth]
        got = [list(skills) for skills in vocabulary.segment(runs)]
        exact_pages += got == truth
        exact += sum(a == b for a, b in zip(got, truth, strict=True))
        lists += len(truth)
        right += sum(len(set(a) & set(b)) for a, b in zip(got, truth, strict=True))
        given += sum(len(set(b)) for b in truth)
    return {
        "pages": pages, "pages_exact": round(exact_pages / pages, 4), "lists": lists,
        "lists_exact": round(exact / lists, 4), "skills_found": round(right / given, 4),
    }  # fmt: skip


def speed(data: Path, vocabulary: Vocabulary, count: int = 600) -> dict[str, float]:
    """CPU time, vocabulary loaded, beside a bare search for words in the same texts, in one process."""
    texts = [row["text"] for row, _ in zip(resumes(data, 1), range(count), strict=False)]
    profiles = [
        Profile(title="Software Engineer", roles=(Role(title="Engineer", start="2020", bullets=tuple(t.split("\n"))),))
        for t in texts
    ]
    vocabulary.mentions("Java")
    size = sum(map(len, texts)) / 1e6
    words = _cpu(lambda: [re.findall(r"\w+", text) for text in texts])
    mentions = _cpu(lambda: [vocabulary.mentions(text) for text in texts])
    derived = _cpu(lambda: [derive(profile, vocabulary) for profile in profiles])
    run = ["".join(skills) for skills in page(1, vocabulary)]
    vocabulary.segment(run)
    taken = _cpu(lambda: [vocabulary.segment(run) for _ in range(20)])
    return {
        "mega_characters": round(size, 2), "words_mega_characters_a_second": round(size / words, 2),
        "mentions_mega_characters_a_second": round(size / mentions, 2),
        "mentions_over_words": round(mentions / words, 2),
        "profiles_derived_a_second": round(count / derived), "mean_profile_characters": round(size * 1e6 / count),
        "pages_segmented_a_second": round(20 / taken),
    }  # fmt: skip


def _cpu(work: Any) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Measure the sections asked for, and note the results, each with how it came to be."""
    vocabulary = Vocabulary.shipped()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / "shared" / "data")
    parser.add_argument("--out", type=Path, default=HERE / "results" / "skills.json")
    halves = {"chosen_on": 0, "reported": 1}
    sections: dict[str, Callable[[Path], dict[str, Any]]] = {
        "naming": lambda _: naming(vocabulary),
        "mentions_precision": lambda _: precision(),
        "segmentation": lambda _: {name: segmentation(vocabulary, half) for name, half in halves.items()},
        "mentions_recall": lambda data: {name: recall(data, vocabulary, half) for name, half in halves.items()},
        "speed": lambda data: speed(data, vocabulary),
    }
    parser.add_argument("--only", nargs="*", choices=sections, default=list(sections))
    options = parser.parse_args()
    of = {"skills": len(vocabulary.names), "fingerprint": vocabulary.fingerprint}
    ran = provenance() | {"vocabulary": of}
    for section in options.only:
        if section in ("mentions_recall", "speed") and not options.data.exists():
            print(f"{section} left out: no folder {options.data}")
        else:
            keep_section(options.out, section, sections[section](options.data) | ran)


if __name__ == "__main__":
    main()
