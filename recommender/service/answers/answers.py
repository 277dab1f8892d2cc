"""`Answers`: the latest answers, each given again only where it is proven to be what a fresh question would get."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

import msgspec

from recommender.collection import View
from recommender.matching import Answered, Basis, Query
from recommender.service.answers.address import Address
from recommender.service.answers.rendered import Rendered
from recommender.wiring import Recommender

#: Bytes that a kept answer takes beside its matches: the rows and the vector that it rests on.
_BESIDE: Final = 10_000
#: Addresses whose answers are known by name.
_MOST_ADDRESSES: Final = 50_000


@dataclass(frozen=True, slots=True)
class _Kept:
    stamp: Hashable
    basis: Basis | None
    rendered: Rendered

    @classmethod
    def of(cls, stamp: Hashable, answered: Answered) -> Self:
        return cls(stamp, answered.basis, Rendered(answered.answer))

    @property
    def answered(self) -> Answered:
        return Answered(self.rendered.answer, self.basis)

    def renewed(self, stamp: Hashable, answered: Answered | None) -> Self | None:
        return answered and type(self)(stamp, answered.basis, self.rendered.again(answered.answer))


class Answers:
    """Answers of one process, the least lately asked for forgotten first.

    Args:
        most_bytes: about so much memory; 0 for none.
        max_age: seconds for which clients may take an answer as good without asking.
    """

    def __init__(self, recommender: Recommender, most_bytes: int, max_age: int) -> None:
        self._recommender, self._room, self.max_age = recommender, most_bytes, max_age
        self._kept: OrderedDict[bytes, _Kept] = OrderedDict()
        self._names: OrderedDict[Address, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._caught_up: Hashable = None

    def ask(self, query: Query, address: Address) -> Rendered:
        """The answer, which may take long. Raises as `Recommender.similar` does.

        Args:
            address: where it is asked; an answer is never given to who has other rights.
        """
        (outcome,) = self.ask_many([(query, address)])
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def ask_many(self, asked: Sequence[tuple[Query, Address]]) -> list[Rendered | Exception]:
        """The same of several questions, which are worked out together; of each its answer, or what `ask` raises."""
        try:
            return self._ask_many(asked)
        except Exception as error:
            if len(asked) == 1:
                return [error]
            return [self.ask_many([one])[0] for one in asked]  # it is the fault of one, which costs the others nothing

    def _ask_many(self, asked: Sequence[tuple[Query, Address]]) -> list[Rendered | Exception]:
        by_name = {_name(query, address): (query, address.sight) for query, address in asked}
        collection = self._recommender.collection
        stamp = collection.stamp()  # before the view: what is written between is looked for once more
        found: dict[bytes, _Kept | Exception] = {}
        with collection.view() as view:
            self._caught_up = stamp
            for sight in dict.fromkeys(sight for _, sight in by_name.values()):
                its = {name: query for name, (query, seen) in by_name.items() if seen == sight}
                found.update(self._worked_out(view.seen_by(sight), stamp, its))
        return [self._keep(_name(query, address), address, found) for query, address in asked]

    def _worked_out(self, view: View, stamp: Hashable, asked: Mapping[bytes, Query]) -> dict[bytes, _Kept | Exception]:
        """The answers to these questions by a view: those that are kept and proven good, the others anew."""
        found: dict[bytes, _Kept | Exception] = dict(self._known(view, stamp, asked))
        fresh = {name: query for name, query in asked.items() if name not in found}
        outcomes = self._recommender.answered_together(list(fresh.values()), view)
        for name, outcome in zip(fresh, outcomes, strict=True):
            found[name] = outcome if isinstance(outcome, Exception) else _Kept.of(stamp, outcome)
        return found

    def _known(self, view: View, stamp: Hashable, names: Iterable[bytes]) -> Iterator[tuple[bytes, _Kept]]:
        """Those of these answers that are kept and proven good."""
        kept = {name: self._kept[name] for name in names if name in self._kept}
        yield from ((name, one) for name, one in kept.items() if one.stamp == stamp)
        old = {name: one for name, one in kept.items() if one.stamp != stamp}
        again = self._recommender.again(view, [one.answered for one in old.values()])
        for (name, one), answered in zip(old.items(), again, strict=True):
            renewed = one.renewed(stamp, answered)
            if renewed is not None:
                yield name, renewed

    def _keep(self, name: bytes, address: Address, found: Mapping[bytes, _Kept | Exception]) -> Rendered | Exception:
        kept = found[name]
        if isinstance(kept, Exception):
            return kept
        self._put(name, kept)
        if address.is_whole:
            with self._lock:
                self._names[address] = name
                while len(self._names) > _MOST_ADDRESSES:
                    self._names.popitem(last=False)
        return kept.rendered

    def at_once(self, address: Address) -> Rendered | None:
        """The answer at this address, where it is kept and proven good without waiting for anything; else None."""
        name = self._names.get(address)
        kept = self._kept.get(name) if name else None
        if name is None or kept is None:
            return None
        collection = self._recommender.collection
        if not collection.is_at_hand:
            return None
        stamp = collection.stamp()
        if kept.stamp != stamp:
            if self._caught_up != stamp:
                return None  # what was written is yet to be read, which may take long
            view = collection.latest()
            if view is None:
                return None
            (again,) = self._recommender.again(view.seen_by(address.sight), [kept.answered], briefly=True)
            kept = kept.renewed(stamp, again)
            if kept is None:
                return None
        self._put(name, kept)
        return kept.rendered

    def _put(self, name: bytes, kept: _Kept) -> None:
        with self._lock:
            before = self._kept.pop(name, None)
            self._bytes += _size(kept) - (_size(before) if before else 0)
            self._kept[name] = kept
            while self._bytes > self._room and self._kept:
                self._bytes -= _size(self._kept.popitem(last=False)[1])


def _size(kept: _Kept) -> int:
    return len(kept.rendered) + _BESIDE


def _name(query: Query, address: Address) -> bytes:
    asked = (sorted(address.rights), address.sight, query)
    try:
        return msgspec.msgpack.encode(asked)
    except OverflowError:  # a number beyond 64 bits, of which the question is to say what is wrong with it
        return repr(asked).encode(errors="surrogatepass")
