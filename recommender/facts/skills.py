"""Which skills a profile has, and where it says so: one function, read by filters, counts, reasons and the headline."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from recommender.field_path import FieldPath
from recommender.profile import Profile
from recommender.skills import Surroundings, Vocabulary


def held_skills(
    profile: Profile, vocabulary: Vocabulary, among: Collection[str] | None = None
) -> dict[str, tuple[FieldPath, ...]]:
    """Canonical name → the fields of evidence ("core_skills[0]", "roles[1].bullets[2]", "about"), in reading order.

    A profile has a skill when it is in core_skills, other_skills or a role's tags, or is mentioned in prose
    on word boundaries: title, highlights, about, and a role's title and bullets. What may mean something else counts
    where its text, the rest of the profile, and its employers and places speak for it. A skill that says a broader one
    (Spring Boot, Spring) gives that too, by the same fields.

    Args:
        among: of these skills alone, where given; prose that names none of them is not read closely.
    """

    def wanted(name: str) -> bool:
        return among is None or name in among or any(broader in among for broader in vocabulary.broader(name))

    evidence: dict[str, list[FieldPath]] = {}
    for place, raw in listed(profile):
        for name in names_in(raw, vocabulary):
            evidence.setdefault(name, []).append(place)
    written = list(prose(profile))
    titles = frozenset(i for i, (place, _) in enumerate(written) if "title" in place)
    around = Surroundings(_names(profile), tuple(evidence), titles)
    found = vocabulary.mentions_of([text for _, text in written], around, wanted)
    for (place, _), mentions in zip(written, found, strict=True):
        for name in dict.fromkeys(m.name for m in mentions):
            evidence.setdefault(name, []).append(place)
    for name, places in list(evidence.items()):
        for broader in vocabulary.broader(name):
            evidence[broader] = list(dict.fromkeys([*evidence.get(broader, ()), *places]))
    return {name: tuple(places) for name, places in evidence.items() if among is None or name in among}


def first_places(profile: Profile, vocabulary: Vocabulary, skills: Collection[str]) -> dict[str, FieldPath]:
    """Of those of these skills that the profile has the first field of evidence, as `held_skills` orders them.

    Lists come first: prose, which takes a hundred times as long to read, is read where they do not name them all.
    """
    found: dict[str, FieldPath] = {}
    for place, raw in listed(profile):
        for name in names_in(raw, vocabulary):
            if name in skills:
                found.setdefault(name, place)
    if len(found) == len(skills):
        return found
    return {skill: places[0] for skill, places in held_skills(profile, vocabulary, skills).items()}


def _names(profile: Profile) -> tuple[str, ...]:
    """Names that a profile states of employers, schools and places: of several words, for one may be a skill."""
    named = [profile.location, *(name for role in profile.roles for name in (role.company, role.location))]
    named += [education.school for education in profile.education]
    return tuple(dict.fromkeys(name for name in named if name and " " in name.strip()))


def names_in(raw: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The skills that one entry of a list names: itself, and, unknown or with slashes ("AI/ML"), its parts."""
    name = vocabulary.canonical(raw)
    if not name:
        return ()
    if vocabulary.known(raw) and "/" not in raw:
        return (name,)
    return tuple(dict.fromkeys([name, *(m.name for m in vocabulary.mentions(raw))]))


def listed(profile: Profile) -> Iterator[tuple[FieldPath, str]]:
    """Every entry of a skill list, with its field."""
    for i, raw in enumerate(profile.core_skills):
        yield FieldPath.of("core_skills", i), raw
    for i, raw in enumerate(profile.other_skills):
        yield FieldPath.of("other_skills", i), raw
    for i, role in enumerate(profile.roles):
        for j, raw in enumerate(role.skills):
            yield FieldPath.of("roles", i, "skills", j), raw


def prose(profile: Profile) -> Iterator[tuple[FieldPath, str]]:
    """Every piece of prose that may mention a skill, with its field."""
    if profile.title:
        yield FieldPath.of("title"), profile.title
    for i, text in enumerate(profile.highlights):
        yield FieldPath.of("highlights", i), text
    if profile.about:
        yield FieldPath.of("about"), profile.about
    for i, role in enumerate(profile.roles):
        if role.title:
            yield FieldPath.of("roles", i, "title"), role.title
        for j, text in enumerate(role.bullets):
            yield FieldPath.of("roles", i, "bullets", j), text
    for i, text in enumerate(profile.certifications):
        yield FieldPath.of("certifications", i), text
