"""Answers to the fictional requests, graded by construction; what is true of a person; and made-up texts."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from recommender.matching import Met
from recommender.profile import Profile

#: Profile id → occupation and specialism, as the sample was made.
Occupations = Mapping[str, tuple[str, str]]
BITS = re.findall(
    r"\S+|\n",
    "senior nurse, ICU London or not no PHP without must: nice: not: AND OR NOT title: years:5..12 in:Berlin is a plus "
    '5+ years (Austin, TX) ex-Northwind 3–5 yrs PMP "press releases" We are hiring | / ; \n - \u200b 漢字 кириллица '
    "name:Ada language:Welsh Requirements: Salesforce-Administrator Ruby on Rails staff lead of <b> \x00 ~ ::: ((( ))) "
    "🙂 English, Polish devs engr. asst. mgr / tech student, co-op grad go react docker/rust except substitutes -> "
    "need apply degree in law, or related team of 10 would be lovely. Location: i need a",
)


def grade(key: Mapping[str, Any], one: Profile, occupation: tuple[str, str]) -> int:
    """3 for who does the work and meets all that is asked, one less for each that is missed, 0 for who is no answer."""
    right = {occupation[0], "/".join(occupation)} & set(key["of"])
    if not right or any(has_skill(one, name) for name in key.get("not", ())):
        return 0
    return max(1, 3 - sum(not meets(kind, value, one) for kind, value in conditions(key)))


def conditions(key: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each condition of a key as its kind and its value."""
    for kind in ("skills", "places", "workplaces", "languages", "certifications"):
        yield from ((kind, value) for value in key.get(kind, ()))
    if key.get("years"):
        yield "years", key["years"]


def meets(kind: str, value: Any, one: Profile) -> bool:
    """Whether the person's own record has it; of values with "|" between any will do."""
    if kind == "years":
        low, high = value
        return (low or 0) <= (one.years_of_experience or 0) <= (high if high is not None else 99)
    wanted = value.casefold().split("|")
    if kind == "skills":
        return any(has_skill(one, name) for name in wanted)
    recorded: Mapping[str, Sequence[str]] = {
        "places": [one.location or ""],
        "workplaces": [role.workplace or "" for role in one.roles if role.end is None],
        "languages": one.languages,
        "certifications": one.certifications,
    }
    texts = recorded[kind]
    names = [name.split()[0] if kind == "languages" else name for name in wanted]  # "Mandarin Chinese" is Mandarin
    return any(re.search(rf"\b{re.escape(name)}\b", text.casefold()) for name in names for text in texts)


def has_skill(one: Profile, name: str) -> bool:
    """Whether lists or texts of the person have the words of a skill."""
    texts = [*one.core_skills, *one.other_skills, one.title or "", one.about or "", *one.highlights, one.persona or ""]
    for role in one.roles:
        texts += [role.title or "", *role.bullets, *role.skills]
    short = name.casefold().removeprefix("apache ")
    return bool(re.search(rf"(?<!\w){re.escape(short)}(?![\w+#])", " \n ".join(texts).casefold()))


def is_true(met: Met, key: Mapping[str, Any], one: Profile) -> bool:
    """Whether what is said of a condition is so by the person's own record; of skills that what is cited is there."""
    if met.kind == "skill":
        return not met.met or met.field is not None
    kind = {"place": "places", "workplace": "workplaces", "language": "languages", "years": "years"}.get(met.kind)
    if kind is None or (kind == "years" and one.years_of_experience is None):  # they are counted from the roles
        return not met.met or met.field is not None
    asked = key[kind] if kind == "years" else met.condition.replace(" or ", "|")
    return met.met == meets(kind, asked, one)


def fuzzed(rng: random.Random, count: int) -> Iterator[str]:
    """Made-up texts of words, signs and cuts of both."""
    for _ in range(count):
        bits = [rng.choice(BITS) for _ in range(rng.randrange(40))]
        text = "".join(bit + rng.choice(("", " ", ", ", "\n")) for bit in bits)
        at = rng.randrange(len(text) + 1)
        yield text[:at] + chr(rng.choice((*range(32, 127), 0xE9, 0x2019, 0x1F642))) + text[at:]
