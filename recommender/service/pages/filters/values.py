"""All values of a facet by a few letters of them, each with the exact count of those who are left if it is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from recommender.facts import plain_words
from recommender.privacy import masked
from recommender.service.pages.filters.controls import Counting, Option
from recommender.service.pages.filters.facets import Facet
from recommender.service.pages.filters.spelling import spelled
from recommender.skills import Vocabulary

#: Values that are said at once, and that are looked through for them.
MOST_SAID, LOOKED_THROUGH = 10, 5_000


def matching(counting: Counting, facet: Facet, text: str, vocabulary: Vocabulary) -> list[Option]:
    """The values that a text most likely means, likeliest first, those that leave nobody last.

    A value by another of its names ("k8s") comes first; without a text they are the commonest.
    """
    chosen = getattr(counting.choices, facet.name)
    found = dict.fromkeys(value for value in _found(counting, facet, text, vocabulary) if masked(value) == value)
    options = [
        Option(value, spelled(counting.view, facet, value), counting.if_chosen(facet, value), value in chosen)
        for value in list(found)[:MOST_SAID]
    ]
    return sorted(options, key=lambda one: not one.count)


def titles(counting: Counting, text: str) -> list[Option]:
    """Titles that a text most likely means, with how many are left if the title is to contain each."""
    found = [one.value for one in counting.view.suggest(text, ["title"], MOST_SAID) if masked(one.value) == one.value]
    counts = {value: counting.with_choices(title=value) for value in found}
    return [Option(value, value, count, value == counting.choices.title) for value, count in counts.items() if count]


def near(counting: Counting, facet: Facet, value: str) -> list[str]:
    """Values that somebody has and may be meant by one that nobody has."""
    if facet.kind:
        suggested = counting.view.suggest(value, [facet.kind], MOST_SAID)
        return [one.value for one in suggested if facet.offers(one.value)][:3]
    return get_close_matches(value, _all(counting, facet), 3)


def _found(counting: Counting, facet: Facet, text: str, vocabulary: Vocabulary) -> Iterable[str]:
    asked = plain_words(text)
    if not asked:
        return (one.value for one in counting.commonest(facet, MOST_SAID))
    if facet.kind is None:
        begun = (value for value in _all(counting, facet) if _has(plain_words(value), asked))
        return list(begun) or near(counting, facet, text)
    named = facet.form(vocabulary)(text)
    is_there = counting.view.count(facet.positive((named,))) > 0
    # a level of places may hold few of the names that begin so
    suggested = counting.view.suggest(text, [facet.kind], MOST_SAID * (5 if facet.level else 1))
    values = [*([named] if is_there else []), *(one.value for one in suggested)]
    return (value for value in values if facet.offers(value))


def _all(counting: Counting, facet: Facet) -> list[str]:
    return [one.value for one in counting.view.facets([facet.field], limit=LOOKED_THROUGH)[facet.field]]


def _has(words: list[str], asked: list[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in asked)
