"""What somebody is qualified by: certificates that are held, and degrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recommender.facts import present
from recommender.field_path import FieldPath
from recommender.insights.insights import Highlight
from recommender.insights.prose.clauses import LONGEST, as_sentence
from recommender.insights.work.certificates import certificate_held, certificate_line
from recommender.insights.work.degrees import degree_held
from recommender.profile import Profile

_CERTIFICATE = 4  # its rank above degrees, of which a doctor's has 3
_BACHELOR = 1


def qualifications(profile: Profile, said: Sequence[Highlight]) -> list[tuple[int, Highlight]]:
    """The first certificate and each degree with its rank, highest first.

    No certificate where one is said already, and no bachelor's degree beside a higher one.
    """
    cited = any(field.startswith("certifications") for one in said for field in one.fields)
    degrees = list(_degrees(profile))
    highest = max((rank for rank, _ in degrees), default=0)
    degrees = [one for one in degrees if one[0] == highest or one[0] > _BACHELOR]
    found = [*([] if cited else _certificates(profile)), *degrees]
    return sorted(found, key=lambda one: -one[0])


def _certificates(profile: Profile) -> list[tuple[int, Highlight]]:
    for at, text in enumerate(profile.certifications):
        held = certificate_held(text, present(profile))
        if held and len(said := certificate_line(held)) <= LONGEST:
            return [(_CERTIFICATE, Highlight(as_sentence(said), (str(FieldPath.of("certifications", at)),)))]
    return []


def _degrees(profile: Profile) -> Iterator[tuple[int, Highlight]]:
    for at, education in enumerate(profile.education):
        if held := degree_held(education, present(profile)):
            rank, said = held
            parts = [name for name in ("degree", "field", "end") if getattr(education, name) is not None]
            fields = tuple(str(FieldPath.of("education", at, name)) for name in parts)
            yield rank, Highlight(as_sentence(said), fields)
