"""Makes `insights/work/occupation_words.txt`: `python -m recommender.training.occupation_words FOLDER`.

FOLDER is that of `occupation_heads`. A word says what somebody does where two titles of ESCO or O*NET have it, or one
and some people; or many people and the language itself, which leaves slips of the pen out; or where it is in a name of
a skill of the shipped vocabulary. What is not among them in a title is a name of somebody, an employer or a slip.
"""

from __future__ import annotations

import gzip
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from recommender.skills import Vocabulary
from recommender.training.occupation_heads import titles

OUT = Path(__file__).parents[1] / "insights" / "work" / "occupation_words.txt"
#: People with a word in their title from which a title of the taxonomies, or the language alone, is enough.
_SOME, _MANY = 20, 150
#: Zipf frequency in English of a word that is no slip.
_KNOWN = 2.5
_WORD = re.compile(r"\.?[a-z][a-z0-9.+#&']*[a-z0-9+#]|[a-z]#?")
_HEAD = "# words of titles of ESCO, O*NET (CC BY 4.0), LinkedIn and of skills; by training.occupation_words"


def words_of(text: str) -> set[str]:
    """The words of a title or name, folded; parts of words with slashes and hyphens by themselves."""
    return set(_WORD.findall(text.casefold()))


def counted(texts: Iterable[tuple[str, int]]) -> Counter[str]:
    """Word → in how many of these texts it is, each counted as often as it says."""
    counts: Counter[str] = Counter()
    for text, times in texts:
        counts.update(dict.fromkeys(words_of(text), times))
    return counts


def of_people(folder: Path) -> Counter[str]:
    """Word → how many people have it in their title."""
    with gzip.open(folder / "title_freq_linkedin.tsv.gz", "rt", encoding="utf-8") as lines:
        return counted((title, int(times)) for title, times, *_ in (line.rstrip("\n").split("\t") for line in lines))


def main(folder: Path) -> None:
    """Write the file."""
    from wordfreq import zipf_frequency  # of the extra for training alone

    known = counted((title, 1) for title in {title.casefold() for title in titles(folder)})
    held = of_people(folder)
    skills = counted((surface.text, 1) for skill in Vocabulary.shipped().skills for surface in skill.surfaces)
    often = {word for word, times in held.items() if times >= _MANY and zipf_frequency(word, "en") >= _KNOWN}
    plain = {word for word, times in known.items() if times > 1 or held[word] >= _SOME}
    every = " ".join(sorted(plain | often | skills.keys()))
    OUT.write_text(f"{_HEAD}\n{textwrap.fill(every, 120, break_on_hyphens=False)}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
