"""The content files read into values: trades, and the pools of names, places and companies.

`trades/*.txt`, line by line (`#` starts a comment; ` | ` separates items; text is in the grammar of `grammar.py`):

- `key: value` fills a field of the trade, or of the specialism once one has begun;
- `level NAME YEARS: titles` is a rung of the ladder (`{base}` is for the specialism's own title);
- `slot NAME: items`, `cert CC: items`, `licence CC: items`, `study KIND: fields` (CC a country or `*`);
- `specialism NAME WEIGHT | field in words` begins a specialism;
- `topic [@low-high] | opening tags; … | core tags; …` begins a topic of work: `+` is something done (it starts
  with a verb in the past tense), `>` is what came of it, `!` is a whole bullet of its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as made
from functools import cache
from pathlib import Path

from .grammar import split_top

LEVELS = ("intern", "junior", "mid", "senior", "lead", "principal", "executive")
_HERE = Path(__file__).parent


@dataclass(slots=True)
class Topic:
    """One kind of work: its skills and the sentences about it. `levels` is the range that does it, inclusive."""

    levels: tuple[int, int]
    tags: list[str]
    core: list[str]
    acts: list[str] = made(default_factory=list)
    ends: list[str] = made(default_factory=list)
    wholes: list[str] = made(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder, reached after about `years` years."""

    level: int
    years: float
    titles: list[str]


@dataclass(slots=True)
class Specialism:
    """A branch of a trade. `field` is a phrase ("critical-care nursing")."""

    name: str
    weight: float
    field: str
    lines: dict[str, list[str]] = made(default_factory=lambda: defaultdict(list))
    ladder: list[Rung] = made(default_factory=list)
    slots: dict[str, list[str]] = made(default_factory=dict)
    topics: list[Topic] = made(default_factory=list)


@dataclass(slots=True)
class Trade:
    """An occupation with everything that can be said about its people."""

    lines: dict[str, list[str]] = made(default_factory=lambda: defaultdict(list))
    ladder: list[Rung] = made(default_factory=list)
    slots: dict[str, list[str]] = made(default_factory=dict)
    topics: list[Topic] = made(default_factory=list)
    specialisms: list[Specialism] = made(default_factory=list)

    @property
    def occupation(self) -> str:
        """The occupation's slug."""
        return self.lines["occupation"][0]

    def every_topic(self) -> list[Topic]:
        """The trade's own topics and those of its specialisms."""
        return [*self.topics, *(topic for specialism in self.specialisms for topic in specialism.topics)]

    def number(self, key: str, default: float) -> float:
        """A numeric field."""
        return float(self.lines[key][0]) if self.lines.get(key) else default


@dataclass(frozen=True, slots=True)
class Pool:
    """A pool file: `[section]` → key → items."""

    sections: dict[str, dict[str, list[str]]]

    def get(self, section: str, key: str) -> list[str]:
        """The items, [] where there are none."""
        return self.sections.get(section, {}).get(key, [])


def items(text: str) -> list[str]:
    """`text` split at the bars that stand outside brackets."""
    return [part.strip() for part in split_top(text) if part.strip()]


def weighted(text: str) -> dict[str, float]:
    """`US 5, GB 2` → {"US": 5.0, "GB": 2.0}."""
    return {name: float(weight) for name, weight in (part.split() for part in text.split(","))}


def _lines(path: Path) -> Iterable[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


@cache
def trades() -> tuple[Trade, ...]:
    """Every trade, by file name."""
    return tuple(read_trade(path) for path in sorted((_HERE / "trades").glob("*.txt")))


def read_trade(path: Path) -> Trade:
    """One trade's file; raises `ValueError` naming file and line that cannot be read."""
    trade = Trade()
    for line in _lines(path):
        try:
            _take(trade, line)
        except (ValueError, IndexError) as error:
            raise ValueError(f"{path.name}: {line!r}: {error}") from error
    return trade


def _take(trade: Trade, line: str) -> None:
    scope = trade.specialisms[-1] if trade.specialisms else trade
    if line[0] in "+>!":
        topic = scope.topics[-1]
        {"+": topic.acts, ">": topic.ends, "!": topic.wholes}[line[0]].append(line[1:].strip())
    elif line.startswith("specialism "):
        head, words = line.removeprefix("specialism ").split(" | ")
        name, weight = head.split()
        trade.specialisms.append(Specialism(name, float(weight), words))
    elif line.startswith("topic"):
        scope.topics.append(_topic(line))
    elif found := re.match(r"level (\w+) ([\d.]+): (.*)", line):
        scope.ladder.append(Rung(LEVELS.index(found[1]), float(found[2]), items(found[3])))
    elif found := re.match(r"slot (\w+): (.*)", line):
        scope.slots.setdefault(found[1], []).extend(items(found[2]))
    elif found := re.match(r"([\w* ]+): (.*)", line):
        scope.lines[found[1]].extend(items(found[2]))
    else:
        raise ValueError("no such kind of line")


def _topic(line: str) -> Topic:
    head, tags, core = line.split("|")
    low, high = 0, len(LEVELS) - 1
    if found := re.search(r"@(\w*)-(\w*)", head):
        low = LEVELS.index(found[1]) if found[1] else low
        high = LEVELS.index(found[2]) if found[2] else high
    return Topic((low, high), _semicolons(tags), _semicolons(core))


def _semicolons(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


@cache
def pool(name: str) -> Pool:
    """The pool file `pools/<name>.txt`."""
    sections: dict[str, dict[str, list[str]]] = {}
    for line in _lines(_HERE / "pools" / f"{name}.txt"):
        if line.startswith("["):
            here = sections.setdefault(line.strip("[]"), {})
        else:
            key, _, value = line.partition(": ")
            here.setdefault(key, []).extend(items(value))
    return Pool(sections)
