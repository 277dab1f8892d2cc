"""The changes that a mutation run draws from, of a module made up for it."""

from __future__ import annotations

from benchmarks.mutants import changes

SOURCE = '''
"""A module of 1 line."""
LIMIT: Literal[4] = -2


class Shop:
    @dataclass(frozen=True)
    def open(self, hour: int = 8) -> bool:
        """Not 8 or 9 < 10."""
        if not self.shut and hour >= LIMIT:
            self.till += hour * 1.5
        return [a for a, b in zip(x, y, strict=True) if a is b in z]
'''


def test_every_operator_and_constant_is_changed_alone() -> None:
    """Not what is in docstrings, types, and keywords that only guard against wrong calls."""
    found = [change.mutant("shop.py") for change in changes(SOURCE)]
    condition, total = "not self.shut and hour >= LIMIT", "self.till += hour * 1.5"
    listed = "return [a for a, b in zip(x, y, strict=True) if a is b in z]"
    assert [(mutant.line, mutant.where, mutant.before, mutant.after) for mutant in found] == [
        (3, "", "LIMIT: Literal[4] = -2", "LIMIT: Literal[4] = -3"),
        (3, "", "LIMIT: Literal[4] = -2", "LIMIT: Literal[4] = -1"),
        (8, "Shop.open", "self, hour: int=8", "self, hour: int=9"),
        (8, "Shop.open", "self, hour: int=8", "self, hour: int=7"),
        (10, "Shop.open", condition, "not self.shut or hour >= LIMIT"),
        (10, "Shop.open", condition, "self.shut and hour >= LIMIT"),
        (10, "Shop.open", condition, "not self.shut and hour > LIMIT"),
        (11, "Shop.open", total, "self.till -= hour * 1.5"),
        (11, "Shop.open", total, "self.till += hour / 1.5"),
        (11, "Shop.open", total, "self.till += hour * 2.5"),
        (11, "Shop.open", total, "self.till += hour * 0.5"),
        (12, "Shop.open", listed, listed.replace("a is b", "a is not b")),
        (12, "Shop.open", listed, listed.replace("is b in z", "is b not in z")),
    ]
    whole = found[0].source.replace("-3", "-2")
    for mutant in found:
        assert mutant.source != whole
        assert mutant.source.replace(mutant.after, mutant.before, 1) == whole, "nothing else is changed"
