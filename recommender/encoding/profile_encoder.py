"""`ProfileEncoder`: profiles → encoded profiles, many at once, each phrase of a call encoded once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recommender.encoding.attribution import evidence
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.encoder import Encoder
from recommender.encoding.features import COLUMNS, GROUPS, Array, Features
from recommender.encoding.fingerprint import Fingerprint, facts_alone_differ
from recommender.encoding.quantisation import dequantise, quantise, rounded
from recommender.encoding.reading_cost import MOST_OF_PROFILE, assert_readable, assert_text_readable
from recommender.encoding.rounding import rounded_columns
from recommender.encoding.search_vector import Projections, unit
from recommender.encoding.sparse import Sparse, sparse
from recommender.encoding.text.identity import blinded
from recommender.encoding.text.passages import Passage, PassageKind, bare_list, passages
from recommender.encoding.text.skill_weights import SkillRarity, SkillWeigher
from recommender.encoding.text.terms import word_weights
from recommender.encoding.text.word_counts import WordCounts
from recommender.encoding.titles.occupations import Occupations
from recommender.facts import SENIORITIES, Facts, held_skills
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights import Derived, derive, derived_fingerprint
from recommender.profile import Profile
from recommender.reading.text.written_list import written_list
from recommender.skills import Vocabulary

#: Raised whenever the code below makes other vectors or columns of the same profile.
REPRESENTATION = 16
#: The last one before numbers were rounded (`rounding`): rounding what it made gives today's.
_UNROUNDED = 15

_TITLES = (PassageKind.TITLE, PassageKind.ROLE_TITLE)

#: A share of the squared length this small is a rounding error.
_NOTHING = 1e-6


class ProfileEncoder:
    """Turns profiles into what a pool stores; the same profile always gives the same numbers."""

    def __init__(
        self,
        encoder: Encoder,
        vocabulary: Vocabulary,
        *,
        most_words: int = MOST_OF_PROFILE,
    ) -> None:
        """Args:
        most_words: words and signs that one profile may have (`reading_cost`).
        """
        self._most_words = most_words
        self.encoder = encoder
        self.vocabulary = vocabulary
        self.occupations = Occupations.shipped(encoder.fingerprint)
        self.skill_rarity = SkillRarity.shipped()
        self.projections = Projections.shipped()

    @cached_property
    def fingerprint(self) -> str:
        """Of everything that changes a vector, a column or a fact (`Fingerprint`)."""
        return str(Fingerprint(self._numbers(REPRESENTATION), derived_fingerprint()))

    def _numbers(self, representation: int) -> str:
        made_by = (
            *(self.encoder, self.vocabulary, self.occupations),
            *(self.skill_rarity, self.projections),
        )
        parts = [str(representation), *(part.fingerprint for part in made_by)]
        return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

    def brings_up(self, fingerprint: str) -> bool:
        """Whether what was stored by that fingerprint is old, and `with_facts_anew` makes today's of it."""
        if facts_alone_differ(fingerprint, self.fingerprint):
            return True
        return Fingerprint.parse(fingerprint).numbers == self._numbers(_UNROUNDED)

    def encode(self, profiles: Sequence[Profile]) -> list[EncodedProfile]:
        """One encoded profile each, in order; a profile's numbers do not depend on the others'.

        Raises `ProfileTooLong`, having encoded nothing, where one would take too long.
        """
        for profile in profiles:
            assert_readable(profile, self._most_words)
        return self._encode(profiles)

    def _encode(self, profiles: Sequence[Profile]) -> list[EncodedProfile]:
        facts = [derive(profile, self.vocabulary) for profile in profiles]
        blind = [blinded(profile, self.vocabulary) for profile in profiles]
        sections = [passages(profile) for profile in blind]
        texts = sorted({passage.text for section in sections for passage in section})
        vectors = _as_stored(self.encoder.encode(texts))
        row = {text: number for number, text in enumerate(texts)}
        encoded = []
        for profile, fact, person, section in zip(profiles, facts, blind, sections, strict=True):
            own = vectors[[row[passage.text] for passage in section]] if section else vectors[:0]
            encoded.append(self._encoded(profile, fact, person, section, own))
        return encoded

    def with_facts_anew(self, profile: Profile, vector: Array, features: Features) -> EncodedProfile:
        """An encoded profile whose facts are by older rules, or its numbers not rounded yet, as it would be today."""
        facts = derive(profile, self.vocabulary)
        anew = Features(features.offsets, {**rounded_columns(features.columns), **_levels(facts)})
        return EncodedProfile(profile, facts, rounded(vector), anew, self.fingerprint)

    def encode_text(self, text: str, encoder: Encoder | None = None, *, is_prose: bool = False) -> EncodedProfile:
        """A search text or job description as a profile that has nothing but this text; its id is "".

        It is only compared: nobody is told anything of it, so it has no insights, no evidence and no sections.
        Raises `QueryError` for a text that would take too long.

        Args:
            encoder: what gives this encoder's vectors and knows some of them already.
            is_prose: whether a text that only lists skills is no list of core skills.
        """
        assert_text_readable(text)
        listed = () if is_prose else written_list(text, self.vocabulary)
        profile = Profile(id="", core_skills=listed) if listed else Profile(id="", about=text)
        held, blind = held_skills(profile, self.vocabulary), blinded(profile, self.vocabulary)
        facts, section = derive_facts(profile, self.vocabulary, held), passages(blind)
        values = {name: getattr(facts, name) for name in facts.__struct_fields__}
        vectors = _as_stored((encoder or self.encoder).encode([passage.text for passage in section]))
        places = held if (blind.about, blind.core_skills) == (profile.about, profile.core_skills) else None
        return self._encoded(profile, Derived(**values), blind, section, vectors, places, shown=False)

    def _encoded(
        self,
        profile: Profile,
        facts: Derived,
        blind: Profile,
        section: list[Passage],
        vectors: NDArray[np.float32],
        places: Mapping[str, tuple[FieldPath, ...]] | None = None,
        *,
        shown: bool = True,
    ) -> EncodedProfile:
        """Args:
        places: what `held_skills` says of the blinded profile, where that is known.
        shown: whether it is ever shown, and not only compared.
        """
        kinds = np.array([passage.kind for passage in section], np.uint8)
        weights = np.array([passage.weight for passage in section], np.float32)
        bare, apart = bare_list(section), kinds == PassageKind.OVERVIEW
        in_career = weights * (~apart & (not bare))
        overview, career = (unit(share @ vectors) for share in (weights * apart, in_career))
        weigher = SkillWeigher(blind, self.vocabulary, self.skill_rarity, places, requirements=bare)
        words = WordCounts(section, weigher)
        texts, titles = [passage.text for passage in section], np.isin(kinds, _TITLES)
        occupations = self.occupations.mixture(texts, titles, vectors, in_career)
        held = (sparse(word_weights(words.whole)), sparse(weigher.weights()), occupations)
        columns = _held(held) | _levels(facts)
        columns["career_code"], columns["career_scale"] = quantise(career[None])
        if shown:
            columns |= _sections(section, vectors) | _shares(in_career, vectors) | evidence(blind, words, weigher)
        else:
            columns |= _nothing_shown(vectors.shape[1])
        columns = rounded_columns(columns)
        first = {column.group: column.name for column in reversed(COLUMNS)}
        features = Features({group: np.array([0, len(columns[first[group]])], np.int64) for group in GROUPS}, columns)
        vector = rounded(self.projections.search_vector(overview + career, held))
        return EncodedProfile(profile, facts, vector, features, self.fingerprint)


