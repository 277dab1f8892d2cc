"""Makes `insights/work/occupation_heads.txt`: `python -m recommender.training.occupation_heads FOLDER`.

FOLDER holds `titles.jsonl.gz` and `titles_corpus.jsonl.gz` (titles of ESCO v1.1.1 and O*NET 29.2, own and alternate)
and `title_freq_linkedin.tsv.gz` (titles with counts). A head is the last word of at least `TITLES` titles of the first
or the only one of a title, and of `PEOPLE` people of the second; what names a field of work, a place or a thing and
nobody who works is left out by hand (`no_one.txt`).
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

OUT = Path(__file__).parents[1] / "insights" / "work" / "occupation_heads.txt"
TITLES, PEOPLE = 3, 60
_HEAD = "# last words of titles of ESCO, O*NET (CC BY 4.0) and LinkedIn for who works; by training.occupation_heads"
_ASIDE = re.compile(r"\(.*?\)|,.*|\s(?:of|for|in|at|to|and|&)\s.*|\s-\s.*")
#: Last words of titles that name no one.
_NO_ONE = frozenset((Path(__file__).parent / "no_one.txt").read_text(encoding="utf-8").split())


#: Who works, in words that few titles of the taxonomies end in.
_RARE = frozenset(("responder",))


def titles(folder: Path) -> Iterator[str]:
    """Every title of ESCO and O*NET."""
    for name, key in (("titles_corpus.jsonl.gz", "text"), ("titles.jsonl.gz", "query")):
        with gzip.open(folder / name) as stream:
            for entry in map(msgspec.json.decode, stream):
                if entry["set"] != "jobbert":
                    yield entry[key]


def last_word(title: str) -> str:
    """The last word of a title before what it is of or for, case-folded; "" where there is none."""
    words = re.findall(r"[a-z][a-z-]+", _ASIDE.sub("", title.casefold()))
    return words[-1] if words else ""


def people(folder: Path) -> Counter[str]:
    """Last word → how many people have such a title."""
    counts: Counter[str] = Counter()
    with gzip.open(folder / "title_freq_linkedin.tsv.gz", "rt", encoding="utf-8") as lines:
        for title, count in (line.rstrip("\n").split("\t")[:2] for line in lines):
            counts[last_word(title)] += int(count)
    return counts


def main(folder: Path) -> None:
    """Write the file."""
    known, held = list(titles(folder)), people(folder)
    whole = {title.casefold() for title in known if title.isalpha()}
    ends = {word for word, count in Counter(map(last_word, known)).items() if word and count >= TITLES}
    heads = sorted(({word for word in ends | whole if held[word] >= PEOPLE} - _NO_ONE) | _RARE)
    OUT.write_text("\n".join([_HEAD, *heads]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
