"""Are names, titles and the rest suggested fast, and the right person first? `python -m benchmarks.suggestions`.

    python -m benchmarks.suggestions [--people 1000000] [--folder DIR] [--typed 500]

A pool of made-up people is filled once and kept in the folder: titles, companies, skills and places are drawn from the
sample's people as whole, names from made-up first and last names, few of them common and most rare (Zipf). People
have no texts, for suggestions read none. Asked are names that one person alone has: their first three letters, the
first half, all of it in another order, and all of it with one typo (a letter left out, put in, exchanged for another,
or two neighbours changed over, anywhere in a word), of every kind of value at once, one at a time in one thread. On a
busy machine the processor's time is what to look at.
"""

from __future__ import annotations

import argparse
import gzip
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.provenance import keep, provenance
from recommender.collection import LocalCollection, View
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import COLUMNS, GROUPS, Features
from recommender.insights import Derived, derive
from recommender.profile import Profile, profile_from_json
from recommender.sample_pool import sample_folder
from recommender.skills import Vocabulary

RESULTS = Path(__file__).parent / "results" / "suggestions.json"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FIRST_NAMES, LAST_NAMES = 4_000, 60_000
#: Exponent of how common names are.
ZIPF = 0.8
BATCH = 5_000


def made_names(count: int, rng: random.Random) -> list[str]:
    """So many different words that could be names."""
    begins = [
        "b",
        "br",
        "c",
        "ch",
        "d",
        "f",
        "g",
        "gr",
        "h",
        "j",
        "k",
        "kr",
        "l",
        "m",
        "n",
        "p",
        "r",
        "s",
        "st",
        "t",
        "v",
    ]
    ends = ("", *["n", "l", "r", "s", "t", "m", "nd", "rs", "ck", "ng", "lt"])
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = (rng.choice(begins) + rng.choice("aeiou") + rng.choice(ends) for _ in range(rng.choice((2, 2, 3))))
        word = "".join(syllables)
        if len(word) > 3:
            made[word.title()] = None
    return list(made)


def people(count: int, seed: int = 3) -> Iterator[EncodedProfile]:
    """So many people; the same for the same seed."""
    rng, numbers, vocabulary = random.Random(seed), np.random.default_rng(seed), Vocabulary.shipped()
    with gzip.open(sample_folder() / "profiles.jsonl.gz") as lines:
        facts = [derive(profile_from_json(line), vocabulary) for line in lines]
    first, last = made_names(FIRST_NAMES, rng), made_names(LAST_NAMES, rng)
    called = zip(_drawn(first, count, numbers), _drawn(last, count, numbers), strict=True)
    for number, (one, other) in enumerate(called):
        yield _person(f"p{number}", f"{one} {other}", rng.choice(facts), rng.choice(facts))


def _drawn(names: Sequence[str], count: int, numbers: np.random.Generator) -> list[str]:
    shares = 1 / np.arange(1, len(names) + 1) ** ZIPF
    return [names[at] for at in numbers.choice(len(names), count, p=shares / shares.sum())]


def _person(profile_id: str, name: str, a: Derived, b: Derived) -> EncodedProfile:
    facts = msgspec.structs.replace(a, places=b.places, companies_now=b.companies_now, companies_ever=b.companies_ever)
    return EncodedProfile(Profile(id=profile_id, name=name, title=facts.title), facts, _VECTOR, _NOTHING, "made-up/1")


_VECTOR = np.eye(1, 8, dtype=np.float32)[0]
_NOTHING = Features(
    {group: np.array([0, int(group == "one")], np.int64) for group in GROUPS},
    {
        c.name: np.zeros((int(c.group == "one"), *([8 if c.width < 0 else c.width] if c.width else [])), c.dtype)
        for c in COLUMNS
    },
)


def misspelt(name: str, rng: random.Random) -> str:
    """The name with one typo within a word."""
    letters = [at for at, sign in enumerate(name) if sign != " "]
    at = rng.choice(letters)
    made = {
        "left out": name[:at] + name[at + 1 :],
        "put in": name[:at] + rng.choice(LETTERS) + name[at:],
        "another": name[:at] + rng.choice(LETTERS) + name[at + 1 :],
        "changed over": name[:at] + name[at : at + 2][::-1] + name[at + 2 :] if name[at + 1 : at + 2].strip() else name,
    }
    typed = rng.choice(list(made.values()))
    return typed if typed != name else misspelt(name, rng)


def turned(name: str) -> str:
    """The last word first."""
    *others, last = name.split()
    return " ".join([last, *others])


def asked(view: View, names: Sequence[str], typed: Callable[[str], str]) -> dict[str, Any]:
    """How long it takes and whether who is meant is first, each typed so."""
    took, worked, right = list[float](), list[float](), 0
    for name in names:
        text = typed(name).lower()
        began, busy = time.perf_counter(), time.process_time()
        found = view.suggest(text)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
        right += bool(found) and found[0].value == name
    times = {
        f"{name} p{at} ms": round(1000 * float(np.percentile(those, at)), 2)
        for name, those in (("processor", worked), ("clock", took))
        for at in (50, 95)
    }
    return {**times, "right first": round(right / len(names), 3)}


def measure(view: View, count: int, seed: int = 5) -> dict[str, Any]:
    """All figures, of so many names that one person alone has."""
    rng = random.Random(seed)
    everybody = Counter(name for name in view.names(range(len(view))) if name)
    names = rng.sample(sorted(name for name, times in everybody.items() if times == 1), count)
    rows = {
        "first three letters": lambda name: name[:3],
        "first half": lambda name: name[: len(name) // 2],
        "last name first": turned,
        "one typo": lambda name: misspelt(name, rng),
    }
    asked(view, names[:50], lambda name: name)  # pages and caches warm, as in a service that runs
    return {
        "people": len(view),
        "different names": len(everybody),
        **{row: asked(view, names, typed) for row, typed in rows.items()},
    }


def filled(folder: Path, count: int) -> LocalCollection:
    """The pool of so many made-up people in a folder, sealed; made where it is not there yet."""
    collection = LocalCollection(folder)
    with collection.view() as view:
        if len(view) == count:
            return collection
    batch = list[EncodedProfile]()
    for one in people(count):
        batch.append(one)
        if len(batch) == BATCH:
            collection.upsert(batch)
            batch = []
    collection.upsert(batch)
    collection.seal()
    collection.close()
    return LocalCollection(folder)


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("index_data") / "pool-suggestions")
    parser.add_argument("--typed", type=int, default=500)
    given = parser.parse_args()
    collection = filled(given.folder / str(given.people), given.people)
    with collection.view() as view:
        keep(RESULTS, {**provenance(), **measure(view, given.typed)})
    collection.close()


if __name__ == "__main__":
    main()
