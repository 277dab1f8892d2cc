"""How long the service takes for each page that people look at: `python -m benchmarks.pages [--data DIR]`.

    python -m benchmarks.pages [--data ../pool] [--asked 60]

One client on one connection asks a service in a process of its own, one page after the other, each another person,
filter or sentence, drawn by a seed; the first of each kind is not counted. Beside the time, how large the largest page
is and how large it is compressed as it is sent. Without `--data` the sample pool is made in a folder that goes again.
"""

from __future__ import annotations

import argparse
import http.client
import random
import tempfile
import time
import zlib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlsplit

import numpy as np

from benchmarks.provenance import keep, provenance
from benchmarks.service import service
from benchmarks.serving import sample
from recommender.settings import Settings
from recommender.wiring import Recommender

RESULTS = Path(__file__).parent / "results" / "pages.json"
WORK = ("platform engineer", "data engineer", "staff nurse", "account manager", "firmware engineer", "news editor")
PLACES = ("Germany", "India", "London", "Canada", "Brazil", "Nigeria", "San Francisco", "Paris", "Texas", "Leeds")
LETTERS = ("ali", "ken", "dist", "kaf", "lon", "nur", "eng", "goo", "mar", "pla")


def pages(ids: Sequence[str]) -> dict[str, list[str]]:
    """Kind of page → the paths that are asked."""
    pairs, tens = list(pairwise(ids)), [ids[at : at + 10] for at in range(0, len(ids) - 10, 2)]
    return {
        "a person and the matches": [f"/profiles/{one}" for one in ids],
        "the same, two filters": [f"/profiles/{one}?country=united+kingdom&seniority=senior" for one in ids],
        "people": [f"/profiles?page={number}" for number in range(1, len(ids) + 1)],
        "people, filtered": [f"/profiles?country={quote_plus(place.lower())}" for place in PLACES],
        "a sentence": [f"/search?q={quote_plus(f'{work} in {place}')}" for work in WORK for place in PLACES],
        "compare two": [f"/compare?id={one}&id={other}" for one, other in pairs],
        "a shortlist of ten": ["/shortlist?" + "&".join(f"id={one}" for one in ten) for ten in tens],
        "overview": ["/overview"] * len(ids),
        "suggestions": [f"/v1/suggest?q={letters}" for letters in LETTERS],
    }


def asked(address: str, paths: Sequence[str]) -> dict[str, Any]:
    """Milliseconds of each, and bytes of the largest; raises `RuntimeError` for one that is not answered."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    took, largest = list[float](), b""
    for path in (paths[0], *paths):
        began = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        took.append(1000 * (time.perf_counter() - began))
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}; look at the service's output")
        largest = max(largest, body, key=len)
    connection.close()
    return {
        **{f"p{at} ms": round(float(np.percentile(took[1:], at)), 1) for at in (50, 95)},
        "bytes": len(largest),
        "bytes compressed": len(zlib.compress(largest, 4)),
    }


def main() -> None:
    """Measure and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a pool that stands already [default: the sample's]")
    parser.add_argument("--asked", type=int, default=60, help="pages of a kind, at the most")
    given = parser.parse_args()
    ran = provenance()
    with tempfile.TemporaryDirectory() as name:
        settings = Settings.load(data=given.data) if given.data else sample(Path(name) / "pool")
        with Recommender(settings) as recommender, recommender.collection.view() as view:
            everybody = view.ids(view.rows())
        ids = random.Random(1).sample(everybody, given.asked)
        with service(settings.folder, RECOMMENDER_WARM="true") as address:
            found = {kind: asked(address, paths[: given.asked]) for kind, paths in pages(ids).items()}
    keep(RESULTS, {**ran, "people": len(everybody), "asked": given.asked, "pages": found})


if __name__ == "__main__":
    main()
