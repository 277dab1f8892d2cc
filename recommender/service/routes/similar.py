"""Who is like this? `GET /v1/profiles/{id}/similar` and `POST /v1/similar`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi import Query as Parameters

from recommender.collection import parse_filter
from recommender.errors import QueryError
from recommender.matching import Answer, Query
from recommender.matching.notice import notice
from recommender.messages import Understood
from recommender.profile import Profile
from recommender.service.answers.address import address
from recommender.service.bodies import parse, question_body
from recommender.service.documentation import documented
from recommender.service.limits import admitted, check_named
from recommender.service.questions import SimilarParameters, SimilarRequest, UnderstandRequest
from recommender.service.reading import read_given, read_one
from recommender.service.running import Running, running
from recommender.service.wire import reply

router = APIRouter(prefix="/v1", tags=["similar"])

#: Matches that take milliseconds: the first places, of one window.
MOST_BRIEFLY = 50
#: Bytes of a question that may take milliseconds: a longer text is read and encoded for as long as many short ones.
MOST_BYTES = 2_000
#: Fields of such a question.
_BRIEF = frozenset(("like", "text", "request", "k", "where", "exclude_ids", "min_score", "weights"))


@router.get("/profiles/{profile_id:profile_id}/similar", **documented(Answer, problems=(404, 422, 503)))
async def similar_to_stored(
    request: Request, profile_id: str, asked: Annotated[SimilarParameters, Parameters()]
) -> Response:
    """The k profiles most like a stored one, why, and how many more there are; asks nothing of the encoder."""
    here = running(request)
    given = asked.model_dump(exclude={"explain"}) | {"where": admitted(parse_filter(asked.where), request)}
    query = Query(like=(profile_id,), **given)
    if asked.explain:
        return await here.work(request, _explained, here, request, query)
    if asked.k <= MOST_BRIEFLY and not asked.diversity and asked.cursor is None:
        return await here.answer(request, query)
    return await here.work(request, _answered, here, request, query)


def _answered(here: Running, request: Request, query: Query) -> Response:
    return here.answers.ask(query, address(request)).reply(request.headers, here.answers.max_age)


def _explained(here: Running, request: Request, query: Query) -> Response:
    with here.view(request) as view:
        return reply(here.recommender.matcher.explained(query, view))


@router.post("/similar", **documented(Answer, body=SimilarRequest, problems=(404, 422, 503)))
async def similar(request: Request) -> Response:
    """The k profiles most like those named, a profile given, a page, or what is asked in words."""
    here, body = running(request), await question_body(request)
    if len(body) > MOST_BYTES:
        return await here.work(request, _similar, here, request, body)
    asked = _asked(request, body)
    if _is_brief(asked):
        return await here.answer(request, _query(asked, None), _headers(request))
    return await here.work(request, _answer_to, here, request, asked)


def _is_brief(asked: SimilarRequest) -> bool:
    """Whether a question that is short takes milliseconds."""
    usual = SimilarRequest()
    others = (name for name in asked.__struct_fields__ if name not in _BRIEF)
    plain = all(getattr(asked, name) == getattr(usual, name) for name in others)
    return plain and len(asked.like) <= 1 and asked.k <= MOST_BRIEFLY


@router.post("/understand", **documented(Understood, body=UnderstandRequest, problems=(422, 503)))
async def understand(request: Request) -> Response:
    """What a text asks for, part by part, each with the words it came from; and how many people meet it all."""
    here, body = running(request), await question_body(request)
    return await here.work(request, _understand, here, request, body)


def _understand(here: Running, request: Request, body: bytes) -> Response:
    text = parse(body, UnderstandRequest).text
    with here.view(request) as view:
        understood = here.recommender.understand(view, text)
        counts = here.recommender.counts(view, understood)
        return reply(Understood(understood, view.generation, counts, notice(understood)))


def _similar(here: Running, request: Request, body: bytes) -> Response:
    return _answer_to(here, request, _asked(request, body))


def _answer_to(here: Running, request: Request, asked: SimilarRequest) -> Response:
    query = _query(asked, _profile(here, asked))
    if asked.explain:
        return _explained(here, request, query)
    return here.answers.ask(query, address(request)).reply(_headers(request), here.answers.max_age)


def _asked(request: Request, body: bytes) -> SimilarRequest:
    asked = parse(body, SimilarRequest)
    admitted(asked.where, request)
    check_named(asked)
    return asked


def _query(asked: SimilarRequest, profile: Profile | None) -> Query:
    given = {name: getattr(asked, name) for name in asked.__struct_fields__ if name not in ("page", "explain")}
    return Query(**given | {"profile": profile})


def _headers(request: Request) -> dict[str, str]:
    """Those that matter to the reply to a POST, which has no conditions."""
    return {"accept-encoding": request.headers.get("accept-encoding", "")}


def _profile(here: Running, asked: SimilarRequest) -> Profile | None:
    """The profile given as JSON or as a page, read as it would be if it were stored."""
    if asked.profile is not None and asked.page is not None:
        raise QueryError("page: both a profile and a page are given; give one of them")
    if asked.profile is not None:
        return read_given(asked.profile, here.recommender)
    if asked.page is not None:
        return read_one(asked.page.encode(), "text/plain", here.recommender)[0]
    return None
