"""What a question is about, as the matcher compares it: stored profiles, a given one, or a text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.protocol import View
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.encoder import Encoder
from recommender.encoding.features import Features
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.encoding.search_vector import unit
from recommender.errors import ProfileNotFound
from recommender.facts.facts import Facts
from recommender.matching.compared.people import PEOPLE
from recommender.matching.compared.shared import each
from recommender.matching.query import Query
from recommender.profile import Profile
from recommender.reading.text.written_list import names_a_job

#: Cosine of search vectors that two tellings of one profile have at least, whatever the month of either.
_ALIKE = 0.95
#: Neighbours looked at for a person's other selves; where all of them are, more.
_NEAREST = 8


@dataclass(frozen=True, slots=True)
class QueryProfile:
    """One profile that matches should resemble, or should not.

    `ids` are those under which the pool holds this very person, who is no answer to a question about themselves.
    """

    profile: Profile
    facts: Facts
    vector: NDArray[np.float32]
    features: Features
    ids: tuple[str, ...] = ()


#: Of whom a question without explanations is told nothing but numbers.
_NOBODY = (Profile(id=""), Facts())


def stored_together(view: View, ids: Sequence[str], *, bare: bool = False) -> dict[str, QueryProfile]:
    """Those of these profiles that the pool holds, by id, their numbers read at once.

    Args:
        bare: whether their documents and facts are left unread, and empty.
    """
    rows = {profile_id: row for profile_id in ids if (row := _row(view, profile_id)) is not None}
    if not rows:
        return {}
    those = np.array(list(rows.values()), np.int64)
    people = [_NOBODY] * len(rows) if bare else [(one.profile, one.facts) for one in PEOPLE.of(view, those)]
    numbers = zip(people, view.vectors(those), each(view.features(those)), strict=True)
    return {
        profile_id: QueryProfile(profile, facts, vector, features, ids=(profile_id,))
        for profile_id, ((profile, facts), vector, features) in zip(rows, numbers, strict=True)
    }


def _row(view: View, profile_id: str) -> int | None:
    try:
        return view.row(profile_id)
    except ProfileNotFound:
        return None


def stored(view: View, ids: Sequence[str]) -> list[QueryProfile]:
    """Profiles of the pool, as stored: nothing is encoded again. Raises `ProfileNotFound`."""
    query_profiles = []
    for profile_id in ids:
        row = [view.row(profile_id)]
        (person,), numbers = PEOPLE.of(view, row), (view.vectors(row)[0], view.features(row))
        query_profiles.append(QueryProfile(person.profile, person.facts, *numbers, ids=(profile_id,)))
    return query_profiles


def liked(
    view: View,
    query: Query,
    text: str | None,
    encoder: ProfileEncoder,
    by: Encoder | None = None,
    *,
    asked: bool = False,
    known: Mapping[str, QueryProfile] = MappingProxyType({}),
) -> list[QueryProfile]:
    """Everything that the query asks to resemble.

    Args:
        known: profiles of the pool that were read already.
        text: what it asks in words.
        by: what gives the encoder's vectors of texts and knows some already.
        asked: whether the words are a request: one that lists skills is then no profile that lists them, for
            whoever lists skills alone has no work to compare.
    """
    query_profiles = [found for one in query.like for found in ([known[one]] if one in known else stored(view, [one]))]
    if query.profile is not None:
        query_profiles.append(_known(view, query.profile, encoder))
    if text is not None and (text.strip() or not query_profiles):
        query_profiles.append(_of_text(text, encoder, by, asked=asked))
    return query_profiles


def core_skills(query_profiles: Sequence[QueryProfile]) -> tuple[str, ...]:
    """Core skills that all query profiles share, in the first one's order."""
    first, *others = (query_profile.facts.core_skills for query_profile in query_profiles)
    return tuple(skill for skill in first if all(skill in other for other in others))


def direction(query_profiles: Sequence[QueryProfile]) -> NDArray[np.float32]:
    """The search vector of several query profiles, counting alike."""
    first, *others = (query_profile.vector for query_profile in query_profiles)
    return unit(sum(others, first))


def _known(view: View, profile: Profile, encoder: ProfileEncoder) -> QueryProfile:
    """A given profile, by the numbers that the pool holds of it where it is there as it is.

    The pool holds this person under the profile's own id, whatever is there, and wherever all but the id, the
    contact details and the month it was collected in is the same, provided that it says whose it is.
    """
    own = _stored_as(view, profile.id) if profile.id else None
    if own is None or _content(own.profile) != _content(profile):
        own = _given(encoder.encode([profile])[0])
    twins = _twins(view, own) if _tells_who(profile) else []
    same = next((twin for twin in twins if twin.profile.as_of == profile.as_of), own)
    ids = dict.fromkeys([*([profile.id] if profile.id else []), *(twin.ids[0] for twin in twins)])
    return dataclasses.replace(own if own.ids else same, ids=tuple(ids))


def _stored_as(view: View, profile_id: str) -> QueryProfile | None:
    try:
        return stored(view, [profile_id])[0]
    except ProfileNotFound:
        return None


def _twins(view: View, query_profile: QueryProfile) -> list[QueryProfile]:
    """Those in the pool that say the same, but for the month; they are the nearest that there are."""
    content, k = _content(query_profile.profile, dated=False), _NEAREST
    while True:
        found = view.search(query_profile.vector, k)
        near = found.rows[found.scores >= _ALIKE]
        same = [at for at, other in enumerate(view.profiles(near)) if _content(other, dated=False) == content]
        if len(same) < k:
            return stored(view, view.ids(near[same]))
        k *= 8


def _content(profile: Profile, *, dated: bool = True) -> Profile:
    """What a profile says of work: what is held apart, and how it was collected, left out."""
    as_of = profile.as_of if dated else None
    return msgspec.structs.replace(profile, id=None, contact=None, extras={}, as_of=as_of)


def _tells_who(profile: Profile) -> bool:
    """Whether another profile that says the same is the same person's: not so a title with a list of skills."""
    return bool(profile.name or profile.roles or profile.education)


def _of_text(text: str, encoder: ProfileEncoder, by: Encoder | None, *, asked: bool) -> QueryProfile:
    """A search text; its core skills are those it names, in its order.

    A job's name names the people who do it: "welder" asks for welders, not for all who have to do with Welding.
    """
    encoded = encoder.encode_text(text, by, is_prose=asked)
    vocabulary = encoder.vocabulary
    if encoded.profile.core_skills:
        named = tuple(filter(vocabulary.skill, encoded.facts.core_skills))
    else:
        skills = (m for m in vocabulary.asked(text) if not names_a_job(text[m.start : m.end], vocabulary))
        named = tuple(dict.fromkeys(skill.name for skill in skills))
    return _given(dataclasses.replace(encoded, facts=msgspec.structs.replace(encoded.facts, core_skills=named)))


def _given(encoded: EncodedProfile) -> QueryProfile:
    return QueryProfile(encoded.profile, encoded.facts, encoded.vector, encoded.features)
