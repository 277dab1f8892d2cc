"""`Encoders`: who encodes what is to be stored: this process (`Here`), or several (`Processes`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Protocol

from recommender.encoding import EncodedProfile, ProfileEncoder
from recommender.errors import ProfileTooLong
from recommender.reading import Found, Rejected

#: Those that were encoded, in order, and those that cannot be.
Encoded = tuple[list[EncodedProfile], list[Rejected]]
#: What encoding raises of a record that it cannot cope with; a model that is not there or a full memory is no record's.
OF_A_RECORD = (ValueError, TypeError, LookupError, ArithmeticError, RecursionError)


class Encoders(Protocol):
    """Who encodes."""

    @property
    def ahead(self) -> int:
        """How many batches are worth beginning before the outcome of the first is waited for."""
        ...

    def begin(self, batch: Sequence[Found]) -> Callable[[], Encoded]:
        """Begin to encode some profiles; what is returned waits for the outcome."""
        ...


class Here:
    """This process, when it is waited for."""

    ahead = 0

    def __init__(self, profile_encoder: ProfileEncoder) -> None:
        self._encoder = profile_encoder

    def begin(self, batch: Sequence[Found]) -> Callable[[], Encoded]:
        """As `Encoders.begin`."""
        return partial(encoded, self._encoder, batch)


def encoded(encoder: ProfileEncoder, batch: Sequence[Found]) -> Encoded:
    """Encode those that can be; one that cannot costs itself alone."""
    if not batch:
        return [], []
    try:
        return encoder.encode([found.profile for found in batch]), []
    except (ProfileTooLong, *OF_A_RECORD) as error:
        if len(batch) == 1 and isinstance(error, ProfileTooLong):
            return [], [batch[0].reject("", str(error))]
        if len(batch) == 1:
            reason = f"it cannot be encoded ({type(error).__name__}: {error}); please report this"
            return [], [batch[0].reject("", " ".join(reason.split()))]
    return joined([encoded(encoder, [found]) for found in batch])


def joined(parts: Sequence[Encoded]) -> Encoded:
    """The outcomes of a batch's parts, in order, as that of the batch."""
    return [one for fit, _ in parts for one in fit], [one for _, unfit in parts for one in unfit]
