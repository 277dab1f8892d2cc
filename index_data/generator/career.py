"""The latent career: what somebody did when, at which level and where, before any of it is put in words."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .content import LEVELS, Rung, Specialism, Topic, Trade, pool, trades, weighted
from .grammar import Expansion
from .people import Country, countries, country_weights, family_name, pick

#: Everybody's profile is seen in this month (months since year 0).
AS_OF = 2026 * 12 + 9
ODDITIES = {
    "changer": 0.06,
    "returner": 0.05,
    "gap": 0.12,
    "second_job": 0.07,
    "between_jobs": 0.06,
    "moved_country": 0.07,
}


@dataclass(slots=True)
class Employer:
    """An invented company; `business` is its line of business where it is a technology company."""

    name: str
    business: str | None = None


@dataclass(slots=True)
class Stint:
    """One position: months since year 0, `end` None while it goes on."""

    start: int
    end: int | None
    trade: Trade
    specialism: Specialism
    level: int
    employer: Employer
    place: str
    country: Country
    part_time: bool = False


@dataclass(slots=True)
class Career:
    """A person before words: where they live, what they are, and their stints, oldest first."""

    country: Country
    place: str
    trade: Trade
    specialism: Specialism
    oddities: frozenset[str]
    stints: list[Stint] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Level of the latest position."""
        return self.stints[-1].level

    @property
    def months(self) -> int:
        """Months in which some position was held."""
        held: set[int] = set()
        for stint in self.stints:
            held.update(range(stint.start, AS_OF if stint.end is None else stint.end))
        return len(held)


def ladder(trade: Trade, specialism: Specialism) -> list[Rung]:
    """The rungs that count for a specialism: its own where it has any, else the trade's."""
    return specialism.ladder or trade.ladder


def live(rng: random.Random, trade: Trade, specialism: Specialism) -> Career:
    """A career in a specialism, from the first position to the month of `AS_OF`."""
    known = countries()
    where = specialism.lines.get("countries") or trade.lines.get("countries")
    country = known[pick(rng, weighted(where[0]) if where else country_weights())]
    odd = frozenset(name for name, rate in ODDITIES.items() if rng.random() < rate)
    career = Career(country, rng.choice(country.cities), trade, specialism, odd)
    _Path(rng, career).walk()
    return career


