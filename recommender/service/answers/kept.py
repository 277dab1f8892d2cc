"""`Kept`: an answer as it is kept."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, Self

import msgspec

from recommender.collection import Sight, View
from recommender.matching import Answer, Answered, Basis, recounted
from recommender.service.answers.rendered import Rendered

#: Bytes that a kept answer takes beside its matches: the rows, with scores, and twice the vector that it rests on.
_BESIDE: Final = 18_000


class Proven(NamedTuple):
    """For what an answer is proven good.

    Attributes:
        counted: how many its headline counts there; 0 where it has none.
    """

    stamp: Hashable
    generation: int
    counted: int


@dataclass(slots=True)
class Kept:
    """An answer as somebody may see it, as it was last sent, and for what it is good, which changes as one.

    Attributes:
        since: the latest generation that nothing of its basis was touched in, where that is later than its own.
    """

    sight: Sight
    proven: Proven
    basis: Basis | None
    _rendered: Rendered
    since: object = None

    @classmethod
    def of(cls, sight: Sight, stamp: Hashable, answered: Answered) -> Self:
        """An answer that was just worked out."""
        return cls(sight, _proven(stamp, answered.answer), answered.basis, Rendered(answered.answer))

    @property
    def answered(self) -> Answered:
        """The answer as it was last sent, with what it rests on."""
        basis = replace(self.basis, since=self.since) if self.basis and self.since is not None else self.basis
        return Answered(self.rendered.answer, basis)

    @property
    def rendered(self) -> Rendered:
        """The answer as it was last sent."""
        return self._rendered.unpacked()

    @property
    def is_packed(self) -> bool:
        """Whether it takes less memory than one that is sent takes."""
        return self._rendered.is_packed

    def pack(self) -> None:
        """Take less memory until it is asked for again."""
        self._rendered = self._rendered.packed()

    def unpack(self) -> None:
        """Be ready to be sent."""
        self._rendered = self._rendered.unpacked()

    def renewed(self, stamp: Hashable, answered: Answered | None) -> Self | None:
        """What was made of it for a later view; None where nothing was."""
        if answered is None:
            return None
        rendered = self.rendered.again(answered.answer)
        return type(self)(self.sight, _proven(stamp, answered.answer), answered.basis, rendered)

    def __len__(self) -> int:
        """About so many bytes."""
        return len(self._rendered) + _BESIDE

    def is_good_for(self, view: View | None) -> bool:
        """Whether it is proven to be this view's."""
        if view is None or self.basis is None:
            return False
        return self.basis.numbering is view.numbering and self.proven.generation == view.generation

    def current(self, proven: Proven) -> Rendered:
        """The answer as that of what it is, or was a moment ago, proven good for."""
        rendered = self.rendered
        headline = rendered.answer.headline
        if headline is not None and headline.count != proven.counted:
            counted = msgspec.structs.replace(rendered.answer, headline=recounted(headline, proven.counted))
            rendered = rendered.again(counted)
        self._rendered = rendered = rendered.at(proven.generation)
        return rendered


def _proven(stamp: Hashable, answer: Answer) -> Proven:
    return Proven(stamp, answer.generation, answer.headline.count if answer.headline else 0)
