"""Makes `insights/work/occupation_heads.txt`: `python -m recommender.training.occupation_heads FOLDER`.

FOLDER holds `titles.jsonl.gz` and `titles_corpus.jsonl.gz` (titles of ESCO v1.1.1 and O*NET 29.2, own and alternate)
and `title_freq_linkedin.tsv.gz` (titles with counts). A head is the last word of at least `TITLES` titles of the first
or the only one of a title, and of `PEOPLE` people of the second; what names a field of work, a place or a thing and
nobody who works is left out by hand (`no_one.txt`).

`asking/titles/rare_heads.txt` beside it: the only words of titles by which people are known too rarely for that, and
the words before heads that look like praise ("swimming instructor").
"""

from __future__ import annotations

import gzip
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from recommender.reading.text.titles import is_modifier, is_noun

OUT = Path(__file__).parents[1] / "insights" / "work" / "occupation_heads.txt"
RARE_OUT = Path(__file__).parents[1] / "asking" / "titles" / "rare_heads.txt"
TITLES, PEOPLE = 3, 60
#: Zipf frequency in English of words that are known for who works and hardly for another thing.
_RAREST, _COMMONEST = 1.5, 3.3
#: Ends of words for who works, and of words that say how somebody is.
_WHO = re.compile(r"(?:er|or|ist|ian|man|woman|smith|wright|maid|ess|eur|euse|ier)\Z")
_HOW = re.compile(r"(?:able|ate|ed|ent|ful|ible|ing|ive|less|ous|ly)\Z")
#: Things, people at play and what they are like, of which titles of old trades are called as well.
_THINGS = frozenset((Path(__file__).parent / "things.txt").read_text(encoding="utf-8").split())
_HEAD = "# last words of titles of ESCO, O*NET (CC BY 4.0) and LinkedIn for who works; by training.occupation_heads"
_RARE_HEAD = (
    "# words of titles of ESCO and O*NET (CC BY 4.0): for who works, and before them; by training.occupation_heads"
)
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


def rare_heads(known: list[str], heads: set[str]) -> list[str]:
    """The only words of titles that neither `heads` nor the reader's list of nouns has."""
    from wordfreq import zipf_frequency

    alone = {title.casefold() for title in known if title.isalpha()} - heads - _NO_ONE - _THINGS
    return sorted(
        word
        for word in alone
        if _WHO.search(word) and not is_noun(word) and _RAREST <= zipf_frequency(word, "en") < _COMMONEST
    )


def before_heads(known: list[str]) -> list[str]:
    """Words right before the last of titles that end as words of praise do."""
    counts = Counter(
        words[-2]
        for title in {title.casefold() for title in known}
        if len(words := re.findall(r"[a-z][a-z-]+", _ASIDE.sub("", title))) > 1
    )
    return sorted(
        word for word, count in counts.items() if count >= TITLES and _HOW.search(word) and not is_modifier(word)
    )


def main(folder: Path) -> None:
    """Write the file."""
    known, held = list(titles(folder)), people(folder)
    whole = {title.casefold() for title in known if title.isalpha()}
    ends = {word for word, count in Counter(map(last_word, known)).items() if word and count >= TITLES}
    heads = sorted(({word for word in ends | whole if held[word] >= PEOPLE} - _NO_ONE) | _RARE)
    OUT.write_text("\n".join([_HEAD, *heads]) + "\n", encoding="utf-8")
    lists = {"rare": rare_heads(known, set(heads)), "before": before_heads(known)}
    written = (
        f"[{name}]\n{textwrap.fill(' '.join(words), 120, break_on_hyphens=False)}" for name, words in lists.items()
    )
    RARE_OUT.write_text("\n\n".join([_RARE_HEAD, *written]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
