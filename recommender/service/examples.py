"""What the OpenAPI document shows of each route: values of the types that are taken and given, of made-up people."""

from __future__ import annotations

from typing import Any, Final

import msgspec
from prometheus_client import CONTENT_TYPE_LATEST

from recommender import errors
from recommender.asking import Request
from recommender.asking.request import Part, YearsPart
from recommender.insights.shown import ShownInsight
from recommender.matching import Answer, Contribution, Counts, Headline, Match, Reason
from recommender.matching.answer import WithoutOne
from recommender.messages import (
    CountAnswer,
    FacetCount,
    FacetsAnswer,
    InsightsAnswer,
    LinkedAnswer,
    Listing,
    Readiness,
    StoreAnswer,
    Suggested,
    Suggestions,
    Understood,
)
from recommender.profile import Profile, Role
from recommender.service import questions
from recommender.service.problems import ProblemError, problem_of

PROFILE: Final = {
    "name": "Ada Quill",
    "title": "Engineering Manager",
    "location": "San Jose, California, United States",
    "core_skills": ["Distributed Systems", "Platform Infrastructure"],
    "roles": [{"company": "Northwind Streams", "title": "Engineering Manager", "start": "2021-03"}],
}
_WHERE = {"location": ["United States"], "years": {"min": 5}}
#: What is sent, by its type.
REQUESTS: Final[dict[type, Any]] = {
    questions.SimilarRequest: {"profile": PROFILE, "k": 5, "where": _WHERE},
    questions.LinkRequest: {"profile_ids": ["ada-quill-2019"]},
    questions.UnderstandRequest: {"text": "senior engineering manager, Kafka or Pulsar, 5+ years, San Jose, not PHP"},
    questions.CountRequest: {"where": _WHERE},
    questions.FacetsRequest: {"where": _WHERE, "fields": ["skill", "seniority"], "limit": 10},
}
#: Of parameters, by name.
PARAMETERS: Final = {
    "profile_id": "ada-quill",
    "other": "ada-quill-2019",
    "q": "kub",
    "where": "location=Berlin,years.min=5",
}

_STORED = Profile(
    id="ada-quill",
    name="Ada Quill",
    title="Engineering Manager",
    location="San Jose, California, United States",
    years_of_experience=14,
    core_skills=("Distributed Systems", "Platform Infrastructure"),
    roles=(Role(company="Northwind Streams", title="Engineering Manager", start="2021-03"),),
    as_of="2026-01",
)
_MATCH = Match(
    profile_id="ben-hollow",
    rank=1,
    score=71.25,
    band="very close",
    name="Ben Hollow",
    title="Senior Engineering Manager",
    location="Seattle, Washington, United States",
    years_of_experience=12,
    shared_skills=("Distributed Systems",),
    contributions=(Contribution("career", 31.25), Contribution("skills", 25.0), Contribution("years", 15.0)),
    reasons=(
        Reason("1 of 2 core skills: Distributed Systems; missing: Platform Infrastructure", "core_skills"),
        Reason("comparable experience: 14 and 12 years", "years_of_experience"),
    ),
)
_SKILLS = ("Distributed Systems", "Platform Infrastructure")
#: What is given, by its type or media type.
ANSWERS: Final[dict[type | str, Any]] = {
    Answer: Answer(
        headline=Headline(f"100+ more professionals with {' & '.join(_SKILLS)}", _SKILLS, 137),
        matches=(_MATCH,),
        generation=42,
    ),
    Profile: _STORED,
    CountAnswer: CountAnswer(137, 42),
    FacetsAnswer: FacetsAnswer({"skill": [FacetCount("Kafka", 61), FacetCount("Go", 40)]}, 137, 42),
    InsightsAnswer: InsightsAnswer(
        profile_id="ada-quill",
        generation=42,
        persona=ShownInsight("Engineering manager with 14 years of experience", "derived", ("title", "roles")),
        core_skills=_SKILLS,
        core_skills_source="page",
    ),
    LinkedAnswer: LinkedAnswer(("ada-quill", "ada-quill-2019"), 42),
    Listing: Listing((_STORED,), 1, 42),
    Readiness: Readiness("ready", 3600, 42),
    StoreAnswer: StoreAnswer(1, ("ada-quill",), (), (), 43),
    Suggestions: Suggestions((Suggested("skill", "Kubernetes", 212),), 42),
    Understood: Understood(
        Request(
            skills=(Part(("Kafka", "Pulsar"), words="Kafka or Pulsar", start=28, end=43),),
            years=YearsPart(min=5, words="5+ years", start=45, end=53),
        ),
        42,
        Counts(18, (WithoutOne("Kafka or Pulsar", 96), WithoutOne("5+ years", 25))),
    ),
    "text/plain": "ok\n",
    CONTENT_TYPE_LATEST: "recommender_profiles 3600.0\n",
}

_BUSY = ProblemError(503, "busy", "too many questions are waiting; ask again in a moment")
#: What is wrong where a request is answered so.
_ERRORS: Final[dict[int, Exception]] = {
    400: ProblemError(400, "malformed-json", "the body is not JSON: it ends too early (byte 17); send JSON"),
    401: ProblemError(401, "no-key", "no key was sent; send one as Authorization: Bearer KEY, or sign in at /sign-in"),
    403: ProblemError(403, "missing-scope", "this key lacks the scope write; ask with one that has it"),
    404: errors.ProfileNotFound("nobody"),
    408: ProblemError(408, "body-too-slow", "the body did not come in time; send it faster"),
    413: ProblemError(413, "body-too-large", "a body here may have 1048576 bytes; send it in parts"),
    414: ProblemError(414, "query-too-long", "an address may have 200 parameters; ask by POST"),
    415: ProblemError(415, "other-media-type", "the body is said to be image/png; send application/json"),
    421: ProblemError(421, "other-host", "'example.org' is no name of this service; ask it by its own"),
    422: errors.QueryError("k is 0; give 1 to 1,000"),
    429: ProblemError(429, "too-many-requests", "this key asked 600 times within a minute; ask again in 12 seconds"),
    500: RuntimeError("said in the log alone"),
    503: _BUSY,
}


def of_answer(kind: type | str) -> Any:
    """An answer of this type, as it is sent."""
    return msgspec.to_builtins(ANSWERS[kind])


def of_problem(status: int) -> Any:
    """A problem with this status, as it is sent."""
    return msgspec.to_builtins(problem_of(_ERRORS[status]))
