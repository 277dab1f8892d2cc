"""The three sentences that a recruiter would underline: of different kinds, the most telling of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, islice

from recommender.facts import Facts
from recommender.field_path import FieldPath
from recommender.insights.insights import Highlight
from recommender.insights.prose.achievements import achievements, unlike
from recommender.insights.prose.candidates import Achievement
from recommender.insights.prose.clauses import as_sentence
from recommender.insights.prose.plain import plain_beginnings, plain_lines
from recommender.insights.prose.written import Written, with_commas
from recommender.insights.texts import Texts
from recommender.insights.work.career import Career
from recommender.insights.work.claimed import claimed
from recommender.insights.work.experience import dated
from recommender.insights.work.expertise import expertise
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.qualifications import qualifications
from recommender.insights.work.stated import stated
from recommender.insights.work.strengths import Skill
from recommender.privacy import masked
from recommender.profile import Profile
from recommender.skills import Vocabulary

MOST = 3


def highlights(
    profile: Profile,
    texts: Texts,
    facts: Facts,
    occupation: Occupation | None,
    career: Career,
    elsewhere: Set[int],
    skills: Sequence[Skill],
    named: Mapping[FieldPath, Sequence[str]],
    vocabulary: Vocabulary,
) -> tuple[Highlight, ...]:
    """At most three: a length of experience and two achievements; what was done, and what backs expertise, fill a gap.

    Nothing that holds contact details is told, and nothing done elsewhere: in roles of another trade.
    """
    names = own_names(profile, vocabulary)
    lengths, short = _lengths(profile, facts, occupation, career, names, vocabulary)
    lines = [with_commas(here) for here in texts.lines]
    written = Written(lines, profile.about, career.recency, named, elsewhere, names)
    done = (Highlight(as_sentence(one.clause), (str(one.field),)) for one in achievements(written))
    first = _fit(chain(lengths[:1], islice(done, 2), lengths[1:2]), MOST)
    backed = expertise(skills, occupation.text if occupation else "")
    return (*first, *_fit(_rest(profile, written, backed, short, first), MOST - len(first)))


def _fit(lines: Iterable[Highlight], most: int) -> list[Highlight]:
    """The first lines that hold no contact details; no more are made than are asked for."""
    return list(islice((one for one in lines if masked(one.text) == one.text), most))


def _rest(
    profile: Profile,
    written: Written,
    backed: Highlight | None,
    short: Sequence[Highlight],
    said: Sequence[Highlight],
) -> Iterator[Highlight]:
    """What fills places that are left: what is held, what was done, expertise, degrees, a short length."""
    held = qualifications(profile, said)
    first = [one for rank, one in held[:1] if rank > 1]
    yield from first
    told = {field for one in said for field in one.fields}
    begun = {_first_word(one.text) for one in said}
    yield from _done(plain_lines(written), told, begun)
    if backed:
        yield backed
    yield from [one for _, one in held[len(first) : len(first) + 1]]
    yield from _done(plain_beginnings(written), told, begun)
    yield from short


def _done(lines: Iterable[Achievement], told: Set[str], begun: set[str]) -> Iterator[Highlight]:
    """Lines of other fields than these, each beginning with a word that none before it begins with."""
    for one in unlike(lines):
        if str(one.field) not in told and _first_word(one.clause) not in begun:
            begun.add(_first_word(one.clause))
            yield Highlight(as_sentence(one.clause), (str(one.field),))


def _first_word(text: str) -> str:
    return text.partition(" ")[0].casefold()


def _lengths(
    profile: Profile,
    facts: Facts,
    occupation: Occupation | None,
    career: Career,
    names: Set[str],
    vocabulary: Vocabulary,
) -> tuple[list[Highlight], list[Highlight]]:
    """Those worth a first place, and those that may fill the last.

    What is said of leading comes first, for who leads; then what is stated, then what dates say.
    """
    said = stated(profile, occupation, career, names)
    leads = occupation is not None and occupation.leads
    of_each = dict(reversed(said))  # two of one kind count the same years
    ordered = [of_each[kind] for kind in (leads, not leads) if kind in of_each]
    by_dates = dated(profile, facts, occupation, career, vocabulary) if occupation and not ordered else None
    made = [by_dates.highlight] if by_dates else []
    long = made if by_dates and by_dates.is_long else []
    return ordered or long or claimed(profile, career, names), [] if long else made


def own_names(profile: Profile, vocabulary: Vocabulary) -> frozenset[str]:
    """The words of the person's name that no clause may hold; one that is a skill too ("Ruby") is none of them."""
    return frozenset(word for word in re.findall(r"[^\W\d_]{2,}", profile.name or "") if not vocabulary.known(word))
