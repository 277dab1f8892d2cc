"""`Kept`: an answer as it is kept."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Self

from recommender.collection import Sight, View
from recommender.matching import Answered, Basis
from recommender.service.answers.rendered import Rendered

#: Bytes that a kept answer takes beside its matches: the rows, with scores, and twice the vector that it rests on.
_BESIDE: Final = 18_000


@dataclass(slots=True)
class Kept:
    """An answer as somebody may see it, and the stamp and generation that it is proven good for."""

    sight: Sight
    stamp: Hashable
    generation: int
    basis: Basis | None
    rendered: Rendered

    @classmethod
    def of(cls, sight: Sight, stamp: Hashable, answered: Answered) -> Self:
        """An answer that was just worked out."""
        return cls(sight, stamp, answered.answer.generation, answered.basis, Rendered(answered.answer))

    @property
    def answered(self) -> Answered:
        """The answer as it was last worked out, with what it rests on."""
        return Answered(self.rendered.answer, self.basis)

    def renewed(self, stamp: Hashable, answered: Answered | None) -> Self | None:
        """What was made of it for a later view; None where nothing was."""
        if answered is None:
            return None
        rendered = self.rendered.again(answered.answer)
        return type(self)(self.sight, stamp, answered.answer.generation, answered.basis, rendered)

    def __len__(self) -> int:
        """About so many bytes."""
        return len(self.rendered) + _BESIDE

    def is_good_for(self, view: View | None) -> bool:
        """Whether it is proven to be this view's."""
        if view is None or self.basis is None:
            return False
        return self.basis.numbering is view.numbering and self.generation == view.generation

    def current(self) -> Rendered:
        """The answer as that of the generation it is good for."""
        self.rendered = self.rendered.at(self.generation)
        return self.rendered
