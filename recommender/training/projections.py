"""Makes `encoding/projections.npz`: `python -m recommender.training.projections FOLDER`.

FOLDER holds `skillsets_jd.jsonl.gz` ({"skills": [...]}, a line an advert: skill2vec, MIT). The words and the known
skills of 42,000 adverts, weighed as a profile's are, make two matrices; their leading right singular vectors are the
directions in which the inner product of two such vectors is kept best (latent semantic analysis, Deerwester et al.
1990).
"""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from recommender.encoding.quantisation import quantise
from recommender.encoding.search_vector import SKILLS_WIDTH, WORDS_WIDTH
from recommender.encoding.sparse import SKILLS, WORDS, Space, sparse
from recommender.encoding.text.skill_weights import SkillRarity, SkillWeigher
from recommender.encoding.text.terms import counted, word_weights
from recommender.profile import Profile
from recommender.skills import Vocabulary

OUT = Path(__file__).parents[1] / "encoding" / "projections.npz"

#: A word of fewer adverts has no direction of its own; a skill is known, and needs one.
WORD_ADVERTS, SKILL_ADVERTS = 5, 1


def main(folder: Path, vocabulary: Vocabulary) -> None:
    """Write the file."""
    with gzip.open(folder / "skillsets_jd.jsonl.gz") as stream:
        adverts = [tuple(msgspec.json.decode(line)["skills"]) for line in stream]
    words = (word_weights(counted([(", ".join(listed), 1.0)])) for listed in adverts)
    skills = (_skills(listed, vocabulary) for listed in adverts)
    learned: dict[str, Any] = _directions("word", WORDS, words, WORDS_WIDTH, WORD_ADVERTS)
    learned |= _directions("skill", SKILLS, skills, SKILLS_WIDTH, SKILL_ADVERTS)
    np.savez_compressed(OUT, **learned)


def _skills(listed: Iterable[str], vocabulary: Vocabulary) -> dict[int, float]:
    known = Profile(id="", other_skills=tuple(raw for raw in listed if vocabulary.known(raw)))
    return SkillWeigher(known, vocabulary, SkillRarity.shipped()).weights()


def _directions(
    name: str, space: Space, weighed: Iterable[Mapping[int, float]], width: int, least: int
) -> dict[str, NDArray[Any]]:
    """Arrays of the file: ids, ascending, and a row of `width` one-byte numbers and a scale for each."""
    vectors = [sparse(weights) for weights in weighed]
    ends = np.cumsum([0] + [len(vector.ids) for vector in vectors])
    places = np.concatenate([vector.ids for vector in vectors]).astype(np.int64) - space.start
    values = np.concatenate([vector.weights for vector in vectors])
    matrix = csr_matrix((values, places, ends), (len(vectors), space.size))
    held = np.flatnonzero(np.bincount(places, minlength=space.size) >= least)
    _, _, directions = svds(matrix[:, held], k=width, random_state=0)
    codes, scales = quantise(np.ascontiguousarray(directions.T, np.float32))
    return {f"{name}_ids": (held + space.start).astype(np.uint32), f"{name}_codes": codes, f"{name}_scales": scales}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Vocabulary.shipped())
