"""`Collection` and `View`: the pool as everything above it sees it.

Reading goes through a view: one generation, however many questions are asked of it, whatever is written
meanwhile. `tests/collection/contract.py` is the suite that every implementation passes.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from recommender.collection.filter import EVERYONE, Filter
from recommender.collection.sight import Sight
from recommender.encoding.encoded import EncodedProfile
from recommender.encoding.features import Features
from recommender.insights import Derived
from recommender.profile import Profile

FacetField = Literal[
    "skill",
    "location",
    "title",
    "seniority",
    "years",
    "company",
    "company_ever",
    "workplace",
    "badge",
    "certification",
    "language",
    "persona",
    "likely_to_move",
]
#: Facets where none are named.
USUAL_FACETS: tuple[FacetField, ...] = ("skill", "location", "title", "seniority")
SuggestionKind = Literal["name", "title", "company", "skill", "place"]
SUGGESTED: tuple[SuggestionKind, ...] = get_args(SuggestionKind)
Sort = Literal["id", "name", "years", "-years", "updated", "-updated"]


class SearchPlan(msgspec.Struct, frozen=True):
    """How a search was done, why so, and what it cost.

    Attributes:
        way: what was chosen, of what the engine can do.
        why: for what reason.
        k: how many were asked for.
        qualifying: how many qualify; exact.
        profiles: how many there are.
        steps: what was done, in order.
        expected_ms: each way that was possible → milliseconds it was expected to take; empty where there was one alone.
        took_ms: milliseconds it took, selecting those who qualify left out.
    """

    way: str
    why: str
    k: int
    qualifying: int
    profiles: int
    steps: tuple[str, ...]
    expected_ms: Mapping[str, float]
    took_ms: float


class Trace:
    """What a search rested on, of which an engine that says what changed tells this; each has its own beside."""

    __slots__ = ()

    def rests_on(self) -> NDArray[np.int64]:
        """Rows of which one would have to leave for a search that goes the same way to find otherwise."""
        raise NotImplementedError

    def went(self) -> Hashable:
        """The way of searching, as `Changes.turns` takes it."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Candidates:
    """What retrieval found: rows of one view, best first.

    Attributes:
        rows: int64, integer positions, good within the view that gave them.
        scores: float32 inner products with the query vector, descending; ties by row.
        trace: what it rested on, from which follows whether a later view would find the same (`View.finds_again`).
        plan: how they were found; None where an engine does not say.
        floor: whoever comes and is no nearer changes nothing that is found; -inf where whoever comes may.
    """

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]
    trace: Trace | None = None
    plan: SearchPlan | None = None
    floor: float = -math.inf


