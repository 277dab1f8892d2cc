"""Figures for the readers: `python -m benchmarks.reading [--limit N] [--out FILE]`.

Real résumés come from `../shared/data` (never committed): thresholds were chosen on the half whose SHA-256 of the id is
even, the figures of the other half are reported. What is measured:

- pages: each field of pages rendered from the committed sample pool, read back; the mean over profiles of the part of
  its fields that are exact (a skill list counts by overlap).
- spans: the answers' date spans that stand in the text: both ends, as month and year in one of the usual forms or as a
  bare year, stand in it (texts are cut, so some spans do not). A span that is read and is in no answer is wrong.
- first titles: how often the title of the first role read is the résumé's own headline, where its dates are the first
  answer.
- roles: title, company and span together, and in part, against what two readers who knew neither the rules nor their
  results found in 100 résumés of the reported half (`role_truth.py`), those of one of them chosen on.
- speed: one process, one thread, after a warm-up; parsing only, no disk.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks import role_truth
from benchmarks.provenance import keep, provenance
from recommender.profile import Profile, Role, profile_from_json, profile_to_json
from recommender.reading import Rejected, read_bytes
from recommender.skills import Vocabulary
from tests.reading.rendering import render_page

HERE = Path(__file__).parent
RESUMES = HERE.parent.parent / "shared" / "data" / "resumes.dev.jsonl.gz"
SEED_PAGE = HERE.parent.parent / "shared" / "seed" / "profile-page.txt"
SAMPLE = HERE.parent / "index_data" / "sample" / "profiles.jsonl.gz"
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_PLAIN = ("name", "title", "location", "badges", "highlights", "persona", "about", "education", "languages")
_OF_ROLES = ("company", "title", "start", "end", "location", "workplace", "bullets")

Span = tuple[str, str]


def read(content: bytes, kind: str | None = None) -> list[Profile | Rejected]:
    """Every outcome of some bytes; notices are dropped."""
    vocabulary = Vocabulary.shipped()
    return list(read_bytes(content, source="benchmark", vocabulary=vocabulary, on_notice=lambda _: None, format=kind))


def is_reported(name: str) -> bool:
    """Whether a résumé is of the half that is reported."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def resumes() -> list[dict[str, Any]]:
    """All real résumés."""
    with gzip.open(RESUMES) as lines:
        return [json.loads(line) for line in lines]


def some_of_each(records: list[dict[str, Any]], limit: int) -> list[dict[str, Any]]:
    """The first `limit` résumés of each half."""
    halves = ([item for item in records if is_reported(item["id"]) == half] for half in (False, True))
    return [item for half in halves for item in half[:limit]]


def spans_in_text(record: dict[str, Any]) -> set[Span]:
    """The answer's spans whose two ends stand in the text."""
    text = record["text"].lower()
    goes_on = re.search(r"present|current", text) is not None
    return {
        (start, end)
        for start, end in record["spans"]
        if _stands(start, text) and (goes_on if end == "present" else _stands(end, text))
    }


def _stands(date: str, text: str) -> bool:
    if len(date) == 4:
        return date in text
    year, month = date.split("-")
    name = _MONTHS[int(month) - 1]
    return any(
        form in text for form in (f"{name} {year}", f"{name[:3]} {year}", f"{int(month)}/{year}", f"{month}/{year}")
    )


def span_figures(records: list[dict[str, Any]]) -> dict[str, float]:
    """Precision, recall and F1 of date spans, and how often the first role's title is the headline."""
    right = wrong = missed = titles = same = 0
    for record in records:
        if not record["spans"]:
            continue
        [profile] = read(json.dumps({"id": record["id"], "text": record["text"]}).encode())
        assert isinstance(profile, Profile)
        answers = {(start, end) for start, end in record["spans"]}
        found = {(role.start or "", role.end or "present") for role in profile.roles}
        right += len(found & answers)
        wrong += len(found - answers)
        missed += len(spans_in_text(record) - found)
        first = profile.roles[0] if profile.roles else Role()
        if record["title"] and [first.start, first.end or "present"] == record["spans"][0]:
            titles += 1
            same += (first.title or "").casefold() == record["title"].casefold()
    precision, recall = right / (right + wrong), right / (right + missed)
    return {
        "resumes": sum(bool(record["spans"]) for record in records),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall), 4),
        "first_titles": titles,
        "first_titles_same": round(same / titles, 4),
    }


