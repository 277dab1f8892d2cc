"""`Matcher`: retrieve → filter → rerank → explain → headline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from itertools import repeat
from typing import Final, NamedTuple, ParamSpec, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.asking import Request, understand
from recommender.collection import Resolved, made_by, resolve
from recommender.collection.filter import Filter
from recommender.collection.protocol import Candidates, Collection, View
from recommender.encoding.encoder import Encoder
from recommender.encoding.models.once import OnceEncoder
from recommender.encoding.profile_encoder import ProfileEncoder
from recommender.encoding.reading_cost import assert_text_readable
from recommender.errors import FingerprintMismatch, RecommenderError
from recommender.matching.answer import Answer, Match, Near, Ranks
from recommender.matching.asked.asked import ASKED_SIGNALS, Asked, asked_texts
from recommender.matching.asked.held import Held, counts, held, lives_there, narrowed
from recommender.matching.explaining.reasons import Wording
from recommender.matching.headline import More
from recommender.matching.matches import Placed, shown_matches
from recommender.matching.notice import notice
from recommender.matching.query import Query
from recommender.matching.query_profile import (
    QueryProfile,
    core_skills,
    direction,
    liked,
    stored,
    stored_together,
)
from recommender.matching.ranking.cursor import Cursor, question_digest
from recommender.matching.ranking.neighbourhood import Neighbourhood
from recommender.matching.ranking.points import Question, measured_together, shown_scores
from recommender.matching.ranking.rank import Ranking, best, heads, is_of_the_usual_size, rank
from recommender.matching.renewing import renewed
from recommender.matching.reuse import Answered, Basis
from recommender.matching.scoring import Scorer
from recommender.matching.scoring_config import ScoringConfig
from recommender.matching.signals import SIGNALS
from recommender.reading.text.written_list import written_list
from recommender.skills import Vocabulary

P = ParamSpec("P")
T = TypeVar("T")

#: Characters of what a question says up to which it is encoded together with others; a longer one would hold them up.
SHORT: Final = 2_000

#: Entries from which a text that only lists skills is taken for somebody's own list; fewer are what a request names.
LONG_LIST = 7


class _Asked(NamedTuple):
    """A question as it is asked of one view.

    Attributes:
        comparable: whether it holds anything to compare by.
    """

    scorer: Scorer
    question: Question
    request: Request | None
    conditions: tuple[Held, ...]
    resolved: Resolved
    comparable: bool
    wording: Wording

    def placed(self, ranking: Ranking) -> Placed:
        """The places found, as they are to be shown."""
        profiles, before = self.question.query_profiles, self.question.cursor.rank
        return Placed(self.scorer, profiles, self.wording, ranking.places, before, self.conditions)


class Matcher:
    """Answers "who is like this, why, and how many more are there" from a collection."""

    def __init__(
        self, collection: Collection, profile_encoder: ProfileEncoder, config: ScoringConfig | None = None
    ) -> None:
        """Args:
        config: how signals become a score, read at every question; what comes with the package where none is given.
        """
        self.collection = collection
        self.profile_encoder = profile_encoder
        self.config = (config or ScoringConfig.shipped()).check(SIGNALS)
        self._scorer = Scorer(self.config, {})
        self._asked_scorer = Scorer(ScoringConfig.for_requests().check({*SIGNALS, *ASKED_SIGNALS}), {})

    def similar(self, query: Query, view: View | None = None) -> Answer:
        """The most similar profiles, best first, all of one generation.

        Raises `QueryError` for what cannot be asked, `ProfileNotFound` for an unknown id, and
        `FingerprintMismatch` where the pool was encoded otherwise than this matcher encodes.

        Args:
            view: the generation that is asked, of this matcher's collection; the present one where none is given.
        """
        with self.collection.view() if view is None else nullcontext(view) as asked:
            return self.answered(asked, query).answer

    def explained(self, query: Query, view: View | None = None) -> Answer:
        """What `similar` gives, with how the pool was searched for it."""
        with self.collection.view() if view is None else nullcontext(view) as asked:
            answer = self.similar(query, asked)
            return msgspec.structs.replace(answer, plan=tuple(asked.plans))

    def similar_many(self, queries: Sequence[Query], view: View | None = None) -> list[Answer | RecommenderError]:
        """The same of many questions, all of one generation: of each its answer, or the error that `similar` raises.

        Questions about one stored profile each are worked off together, by a fraction of the calls; every answer is,
        to the last bit, what `similar` gives. They are held in memory all at once: some dozens are enough.
        """
        with self.collection.view() if view is None else nullcontext(view) as asked:
            outcomes = self.answered_together(asked, queries)
        return [one.answer if isinstance(one, Answered) else one for one in outcomes]

    def answered(self, view: View, query: Query) -> Answered:
        """What `similar` gives, with what the answer rests on. Raises as `similar` does."""
        (outcome,) = self.answered_together(view, [query])
        if isinstance(outcome, RecommenderError):
            raise outcome
        return outcome

    def answered_together(self, view: View, queries: Sequence[Query]) -> list[Answered | RecommenderError]:
        """What `similar_many` gives, with what each answer rests on."""
        found = self._all_asked(view, queries, _known(view, queries))
        asked = [one for one in found if not isinstance(one, RecommenderError)]
        comparable = [one for one in asked if one.comparable]
        windows = iter(heads(view, self._scorer, [one.question for one in comparable]))
        ranked = [
            rank(view, one.scorer, one.question, next(windows)) if one.comparable else Ranking([]) for one in asked
        ]
        pages = [one.placed(ranking) for one, ranking in zip(asked, ranked, strict=True)]
        answers = iter(map(self._answer, repeat(view), asked, ranked, shown_matches(view, pages)))
        return [one if isinstance(one, RecommenderError) else next(answers) for one in found]

    def ranked_many(self, queries: Sequence[Query], view: View) -> list[Ranks | RecommenderError]:
        """Who is in the answers of `similar_many`, and how alike, without why: no document is read.

        Of each question what `similar` gives, to the last bit, or the error that it raises. Questions about one stored
        profile each are worked off together; others take as long as with their explanations.
        """
        plain = [query for query in queries if query.is_plain]
        asked_of = iter(self._all_asked(view, plain, _known(view, plain, bare=True)))
        found = [next(asked_of) if query.is_plain else None for query in queries]
        asked = [one for one in found if isinstance(one, _Asked)]
        windows = iter(heads(view, self._scorer, [one.question for one in asked if one.comparable]))
        others = iter(self.similar_many([query for query in queries if not query.is_plain], view))
        ranks: list[Ranks | RecommenderError] = []
        for one in found:
            if one is None:
                answer = next(others)
                ranks.append(Ranks.of(answer) if isinstance(answer, Answer) else answer)
            elif isinstance(one, RecommenderError):
                ranks.append(one)
            else:
                ranked = best(view, one.scorer, one.question, next(windows)) if one.comparable else ([], [])
                ranks.append(Ranks(*ranked, [one.scorer.band(score) for score in ranked[1]]))
        return ranks

    def neighbourhoods(
        self, profile_ids: Sequence[str], k: int, where: Filter, view: View
    ) -> list[Neighbourhood | None]:
        """What the answers of questions about stored profiles each rest on; None where an answer rests on more."""
        queries = [Query(like=(profile_id,), k=k, where=where) for profile_id in profile_ids]
        asked = self._all_asked(view, queries, _known(view, queries, bare=True))
        those = [one for one in asked if isinstance(one, _Asked) and one.comparable]
        windows = heads(view, self._scorer, [one.question for one in those])
        found = {
            one.question.query.like: Neighbourhood.of(view, one.question, head)
            for one, head in zip(those, windows, strict=True)
            if head is not None and is_of_the_usual_size(head.found)
        }
        return [found.get(query.like) for query in queries]

    def neighbours(
        self, profile_ids: Sequence[str], k: int, where: Filter, view: View
    ) -> list[Near | RecommenderError]:
        """Of each of these stored profiles the min(k, others) nearest by search vector, whatever their scores.

        They are looked for together, which takes a fraction of as many questions. An error where one is not there.
        """
        self._agree(view)
        rows = [_or_error(view.row, one) for one in profile_ids]
        there = [row for row in rows if isinstance(row, int)]
        named = resolve(view, where, self.profile_encoder.vocabulary).where
        near = iter(_near(view, view.neighbours(there, k, named) if there else []))
        return [next(near) if isinstance(row, int) else row for row in rows]

    def nearest(self, query: Query, view: View) -> Near | RecommenderError:
        """The same of any question; the error that `similar` raises where it cannot be asked."""
        (asked,) = self._all_asked(view, [query], _known(view, [query], bare=True))
        if isinstance(asked, RecommenderError):
            return asked
        return _near(view, [view.search(asked.question.vector, query.k, asked.question.where)])[0]

    def band(self, score: float) -> str:
        """Word for a score of two profiles."""
        return self._scorer.band(score)

    def scores_with(
        self, profile_ids: Sequence[str], rows: Sequence[NDArray[np.int64]], view: View
    ) -> list[NDArray[np.float64]]:
        """Of each of these stored profiles its scores with rows of its own, as answers show them."""
        known = stored_together(view, profile_ids, bare=True)
        own = [known[profile_id].features for profile_id in profile_ids]
        return [shown_scores(points) for points, _ in measured_together(view, self._scorer, own, rows)]

    def _all_asked(
        self, view: View, queries: Sequence[Query], known: Mapping[str, QueryProfile]
    ) -> list[_Asked | RecommenderError]:
        """The questions as they are asked of a view; what short ones say in words is encoded in one run.

        Args:
            known: of ids that they name the stored profiles.
        """
        requests = [_or_error(self._request, view, query) for query in queries]
        said = [asked_texts(one) for one in requests if isinstance(one, Request)]
        encoder = OnceEncoder(self.profile_encoder.encoder)
        together = [text for texts in said if sum(map(len, texts)) <= SHORT for text in texts]
        if len(said) > 1:
            with suppress(RecommenderError):  # it is the fault of one, which is to cost the others nothing
                encoder.encode(together)
        return [
            request
            if isinstance(request, RecommenderError)
            else _or_error(self._asked, view, query, request, encoder, known)
            for query, request in zip(queries, requests, strict=True)
        ]

    def _asked(
        self,
        view: View,
        query: Query,
        request: Request | None,
        encoder: Encoder,
        known: Mapping[str, QueryProfile],
    ) -> _Asked:
        """A question as it is asked of a view. Raises as `similar` does.

        Args:
            request: what it asks in words.
            encoder: the profile encoder's, which knows some texts already.
            known: of ids that it names the stored profiles.
        """
        self._agree(view)
        vocabulary = self.profile_encoder.vocabulary
        by_profile = query.is_by_example or (request is not None and _is_list(request, vocabulary))
        scorer = self._scorer if by_profile else self._asked_scorer
        scorer = Scorer(scorer.config, query.weights) if query.weights else scorer
        conditions = held(view, request, vocabulary) if request else ()
        words = Asked.of(request, conditions, encoder) if request and not by_profile else None
        text = request.said() if request else query.text
        is_request = words is not None
        query_profiles = liked(view, query, text, self.profile_encoder, encoder, asked=is_request, known=known)
        resolved = resolve(view, query.where, vocabulary)
        question = self._question(view, query, narrowed(resolved.where, conditions), query_profiles, words)
        comparable = any(scorer.can_compare(query_profile.features) for query_profile in query_profiles)
        comparable = comparable or (words is not None and words.is_stated())
        wording = Wording(self._spelling(query_profiles), vocabulary)
        return _Asked(scorer, question, request, conditions, resolved, comparable, wording)

    def _answer(self, view: View, asked: _Asked, ranking: Ranking, matches: tuple[Match, ...]) -> Answered:
        question = asked.question
        more = More(core_skills(question.query_profiles), _own_ids(question.query_profiles), asked.wording.spelling)
        answer = Answer(
            headline=more.headline(view),
            matches=matches,
            generation=view.generation,
            next_cursor=ranking.cursor.text() if ranking.cursor else None,
            notice=notice(asked.request, comparable=asked.comparable),
            unmatched=asked.resolved.unmatched,
            request=asked.request,
            counts=counts(view, asked.resolved.where, asked.conditions),
        )
        basis = Basis.of(view, question.query, question, ranking, more, self.profile_encoder.vocabulary)
        return Answered(answer, basis)

    def again(self, view: View, answers: Sequence[Answered]) -> list[Answered | None]:
        """Of each the answer that a fresh question to this view would get, where that is known for less; else None."""
        return renewed(view, self._scorer, answers)

    def _request(self, view: View, query: Query) -> Request | None:
        """What is asked in words; a text beside an example is taken as it stands. Raises as `similar` does."""
        query.check((self._scorer if query.is_by_example else self._asked_scorer).config.signals)
        if query.request is not None:
            return query.request.check()
        if query.is_by_example or query.text is None:
            return None
        assert_text_readable(query.text)
        return understand(query.text, self.profile_encoder.vocabulary, lives_there(view))

    def _agree(self, view: View) -> None:
        """Hold the pool to this encoder: numbers that were made otherwise cannot be compared, whatever is asked."""
        if not made_by(view, self.profile_encoder):
            held, own = view.fingerprint, self.profile_encoder.fingerprint
            raise FingerprintMismatch(
                f"this pool was encoded by {held}, and questions are by {own}; ask with the model and vocabulary that "
                "made it, or encode anew into another folder: recommender ingest PATH --data NEW_FOLDER"
            )

    def _question(
        self, view: View, query: Query, where: Filter, query_profiles: Sequence[QueryProfile], request: Asked | None
    ) -> Question:
        vector = direction(query_profiles)
        config = self._asked_scorer.config if request else self._scorer.config
        asked = question_digest(query, vector.tobytes(), config.fingerprint)
        return Question(
            query=query,
            query_profiles=query_profiles,
            unliked=stored(view, query.unlike),
            vector=vector,
            where=_without(where, (*query.exclude_ids, *_own_ids(query_profiles))),
            cursor=Cursor.read(query.cursor, asked) if query.cursor else Cursor(asked),
            by_example=self._scorer,
            asked=request,
        )

    def _spelling(self, query_profiles: Sequence[QueryProfile]) -> dict[str, str]:
        """Canonical name → core skill as the question first writes it: it is said in its reader's words."""
        canonical = self.profile_encoder.vocabulary.canonical
        core = [written for query_profile in query_profiles for written in query_profile.profile.core_skills]
        return {canonical(written): written for written in reversed(core)}