def _as_stored(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """As they are stored, so that embeddings read back from a file give the same numbers to the bit."""
    return dequantise(*quantise(vectors))


def _held(held: Sequence[Sparse]) -> dict[str, Array]:
    return {
        "sparse_id": np.concatenate([one.ids for one in held]),
        "sparse_weight": np.concatenate([one.weights for one in held]),
        "sparse_count": np.array([[len(one.ids) for one in held]], np.uint16),
    }


def _levels(facts: Facts) -> dict[str, Array]:
    seniority = -1 if facts.seniority is None else SENIORITIES.index(facts.seniority)
    return {
        "years": np.array([-1 if facts.years is None else facts.years], np.float32),
        "seniority": np.array([seniority], np.int8),
    }


def _nothing_shown(dimension: int) -> dict[str, Array]:
    """The columns that explain a match, of a profile that nothing is shown of."""
    explaining = [column for column in COLUMNS if column.group in ("sections", "units", "losses")]
    return {one.name: np.empty((0, dimension) if one.width else 0, one.dtype) for one in explaining}


def _sections(section: list[Passage], vectors: NDArray[np.float32]) -> dict[str, Array]:
    codes, scales = quantise(vectors)
    return {
        "section_kind": np.array([passage.kind for passage in section], np.uint8),
        "section_number": np.array([passage.number for passage in section], np.uint8),
        "section_scale": scales,
        "section_code": codes,
    }


def _shares(weights: NDArray[np.float32], vectors: NDArray[np.float32]) -> dict[str, Array]:
    """Of each section its part of the career, and the length of what is left without it, in lengths of the career."""
    whole = weights @ vectors
    length = float(np.sqrt(whole @ whole))
    shares = weights / length if length else np.zeros_like(weights)
    parts = shares[:, None] * vectors
    squared = 1 - 2 * (parts @ whole) / (length or 1.0) + np.vecdot(parts, parts)
    return {
        "section_share": shares,
        "section_left": np.sqrt(np.where(squared > _NOTHING, squared, 0)).astype(np.float32),
    }
