"""How long somebody has done what, in the words of the summary, where roles bear it out."""

from __future__ import annotations

import re
from collections.abc import Set

from recommender.insights.insights import Highlight
from recommender.insights.prose.clauses import as_sentence
from recommender.insights.prose.telling import has_any
from recommender.insights.work.career import Career
from recommender.insights.work.naming import has_stem
from recommender.insights.work.occupation import Occupation
from recommender.insights.work.stated_clauses import stated_clauses
from recommender.insights.work.trades import is_of_trade
from recommender.insights.work.years import of_what, years_of
from recommender.profile import Profile, Role

#: Part of the years stated that roles have to bear out; the first jobs are often left out.
_BORNE_OUT = 0.8
FEWEST = 3  # years that are worth a line
_LEADS = re.compile(
    r"\b(?:leading|leadership|managing|management|supervis\w+|leader|manager|director)\b", re.IGNORECASE
)


def stated(
    profile: Profile, occupation: Occupation | None, career: Career, names: Set[str]
) -> list[tuple[bool, Highlight]]:
    """The lengths of experience that the summary states, each with whether it is of leading people.

    Those count that roles bear out, of the occupation or of what is stated: they were worked for as long as that.
    """
    fit = [one for one in worth_a_line(profile, names) if _is_borne_out(one, profile, occupation, career)]
    return [(_LEADS.search(clause) is not None, Highlight(as_sentence(clause), ("about",))) for clause in fit]


def worth_a_line(profile: Profile, names: Set[str]) -> list[str]:
    """The clauses of the summary that state some years, but for those with these names."""
    clauses = stated_clauses(profile.about) if profile.about else ()
    return [clause for clause in clauses if years_of(clause) >= FEWEST and not has_any(clause, names)]


def _is_borne_out(clause: str, profile: Profile, occupation: Occupation | None, career: Career) -> bool:
    """Whether roles of the occupation, or with a word of what the years are of, took as many; where any has dates."""
    dated = [job for job in career.jobs if job.tenure is not None]
    if not dated:
        return True
    subject = of_what(clause)
    named = [job.number for job in dated if has_stem(subject, _written(profile.roles[job.number]))]
    own = [job.number for job in dated if occupation and is_of_trade(job, occupation)]
    return bool(named) and career.months([*named, *own]) >= _BORNE_OUT * 12 * years_of(clause)


def _written(role: Role) -> str:
    """A role as one text."""
    return " ".join((role.title or "", *role.skills, *role.bullets))
