"""`in_turn`: work that is begun ahead and finished in its order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def in_turn(begun: Iterable[Callable[[], T]], ahead: int) -> Iterator[T]:
    """What comes of each piece of work, in order, while up to `ahead` later ones are going on.

    Where the next cannot be begun, those that were are finished first, and then it is raised. Whoever stops asking
    (or is interrupted) leaves them unfinished.
    """
    remaining, waiting, fault = iter(begun), deque[Callable[[], T]](), None
    while fault is None:
        try:
            waiting.append(next(remaining))
        except StopIteration:
            break
        except Exception as error:
            fault = error
        while len(waiting) > ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()
    if fault is not None:
        raise fault
