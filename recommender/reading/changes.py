"""What turns one JSON value into another, as a list of small changes: how a format comes back out without loss.

A change is `{"at": path, "was": …, "new": …}`: "was" is the fingerprint of what was there before, absent where
something was added; "new" is absent where something was taken away. A change is made only where that is still there:
a profile edited in between keeps its edits.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

Change = dict[str, Any]
Path = tuple[str | int, ...]

#: A path longer than this leads nowhere in what is read here.
DEEPEST = 100


def differences(old: Any, new: Any, at: Path = ()) -> list[Change]:
    """The changes that make `new` of `old`."""
    if same(old, new):
        return []
    if isinstance(old, dict) and isinstance(new, dict):
        found: list[Change] = []
        for key in [*old, *(key for key in new if key not in old)]:
            if key not in new:
                found.append({"at": [*at, key], "was": _mark(old[key])})
            elif key not in old:
                found.append({"at": [*at, key], "new": new[key]})
            else:
                found.extend(differences(old[key], new[key], (*at, key)))
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [change for index, (left, right) in pairs for change in differences(left, right, (*at, index))]
    return [{"at": list(at), "was": _mark(old), "new": new}]


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same; true is not 1, nor 1 the same as 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def _mark(value: Any) -> str:
    """A fingerprint of a JSON value."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def changed(value: Any, changes: list[Change]) -> Any:
    """`value` with every change made that still fits; `value` itself is left alone.

    Of changes inside one another only the first is made: `differences` makes none such, and so the work grows with the
    value and the changes, not with their product.
    """
    value = _copy(value)
    changed_at: set[Path] = set()
    leading_there: set[Path] = set()
    for change in changes:
        at = change.get("at")
        if not isinstance(at, list) or len(at) > DEEPEST or not all(isinstance(key, str | int) for key in at):
            continue
        path = tuple(at)
        above = {path[:length] for length in range(len(path) + 1)}
        if path in leading_there or not changed_at.isdisjoint(above):
            continue
        changed_at.add(path)
        leading_there |= above
        value = _changed_at(value, path, change)
    return value


def _copy(value: Any) -> Any:
    """A JSON value whose dicts and lists can be changed."""
    if isinstance(value, dict):
        return {key: _copy(member) for key, member in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _changed_at(value: Any, at: Path, change: Change) -> Any:
    """`value` with one change made in it."""
    if not at:
        return change["new"] if "new" in change and change.get("was") == _mark(value) else value
    holder = value
    for key in at[:-1]:
        if not _holds(holder, key):
            return value
        holder = holder[key]
    key = at[-1]
    if isinstance(holder, dict) and isinstance(key, str):
        _change_member(holder, key, change)
    elif _holds(holder, key):
        holder[key] = _changed_at(holder[key], (), change)
    return value


def _holds(holder: Any, key: str | int) -> bool:
    if isinstance(holder, dict):
        return isinstance(key, str) and key in holder
    return isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder)


def _change_member(holder: dict[str, Any], key: str, change: Change) -> None:
    if "was" not in change:
        if key not in holder and "new" in change:
            holder[key] = change["new"]
    elif key in holder and change["was"] == _mark(holder[key]):
        if "new" in change:
            holder[key] = change["new"]
        else:
            del holder[key]
