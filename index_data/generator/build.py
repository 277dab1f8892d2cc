"""The pool: how many of which calling, and each person's profile put together."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from recommender.profile import Education, Profile, Role

from .career import AS_OF, Career, Stint, fitting, live, phrases
from .content import Specialism, Trade, pool, trades
from .people import contact, countries, full_name, languages, school
from .wording import Voice, month, spell

_CORE_MOST, _OTHER_MOST = 14, 15


@dataclass(frozen=True, slots=True)
class Latent:
    """What a profile was made from: never read by the product, only by synthetic evaluation. `level` is 0 to 6."""

    id: str
    occupation: str
    specialism: str
    level: int


def build(seed: int, size: int) -> Iterator[tuple[Profile, Latent]]:
    """`size` people, each its own draw from `seed` and its place, so that the same seed gives the same pool."""
    callings = _callings(seed, size)
    said: Counter[str] = Counter()
    taken: set[tuple[str | None, str | None]] = set()
    names: set[str | None] = set()
    for number, (trade, specialism) in enumerate(callings, 1):
        attempt = 0
        while True:
            rng = random.Random(f"{seed}/{number}/{attempt}")
            profile = _person(rng, live(rng, trade, specialism), said)
            # namesakes are rare, and never of the same title
            if (profile[0].name, profile[0].title) not in taken and (profile[0].name not in names or attempt > 4):
                break
            attempt += 1
        taken.add((profile[0].name, profile[0].title))
        names.add(profile[0].name)
        name = f"sample-{number:04d}"
        values = {key: getattr(profile[0], key) for key in Profile.__struct_fields__} | {"id": name}
        yield Profile(**values), Latent(name, trade.occupation, specialism.name, profile[1].level)


def _callings(seed: int, size: int) -> list[tuple[Trade, Specialism]]:
    """A calling for each place: shares by weight (largest remainder), in shuffled order."""
    every = [
        (trade, s, trade.number("weight", 1) * s.weight / sum(o.weight for o in trade.specialisms))
        for trade in trades()
        for s in trade.specialisms
    ]
    total = sum(weight for *_, weight in every)
    exact = [size * weight / total for *_, weight in every]
    counts = [int(share) for share in exact]
    for at in sorted(range(len(exact)), key=lambda at: counts[at] - exact[at])[: size - sum(counts)]:
        counts[at] += 1
    out = [(trade, s) for (trade, s, _), count in zip(every, counts, strict=True) for _ in range(count)]
    random.Random(f"{seed}/order").shuffle(out)
    return out


def _person(rng: random.Random, career: Career, said: Counter[str]) -> tuple[Profile, Career]:
    kind = rng.choices(("plain", "short", "long", "endless"), (79.5, 10, 9, 1.5))[0]
    voice = Voice(
        rng,
        career,
        said,
        bullets={"plain": rng.uniform(2.6, 5.0), "short": 0.9, "long": 6.5, "endless": 26.0}[kind],
        endless=kind == "endless",
    )
    titled = _titles(voice)
    roles = [voice.role(stint, title) for stint, title in reversed(titled)]
    core, other = _skills(rng, career, roles)
    name = full_name(rng, career.country)
    about = None if rng.random() < (0.5 if kind == "short" else 0.07) else _about(voice, roles, core, kind)
    profile = Profile(
        name=name,
        title=_headline(rng, roles),
        location=career.place,
        years_of_experience=career.months // 12 if rng.random() > 0.03 else None,
        badges=_badges(rng),
        highlights=_highlights(voice, core),
        persona=_persona(voice, core),
        core_skills=() if rng.random() < 0.015 else core,
        other_skills=other,
        about=about,
        roles=_undate(rng, roles),
        education=_education(rng, career),
        languages=languages(rng, career.country),
        certifications=_certifications(rng, career),
        contact=contact(rng, name, career.country) if rng.random() < 0.35 else None,
        as_of=month(AS_OF),
    )
    return profile, career


def _titles(voice: Voice) -> list[tuple[Stint, str]]:
    """Every position with its title; most people keep the name of their calling from job to job."""
    out: list[tuple[Stint, str]] = []
    base, branch = "", None
    for stint in voice.career.stints:
        if stint.specialism is not branch or voice.rng.random() < 0.2:
            base, branch = voice.rng.choice(stint.specialism.lines["base"]), stint.specialism
        title = voice.title(stint, base)
        if out and out[-1][0].level == stint.level and voice.rng.random() < 0.4 and out[-1][0].specialism is branch:
            title = out[-1][1].removesuffix(" (part-time)")
        out.append((stint, title))
    return out


def _headline(rng: random.Random, roles: list[Role]) -> str | None:
    current = next(
        (role for role in roles if role.end is None and not (role.title or "").endswith("(part-time)")), roles[0]
    )
    title = (current.title or "").removesuffix(" (part-time)")
    return title.split(", ")[0] if ", " in title and rng.random() < 0.5 else title


def _skills(rng: random.Random, career: Career, roles: list[Role]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Core: the closing tags in order of first appearance. Other: the opening tags, and some more of the trade."""
    core: dict[str, str] = {}
    other: dict[str, str] = {}
    for role in roles:
        closing = role.skills[-2:] if len(role.skills) > 2 else role.skills
        for tag in role.skills:
            target = core if tag in closing and tag.lower() in _core_names() else other
            target.setdefault(tag.lower(), tag)
    more = [tag for topic in career.specialism.topics for tag in topic.tags]
    rng.shuffle(more)
    for tag in more[: rng.randint(0, 4)]:
        other.setdefault(tag.lower(), tag)
    names = [tag for key, tag in other.items() if key not in core]
    return tuple(core.values())[:_CORE_MOST], tuple(names[:_OTHER_MOST])


