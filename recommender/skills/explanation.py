"""What a vocabulary takes from a text, and why: the rule and the way of writing behind every skill."""

from __future__ import annotations

from typing import NamedTuple

from recommender.skills.entries import Prose
from recommender.skills.found import Decision
from recommender.skills.surface import squash
from recommender.skills.vocabulary import Vocabulary

_RULES = {
    Prose.ANY: "in any case",
    Prose.EXACT: "in exactly this case",
    Prose.LISTED: "in this case, beside other skills",
    Prose.NEVER: "in lists of skills only",
}


class Explanation(NamedTuple):
    """One skill taken from a text.

    Attributes:
        start, end: where it is; the whole text where it was read as one entry of a list.
        written: what is there.
        name: the canonical name; for an unknown entry its own text.
        field: the vocabulary's field of work, None for an unknown entry.
        reason: the rule that took it or left it, in words.
        counts: whether it is taken as a skill.
    """

    start: int
    end: int
    written: str
    name: str
    field: str | None
    reason: str
    counts: bool = True


def explain(text: str, vocabulary: Vocabulary) -> list[Explanation]:
    """How a text is read: as one entry of a list of skills where it is that short, and as prose.

    The first explanation is that of the entry (at most six words), the others are of the known names in the text, by
    position, those that are not counted included.
    """
    found = []
    if text.strip() and len(text.split()) <= 6:
        found.append(_entry(text, vocabulary))
    found += [_mention(text, decision, vocabulary) for decision in vocabulary.decisions(text)]
    return found


def _entry(text: str, vocabulary: Vocabulary) -> Explanation:
    known = vocabulary.lookup(text)
    if known is None:
        name = vocabulary.canonical(text)
        return Explanation(0, len(text), text, name, None, "as an entry of a list: unknown, it keeps its own name")
    name, rule = known
    alias = (
        "its name" if squash(text) == squash(name) else f"another way to write {name}" if rule == "as written" else rule
    )
    return Explanation(0, len(text), text, name, vocabulary.field(name), f"as an entry of a list: {alias}")


def _mention(text: str, decision: Decision, vocabulary: Vocabulary) -> Explanation:
    start, end, name = decision.found.mention
    written, surface = text[start:end], decision.found.surface
    if not decision.counts:
        reason = f"not counted: {decision.reason}"
    elif squash(surface.text) != squash(written):
        reason = "mentioned: another number or joining of a way to write it"
    elif squash(written) == squash(name):
        reason = f"mentioned: its name, taken {_RULES[surface.prose]}"
    else:
        reason = f"mentioned: {surface.text!r} is a way to write it, taken {_RULES[surface.prose]}"
    if decision.counts and decision.reason:
        reason += f" ({decision.reason})"
    return Explanation(start, end, written, name, vocabulary.field(name), reason, decision.counts)
