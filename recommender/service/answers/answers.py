"""`Answers`: the latest answers, each given again only where it is proven to be what a fresh question would get."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

import msgspec

from recommender.collection import Sight, View
from recommender.matching import Bases, Query
from recommender.service.answers.address import Address
from recommender.service.answers.kept import Kept, Proven
from recommender.service.answers.rendered import Rendered
from recommender.wiring import Recommender

#: Addresses whose answers are known by name.
_MOST_ADDRESSES: Final = 50_000
#: Answers that were asked for last, of which those that something touches are looked at before they are asked for.
_LATELY: Final = 256


class Answers:
    """Answers of one process, the least lately asked for packed first, and forgotten first.

    Args:
        most_bytes: about so much memory; 0 for none.
        max_age: seconds for which clients may take an answer as good without asking.
    """

    def __init__(self, recommender: Recommender, most_bytes: int, max_age: int) -> None:
        self._recommender, self._room, self.max_age = recommender, most_bytes, max_age
        self._kept: OrderedDict[bytes, Kept] = OrderedDict()
        self._names: OrderedDict[Address, bytes] = OrderedDict()
        self._sizes: dict[bytes, int] = {}
        self._bytes = 0
        self._loose: OrderedDict[bytes, int] = OrderedDict()  # sizes of those that are not packed
        self._loose_bytes = 0
        self._lock = threading.Lock()
        self._caught_up: Hashable = None
        self._latest: View | None = None
        self._bases = Bases[bytes]()  # of those that are good for `_latest`

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
        found: dict[bytes, Kept | Exception] = {}
        with collection.view() as view:
            self._renew_lately_asked(view, stamp, self._catch_up(stamp))
            for sight in dict.fromkeys(sight for _, sight in by_name.values()):
                its = {name: query for name, (query, seen) in by_name.items() if seen == sight}
                found.update(self._worked_out(view.seen_by(sight), sight, stamp, its))
        return [self._keep(_name(query, address), address, found) for query, address in asked]

    def _catch_up(self, stamp: Hashable) -> Collection[bytes]:
        """Bring all that nothing touches which was written since to the newest generation, which is this stamp's.

        Names of the others, of whom each has to be looked at.
        """
        if self._caught_up == stamp:
            return ()
        later = self._recommender.collection.latest()
        with self._lock:
            earlier, self._latest = self._latest, later
            changes = later.changes_since(earlier) if later and earlier else None
            if later is None or earlier is None or changes is None:
                self._bases = Bases()
                self._caught_up = stamp
                return ()
            settled = self._bases.settle(earlier, later, changes)
            for name in settled.doubtful:
                self._kept[name].since = changes.since
            proofs = {count: Proven(stamp, later.generation, count) for count in set(settled.good.values())}
            for name, count in settled.good.items():
                self._kept[name].proven = proofs[count]
        self._caught_up = stamp
        return settled.doubtful

    def _renew_lately_asked(self, view: View, stamp: Hashable, doubtful: Collection[bytes]) -> None:
        """Look together at those of these that were asked for lately: they are likely to be again."""
        with self._lock:
            lately = set(islice(reversed(self._kept), _LATELY)).intersection(doubtful)
            by_sight: dict[Sight, list[bytes]] = {}
            for name in lately:
                by_sight.setdefault(self._kept[name].sight, []).append(name)
        for sight, names in by_sight.items():
            for name, kept in list(self._known(view.seen_by(sight), stamp, names)):
                self._put(name, kept, is_asked_for=False)

    def _worked_out(
        self, view: View, sight: Sight, stamp: Hashable, asked: Mapping[bytes, Query]
    ) -> dict[bytes, Kept | Exception]:
        """The answers to these questions by a view: those that are kept and proven good, the others anew."""
        found: dict[bytes, Kept | Exception] = dict(self._known(view, stamp, asked))
        fresh = {name: query for name, query in asked.items() if name not in found}
        outcomes = self._recommender.answered_together(list(fresh.values()), view)
        for name, outcome in zip(fresh, outcomes, strict=True):
            found[name] = outcome if isinstance(outcome, Exception) else Kept.of(sight, stamp, outcome)
        return found

    def _known(self, view: View, stamp: Hashable, names: Iterable[bytes]) -> Iterator[tuple[bytes, Kept]]:
        """Those of these answers that are kept and proven good."""
        kept = {name: self._kept[name] for name in names if name in self._kept}
        yield from ((name, one) for name, one in kept.items() if one.proven.stamp == stamp)
        old = {name: one for name, one in kept.items() if one.proven.stamp != stamp}
        again = self._recommender.again(view, [one.answered for one in old.values()])
        for (name, one), answered in zip(old.items(), again, strict=True):
            renewed = one.renewed(stamp, answered)
            if renewed is not None:
                yield name, renewed

    def _keep(self, name: bytes, address: Address, found: Mapping[bytes, Kept | Exception]) -> Rendered | Exception:
        kept = found[name]
        if isinstance(kept, Exception):
            return kept
        self._put(name, kept)
        if address.is_whole:
            with self._lock:
                self._names[address] = name
                while len(self._names) > _MOST_ADDRESSES:
                    self._names.popitem(last=False)
        return kept.current(kept.proven)

    def at_once(self, address: Address) -> Rendered | None:
        """The answer at this address, where it is kept and proven good without waiting for anything; else None."""
        name = self._names.get(address)
        kept = self._kept.get(name) if name else None
        if name is None or kept is None:
            return None
        collection, proven = self._recommender.collection, kept.proven
        if not collection.is_at_hand or proven.stamp != collection.stamp():
            return None
        self._put(name, kept)
        return kept.current(proven)

    def question(self, address: Address) -> Query | None:
        """What is asked at this address, where an answer to it is kept that may be good again."""
        name = self._names.get(address)
        kept = self._kept.get(name) if name else None
        return kept.basis.query if kept and kept.basis else None

    def _put(self, name: bytes, kept: Kept, *, is_asked_for: bool = True) -> None:
        """Keep an answer, as the one that was asked for last, or in the place of what is kept under its name."""
        with self._lock:
            before = self._kept.pop(name, None) if is_asked_for else self._kept.get(name)
            if before is None and not is_asked_for:
                return
            self._kept[name] = kept
            if is_asked_for:
                kept.unpack()
            if before is not kept:
                self._hold(name, kept)
            self._weigh(name, kept)
            self._make_room()

    def _hold(self, name: bytes, kept: Kept) -> None:
        """Hold what an answer rests on against what is written from now on, where it is good until now."""
        if kept.is_good_for(self._latest):
            kept.current(kept.proven)
            self._bases.put(name, kept.answered)
        else:
            self._bases.drop(name)

    def _weigh(self, name: bytes, kept: Kept) -> None:
        """Count what an answer takes, as the one that was unpacked last."""
        loose, size = 0 if kept.is_packed else len(kept), len(kept)
        self._bytes += size - self._sizes.pop(name, 0)
        self._sizes[name] = size
        self._loose_bytes += loose - self._loose.pop(name, 0)
        if loose:
            self._loose[name] = loose

    def _make_room(self) -> None:
        """Pack those least lately asked for while the others take over half of the room; then forget them."""
        while self._bytes > self._room and self._kept:
            if self._loose_bytes > self._room // 2:
                name = next(iter(self._loose))
                self._kept[name].pack()
                self._weigh(name, self._kept[name])
                continue
            name, _ = self._kept.popitem(last=False)
            self._bytes -= self._sizes.pop(name)
            self._loose_bytes -= self._loose.pop(name, 0)
            self._bases.drop(name)


def _name(query: Query, address: Address) -> bytes:
    asked = (sorted(address.rights), address.sight, query)
    try:
        return msgspec.msgpack.encode(asked)
    except OverflowError:  # a number beyond 64 bits, of which the question is to say what is wrong with it
        return repr(asked).encode(errors="surrogatepass")
