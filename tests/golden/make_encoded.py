"""Writes what profiles are encoded as today: `python -m tests.golden.make_encoded`.

`encoded.json` holds a few made-up people with their facts and the values that filters see, and the fingerprints that
these are pinned to; `encoded.npz` their vectors and columns. Whoever changes what is stored raises the version that
the failing test names, then runs this.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np

from recommender.collection import fields
from recommender.collection.local.sealed.file import layout
from recommender.encoding import EncodedProfile
from recommender.encoding.features import Array, Features
from recommender.encoding.fingerprint import Fingerprint
from recommender.insights import Derived
from recommender.profile import Education, Profile, Role
from tests.matching.fakes import encoder

HERE = Path(__file__).parent

PEOPLE = (
    Profile(
        id="platform", name="Ilse Tangaard", title="Senior Platform Engineer", location="San Jose, CA, United States",
        years_of_experience=9, badges=("Actively looking",), core_skills=("Kubernetes", "Go", "Terraform",),
        other_skills=("Site Reliability Engineering",), about="Ilse keeps clusters of K8s up with Go.",
        roles=(
            Role(company="Quayside Cloud Inc", title="Senior Platform Engineer", start="2021-03", location="Remote",
                 workplace="remote", bullets=("Moved 40 services to Kubernetes.", "Half the bill."), skills=("Helm",)),
            Role(company="Fennel Labs", title="Junior Developer", start="2016-06", end="2021-02",
                 bullets=("Built REST services with PostgreSQL.",)),
        ),
        education=(Education(school="Tidewater College", degree="BSc", field="Computer Science", end="2016"),),
        languages=("English", "Danish",), certifications=("Certified Kubernetes Administrator",), as_of="2026-03",
    ),
    Profile(
        id="ward", name="Bram Oduya", title="Head Nurse, Intensive Care", location="Leeds, United Kingdom",
        core_skills=("Patient Care", "Triage",), as_of="2026-03",
        roles=(
            Role(company="St Odile Hospital", title="Head Nurse", start="2014", bullets=("Led a ward of 30 beds.",)),
            Role(company="Moor Clinic", title="Registered Nurse", start="2008-02", end="2013-11",
                 workplace="on-site", bullets=("Wound care and medication.",)),
        ),
    ),
    Profile(id="list", core_skills=("Welding", "Blueprint Reading",), as_of="2026-03"),
    Profile(id="prose", about="I cook Sicilian food, run a kitchen of six and plan menus.", as_of="2026-03"),
    Profile(id="empty", name="Nobody Much", as_of="2026-03"),
)  # fmt: skip


class Golden(msgspec.Struct, forbid_unknown_fields=True):
    """What was stored of some people, and what that is pinned to.

    Attributes:
        sealed: version of the derived files, which hold `values`.
        values: of each person, field → the values that filters compare.
    """

    numbers: str
    facts_by: str
    sealed: int
    facts: list[Derived]
    values: list[dict[str, list[str]]]


def golden() -> tuple[Golden, dict[str, Array]]:
    """What is stored of these people today."""
    made = encoder()
    encoded = made.encode(PEOPLE)
    numbers, facts_by = Fingerprint.parse(made.fingerprint)
    values = [
        {name: sorted(held) for name, held in fields.values(one.facts, one.profile.name).items()} for one in encoded
    ]
    return Golden(numbers, facts_by, layout.FORMAT, [one.facts for one in encoded], values), arrays(encoded)


def arrays(encoded: list[EncodedProfile]) -> dict[str, Array]:
    """Vectors, offsets and columns by name."""
    features = Features.concatenate([one.features for one in encoded])
    offsets = {f"offsets.{group}": numbers for group, numbers in features.offsets.items()}
    return {"vector": np.stack([one.vector for one in encoded]), **offsets, **features.columns}


def main() -> None:
    """Write both files."""
    said, numbers = golden()
    (HERE / "encoded.json").write_bytes(msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n")
    np.savez_compressed(HERE / "encoded.npz", allow_pickle=False, **numbers)


if __name__ == "__main__":
    main()
