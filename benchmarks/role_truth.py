"""The jobs of real résumés as a reader found them, kept as hashes: `python -m benchmarks.role_truth FILE.jsonl…`.

Two readers, who knew neither the rules nor what they give, each read fifty résumés of the reported half, drawn by a
seed, and wrote down every job as the text has it: title, employer without its place, first and last month. What is
committed of that is a hash of each job and of its parts (`verdicts/role_truth.jsonl`), so that a job read now can be
looked for among them. Case, signs and legal forms do not count.

Rules have been chosen since with the résumés of one of the readers in sight (`seen`); the figures of the other's are
reported. Which of those are wrong was looked at once, before.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from recommender.facts import company_form
from recommender.profile import Role

VERDICTS = Path(__file__).parent / "verdicts" / "role_truth.jsonl"
_SIGNS = re.compile(r"[\W_]+")


class Hashes(NamedTuple):
    """Of one job: the whole of it, title and dates, employer and dates, and its dates."""

    whole: str
    title: str
    company: str
    span: str


def hashes(name: str, role: Role) -> Hashes:
    """Of a job of the résumé of this id."""
    span = f"{role.start or ''}..{role.end or 'present'}"
    title, company = _plain(role.title or ""), _plain(company_form(role.company or ""))
    parts = ((title, company, span), (title, span), ("at", company, span), (span,))
    return Hashes(*(hashlib.sha256("|".join((name, *each)).encode()).hexdigest()[:16] for each in parts))


def truth(*, seen: bool) -> dict[str, Any]:
    """What one of the readers found, by id of the résumé: of those that rules were chosen on, or of the others."""
    rows = map(json.loads, VERDICTS.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row for row in rows if row.get("seen", False) is seen}


def figures(read: Iterable[tuple[str, list[Role]]], true_of: Mapping[str, Any]) -> dict[str, Any]:
    """Precision, recall and F1 of jobs read, by id of the résumé, and how many are right in part; `true_of` is `truth`
    of some of them."""
    counts = dict.fromkeys(Hashes._fields, 0)
    resumes = found = true = 0
    for name, roles in read:
        row = true_of.get(name)
        if row is None:
            continue
        own = [hashes(name, role) for role in roles]
        resumes, found, true = resumes + 1, found + len(own), true + len(row["roles"])
        for at, part in enumerate(Hashes._fields):
            left = [role[at] for role in row["roles"]]
            for role in own:
                if role[at] in left:
                    left.remove(role[at])
                    counts[part] += 1
    shares = {part: _f1(right, found, true) for part, right in counts.items()}
    return {
        "resumes": resumes, "roles": true, "read": found, "right": counts["whole"],
        "precision": round(counts["whole"] / found, 4), "recall": round(counts["whole"] / true, 4),
        "f1": shares["whole"], "f1_title_and_span": shares["title"], "f1_company_and_span": shares["company"],
        "f1_span": shares["span"],
    }  # fmt: skip


def _f1(right: int, read: int, true: int) -> float:
    return round(2 * right / (read + true), 4)


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", text).strip().casefold()


def _end(written: str | None) -> str | None:
    return None if written == "present" else written


def main() -> None:
    """Keep the hashes of what the readers wrote."""
    rows = [json.loads(line) for path in sys.argv[1:] for line in Path(path).read_text(encoding="utf-8").splitlines()]
    seen = truth(seen=True)
    with VERDICTS.open("w", encoding="utf-8") as out:
        for row in sorted(rows, key=lambda row: row["id"]):
            roles = [
                Role(**{**role, "end": None if role["end"] == "present" else role["end"]}) for role in row["roles"]
            ]
            mark = {"seen": True} if row["id"] in seen else {}
            kept = {"id": row["id"], **mark, "roles": [hashes(row["id"], role) for role in roles]}
            out.write(json.dumps(kept) + "\n")


if __name__ == "__main__":
    main()
