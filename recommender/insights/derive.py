"""`derive`: a profile and a vocabulary → facts and insights. The clock goes in as little as into facts."""

from __future__ import annotations

from collections import Counter

from recommender.facts import Facts, folded, held_skills, is_later, present, tenure_of
from recommender.facts import derive as derive_facts
from recommender.field_path import FieldPath
from recommender.insights.highlights import highlights
from recommender.insights.insights import Derived, Insights
from recommender.insights.moving import employers, outlook
from recommender.insights.persona import kinds, persona
from recommender.insights.texts import Texts
from recommender.insights.work.career import Career, career_of, is_alike, is_of_trade, other_trades
from recommender.insights.work.central import central, work_of
from recommender.insights.work.emphasis import categories, lately, latest, out_of_place, roles_by_skill
from recommender.insights.work.occupation import Occupation, occupation_in
from recommender.insights.work.practised import practised
from recommender.insights.work.strengths import named_in, strengths, told_by
from recommender.profile import Profile
from recommender.skills import Vocabulary

#: Canonical skill → the fields that show it, as `held_skills` gives them.
Held = dict[str, tuple[FieldPath, ...]]

_LONG_AGO = 0.25  # `Tenure.recency` of what ended ten years ago
_LEAST_MONTHS = 4  # of a role that says what somebody is after what their title says


def derive(profile: Profile, vocabulary: Vocabulary) -> Derived:
    """The facts and insights of one profile; the same for the same profile and vocabulary, always."""
    held = held_skills(profile, vocabulary)
    facts = derive_facts(profile, vocabulary, held)
    values = {name: getattr(facts, name) for name in facts.__struct_fields__}
    return Derived(**values, insights=insights(profile, facts, held, vocabulary))


def insights(profile: Profile, facts: Facts, held: Held, vocabulary: Vocabulary) -> Insights:
    """The insights of one profile, of which the facts and the skills are known."""
    career, texts = career_of(profile), Texts(profile)
    where, occupation = _present(profile, facts)
    if occupation and (not _is_worked(occupation, career) or _is_over(profile, occupation, career)):
        occupation = None
    roles = roles_by_skill(held)
    counts = categories(lately(roles, career), vocabulary)
    strange = out_of_place(counts, occupation) if occupation else frozenset[str]()
    named = named_in(held)
    told = told_by(texts, named)
    elsewhere = other_trades(career, occupation) if occupation else frozenset[int]()
    skills = strengths(profile, texts, facts, career, held, told, elsewhere, strange, vocabulary)
    now = categories(latest(roles, career, occupation), vocabulary)
    who = None
    if occupation:
        work = work_of(profile, career, occupation, told)
        shown = central(skills, profile, work, held, occupation, vocabulary)
        if not shown and not profile.core_skills:
            shown = practised(texts, work, held, occupation, strange, vocabulary)
        if not any(is_alike(job, occupation) for job in career.jobs):
            now = Counter[str]()  # what others do of whom only the title says so
        who = persona(where, occupation, shown, facts, counts, now, held, vocabulary)
    return Insights(
        highlights=highlights(profile, facts, occupation, career, elsewhere, skills, named, vocabulary),
        persona=who,
        kinds=kinds(profile, who, occupation),
        moving=outlook(profile, facts),
        employers=employers(profile),
    )


def _present(profile: Profile, facts: Facts) -> tuple[FieldPath, Occupation | None]:
    """The occupation now, and the field that says it: the title, or that of the role that facts take it from.

    A résumé may have the title of a job that others followed; then that of the last one counts. What ended more than
    ten years ago says nothing of now.
    """
    where = FieldPath.of("title")
    ends = [tenure.recency for role in profile.roles if (tenure := tenure_of(role, present(profile)))]
    if len(ends) == len(profile.roles) and max(ends, default=1.0) < _LONG_AGO:
        return where, None
    if (later := _later(profile)) is not None:
        return FieldPath.of("roles", later, "title"), occupation_in(profile.roles[later].title or "")
    if profile.title:
        return where, occupation_in(_as_written(profile, profile.title))
    for number, role in enumerate(profile.roles):
        if role.title and folded(role.title) == facts.title:
            return FieldPath.of("roles", number, "title"), occupation_in(role.title)
    return where, None


def _is_over(profile: Profile, occupation: Occupation, career: Career) -> bool:
    """Whether every role of the trade of an occupation ended months before another one, which took some months."""
    dated = [(job, job.tenure) for job in career.jobs if job.tenure and profile.roles[job.number].title]
    own = [tenure.after for job, tenure in dated if is_of_trade(job, occupation)]
    others = [tenure.after for _, tenure in dated if tenure.months >= _LEAST_MONTHS]
    return bool(own) and max(others, default=0) > max(own) + _LEAST_MONTHS


def _is_worked(occupation: Occupation, career: Career) -> bool:
    """Whether a role is of the trade of this occupation, where roles say occupations: else it may be what is wished."""
    known = [job for job in career.jobs if job.occupation]
    return not known or any(is_of_trade(job, occupation) for job in known)


def _as_written(profile: Profile, title: str) -> str:
    """A title that is all of capitals as a role has it, where that is not: there capitals mean something."""
    if not title.isupper():
        return title
    own = [role.title for role in profile.roles if role.title and folded(role.title) == folded(title)]
    return next((one for one in own if not one.isupper()), title)


def _later(profile: Profile) -> int | None:
    """The last role, where the title is that of roles which had all ended when it began; none where two go on.

    One of a few months does not count: what somebody was before may still be what they are.
    """
    own = [role for role in profile.roles if profile.title and folded(role.title or "") == folded(profile.title)]
    ends = [role.end for role in own]
    if not own or any(end is None for end in ends):
        return None
    after = [
        number
        for number, role in enumerate(profile.roles)
        if role.start and all(end is not None and is_later(role.start, end) for end in ends)
        if (tenure := tenure_of(role, present(profile))) is None or tenure.months >= _LEAST_MONTHS
    ]
    going_on = [number for number in after if profile.roles[number].end is None]
    if len(going_on) == 1 or (after and not going_on):
        return going_on[0] if going_on else max(after, key=lambda number: (profile.roles[number].end or "", -number))
    return None