class _Path:
    """Walks a career forward in time; keeps what carries over from one position to the next."""

    def __init__(self, rng: random.Random, career: Career) -> None:
        self.rng = rng
        self.career = career
        low, high = _years(career)
        self.total = int(12 * min(38.0, max(low, rng.triangular(low, high, low + (high - low) * 0.2))))
        self.pace = rng.uniform(0.65, 1.4)
        self.cap = rng.choices((6, 5, 4, 3), (3, 4, 4, 3))[0]
        self.tenure = rng.uniform(0.7, 1.5) * 1.15 * career.trade.number("tenure", 32)
        self.born = AS_OF - self.total
        self.early: tuple[Trade, Specialism] | None = None
        self.first: tuple[Trade, Specialism] | None = None
        self.away: Country | None = None
        self.returned = False
        #: from this month on the person does what they are now
        self.settled = AS_OF

    def walk(self) -> None:
        """Fills the career's stints."""
        career, rng = self.career, self.rng
        self._internships()
        at = self.born
        stop = AS_OF - (rng.randint(1, 9) if "between_jobs" in career.oddities else 0)
        while stop - at > 2:
            months = min(max(5, int(rng.gauss(1, 0.45) * self.tenure)), stop - at)
            if stop - at - months < 8:
                months = stop - at
            if at + months >= stop:
                self.settled = at
            self._hold(at, at + months)
            at += months + self._pause(at + months)
        last = career.stints[-1]
        if (last.end or AS_OF) >= stop - 4 and "between_jobs" not in career.oddities:
            last.end = None
        if "second_job" in career.oddities and len(career.stints) > 1:
            self._beside()

    def _hold(self, start: int, end: int) -> None:
        """One employer from `start` to `end`, with a promotion on the way where the years have earned one."""
        middle = (start + end) // 2
        trade, specialism = self._calling(start)
        grown = self._level(trade, specialism, middle) > self._level(trade, specialism, start)
        if end - start >= 30 and grown and (end - start >= 48 or self.rng.random() < 0.7):
            self._add(start, middle)
            self._add(middle, end, promoted=True)
        else:
            self._add(start, end)

    def _pause(self, at: int) -> int:
        """Months before the next position: mostly none, sometimes an overlap of one."""
        odd, left = self.career.oddities, AS_OF - at
        if "returner" in odd and left > 40 and at - self.born > 24 and not self.returned:
            self.returned = True
            return self.rng.randint(14, min(60, left - 20))
        if "gap" in odd and left > 20 and self.rng.random() < 0.4:
            return self.rng.randint(4, 13)
        return self.rng.choices((0, 1, 2, -1), (6, 3, 1, 0.5))[0] if left > 6 else 0

    def _internships(self) -> None:
        trade = self.career.trade
        rungs = [rung for rung in ladder(trade, self.career.specialism) if rung.level == 0]
        if rungs and self.total < 240 and self.rng.random() < trade.number("intern_rate", 0.4):
            months = self.rng.randint(2, 7)
            start = self.born - self.rng.randint(3, 12) - months
            self._add(start, start + months, level=0)

    def _add(self, start: int, end: int, level: int | None = None, promoted: bool = False) -> None:
        trade, specialism = self._calling(start)
        if level is None:
            level = self._level(trade, specialism, start + (end - start) // 4)
        if start >= self.settled and level > 0:
            floor = LEVELS.index((trade.lines.get("floor") or ["junior"])[0])
            level = max(level, floor, min(topic.levels[0] for topic in specialism.topics))
        elif level > 0 and not fitting(specialism, level) and (found := self._early(specialism)):
            trade, specialism = found
            level = self._level(trade, specialism, start)
        place, country = self._place(start)
        before = self.career.stints[-1] if self.career.stints else None
        rises = before is not None and before.end == start and level > before.level > 0 and before.trade is trade
        stays = promoted or (rises and self.rng.random() < 0.4)
        if before and stays:
            employer, place, country = before.employer, before.place, before.country
        else:
            employer = employ(self.rng, trade, specialism, country, place, self._former())
        self.career.stints.append(Stint(start, end, trade, specialism, level, employer, place, country))

    def _former(self) -> set[str]:
        return {stint.employer.name for stint in self.career.stints}

    def _calling(self, at: int) -> tuple[Trade, Specialism]:
        """What the position is in: the early part of a career may lie in another trade or branch."""
        career = self.career
        share = (at - self.born) / max(1, self.total)
        if at >= self.settled:
            return career.trade, career.specialism
        if "changer" in career.oddities and self.total > 48 and share < 0.4:
            self.first = self.first or _other(self.rng, career.trade)
            return self.first
        if share < float(career.specialism.lines.get("early_share", ["0.4"])[0]) and (
            found := self._early(career.specialism)
        ):
            return found
        others = [s for s in career.trade.specialisms if s is not career.specialism]
        if others and share < 0.5 and self.rng.random() < 0.18:
            return career.trade, self.rng.choice(others)
        return career.trade, career.specialism

    def _early(self, specialism: Specialism) -> tuple[Trade, Specialism] | None:
        """What people of this specialism did before, one choice for the whole career."""
        found = [early for early in map(_find, specialism.lines.get("early", [])) if early]
        if found and self.early is None:
            self.early = self.rng.choice(found)
        return self.early

    def _level(self, trade: Trade, specialism: Specialism, at: int) -> int:
        years = (at - self.born) / 12 * self.pace
        if trade is not self.career.trade and "changer" in self.career.oddities:
            cap = 3
        elif "changer" in self.career.oddities:
            years, cap = (years * 0.6), self.cap
        else:
            cap = self.cap
        rungs = [r for r in ladder(trade, specialism) if r.level > 0]
        fitting = [r.level for r in rungs if r.years <= years and r.level <= max(cap, rungs[0].level)]
        level = fitting[-1] if fitting else rungs[0].level
        same = [s.level for s in self.career.stints if s.trade is trade]
        return on_ladder(rungs, max([level, *(held for held in same if held <= level + 1)]))

    def _place(self, at: int) -> tuple[str, Country]:
        career, rng = self.career, self.rng
        if "moved_country" in career.oddities and at - self.born < self.total * 0.45:
            self.away = self.away or rng.choice([c for c in countries().values() if c is not career.country])
            return rng.choice(self.away.cities), self.away
        if rng.random() < 0.2:
            return rng.choice(career.country.cities), career.country
        return career.place, career.country

    def _beside(self) -> None:
        """A part-time position beside one of the later ones."""
        host = self.career.stints[-1]
        end = host.end or AS_OF
        if end - host.start < 10:
            return
        start = self.rng.randint(host.start + 2, end - 6)
        still = host.end is None and self.rng.random() < 0.6
        stop = None if still else self.rng.randint(start + 4, end)
        employer = employ(self.rng, host.trade, host.specialism, host.country, host.place, self._former())
        level = on_ladder(ladder(host.trade, host.specialism), min(host.level, 3))
        extra = Stint(
            start, stop, host.trade, host.specialism, level, employer, host.place, host.country, part_time=True
        )
        self.career.stints.insert(len(self.career.stints) - 1, extra)


def _years(career: Career) -> tuple[float, float]:
    lines = career.specialism.lines.get("years") or career.trade.lines.get("years") or ["1-32"]
    low, high = lines[0].split("-")
    return float(low), float(high)


def _find(name: str) -> tuple[Trade, Specialism] | None:
    occupation, _, specialism = name.partition("/")
    for trade in trades():
        if trade.occupation == occupation:
            return trade, next(s for s in trade.specialisms if s.name == specialism)
    return None


def _other(rng: random.Random, trade: Trade) -> tuple[Trade, Specialism]:
    """An earlier calling: one the trade's file names, else any."""
    named = [found for found in map(_find, trade.lines.get("from", [])) if found]
    if named:
        return rng.choice(named)
    other = rng.choice([t for t in trades() if t is not trade and t.number("entry", 1)])
    return other, rng.choice(other.specialisms)


def employ(
    rng: random.Random, trade: Trade, specialism: Specialism, country: Country, place: str, former: set[str]
) -> Employer:
    """An employer of a kind that hires this specialism, not one worked for before."""
    kinds = weighted((specialism.lines.get("companies") or trade.lines["companies"])[0])
    for _ in range(20):
        employer = _employer(rng, pick(rng, kinds), country, place)
        if employer.name not in former:
            break
    return employer


def _employer(rng: random.Random, kind: str, country: Country, place: str) -> Employer:
    companies = pool("companies")
    business = companies.sections["tech"]
    if kind == "tech":
        kind = pick(rng, {name: float(len(names)) for name, names in business.items()})
    if kind in business:
        return Employer(rng.choice(business[kind]), kind)
    families = [family_name(rng, country) for _ in range(4)]
    slots = {"city": [place.split(",")[0]], "family": families, "uniname": country.fields["uninames"]}
    name = Expansion(rng, slots).expand(rng.choice(companies.get("kind", kind)))
    return Employer(name.replace("City City", "City"))


def on_ladder(rungs: list[Rung], level: int) -> int:
    """The highest level of the rungs that is not above `level`, else the lowest but interns'."""
    levels = [rung.level for rung in rungs if rung.level > 0]
    return max((held for held in levels if held <= level), default=min(levels))


def fitting(specialism: Specialism, level: int) -> list[Topic]:
    """The topics of a specialism that people of a level work on."""
    return [topic for topic in specialism.topics if topic.levels[0] <= level <= topic.levels[1]]


def phrases(specialism: Specialism, trade: Trade, key: str) -> list[str]:
    """The lines of a specialism and of its trade together."""
    return [*specialism.lines.get(key, []), *trade.lines.get(key, [])]
