"""The pool as a dict, and every answer by looking at every profile: slow, and obviously right."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from recommender.collection import FacetField, FacetValue, Filter, Sort, Suggestion, SuggestionKind
from recommender.encoding.encoded import EncodedProfile
from recommender.insights import Derived
from recommender.profile import profile_to_json


class Model:
    """What a pool ought to hold: profiles in the order in which they were last written."""

    def __init__(self) -> None:
        self.held: dict[str, EncodedProfile] = {}
        self.links: dict[str, str] = {}  # whose place another profile takes → the id of that one
        self.apart: set[frozenset[str]] = set()  # who was unlinked from whom

    @property
    def placed(self) -> dict[str, EncodedProfile]:
        """Those who take a place."""
        return {i: p for i, p in self.held.items() if i not in self.links}

    def link(self, group: Sequence[str], *, again: bool = True) -> None:
        person = set[str]().union(*map(self.same_person, group))
        apart = {pair for pair in self.apart if pair <= person}
        if apart and not again:
            return
        self.apart -= apart
        places = {i: None if i == group[0] else group[0] for i in person}
        if any(self.links.get(i) != place for i, place in places.items()):
            self._place(places)

    def unlink(self, profile_ids: Iterable[str]) -> list[str]:
        done = []
        for i in dict.fromkeys(profile_ids):
            person = self.same_person(i)
            if len(person) > 1:
                self._place({i: None})
                self._seat(person - {i})
                self.apart |= {frozenset((i, other)) for other in person - {i}}
                done.append(i)
        return done

    def same_person(self, profile_id: str) -> set[str]:
        first = self.links.get(profile_id, profile_id)
        return {first, *(i for i, to in self.links.items() if to == first)}

    def _seat(self, person: set[str]) -> None:
        """Who took the place still does; else the fullest, of several the one stored last."""
        age = list(self.held)
        said = {i: len(profile_to_json(self.held[i].profile)) for i in person}
        first = max(person, key=lambda i: (i not in self.links, said[i], age.index(i)))
        self._place({i: None if i == first else first for i in person})

    def _place(self, places: Mapping[str, str | None]) -> None:
        """Whoever is linked anew is as if stored anew, in the order there was."""
        for i in [i for i in self.held if i in places]:
            self.held[i] = self.held.pop(i)
            self.links.pop(i, None)
            if (to := places[i]) is not None:
                self.links[i] = to

    def upsert(self, profiles: Iterable[EncodedProfile]) -> None:
        for profile in {p.profile_id: p for p in profiles}.values():
            self.held.pop(profile.profile_id, None)
            self.held[profile.profile_id] = profile

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        asked = [i for i in dict.fromkeys(profile_ids) if i in self.held]
        people = {self.links.get(i, i): self.same_person(i) for i in asked}
        for i in asked:
            del self.held[i]
        for person in people.values():
            if len(person) > 1 and person & self.held.keys():
                self._seat(person & self.held.keys())
        self.links = {i: to for i, to in self.links.items() if i in self.held}
        self.apart = {pair for pair in self.apart if pair <= self.held.keys()}
        return asked

    def ids(self, where: Filter = Filter()) -> list[str]:  # noqa: B008
        return [i for i, p in self.placed.items() if self.admits(i, p, where)]

    def admits(self, i: str, p: EncodedProfile, where: Filter) -> bool:
        return qualifies(i, p.facts, where, p.profile.name, self.same_person(i))

    def facets(self, field: FacetField, where: Filter, limit: int) -> list[FacetValue]:
        counts = Counter(v for i in self.ids(where) for v in facet_values(self.held[i].facts, field))
        return [FacetValue(v, n) for v, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:limit]]

    def suggest(self, text: str, kinds: Sequence[SuggestionKind], limit: int) -> list[Suggestion]:
        asked = letters(text)
        if not asked:
            return []
        # of what looks like a sentence, one space less or more is not looked for
        spaced = (
            []
            if len(asked) > 3
            else [[*asked[:i], asked[i] + asked[i + 1], *asked[i + 2 :]] for i in range(len(asked) - 1)]
        )
        for i, word in enumerate(asked if len(asked) <= 3 else ()):
            spaced += [[*asked[:i], word[:at], word[at:], *asked[i + 1 :]] for at in range(1, len(word))]
        found: dict[tuple[str, SuggestionKind], tuple[Any, ...]] = {}
        for kind in kinds:
            counts = Counter(value for p in self.placed.values() for value in _suggested(p, kind))
            for value, count in counts.items():
                matches = (_begun(asked, value), _misspelt(asked, value), min(map(_begun_by(value), spaced), default=9))
                phase = next((at for at, match in enumerate(matches) if match < 9), None)
                if phase is not None:
                    found[value, kind] = (phase, matches[phase], -count, value, kind)
        ranked = sorted(found.values())
        if ranked and ranked[0][0] < 2:
            ranked = [one for one in ranked if one[0] < 2]
        return [self._suggestion(kind, value, -fewer) for _, _, fewer, value, kind in ranked[:limit]]

    def _suggestion(self, kind: SuggestionKind, value: str, count: int) -> Suggestion:
        if kind != "name":
            return Suggestion(kind, value, count)
        whose = [i for i, p in self.placed.items() if " ".join(letters(p.profile.name or "")) == value]
        return Suggestion(kind, self.held[whose[0]].profile.name or "", count, tuple(whose[:5]))

    def listing(self, where: Filter, sort: Sort) -> list[str]:
        age = {i: n for n, i in enumerate(self.held)}

        def key(i: str) -> tuple[Any, ...]:
            name, years = self.held[i].profile.name, self.held[i].facts.years
            return {
                "id": (i,),
                "name": (name is None, (name or "").casefold(), i),
                "years": (years is None, years or 0, i),
                "-years": (years is None, -(years or 0), i),
                "updated": (age[i],),
                "-updated": (-age[i],),
            }[sort]

        return sorted(self.ids(where), key=key)


def facet_values(facts: Derived, field: FacetField) -> set[str]:
    return {
        "skill": set(facts.skills),
        "location": set(facts.places),
        "title": {facts.title} - {""},
        "seniority": {facts.seniority} - {None},
        "company": set(facts.companies_now),
        "company_ever": set(facts.companies_ever),
        "years": set() if facts.years is None else {str(facts.years)},
        "language": set(_fold(facts.languages) or ()),
        "workplace": set(facts.workplaces),
        "badge": set(facts.badges),
        "persona": set(facts.insights.kinds),
        "likely_to_move": {"true"} if likely(facts) else set(),
        "certification": set(facts.certifications),
    }[field]  # type: ignore[return-value]


def qualifies(
    profile_id: str, facts: Derived, where: Filter, name: str | None = None, others: Collection[str] = ()
) -> bool:
    ids = {profile_id, *others}
    return all(
        (
            where.profile_ids is None or bool(set(where.profile_ids) & ids),
            not set(where.exclude_ids or ()) & ids,
            set(where.skills_all or ()) <= set(facts.skills),
            _any(where.skills_any, facts.skills),
            not set(where.skills_none or ()) & set(facts.skills),
            _any(_fold(where.location), facts.places),
            _in_years(facts.years, where),
            _any(where.seniority, (facts.seniority,)),
            _any(_fold(where.company_now), facts.companies_now),
            _any(_fold(where.company_ever), facts.companies_ever),
            not set(_fold(where.company_none) or ()) & set(facts.companies_ever),
            _any(_fold(where.workplace), facts.workplaces),
            _any(_fold(where.badges), facts.badges),
            _any(_fold(where.persona), facts.insights.kinds),
            _any(_fold(where.certifications), facts.certifications),
            where.likely_to_move in (None, likely(facts)),
            _title(facts.title, where.title_contains),
            _any(
                [one.removeprefix("fluent ") for one in _fold(where.languages) or ()]
                if where.languages is not None
                else None,
                facts.languages,
            ),
            _name(name, where.name),
            where.any_of is None or any(qualifies(profile_id, facts, part, name, ids) for part in where.any_of),
            all(qualifies(profile_id, facts, part, name, ids) for part in where.all_of or ()),
            where.not_ is None or not qualifies(profile_id, facts, where.not_, name, ids),
        )
    )


def likely(facts: Derived) -> bool:
    moving = facts.insights.moving
    return (moving is not None and moving.badge) or "most likely to switch" in facts.badges


def _any(wanted: Iterable[str] | None, have: Iterable[str | None]) -> bool:
    return wanted is None or bool(set(wanted) & set(have))


def _fold(values: Iterable[str] | None) -> list[str] | None:
    return None if values is None else [" ".join(v.split()).casefold() for v in values]


def _in_years(years: int | None, where: Filter) -> bool:
    if where.years is None:
        return True
    low, high = where.years.min, where.years.max
    return years is not None and (low is None or low <= years) and (high is None or years <= high)


def _title(title: str, contains: str | None) -> bool:
    if contains is None:
        return True
    words, wanted = (re.findall(r"[\w+#]+", text.casefold()) for text in (title, contains))
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))


def letters(text: str) -> list[str]:
    """Words without case, accents and apostrophes."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not "\u0300" <= c <= "\u036f")
    return re.findall(r"[\w+#]+", unicodedata.normalize("NFC", plain).translate({ord("ł"): "l", ord("'"): None}))