class Changes(Protocol):
    """What was written between two views whose rows mean the same versions of the same profiles.

    Attributes:
        arrived: rows that take a place in the later view and took none in the earlier, int64.
        left: rows that took a place in the earlier view and take none in the later.
        gone: rows, with or without a place of their own, that are not in the later view.
        since: the earlier view, as `View.finds_again` takes it; nothing of that view is held on to.
    """

    @property
    def arrived(self) -> NDArray[np.int64]: ...  # noqa: D102

    @property
    def left(self) -> NDArray[np.int64]: ...  # noqa: D102

    @property
    def gone(self) -> NDArray[np.int64]: ...  # noqa: D102

    @property
    def since(self) -> object: ...  # noqa: D102

    def turns(self, way: Hashable, leaving_out: int) -> bool:
        """Whether searches that went this way may go another now.

        Args:
            leaving_out: how many ids their filters exclude; none of them admits by anything else.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """Among whom a search looked.

    Attributes:
        way: how the sealed rows were searched, of what the engine can do.
        wanted: how many rows were asked for first, by a way that does not compare all.
        seen: int64, the rows that were compared, ascending, where not all who qualify were.
    """

    way: str
    wanted: int
    seen: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many qualifying profiles have this value; exact."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody may mean who types a few letters.

    Attributes:
        value: a name as one of those writes it who have it; else as facets show it.
        count: how many profiles have it; exact.
        profile_ids: of a name the first few who have it.
    """

    kind: SuggestionKind
    value: str
    count: int
    profile_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plane:
    """Where people are on a plane: who is alike is near.

    Attributes:
        rows: int64, everybody's, ascending.
        places: float32 of shape (n, 2), within the unit square; NaN for who came since places were worked out.
        groups: uint8, the number that each was given by what worked them out; 0 where there is no place.
    """

    rows: NDArray[np.int64]
    places: NDArray[np.float32]
    groups: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a listing, and the cursor of the next, None at the end."""

    profiles: tuple[Profile, ...]
    next_cursor: str | None


class View(Protocol):
    """The pool at one generation.

    Profiles that are linked as one person (`Collection.link`) take one place: the one that represents the others is
    whom rows, searches, counts, facets, suggestions and listings know. The others are found by their ids, and an id in
    a filter means the person.
    """

    @property
    def generation(self) -> int:
        """Number of the last change seen; grows with every acknowledged write."""
        ...

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors in it; None while the pool is empty and new."""
        ...

    @property
    def numbering(self) -> object:
        """The same in all views whose rows mean the same versions of the same profiles."""
        ...

    def __len__(self) -> int:
        """How many profiles there are, those of one person counted once."""
        ...

    def seen_by(self, sight: Sight) -> View:
        """This view as somebody sees it: whose moves they may not see, of them nothing here says that they may move.

        No filter, count, facet, profile or fact does; good as long as this view is.
        """
        ...

    def row(self, profile_id: str) -> int:
        """Row of a profile, whether or not it takes a place; raises `ProfileNotFound`."""
        ...

    def same_person(self, profile_id: str) -> tuple[str, ...]:
        """Ids of the profiles that are linked as this person, that which takes their place first.

        This id alone where it is linked with none; raises `ProfileNotFound`.
        """
        ...

    def linked(self) -> dict[str, str]:
        """The profiles whose place another takes, in the order of their rows, each with the id of that one."""
        ...

    def kept_apart(self) -> frozenset[tuple[str, str]]:
        """The pairs of ids that are not of one person (`Collection.unlink`), each in the order of ids.

        To keep two apart is no change that views and generations know of.
        """
        ...

    def ids(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str]:
        """Profile ids of rows, in order."""
        ...

    def names(self, rows: Sequence[int] | NDArray[np.int64]) -> list[str | None]:
        """Names on the profiles of rows, in order."""
        ...

    def profiles(self, rows: Sequence[int] | NDArray[np.int64]) -> list[Profile]:
        """Profiles of rows, in order."""
        ...

    def facts(self, rows: Sequence[int] | NDArray[np.int64]) -> list[Derived]:
        """Derived values of rows, in order."""
        ...

    def vectors(self, rows: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Search vectors of rows, shape (len(rows), dimension)."""
        ...

    def features(self, rows: Sequence[int] | NDArray[np.int64]) -> Features:
        """Rerank columns of rows, in order."""
        ...

    def rows(self, where: Filter = EVERYONE) -> NDArray[np.int64]:
        """Every row that qualifies, ascending."""
        ...

    def search(
        self, vector: NDArray[np.float32], k: int, where: Filter = EVERYONE, *, exact: bool = False
    ) -> Candidates:
        """The min(k, number that qualify) nearest by inner product, whatever the filter's selectivity.

        Args:
            exact: whether to compare everybody who qualifies, however many; an index may otherwise miss a few.
        """
        ...

    def reach(self, found: Candidates) -> Reach | None:
        """Among whom `search` looked for what it found in this view; None where an engine does not say."""
        ...

    def neighbours(self, rows: Sequence[int] | NDArray[np.int64], k: int, where: Filter = EVERYONE) -> list[Candidates]:
        """Of each of these rows the min(k, others that qualify) nearest, scored as `search` does; nobody is their own.

        Many are worked out together, for much less than as many searches. Where there are many to find them among, a
        few may be missed.
        """
        ...

    @property
    def plans(self) -> Sequence[SearchPlan]:
        """How the latest searches of this view were done, in order; of some dozens at most."""
        ...

    def expect(self, vectors: NDArray[np.float32]) -> None:
        """These vectors, shape (n, dimension), are searched for next: a hint, which changes nothing that is found."""
        ...

    def finds_again(
        self, found: Candidates, vector: NDArray[np.float32], where: Filter = EVERYONE, since: object = None
    ) -> Candidates | None:
        """What `search` would find, where it is certain to be what it found in an earlier view; else None.

        Costs a look at what came since, and nothing where rows are numbered otherwise than they were.

        Args:
            found: what `search` gave for this vector, filter and some k, or this method.
            since: `Changes.since` of the latest view that is known to find the same; None for that which found it.
        """
        ...

    def changes_since(self, earlier: View) -> Changes | None:
        """What was written since an earlier view; None where rows were numbered otherwise, or an engine does not say.

        Who left can be asked about, beyond vectors and features, through the earlier view alone.
        """
        ...

    def count(self, where: Filter = EVERYONE) -> int:
        """How many profiles qualify; exact."""
        ...

    def facets(
        self, fields: Sequence[FacetField], where: Filter = EVERYONE, limit: int = 20
    ) -> dict[FacetField, list[FacetValue]]:
        """The `limit` commonest values of each field among those that qualify, by count then value; exact."""
        ...

    def suggest(self, text: str, kinds: Sequence[SuggestionKind] = SUGGESTED, limit: int = 10) -> list[Suggestion]:
        """The `limit` values of these kinds that a text is most likely the beginning of, best first.

        Each of its words is one of the value's or the beginning of one, in any order; case and accents do not count,
        and one typo is forgiven: a letter too many, too few or another, or two changed over, in a whole word; where
        nothing else is found, a space too many or too few among up to three words. First come those without a typo, of
        these the ones that have no other words, then those that begin with the first word, then by count, by value, by
        kind.
        """
        ...

    def plane(self) -> Plane | None:
        """Where everybody is on a plane; None where that is not worked out (see `Maintainable.lay_out`)."""
        ...

    def listing(
        self,
        where: Filter = EVERYONE,
        sort: Sort = "id",
        cursor: str | None = None,
        limit: int = 50,
        *,
        skip: int = 0,
    ) -> Page:
        """Profiles that qualify in the order asked for; ties by id.

        Args:
            skip: how many of them to leave out first, of those after the cursor.
        """
        ...


class Collection(Protocol):
    """A pool of encoded profiles."""

    @property
    def fingerprint(self) -> str | None:
        """Of the vectors it holds; None while it is empty and new."""
        ...

    def upsert(self, profiles: Iterable[EncodedProfile]) -> int:
        """Store all, replacing those with the same id, in one transaction; the new generation.

        Durable when it returns, and visible to the next view. Raises `FingerprintMismatch`, having stored nothing,
        where one was made otherwise than what the pool holds.
        """
        ...

    def delete(self, profile_ids: Iterable[str]) -> list[str]:
        """Remove these; the ids that were there. Unknown ids are left out of the answer, not an error.

        Where others are linked to one that is removed, the fullest of them takes its place.
        """
        ...

    def link(self, people: Iterable[Sequence[str]], *, again: bool = True) -> int:
        """Have the profiles of each of these people take one place, that of the first, in one transaction.

        Whoever is linked with one of them already joins them. A profile stays linked when it is stored anew. The new
        generation; raises `ProfileNotFound`, having linked nobody.

        Args:
            again: whether two that were unlinked may be linked again; else a person of whom that is so is left out.
        """
        ...

    def unlink(self, profile_ids: Iterable[str]) -> list[str]:
        """Have each of these take a place of its own again; those of them that were linked, in the order asked.

        Where it represented others, the fullest of them does from now on. It is kept apart from them: that they are not
        of one person is remembered until they are linked again, or until one of the two is removed.
        """
        ...

    def keep_apart(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Remember of each of these pairs of ids, in any order, that it is not of one person, as unlinking does.

        Raises, having remembered none, `ProfileNotFound`, or `QueryError` for two that are linked.
        """
        ...

    def view(self) -> AbstractContextManager[View]:
        """The pool as it is now, unchanged until the block ends."""
        ...

    @property
    def is_at_hand(self) -> bool:
        """Whether `latest` and `stamp` are for who cannot wait, as they ask nobody."""
        ...

    def latest(self) -> View | None:
        """The newest generation that was read here, for who cannot wait: it tells all but profiles.

        None where none was read. It is no older than any view that was opened before it.
        """
        ...

    def stamp(self) -> Hashable:
        """Equal at two moments only where every view of either answers alike.

        It costs microseconds where the pool `is_at_hand`; else a question to a server, which may have to be waited for.
        """
        ...

    def close(self) -> None:
        """Let go of files; the collection cannot be used afterwards."""
        ...
