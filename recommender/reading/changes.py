"""What turns one JSON value into another, as a list of small changes: how a format comes back out without loss.

A change is `{"at": path, "was": …, "new": …}`: "was" is the fingerprint of what stood there before, absent where
something was added; "new" is absent where something was taken away. A change is made only where what was still stands:
a profile edited in between keeps its edits.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

Change = dict[str, Any]
Path = list[str | int]


def differences(old: Any, new: Any, at: Path | None = None) -> list[Change]:
    """The changes that make `new` of `old`."""
    at = at or []
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
                found.extend(differences(old[key], new[key], [*at, key]))
        return found
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return [change for index, (left, right) in pairs for change in differences(left, right, [*at, index])]
    return [{"at": at, "was": _mark(old), "new": new}]


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
    """`value` with every change made that still fits; `value` itself is left alone."""
    for change in changes:
        value = _changed_at(value, change.get("at"), change)
    return value


def _changed_at(value: Any, at: Any, change: Change) -> Any:
    if not isinstance(at, list):
        return value
    if not at:
        return change["new"] if "new" in change and change.get("was") == _mark(value) else value
    key, rest = at[0], at[1:]
    if isinstance(value, dict) and isinstance(key, str):
        if rest:
            return {**value, key: _changed_at(value[key], rest, change)} if key in value else value
        return _member_changed(value, key, change)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return [*value[:key], _changed_at(value[key], rest, change), *value[key + 1 :]]
    return value


def _member_changed(value: dict[str, Any], key: str, change: Change) -> dict[str, Any]:
    if "was" not in change:
        return value if key in value or "new" not in change else {**value, key: change["new"]}
    if key not in value or change["was"] != _mark(value[key]):
        return value
    if "new" in change:
        return {**value, key: change["new"]}
    return {name: member for name, member in value.items() if name != key}