def _near(view: View, found: Sequence[Candidates]) -> list[Near]:
    """Who was found; an id that is in several is looked up once."""
    rows = np.unique(np.concatenate([one.rows for one in found])) if found else np.empty(0, np.int64)
    names = dict(zip(rows.tolist(), view.ids(rows), strict=True))
    return [
        Near([names[row] for row in one.rows.tolist()], np.round(one.scores.astype(np.float64), 6).tolist())
        for one in found
    ]


def _known(view: View, queries: Sequence[Query], *, bare: bool = False) -> dict[str, QueryProfile]:
    """The stored profiles that several questions are about, read together."""
    ids = [query.like[0] for query in queries if query.is_plain and query.like]
    return stored_together(view, list(dict.fromkeys(ids)), bare=bare) if bare or len(ids) > 1 else {}


def _or_error(ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | RecommenderError:
    try:
        return ask(*args, **kwargs)
    except RecommenderError as error:
        return error


def _without(where: Filter, ids: tuple[str, ...]) -> Filter:
    """The filter, which these never pass."""
    return msgspec.structs.replace(where, exclude_ids=(*(where.exclude_ids or ()), *ids)) if ids else where


def _own_ids(query_profiles: Sequence[QueryProfile]) -> tuple[str, ...]:
    return tuple(profile_id for query_profile in query_profiles for profile_id in query_profile.ids)


def _is_list(request: Request, vocabulary: Vocabulary) -> bool:
    """Whether many skills are listed and nothing else is said, which is what a profile that lists them says."""
    only_skills = request.years is None and all(field == "skills" for field, _ in request.parts())
    return only_skills and len(written_list(request.said(), vocabulary)) >= LONG_LIST
