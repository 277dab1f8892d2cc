"""The work of an offline match, cut up: a piece is some queries against one generation of the pool.

A piece is a value that any process of any machine can work out, as often as it has to be: it holds its queries, and
what comes of them depends on the pool's snapshot alone.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from recommender.batch.basis.gather import gathered, plan_of
from recommender.batch.basis.numbered import Numbered
from recommender.batch.basis.rested import Rested, encoded
from recommender.batch.forms.form import FORMS
from recommender.batch.forms.rows import AnyRow, Kind, bare_rows, near_rows, rows
from recommender.batch.moves import Moves
from recommender.batch.requests import InWords
from recommender.collection import EVERYONE, Filter, Sight, View
from recommender.errors import ProfileNotFound, ProfileTooLong, QueryError, RecommenderError
from recommender.matching import Answer, Matcher, Near, Query, Ranks
from recommender.matching.ranking.neighbourhood import Neighbourhood
from recommender.profile import Profile
from recommender.reading import Found

#: Queries worked out together.
TURN = 128
#: Queries of a piece at most, and matches that they ask for together: what is done again where a piece is lost.
MOST_QUERIES, MOST_MATCHES = 1_024, 16_384

Asked = str | Profile | InWords
#: What is found of a query; text is why nothing is.
Outcome = Answer | Ranks | Near | str


class Asking(msgspec.Struct, frozen=True):
    """What is asked about every query.

    Attributes:
        form: suffix of the file that is written, which says how rows are encoded.
        basis: whether to keep what answers rest on, so that the file can be brought up to a later generation.
        sight: what whoever reads the file may see of who may move.
        neighbours: whether the nearest by search vector are asked for, instead of the best by score.
    """

    k: int = 50
    where: Filter = EVERYONE
    explain: bool = True
    form: str = ".parquet"
    basis: bool = False
    sight: Sight = Sight(outlooks=False)
    neighbours: bool = False

    @property
    def kind(self) -> Kind:
        """What rows say."""
        return "near" if self.neighbours else "explained" if self.explain else "bare"

    @property
    def together(self) -> int:
        """How many queries are worked out together: of the nearest, whom nothing is read of, a whole piece."""
        return self.queries_at_once if self.neighbours else TURN

    @property
    def queries_at_once(self) -> int:
        """How many make a piece."""
        return max(1, min(MOST_QUERIES, MOST_MATCHES // max(self.k, 1)))

    def question(self, asked: Asked) -> Query:
        """The question about one query."""
        if isinstance(asked, InWords):
            return Query(text=asked.text, request=asked.request, k=self.k, where=self.where)
        if isinstance(asked, str):
            return Query(like=(asked,), k=self.k, where=self.where)
        return Query(profile=asked, k=self.k, where=self.where)


class Wanted(msgspec.Struct, frozen=True, omit_defaults=True):
    """A query as it is kept: one of an id of the pool, a profile and a request; and the file and place it is from."""

    like: str | None = None
    profile: Profile | None = None
    words: InWords | None = None
    source: str = ""
    place: str = ""

    @classmethod
    def of(cls, asked: Asked | Found) -> Wanted:
        """Any query."""
        match asked:
            case str():
                return cls(like=asked)
            case Profile():
                return cls(profile=asked)
            case Found():
                return cls(profile=asked.profile, source=asked.source, place=asked.place)
        return cls(words=asked)

    @property
    def asked(self) -> Asked:
        """The query."""
        found = self.like if self.like is not None else self.profile or self.words
        assert found is not None
        return found


class Piece(msgspec.Struct, frozen=True):
    """Some queries.

    Attributes:
        number: of the piece, from 0.
        first: how many queries come before its own.
        queries: a `Wanted` a line, as JSON.
    """

    number: int
    first: int
    queries: bytes


class Unanswered(msgspec.Struct, frozen=True):
    """A query that has no rows in the file, and why.

    Attributes:
        line: its place among the queries, from 1.
        source, place: the file it is from and where in it, where it is from one.
    """

    query_id: str
    reason: str
    line: int = 0
    source: str = ""
    place: str = ""


class Slow(msgspec.Struct, frozen=True):
    """What a query took, as a mean of those that were worked out together with it; in seconds."""

    query_id: str
    seconds: float


class Worked(msgspec.Struct, frozen=True):
    """What came of a piece.

    Attributes:
        content: its rows, encoded as `Asking.form` says.
        answered, matches: how many queries have rows or could have, and how many rows there are.
        seconds: that it took.
        slowest: of its queries.
        basis: what its answers rest on, encoded (`since.basis`); nothing where that is not kept.
        plans: how their nearest were found; "" where it cannot be told whether they would be again.
    """

    number: int
    content: bytes
    answered: int
    matches: int
    unanswered: tuple[Unanswered, ...]
    seconds: float
    slowest: tuple[Slow, ...]
    basis: bytes = b""
    plans: tuple[str, ...] = ()

    @property
    def queries(self) -> int:
        """How many there were."""
        return self.answered + len(self.unanswered)


def cut(queries: Iterable[bytes], size: int, first: int = 0) -> Iterator[Piece]:
    """Lines of queries as pieces of `size` each."""
    remaining, number = iter(queries), 0
    while lines := list(islice(remaining, size)):
        yield Piece(number, first, b"".join(lines))
        number, first = number + 1, first + len(lines)


_WANTED = msgspec.json.Decoder(Wanted)


def work_off(matcher: Matcher, view: View, asking: Asking, piece: Piece) -> Worked:
    """The answers to a piece's queries; one that cannot be asked costs itself alone.

    Args:
        view: as `asking.sight` sees it.

    Raises what would be wrong with every one of them.
    """
    began = time.perf_counter()
    wanted = [_WANTED.decode(line) for line in piece.queries.split(b"\n")[:-1]]
    asked = [one.asked for one in wanted]
    named = [_id_of(one) or f"query-{piece.first + at}" for at, one in enumerate(asked, 1)]
    found, unanswered, slow = list[AnyRow](), list[Unanswered](), list[Slow]()
    rests, plans, moves = list[Rested](), set[str](), Moves(view, asking.sight)
    for start in range(0, len(asked), asking.together):
        turn, started = slice(start, start + asking.together), time.perf_counter()
        if asking.basis:
            answers, rested, ways = ranked_with_basis(matcher, view, asking, [str(one) for one in asked[turn]])
            rests += rested
            plans |= ways
        elif asking.neighbours:
            answers = nearest(matcher, view, asking, asked[turn])
        else:
            answers = outcomes(matcher, view, asking, [asking.question(one) for one in asked[turn]])
        for at, outcome in enumerate(answers, start):
            match outcome:
                case str():
                    place = wanted[at].source, wanted[at].place
                    unanswered.append(Unanswered(named[at], outcome, piece.first + at + 1, *place))
                case Answer():
                    found.extend(rows(named[at], outcome, moves.of(outcome)))
                case Ranks():
                    found.extend(bare_rows(named[at], outcome, view.generation))
                case Near():
                    found.extend(near_rows(named[at], outcome, view.generation))
        slow.append(Slow(named[start], (time.perf_counter() - started) / len(answers)))
    return Worked(
        number=piece.number,
        content=FORMS[asking.form].encode(found, asking.kind),
        answered=len(asked) - len(unanswered),
        matches=len(found),
        unanswered=tuple(unanswered),
        seconds=time.perf_counter() - began,
        slowest=tuple(sorted(slow, key=lambda one: -one.seconds)[:3]),
        basis=encoded(rests) if asking.basis else b"",
        plans=tuple(sorted(plans)),
    )


def ranked_with_basis(
    matcher: Matcher, view: View, asking: Asking, profile_ids: Sequence[str]
) -> tuple[list[Outcome], list[Rested], set[str]]:
    """Who is in the answers, what these rest on, and how that was found."""
    pool = matcher.collection
    assert isinstance(pool, Numbered)
    found, rested = gathered(matcher, view, pool, profile_ids, asking.k, asking.where)
    others = [one for one, there in zip(profile_ids, found, strict=True) if there is None]
    answers = iter(outcomes(matcher, view, asking, [asking.question(one) for one in others]) if others else ())
    ranked = [_ranks(matcher, view, one, asking.k) if one is not None else next(answers) for one in found]
    return ranked, rested, {plan_of(view, one) for one in found if one is not None}


def _ranks(matcher: Matcher, view: View, one: Neighbourhood, k: int) -> Ranks:
    scores = one.scores[:k].tolist()
    return Ranks(view.ids(one.ranked[:k]), scores, [matcher.band(score) for score in scores])


def nearest(matcher: Matcher, view: View, asking: Asking, asked: Sequence[Asked]) -> list[Outcome]:
    """The nearest of each: those of stored profiles together, those of others one after another."""
    stored = [one for one in asked if isinstance(one, str)]
    near = iter(matcher.neighbours(stored, asking.k, asking.where, view))
    queries = [asking.question(one) for one in asked]
    found = [
        next(near) if isinstance(one, str) else matcher.nearest(query, view)
        for one, query in zip(asked, queries, strict=True)
    ]
    return [_outcome(*pair) for pair in zip(queries, found, strict=True)]


def outcomes(matcher: Matcher, view: View, asking: Asking, queries: Sequence[Query]) -> list[Outcome]:
    """The answers, worked out together; a profile that is not there or too long, a request that nobody can be, has a
    reason instead.
    """
    found = matcher.similar_many(queries, view) if asking.explain else matcher.ranked_many(queries, view)
    return [_outcome(*pair) for pair in zip(queries, found, strict=True)]


def _outcome(query: Query, answer: Answer | Ranks | Near | RecommenderError) -> Outcome:
    match answer:
        case Answer() | Ranks() | Near():
            return answer
        case ProfileNotFound() | ProfileTooLong():
            return str(answer)
        case QueryError() if not query.is_by_example:
            return str(answer)
    raise answer


def _id_of(asked: Asked) -> str | None:
    return asked if isinstance(asked, str) else asked.id