def role_figures(records: dict[str, dict[str, Any]], *, seen: bool) -> dict[str, Any]:
    """Roles against what a reader found in the texts of fifty résumés (`role_truth`)."""
    truth = role_truth.truth(seen=seen)
    return role_truth.figures(((name, _roles(records[name])) for name in truth), truth)


def _roles(record: dict[str, Any]) -> list[Role]:
    value = {"id": record["id"], "text": record["text"], "title": record["title"]}
    return [role for item in read(json.dumps(value).encode()) if isinstance(item, Profile) for role in item.roles]


def page_figures(profiles: list[Profile]) -> dict[str, float]:
    """The mean field score of rendered pages, with and without the run-together skill lists."""
    scores = [_page_score(profile) for profile in profiles]
    return {
        "pages": len(scores),
        "mean_field_score": round(mean(score for score, _ in scores), 4),
        "mean_field_score_without_skills": round(mean(score for _, score in scores), 4),
    }


def _page_score(before: Profile) -> tuple[float, float]:
    [after] = read(render_page(before).encode(), "page")
    assert isinstance(after, Profile)
    lists: list[float] = [
        _overlap(before.core_skills, after.core_skills),
        _overlap(before.other_skills, after.other_skills),
    ]
    others = [float(len(before.roles) == len(after.roles))]
    others += [float(getattr(before, field) == getattr(after, field)) for field in _PLAIN]
    for old, new in zip(before.roles, after.roles, strict=False):
        lists.append(_overlap(old.skills, new.skills))
        others += [float(getattr(old, field) == getattr(new, field)) for field in _OF_ROLES]
    return mean(lists + others), mean(others)


def _overlap(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    union = set(old) | set(new)
    return len(set(old) & set(new)) / len(union) if union else 1.0


def speed_figures(profiles: list[Profile], records: list[dict[str, Any]]) -> dict[str, float]:
    """Records a second of each reader, and the seconds of five megabytes on one line."""
    lines = b"\n".join(profile_to_json(profile) for profile in profiles)
    texts = b"\n".join(json.dumps({"id": record["id"], "text": record["text"]}).encode() for record in records)
    pages = [render_page(profile).encode() for profile in profiles[:100]]
    if SEED_PAGE.exists():
        pages += [SEED_PAGE.read_bytes()] * 20
    five = b"Li Wen\n\nWelder\n\nLeeds3 yrs experience\n\nOther Skills\n\n" + b"GraphQLdata modelingKafka" * 200_000
    half = five[: len(five) // 2]
    return {
        "json_lines_per_second": round(len(profiles) / _seconds(lambda: read(lines))),
        "page_texts_per_second": round(len(pages) / _seconds(lambda: [read(page) for page in pages]), 1),
        "resume_texts_per_second": round(len(records) / _seconds(lambda: read(texts)), 1),
        "five_megabytes_on_one_line_as_page_seconds": round(_seconds(lambda: read(five)), 2),
        "half_of_it_seconds": round(_seconds(lambda: read(half)), 2),
        "five_megabytes_on_one_line_as_text_seconds": round(_seconds(lambda: read(five, "text")), 2),
    }


def _seconds(call: Callable[[], object]) -> float:
    call()
    start = time.process_time()
    call()
    return time.process_time() - start


def sample(limit: int) -> Iterator[Profile]:
    """Profiles of the sample pool."""
    with gzip.open(SAMPLE) as lines:
        yield from (profile_from_json(line) for line in islice(lines, limit))


def main() -> int:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, default=1500, help="résumés of each half")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--out", type=Path, default=HERE / "results" / "reading.json")
    options = parser.parse_args()
    profiles = list(sample(options.pages))
    figures: dict[str, Any] = {
        **provenance(),
        "timing": "one thread; CPU seconds of the process",
        "pages": page_figures(profiles),
    }
    records: list[dict[str, Any]] = []
    if RESUMES.exists():
        everyone = resumes()
        records = some_of_each(everyone, options.limit)
        figures["spans_chosen_on"] = span_figures([item for item in records if not is_reported(item["id"])])
        figures["spans_reported"] = span_figures([item for item in records if is_reported(item["id"])])
        by_id = {item["id"]: item for item in everyone}
        figures["roles_chosen_on"] = role_figures(by_id, seen=True)
        figures["roles_reported"] = role_figures(by_id, seen=False)
    else:
        print(f"{RESUMES.name} is not here: figures of real résumés are left out", file=sys.stderr)
    figures["speed"] = speed_figures(profiles, records[:300])
    keep(options.out, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