@cache
def _core_names() -> frozenset[str]:
    """Every core skill of every trade, in lower case."""
    topics = [topic for trade in trades() for topic in trade.every_topic()]
    return frozenset(tag.lower() for topic in topics for tag in topic.core)


def _about(voice: Voice, roles: list[Role], core: tuple[str, ...], kind: str) -> str:
    """Some sentences: who, what about, what from the past, what next; in one of several orders."""
    rng, career, last = voice.rng, voice.career, voice.career.stints[-1]
    years = max(1, career.months // 12)
    common = pool("common").sections["about"]
    key = "opener" if years >= 3 else "opener_new"
    own = {name: phrases(career.specialism, career.trade, name) for name in ("about", "belief")}
    rng.shuffle(own["about"])
    rng.shuffle(own["belief"])
    parts = [rng.choice(common[key])] if rng.random() < 0.6 else []
    parts += own["about"][: rng.randint(1, 2) if kind != "short" else 1]
    if len(career.stints) > 1 and rng.random() < 0.6:
        parts.append(_past(voice))
    parts += own["belief"][: rng.randint(0, 2) if kind != "short" else 0]
    if "returner" in career.oddities and rng.random() < 0.7:
        parts.append(rng.choice(common["returner"]))
    if "changer" in career.oddities and career.stints[0].trade is not career.trade:
        parts.append(rng.choice(common["changer"]).replace("{before}", career.stints[0].specialism.field))
    if rng.random() < 0.45:
        parts.append(rng.choice(common["closer"]))
    article_years = {
        "{years}": str(years),
        "{core1}": core[0] if core else career.specialism.field,
        "{title}": _plain(roles),
    }
    text = " ".join(parts)
    for mark, value in article_years.items():
        text = text.replace(mark, value)
    text = voice.write(last, text, city=career.place.split(",")[0])[0]
    return f"{text[0].upper()}{text[1:]}"


def _plain(roles: list[Role]) -> str:
    """The latest title as it is within a sentence: without its grade, in lower case but for acronyms."""
    words = (roles[0].title or "").removesuffix(" (part-time)").split(",")[0].split()
    return " ".join(word.lower() if word.istitle() else word for word in words if word not in ("I", "II"))


def _past(voice: Voice) -> str:
    """A sentence on an earlier position, from the same grammar as the bullets."""
    stint = voice.rng.choice(voice.career.stints[:-1])
    acts = [act for topic in fitting(stint.specialism, stint.level) or stint.specialism.topics for act in topic.acts]
    act = voice.write(stint, voice.rng.choice(acts).partition(" :: ")[0])[0]
    lead = voice.rng.choice(
        (
            f"At {stint.employer.name} I",
            f"Before that, at {stint.employer.name}, I",
            f"Earlier, at {stint.employer.name}, I",
            f"While at {stint.employer.name} I",
        )
    )
    return f"{lead} {act[0].lower()}{act[1:]}."


def _highlights(voice: Voice, core: tuple[str, ...]) -> tuple[str, ...]:
    rng, career = voice.rng, voice.career
    if rng.random() < 0.12:
        return ()
    lines = dict(pool("common").sections["highlight"])
    years = career.months // 12
    first = rng.choice(lines["years"]) if years >= 3 else rng.choice(lines["new"])
    second = rng.choice(lines["skill"]) if len(core) > 1 else None
    third = rng.choice(phrases(career.specialism, career.trade, "strength"))
    filled = [voice.write(career.stints[-1], _fill(line, years, core))[0] for line in (first, second, third) if line]
    return tuple(f"{line[0].upper()}{line[1:]}" for line in filled)


def _fill(line: str, years: int, core: tuple[str, ...]) -> str:
    two = [skill if skill[:2].isupper() else skill.lower() for skill in core[:2]] + ["", ""]
    return line.replace("{years}", str(years)).replace("{core1}", two[0]).replace("{core2}", two[1])


def _persona(voice: Voice, core: tuple[str, ...]) -> str | None:
    rng, career = voice.rng, voice.career
    if rng.random() < 0.1:
        return None
    noun = voice.write(career.stints[-1], rng.choice(career.specialism.lines["persona"]))[0]
    if len(core) < 2:
        return f"{noun}."
    return f"{noun} with expertise in {core[0]} and {core[1]}."


def _badges(rng: random.Random) -> tuple[str, ...]:
    badges = ("Most Likely To Switch", "Open To Work", "Top Contributor", "Quick Responder", "Verified Profile")
    drawn = rng.choices((*badges, None), (12, 10, 4, 5, 6, 63))[0]
    return (drawn,) if drawn else ()


def _undate(rng: random.Random, roles: list[Role]) -> tuple[Role, ...]:
    """Some people give no dates for their older positions, and a few give years alone."""
    draw = rng.random()
    if draw < 0.03 and len(roles) > 1:
        return (*roles[:-1], _dated(roles[-1], None, None))
    if draw < 0.06:
        return tuple(_dated(r, r.start and r.start[:4], r.end and r.end[:4]) for r in roles)
    return tuple(roles)


def _dated(role: Role, start: str | None, end: str | None) -> Role:
    values = {key: getattr(role, key) for key in Role.__struct_fields__} | {"start": start, "end": end}
    return Role(**values)


def _education(rng: random.Random, career: Career) -> tuple[Education, ...]:
    """Courses, latest first: they end when the career begins, but for a last one now and then taken beside the job."""
    trade, specialism = career.stints[0].trade, career.stints[0].specialism
    first = min(stint.start for stint in career.stints)
    path = rng.choice(specialism.lines.get("path") or trade.lines.get("path") or ["bachelor"]).split("+")
    if rng.random() < 0.04:
        return ()
    country = rng.choice([career.country, career.stints[0].country])
    out: list[Education] = []
    end = first // 12 if first % 12 > 4 else first // 12 - 1
    if len(path) > 1 and rng.random() < 0.25:
        end = min(2026, end + rng.randint(2, 5))
    for level in reversed(path):
        length = {
            "diploma": 2,
            "bachelor": rng.randint(3, 4),
            "master": rng.randint(1, 2),
            "doctor": rng.randint(4, 5),
            "trade": 3,
        }[level]
        names = pool("degrees").get(country.code, level) or pool("degrees").get("*", level)
        kind, _, subject = rng.choice(phrases(specialism, trade, "study")).partition("/")
        degree = rng.choice(names).replace("{kind}", rng.choice(pool("degrees").get("kind", kind)))
        start, stop = (str(end - length), str(end)) if rng.random() > 0.15 else (None, None)
        out.append(Education(school=school(rng, country), degree=degree, field=subject, start=start, end=stop))
        end = min(end - length, first // 12 - 1)
    return tuple(out)


def _certifications(rng: random.Random, career: Career) -> tuple[str, ...]:
    code = career.country.code
    licences: list[str] = next(
        (
            found
            for lines in (career.specialism.lines, career.trade.lines)
            for key in (f"licence {code}", "licence *")
            if (found := lines.get(key))
        ),
        [],
    )
    choices = [
        *phrases(career.specialism, career.trade, f"cert {code}"),
        *phrases(career.specialism, career.trade, "cert *"),
    ]
    out = list(licences) if rng.random() < 0.85 else []
    if choices and rng.random() < career.trade.number("cert_rate", 0.4):
        out += rng.sample(choices, min(len(choices), rng.choice((1, 1, 2, 3))))
    return tuple(dict.fromkeys(out))


__all__ = ["Latent", "build", "countries", "spell"]
