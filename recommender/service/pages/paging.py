"""Numbered pages of a list."""

from __future__ import annotations

from typing import Self

import msgspec


class Paging(msgspec.Struct, frozen=True):
    """One page of several.

    Attributes:
        number, last: from 1.
        before: how many are on the pages before it.
    """

    number: int
    last: int
    before: int

    @classmethod
    def of(cls, asked: str, count: int, on_a_page: int) -> Self:
        """The page asked for; the first for what is no number, the last for one beyond."""
        last = max(-(-count // on_a_page), 1)
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
        number = min(max(number, 1), last)
        return cls(number, last, (number - 1) * on_a_page)

    @property
    def shown(self) -> tuple[int | None, ...]:
        """Numbers to offer: the ends and those around this one; None where some are left out."""
        near = sorted({1, self.last, *range(max(self.number - 1, 1), min(self.number + 1, self.last) + 1)})
        offered = list[int | None]()
        for number in near:
            before = offered[-1] if offered else 0
            if before is not None and number - before == 2:
                offered.append(number - 1)
            elif before is not None and number - before > 2:
                offered.append(None)
            offered.append(number)
        return tuple(offered)
