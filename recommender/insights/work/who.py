"""Which words of a part of a title say the occupation: those that end in a word for who works."""

from __future__ import annotations

from itertools import dropwhile, pairwise, takewhile

from recommender.insights.prose.words import words
from recommender.insights.work.occupation import GRADES, Occupation, occupation_of
from recommender.insights.work.title_words import (
    cased,
    goes_on,
    is_level,
    is_praise,
    is_vague,
    is_who,
    spelled,
    without_terms,
)

_LONGEST, _LONGEST_WITH_AND = 6, 5  # words of an occupation, its level not counted
_BROAD, _HOW = words("broad"), words("how") | {"global", "international", "regional"}
#: What one thinks of oneself before who works; who works where it is last ("SEO Expert").
_OF_ONESELF = frozenset(("expert",))
_LICENSED = frozenset(("practical", "vocational", "nursing", "nurse", "public", "medical", "pharmacy"))
#: Before one of these it is said who works; what comes after is where, for whom, or what they were once.
_STOPS = words("stops")
#: With one of these right after it, a word for who works says for whom there is something ("Analyst Relations").
_FOLLOWERS = words("followers")
#: Two of these, one after the other, are one occupation ("Programmer Analyst").
_TOGETHER = frozenset(("programmer", "analyst", "developer", "engineer", "administrator", "architect"))
#: Who works at "management", which says nothing of the work.
_OF_ALL = [[who] for who in ("manager", "supervisor", "director", "coordinator", "specialist", "assistant", "officer")]
#: Words for who works that may come before the work ("Executive Pastry Chef").
_BEFORE_WORK = frozenset(("executive", "intern", "trainee", "apprentice", "technical"))
_JOINING = frozenset(("and", "&"))
_SMALL = frozenset(("of", "on", "and", "for", "the", "in", "&"))


def occupations_of(written: list[str], *, shouting: bool) -> list[Occupation]:
    """The occupation that words end in, after another that they begin with, if any."""
    ahead = [[], *([word] for word in written)]
    said = [spelled(word, last=at + 1 == len(written), after=ahead[at]) for at, word in enumerate(written)]
    end = _end(said)
    if end is None or said[-1].casefold() == "general":  # an "advocate general" is no advocate
        return []
    start = _start(said, end, shouting=shouting)
    if start > 0 and (_is_cut_off(said, start) or _is_half(said, start)):
        return []
    another = start > 0 and _is_another(said[:start], said[start : end + 1])
    before = occupations_of(written[:start], shouting=shouting) if another else []
    own = list(pairwise([*said[start : end + 1], ""]))
    kept = [without_terms(word) for word, after in own if not is_praise(word) or _is_licence(word, after)]
    kept = [word for at, word in enumerate(kept) if word.casefold() not in _OF_ONESELF or at + 1 == len(kept)]
    if said[0] in GRADES and said[0] not in kept:
        kept = [said[0], *kept]
    kept = [word for word, ahead in zip(kept, ["", *kept], strict=False) if word != ahead]
    levels = [word for word in kept if is_level(word)]
    longest = _LONGEST if _JOINING.isdisjoint(kept) else _LONGEST_WITH_AND
    if sum(word.casefold() not in _SMALL for word in kept) - len(levels) > longest:
        return before  # the end of it alone would say less, or something else
    of_what = _of_what(said[end + 1 :], shouting=shouting)
    one = occupation_of(" ".join(cased(word, shouting=shouting) for word in [*kept, *of_what])) if kept else None
    return [*before, one] if one else []


def _is_licence(word: str, after: str) -> bool:
    """Whether what is else praise is of the name of an occupation: "Licensed Practical Nurse"."""
    return word.casefold() in ("licensed", "certified") and after.casefold() in _LICENSED


def _is_cut_off(said: list[str], start: int) -> bool:
    """Whether words that say little are all that is left: "Office 365 Administrator", "Tern Management Director"."""
    left = [word.casefold() for word in said[start:]]
    little = left[0] in _BROAD if len(left) == 1 else left[0] == "management" and left[1:] in _OF_ALL
    return little and not is_who(said[start - 1])


def _is_half(said: list[str], start: int) -> bool:
    """Whether what is left out before belongs to it: "Prequalification and Database Administrator"."""
    return said[start - 1].casefold() in ("and", "&") and start > 1 and not is_vague(said[-1])


def _end(said: list[str]) -> int | None:
    """Where the last word is that says who works, before what says where or for whom; None where there is none."""
    ends = [
        at
        for at, word in enumerate(said)
        if is_who(word.split()[-1]) and "".join(said[at + 1 : at + 2]).casefold() not in _FOLLOWERS
    ]
    stop = next((at for at, word in enumerate(said) if word.casefold() in _STOPS), len(said))
    return max((at for at in ends if at < stop), default=max(ends, default=None))


def _start(said: list[str], end: int, *, shouting: bool) -> int:
    """Where the words of an occupation begin that ends here."""
    start = end
    while start and goes_on(said[start - 1], shouting=shouting):
        if said[start - 1].casefold() == "of" or _is_another(said[:start], said[start : end + 1]):
            break
        start -= 1
    if said[end - 1 : end] in (["&"], ["and"]) and is_vague(said[end]):
        return end  # "Gym Management & Consultant": the first is no person
    return end - len(_without_and(said[start : end + 1])) + 1


def _is_another(before: list[str], after: list[str]) -> bool:
    """Whether the last word before says another occupation than the words after it: two are named in one title."""
    last, end = before[-1].casefold(), after[-1].casefold()
    if not is_who(last) or (len(after) == 1 and (len(before) == 1 or (last in _TOGETHER and end in _TOGETHER))):
        return False  # "Nurse Educator", "Web Programmer Analyst"
    if is_vague(last):
        return len(after) > 1 and last not in _BEFORE_WORK and not all(map(is_level, before))
    return not is_vague(end)


def _without_and(kept: list[str]) -> list[str]:
    """The words from the first on that no other has to come before."""
    return list(dropwhile(lambda word: word.casefold() in _SMALL, kept[:-1])) + kept[-1:]


def _of_what(after: list[str], *, shouting: bool) -> list[str]:
    """Of what somebody is the director or manager, where that is at most three words."""
    if not after or after[0].casefold() != "of":
        return []
    said = list(takewhile(lambda word: goes_on(word, shouting=shouting), after[:5]))
    while said and said[-1].casefold() in _SMALL | _HOW:
        said.pop()
    return said if 1 < len(said) <= 4 else []
