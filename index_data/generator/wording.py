"""A career put in words: titles, bullets, skills, about, highlights."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field

from recommender.profile import Role, Workplace

from .career import AS_OF, Career, Stint, fitting, ladder, phrases
from .content import LEVELS, Topic, pool, weighted
from .grammar import Expansion, split_top
from .people import pick

#: Everyday words that British spelling writes otherwise.
_BRITISH = {
    r"\b([Oo])rganiz": r"\1rganis",
    r"\b([Oo])ptimiz": r"\1ptimis",
    r"\b([Cc])enter\b": r"\1entre",
    r"\b([Bb])ehavior": r"\1ehaviour",
    r"\b([Ll])abor\b": r"\1abour",
    r"\b([Cc])olor": r"\1olour",
    r"\b([Ss])tandardiz": r"\1tandardis",
    r"\b([Mm])oderniz": r"\1odernis",
    r"\b([Pp])rioritiz": r"\1rioritis",
    r"\b([Cc])atalog\b": r"\1atalogue",
    r"\b([Aa])nalyz": r"\1nalys",
    r"\b([Tt])ravelers": r"\1ravellers",
    r"\b([Ss])ummariz": r"\1ummaris",
    r"\b([Pp])ersonaliz": r"\1ersonalis",
    r"\b([Mm])inimiz": r"\1inimis",
    r"\b([Rr])ecogniz": r"\1ecognis",
    r"\b([Aa])uthoriz": r"\1uthoris",
    r"\b([Ll])abeled": r"\1abelled",
    r"\b([Mm])odeled": r"\1odelled",
    r"\b([Mm])odeling": r"\1odelling",
    r"\b([Ff])avor": r"\1avour",
    r"\b([Ss])pecializ": r"\1pecialis",
    r"\b([Ll])icens(?=e\b)": r"\1icenc",
    r"\b([Cc])enters\b": r"\1entres",
}
_CONNECTIVES = frozenset(
    """and which so with without by for in at after before to on until from under within through as then whose who while
    but once because over across using despite between against since though where not ahead instead down up worth all
    none most mostly""".split()  # noqa: SIM905 - words read better than a list of them
)
_BULLET_STYLES = {"stop": 5.0, "bare": 4.0, "first": 1.0}


@dataclass(slots=True)
class Voice:
    """How one person writes, and what they have already said."""

    rng: random.Random
    career: Career
    said: Counter[str]
    bullets: float = 3.2
    style: str = "stop"
    endless: bool = False
    dash: str = "; "
    _lines: set[str] = field(default_factory=set)
    _topics: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.style = pick(self.rng, _BULLET_STYLES)
        self.dash = self.rng.choice((": ", "; ", " – ", " – "))

    def expansion(self, stint: Stint) -> Expansion:
        """An expansion with the slots that hold at a position."""
        slots = {**pool("common").sections["slot"], **stint.trade.slots, **stint.specialism.slots}
        business = pool("companies").sections["business"]
        name = stint.employer.business or "consulting"
        # one of each, so that all of a sentence speaks of the same thing
        slots.update({key: [self.rng.choice(business[f"{name}.{key}"])] for key in ("service", "entity", "user")})
        slots["company"] = [stint.employer.name]
        slots["city"] = [stint.place.split(",")[0]]
        slots["field"] = [stint.specialism.field]
        return Expansion(self.rng, slots, stint.country.money)

    def write(self, stint: Stint, text: str, city: str | None = None) -> tuple[str, list[str]]:
        """`text` expanded, in the spelling of the person's country, and the skills it named."""
        expansion = self.expansion(stint)
        if city:
            expansion.slots = {**expansion.slots, "city": [city]}
        out = expansion.expand(text)
        return (spell(out) if self.career.country.british else out), expansion.skills

    def role(self, stint: Stint, title: str) -> Role:
        """One position in words."""
        count = self._count(stint)
        if self.endless:
            self._lines.clear()
        topics = self._choose(stint, 1 if count <= 2 else 2 if count <= 5 else 3 if count <= 8 else 6)
        bullets: list[str] = []
        named: list[str] = []
        if stint.level == 0:
            bullets, count = self._internship(stint, topics, min(count, 2)), 0
        for at in range(count):
            bullet, skills = self._bullet(
                stint, topics[at % len(topics)], needed=self.endless or (not bullets and self.rng.random() < 0.4)
            )
            if bullet:
                bullets.append(bullet)
                named += skills
        tags = self._tags(stint, topics, named) if bullets or self.rng.random() < 0.4 else ()
        return Role(
            company=stint.employer.name,
            title=title,
            start=month(stint.start),
            end=None if stint.end is None else month(stint.end),
            location=self._location(stint),
            workplace=self._workplace(stint),
            bullets=tuple(bullets),
            skills=tags,
        )

    def _internship(self, stint: Stint, topics: list[Topic], count: int) -> list[str]:
        """What an intern says: what was learned and looked at, not what was led."""
        expansion = self.expansion(stint)
        expansion.slots = {
            **expansion.slots,
            "tag": [tag for topic in topics for tag in topic.tags if not tag.startswith("on-")],
        }
        lines = self.rng.sample(pool("common").sections["intern"]["line"], count)
        return [text for text in map(expansion.expand, lines) if text not in self.said]

    def _count(self, stint: Stint) -> int:
        months = (AS_OF if stint.end is None else stint.end) - stint.start
        age = (AS_OF - stint.start) / 12
        mean = (
            self.bullets
            * (0.6 if months < 9 else 1.0)
            * (0.65 if age > 14 else 1.0)
            * (0.5 if stint.part_time else 1.0)
        )
        return max(0, min(24, round(self.rng.gauss(mean, mean * 0.35))))

    def _choose(self, stint: Stint, number: int) -> list[Topic]:
        """Topics of the position's branch, those not written about yet first, and now and then the trade's own."""
        fits = fitting(stint.specialism, stint.level)
        shared = [t for t in stint.trade.topics if t.levels[0] <= stint.level <= t.levels[1]]
        self.rng.shuffle(fits)
        fits.sort(key=lambda topic: self._topics.count(id(topic)))
        chosen = fits[:number]
        if shared and (len(chosen) < number or (number > 1 and self.rng.random() < 0.45)):
            chosen = [
                *chosen[: max(1, number - 1)],
                min(self.rng.sample(shared, len(shared)), key=lambda t: self._topics.count(id(t))),
            ]
        self._topics += [id(topic) for topic in chosen]
        return chosen or stint.specialism.topics[:1]

    def _bullet(self, stint: Stint, topic: Topic, needed: bool) -> tuple[str, list[str]]:
        """A bullet nobody has written yet, "" where the topic has nothing more to say."""
        for _ in range(8):
            wholes = [line for line in topic.wholes if line not in self._lines]
            acts = [line for line in topic.acts if line not in self._lines]
            if not wholes and not acts:
                if not needed:
                    return "", []
                self._lines.difference_update(topic.acts)
                acts = topic.acts
            line = self.rng.choice(wholes + acts)
            text, skills = self.write(stint, self._compose(stint, topic, line))
            if stint.level == 1 and line in topic.acts and self.rng.random() < 0.2:
                lead = self.expansion(stint).expand(self.rng.choice(pool("common").sections["junior"]["lead"]))
                text = f"{lead} {text[0].lower()}{text[1:]}"
            text = self._finish(text, line in topic.acts)
            if text not in self.said:
                self._lines.add(line)
                self.said[text] += 1
                if self.endless and needed and self.rng.random() < 0.75:
                    more, named = self._bullet(stint, topic, needed=False)
                    return f"{text.rstrip('.')}. {more}".strip(), [*skills, *named]
                return text, skills
        return "", []

    def _compose(self, stint: Stint, topic: Topic, line: str) -> str:
        """What was done, sometimes in which circumstances, and what came of it."""
        if line not in topic.acts:
            return line
        act, _, own = line.partition(" :: ")
        contexts = phrases(stint.specialism, stint.trade, "context")
        taken = set(re.findall(r"[a-z]+", act))
        contexts = [context for context in contexts if context.split()[0] not in taken]
        plain = len(act.split()) < 11 and not re.search(r",| that | with |\bfor\b", act)
        if contexts and plain and self.rng.random() < (0.5 if self.endless else 0.15):
            act = f"{act} {self.rng.choice(contexts)}"
        ends = [end for end in (split_top(own) if own else topic.ends) if end not in self._lines]
        if not ends or self.rng.random() < (0.05 if self.endless else 0.2):
            return act
        end = self.rng.choice(ends).strip()
        self._lines.add(end)
        return f"{act}{self._join(end)}{end}"

    def _join(self, end: str) -> str:
        """What is between a deed and its outcome: a comma before a connective, else the person's own habit."""
        if end[0].isupper():
            return ". "
        first = end.split()[0]
        if first == "that":
            return " "
        return ", " if first in _CONNECTIVES or (first.endswith("ing") and first != "nothing") else self.dash

    def _finish(self, text: str, act: bool) -> str:
        if (
            self.style == "first"
            and act
            and self.rng.random() < 0.6
            and re.match(r"[A-Z][a-z]+(ed|t|de|ote|an|lt|an|ook|ew) ", text)
        ):
            text = f"I {text[0].lower()}{text[1:]}"
        if self.style == "bare" and ". " not in text:
            return text.rstrip(".")
        return text if text.endswith((".", "!", "?")) else f"{text}."

    def _tags(self, stint: Stint, topics: list[Topic], named: list[str]) -> tuple[str, ...]:
        """Up to three specific skills, then up to two core skills of the topics written about."""
        if stint.level == 0 or self.rng.random() < 0.05:
            return ()
        specific = list(
            dict.fromkeys([tag for topic in topics for tag in self.rng.sample(topic.tags, len(topic.tags))])
        )
        seen = list(dict.fromkeys(named))
        mix = [*seen[:1], *specific] if self.rng.random() < 0.6 else [*specific[:2], *seen, *specific[2:]]
        core = list(dict.fromkeys([tag for topic in topics for tag in topic.core]))
        opening = [tag for tag in dict.fromkeys(mix) if tag.lower() not in {c.lower() for c in core}][
            : self.rng.choice((2, 3, 3, 3))
        ]
        closing = core[:2] if self.rng.random() < 0.8 else self.rng.sample(core, min(2, len(core)))
        return (*opening, *closing)

    def _location(self, stint: Stint) -> str | None:
        form = self.rng.random()
        parts = stint.place.split(", ")
        return None if form < 0.08 else parts[0] if form < 0.35 else ", ".join(parts[:2]) if form < 0.5 else stint.place

    def _workplace(self, stint: Stint) -> Workplace | None:
        if self.rng.random() < 0.45:
            return None
        weights = weighted((stint.trade.lines.get("workplace") or ["on-site 1"])[0])
        kind = pick(self.rng, weights)
        if stint.start < 2020 * 12 and (kind != "on-site" and self.rng.random() < 0.8):
            return None
        return {"remote": "remote", "hybrid": "hybrid"}.get(kind, "on-site")  # type: ignore[return-value]

    def title(self, stint: Stint, base: str) -> str:
        """The title of a position."""
        rungs = [rung for rung in ladder(stint.trade, stint.specialism) if rung.level == stint.level]
        if stint.level == 0 and not rungs:
            return f"{base} Intern"
        titles = [title for rung in rungs for title in rung.titles if _said_in(title, stint.country.code)]
        head, _, tail = base.partition(", ")
        expansion = self.expansion(stint)
        expansion.slots = {**expansion.slots, "base": [head]}
        chosen = self.rng.choice(titles).rpartition("> ")[2]
        title = expansion.expand(chosen)
        if tail and "{base}" in chosen and "," not in title:
            title = f"{title}, {tail}"
        return f"{title} (part-time)" if stint.part_time and self.rng.random() < 0.5 else title


def _said_in(title: str, country: str) -> bool:
    """Whether a title is used in a country; `<GB IE> Ward Sister` names those that use it."""
    return not title.startswith("<") or country in title[1 : title.index(">")].split()


def month(number: int) -> str:
    """Months since year 0 as "YYYY-MM"."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def spell(text: str) -> str:
    """`text` in British spelling."""
    for pattern, into in _BRITISH.items():
        text = re.sub(pattern, into, text)
    return text


__all__ = ["LEVELS", "Voice", "month", "spell"]
