"""The small text grammar of the content files.

========== =====================================================================
`[a|b|c]`  one of the alternatives (nesting allowed, an empty one leaves it out)
`{name}`   a line of the slot `name`; within one expansion never the same twice
`{10-40}`  a whole number, rounded as people round (`{1200-9000}` → 4,300)
`{1.5-4}`  a number with one decimal
`{#3-9}`   a whole number in words
`{$2-40}`  an amount, in millions of US dollars, written as the country writes it
========== =====================================================================

A slot whose name is in capitals names skills: what it expanded to is kept in `Expansion.skills`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Slots = Mapping[str, Sequence[str]]

_NUMBER = re.compile(r"(#|\$)?(\d+(?:\.\d+)?)-(\d+(?:\.\d+)?)\Z")
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# "a" before a vowel that is spoken as one, and "an" before what is not
_AN = re.compile(
    r"(?<![&/-])\b([Aa]) (?=[aio]|e(?!u)|u(?!ni[^nm]|s[aeu]|ti|r[io]|biq)"
    r"|[AIO][a-z]|E(?!u)[a-z]|ETL|API|IP|AI|IT|8|11\b|18\b)(?!one\b|once\b|One)"
)
_ONE = re.compile(
    r"\bone ((?:[\w-]+ )?)(claim|retraction|dispute|finding|day|rollback|collision|rejection|incident|accident|item)s\b"
)
_A = re.compile(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwyz][a-z])")


@dataclass(frozen=True, slots=True)
class Money:
    """How a country writes amounts: symbol, units per US dollar, and whether in lakh and crore."""

    symbol: str
    rate: float
    crore: bool = False

    def write(self, million_dollars: float) -> str:
        """`2.4` → "$2.4M", "₹20 crore"."""
        amount = million_dollars * self.rate
        if self.crore:
            return (
                f"{self.symbol}{_round(amount / 10)} crore"
                if amount >= 10
                else f"{self.symbol}{_round(amount * 10)} lakh"
            )
        if amount >= 1000:
            return f"{self.symbol}{_round(amount / 1000)}B"
        return f"{self.symbol}{_round(amount)}M" if amount >= 1 else f"{self.symbol}{_round(amount * 1000)}k"


DOLLAR = Money("$", 1.0)


@dataclass(slots=True)
class Expansion:
    """One expansion under way: where its randomness comes from and what it has used so far."""

    rng: random.Random
    slots: Slots
    money: Money = DOLLAR
    skills: list[str] = field(default_factory=list)
    _used: set[tuple[str, str]] = field(default_factory=set)

    def expand(self, text: str) -> str:
        """`text` with every construct replaced; raises `KeyError` naming an unknown slot."""
        out = self._expand(text)
        out = _ONE.sub(r"one \1\2", out.replace("one penalties", "one penalty"))
        out = _AN.sub(r"\1n ", _A.sub(r"\1 ", out))
        return re.sub(r" +([,.;])", r"\1", re.sub(r"  +", " ", out)).strip()

    def _expand(self, text: str) -> str:
        parts: list[str] = []
        at = 0
        while at < len(text):
            if text[at] in "[{":
                end = _closing(text, at)
                inner = text[at + 1 : end]
                parts.append(self._choice(inner) if text[at] == "[" else self._slot(inner))
                at = end + 1
            else:
                parts.append(text[at])
                at += 1
        return "".join(parts)

    def _choice(self, inner: str) -> str:
        return self._expand(self.rng.choice(split_top(inner)))

    def _slot(self, name: str) -> str:
        if found := _NUMBER.match(name):
            return self._number(found[1], found[2], found[3])
        if name not in self.slots:
            raise KeyError(f"unknown slot {{{name}}}")
        for _ in range(20):
            value = self._expand(self.rng.choice(self.slots[name]))
            if (name, value) not in self._used:
                break
        self._used.add((name, value))
        if name.isupper():
            self.skills.append(value)
        return value

    def _number(self, mark: str | None, low: str, high: str) -> str:
        if mark == "$":
            a, b = float(low), float(high)
            return self.money.write(a * (b / a) ** self.rng.random())
        if "." in low or "." in high:
            return f"{self.rng.uniform(float(low), float(high)):.1f}"
        value = self.rng.randint(int(low), int(high))
        if mark == "#":
            return _WORDS[value] if value < len(_WORDS) else str(value)
        return _round(value) if int(high) >= 100 else str(value)


def split_top(text: str, mark: str = "|") -> list[str]:
    """`text` split at each `mark` that is outside brackets and braces."""
    parts, depth, last = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "[{") - (char in "]}")
        if char == mark and depth == 0:
            parts.append(text[last:at])
            last = at + 1
    return [*parts, text[last:]]


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in "[{") - (text[at] in "]}")
        if depth == 0:
            return at
    raise ValueError(f"unclosed bracket in {text!r}")


def _round(value: float) -> str:
    """To two significant digits from 100 on, one decimal below 10, with thousands separated."""
    if value < 10:
        return f"{value:.1f}".removesuffix(".0")
    if value < 100:
        return f"{value:.0f}"
    scale = 10 ** (len(str(int(value))) - 2)
    return f"{round(value / scale) * scale:,}"
