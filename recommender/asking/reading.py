"""`Reading`: a text while it is understood: its pieces, what they say of what they name, and what is known yet."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from recommender.asking.passages import Interval, Piece, intervals, said_of
from recommender.asking.request import Part, Stance
from recommender.asking.spans import ValueSpan
from recommender.skills import Vocabulary

#: What may stand between two values of which either will do.
EITHER = re.compile(r"\s*(?:,?\s*\bor\b|/|\|)\s*(?:an?\s+)?", re.IGNORECASE)
#: What may stand between two wishes of which nobody meets both.
BETWEEN = re.compile(r"\s*(?:,?\s*\b(?:or|and)\b|/|\||,|&)\s*(?:an?\s+)?", re.IGNORECASE)
_COMMA = re.compile(r"\s*,\s*")
#: Fields of study, any of which will do: "a degree in law, economics or a related field".
_STUDIES = re.compile(
    r"\b(?:degree|diploma|bachelor|master|background|qualification)\S*\s[^.;\n]{0,40}?\bin\b[^.;\n]{0,120}?\bor\b"
    r"[^.;,\n]{0,40}",
    re.IGNORECASE,
)


@dataclass
class Reading:
    """What is known of a text while it is understood.

    Attributes:
        text: the text without what is said exactly; `written` is all of it.
        advert: whether it is written in sentences or lines rather than typed into a box.
        studies: where fields of study are listed.
        taken: what is known, as characters; `covered` says the same of each character.
    """

    text: str
    written: str
    vocabulary: Vocabulary
    pieces: list[Piece]
    advert: bool
    said: dict[int, list[Interval]] = field(default_factory=dict)
    taken: list[tuple[int, int]] = field(default_factory=list)
    covered: bytearray = field(default_factory=bytearray)
    studies: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        spans, self.taken, self.covered = self.taken, [], bytearray(len(self.text))
        self.take(spans)
        self.studies = [match.span() for match in _STUDIES.finditer(self.text)]

    def take(self, spans: Iterable[tuple[int, int]]) -> None:
        """What these characters say is known."""
        for start, end in spans:
            self.taken.append((start, end))
            self.covered[start:end] = b"\1" * (end - start)

    def piece_at(self, at: int) -> Piece | None:
        """The piece that a character is in."""
        number = bisect_right(self.pieces, at, key=lambda piece: piece.start) - 1
        return self.pieces[number] if number >= 0 and at < self.pieces[number].end else None

    def stance(self, at: int, *, sought: bool = False) -> Stance | None:
        """What the text says of something at a character; None where it is no wish.

        Args:
            sought: whether it is what the text is about, which duties ask for as well as requirements do.
        """
        piece = self.piece_at(at)
        if piece is None or piece.kind == "aside":
            return None
        if piece.start not in self.said:
            self.said[piece.start] = intervals(self.text, piece)
        # what is to be done is asked for, and nobody is measured by every word of it
        usual: Stance = "nice" if piece.kind in ("nice", "duties", "work") and not sought else "must"
        return said_of(at, self.said[piece.start]) or usual

    def excluded(self) -> list[tuple[int, int]]:
        """Where the text says what nobody must be or have."""
        for piece in self.pieces:
            self.stance(piece.start)
        return sorted(
            (one.start, one.end)
            for piece in self.pieces
            for one in self.said.get(piece.start, ())
            if one.stance == "not"
        )

    def parts(
        self,
        found: Iterable[ValueSpan],
        *,
        any_will_do: re.Pattern[str] = EITHER,
        sought: bool = False,
        within: Sequence[tuple[int, int]] = (),
    ) -> tuple[Part, ...]:
        """Parts for what was found and is not taken yet; values between which words say "or" are one part.

        Args:
            sought: as of `stance`.
            within: taken characters whose words may say this as well.
        """
        parts: list[Part] = []
        for one in sorted(found):
            shared = any(start <= one.start and one.end <= end for start, end in within)
            if any(self.covered[one.start : one.end]) and not shared:
                continue
            stance = self.stance(one.start, sought=sought)
            if stance is None:
                continue
            self.take([(one.start, one.end)])
            if any(one.value in part.values and part.stance == stance for part in parts):
                continue
            if not (stance != "not" and parts and self._joins(parts, one, stance, any_will_do)):
                words = self.written[one.start : one.end]
                parts.append(Part((one.value,), stance, stance == "not", words, one.start, one.end))
        return tuple(parts)

    def _joins(self, parts: list[Part], one: ValueSpan, stance: Stance, any_will_do: re.Pattern[str]) -> bool:
        """Whether either of the last part and this one will do; then the last part has it."""
        last = parts[-1]
        if last.stance != stance or last.end is None or last.start is None:
            return False
        either = any_will_do.fullmatch(self.text, last.end, one.start) is not None
        studied = any(start <= last.start and one.end <= end for start, end in self.studies)
        if not either and not (studied and _COMMA.fullmatch(self.text, last.end, one.start)):
            return False
        parts[-1] = self.joined(last, (one.value,), one.end)
        while either and self.advert and len(parts) > 1 and self._listed(parts[-2], parts[-1]):
            last = parts.pop()
            parts[-1] = self.joined(parts[-1], last.values, last.end or 0)
        return True

    def joined(self, part: Part, values: tuple[str, ...], end: int) -> Part:
        """A part of which these values will do as well, with the words up to a character."""
        words = self.written[part.start : end]
        return msgspec.structs.replace(part, values=(*part.values, *values), words=words, end=end)

    def _listed(self, before: Part, last: Part) -> bool:
        """Whether a sentence lists two parts with nothing but a comma between: "Python, Go or Rust"."""
        assert before.end is not None, "it was found in a text"
        assert last.start is not None, "it was found in a text"
        return before.stance == last.stance and bool(_COMMA.fullmatch(self.text, before.end, last.start))
