"""Small changes to source, one operator or one constant each: what a slip of the hand might leave there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

#: What is in place of each operator: at the boundary, or the contrary.
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult,
}  # fmt: skip
#: Keywords that refuse what no right call does, and change nothing of what one gives.
_GUARDS = ("strict", "frozen", "slots")
#: Types are for the checker alone.
_TYPES = ("annotation", "returns")
#: Characters of the longest statement or expression that is shown around what changes.
_SHOWN = 160


class Mutant(NamedTuple):
    """A change to one file.

    Attributes:
        path: of the file, from the root of the tree.
        line: in the file as it is.
        where: the function or class around it, "" for the module.
        before, after: the simple statement as it is and as it becomes, or what of a long one holds the change.
        source: the changed file, whole, as `ast.unparse` writes it (without comments).
    """

    path: str
    line: int
    where: str
    before: str
    after: str
    source: str


class _Site(NamedTuple):
    """A node and where it hangs: in a field of its parent, or in a list there; `around` are all above it."""

    node: ast.expr | ast.AugAssign
    around: tuple[ast.AST, ...]
    field: str
    at: int | None
    where: str


class Change(NamedTuple):
    """One node of a tree and another that may stand in its place."""

    tree: ast.Module
    site: _Site
    other: ast.expr | ast.stmt

    def mutant(self, path: str) -> Mutant:
        """This change made; the tree is as it was afterwards."""
        node, shown = self.site.node, _shown(self.site)
        before = ast.unparse(shown)
        with self._made():
            after = ast.unparse(self.other if shown is node else shown)
            return Mutant(path, node.lineno, self.site.where, before, after, ast.unparse(self.tree) + "\n")

    @contextmanager
    def _made(self) -> Iterator[None]:
        self._put(self.other)
        try:
            yield
        finally:
            self._put(self.site.node)

    def _put(self, node: ast.AST) -> None:
        parent = self.site.around[-1]
        if self.site.at is None:
            setattr(parent, self.site.field, node)
        else:
            getattr(parent, self.site.field)[self.site.at] = node


def changes(source: str) -> list[Change]:
    """Every change that can be made to a module, in the order of the text."""
    tree = ast.parse(source)
    return [Change(tree, site, other) for site in _sites((tree,), "") for other in _others(site.node)]


def _sites(around: tuple[ast.AST, ...], where: str) -> Iterator[_Site]:
    """Every node below the last of these, each with the names of the functions and classes around it."""
    parent = around[-1]
    if isinstance(parent, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        where = f"{where}.{parent.name}".lstrip(".")
    for field, value in ast.iter_fields(parent):
        if field in _TYPES:
            continue
        for index, node in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(node, ast.AST) or (isinstance(node, ast.keyword) and node.arg in _GUARDS):
                continue
            if isinstance(node, ast.expr | ast.AugAssign):
                yield _Site(node, around, field, index if isinstance(value, list) else None, where)
            yield from _sites((*around, node), where)


def _others(node: ast.expr | ast.AugAssign) -> Iterator[ast.expr | ast.stmt]:
    """What may stand in a node's place."""
    match node:
        case ast.Compare(left, operators, compared):
            for at, operator in enumerate(operators):
                other = [*operators[:at], _COMPARISONS[type(operator)](), *operators[at + 1 :]]
                yield ast.Compare(left, other, compared)
        case ast.BinOp(left, operator, right) if type(operator) in _ARITHMETIC:
            yield ast.BinOp(left, _ARITHMETIC[type(operator)](), right)
        case ast.AugAssign(target, operator, value) if type(operator) in _ARITHMETIC:
            yield ast.AugAssign(target, _ARITHMETIC[type(operator)](), value)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value) | float(value)):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))


def _shown(site: _Site) -> ast.AST:
    """The widest of what is around a node that has no block in it and is short; else the node."""
    simple = (
        node for node in site.around if isinstance(node, ast.expr) or not {"body", "cases"} & set(node._fields)
    )  # fmt: skip
    return next((node for node in simple if len(ast.unparse(node)) <= _SHOWN), site.node)