def _name(name: str | None, asked: str | None) -> bool:
    if asked is None or not asked.strip():
        return True
    return bool(letters(asked)) and set(letters(asked)) <= set(letters(name or ""))


def _suggested(person: EncodedProfile, kind: SuggestionKind) -> set[str]:
    facts, name = person.facts, " ".join(letters(person.profile.name or ""))
    return {
        "name": {name} - {""},
        "title": {facts.title} - {""},
        "company": set(facts.companies_ever),
        "skill": set(facts.skills),
        "place": set(facts.places),
    }[kind]


def _begun_by(value: str) -> Callable[[list[str]], int]:
    return lambda asked: _begun(asked, value)


def _begun(asked: list[str], value: str) -> int:
    """0 to 2 by how a value matches without a typo; 9 where it does not."""
    words = letters(value)
    if not all(any(word.startswith(one) for word in words) for one in asked):
        return 9
    return 0 if set(asked) == set(words) else 1 if words[0].startswith(asked[0]) else 2


def _misspelt(asked: list[str], value: str) -> int:
    """The same where one of the words has a typo."""
    words, best = letters(value), 9
    for at, one in enumerate(asked):
        others = [*asked[:at], *asked[at + 1 :]]
        meant = [word for word in words if len(one) > 1 and edits(one, word) == 1]
        if meant and all(any(word.startswith(other) for word in words) for other in others):
            whole = set(others) <= set(words) and len(set(words)) == len(set(others)) + 1
            begins = words[0] in meant if at == 0 else words[0].startswith(asked[0])
            best = min(best, 0 if whole else 1 if begins else 2)
    return best


def edits(one: str, other: str) -> int:
    """The optimal string alignment distance, row by row."""
    before, row = list[int](), list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            least = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                least = min(least, last[j - 2] + 1)
            row.append(least)
    return row[-1]
