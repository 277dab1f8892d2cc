"""The tree of errors is the one that is drawn, what lies outside of it is named, and every message says what to do."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import recommender
from recommender import errors

PACKAGE = Path(recommender.__path__[0])
#: Told by one part of the package to another, and seen by no caller.
SIGNALS = {"BuildStopped", "DoesNotFit", "TooLarge", "TooManyMarks", "Terminated"}
#: What is wrong with derived files is logged, and the files are built anew from the database.
OF_DERIVED_FILES = {"hnsw.py", "reader.py", "segment.py", "publish.py"}
#: How a remedy follows what is wrong; a `Fault` brings its own.
REMEDY = re.compile(r"; (?:fix: )?[\w`…]")
BRINGS_ITS_OWN = {"profile … cannot be stored: …", "…: …"}


def exceptions() -> set[type[BaseException]]:
    """Every class of exceptions that the package defines."""
    found: set[type[BaseException]] = set()
    for module in pkgutil.walk_packages([str(PACKAGE)], "recommender."):
        for value in vars(importlib.import_module(module.name)).values():
            if inspect.isclass(value) and issubclass(value, BaseException) and value.__module__ == module.name:
                found.add(value)
    return found


def drawn() -> set[tuple[str, str]]:
    """(class, its parent) for every line of the tree in the docstring."""
    path: list[str] = []
    pairs = set()
    for line in (errors.__doc__ or "").splitlines():
        if found := re.match(r"    ([│├└─ ]*)([A-Z]\w+)  ", line):
            depth = len(found[1]) // 4
            path[depth:] = [found[2]]
            pairs.add((found[2], path[depth - 1] if depth else "Exception"))
    return pairs


def test_the_tree_that_is_drawn_is_the_one_there_is() -> None:
    inside = {one for one in exceptions() if issubclass(one, errors.RecommenderError)}
    assert drawn() == {(one.__name__, one.__bases__[0].__name__) for one in inside}


def test_what_lies_outside_of_the_tree_is_named() -> None:
    outside = {one.__name__ for one in exceptions() if not issubclass(one, errors.RecommenderError)}
    assert outside == SIGNALS
    assert all(name in (errors.__doc__ or "") for name in outside if not name.startswith("_"))


def said(node: ast.expr) -> list[str]:
    """The texts that an expression may be, as far as they stand there; none where they come from elsewhere."""
    match node:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.JoinedStr(values=parts):
            return ["".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)]
        case ast.IfExp(body=one, orelse=other):
            return [*said(one), *said(other)]
        case _:
            return []


def messages() -> list[tuple[str, str]]:
    """(where, message) of every error of the tree that is made anywhere with a text that is there."""
    tree = {one.__name__ for one in exceptions() if issubclass(one, errors.RecommenderError)}
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name in OF_DERIVED_FILES:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in tree and node.args:
                text = node.args[2] if node.func.id == "ProblemError" else node.args[0]
                found += [(f"{path.relative_to(PACKAGE)}:{node.lineno}", one) for one in said(text)]
    return found


def test_every_message_ends_with_a_remedy() -> None:
    assert len(messages()) > 100
    without = [(where, text) for where, text in messages() if not REMEDY.search(text) and text.strip("…")]
    assert [found for found in without if found[1] not in BRINGS_ITS_OWN] == []


@pytest.mark.parametrize("profile_id", ["ada", "a/b c"])
def test_an_id_that_is_not_there_says_what_to_do(profile_id: str) -> None:
    error = errors.ProfileNotFound(profile_id)
    assert (str(error), error.profile_id) == (
        f"no profile with id {profile_id!r} in this pool; check the id",
        profile_id,
    )
