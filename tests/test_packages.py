"""The house: packages and rooms stand in one direction, files in no circle, none is too long."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from ingest.formats import FORMATS, format_of
from ingest.parsed.filetype import FileType
from tests.places import ROOT

MAY_IMPORT = {
    "vault": {"vault"},
    "ingest": {"ingest", "vault"},
    "rag": {"rag", "vault"},
    "evaluation": {"evaluation", "rag", "ingest", "vault"},
    "ui": {"ui", "evaluation", "rag", "ingest", "vault"},
}
TOOLS = ("training", "bench", "deploy")
"""Beside the product: they may import all of it, and each other where that makes no circle."""
MOST_LINES = 300
FILES = [path for package in (*MAY_IMPORT, *TOOLS) for path in sorted((ROOT / package).rglob("*.py"))]
PRODUCT = [path for path in FILES if path.relative_to(ROOT).parts[0] in MAY_IMPORT]


def module(path: Path) -> str:
    """The dotted name of a file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in FILES}


def room(name: str) -> str:
    """The room of a module; a file that lies in no room but in the package itself counts by itself."""
    parent = name if MODULES[name].name == "__init__.py" else name.rpartition(".")[0]
    return parent if "." in parent else name


@cache
def tree(path: Path) -> ast.Module:
    """The syntax of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(name: str) -> frozenset[str]:
    """The modules of ours that a module imports, wherever in it; not those that it names for types only."""
    found = set()
    for node in ast.walk(tree(MODULES[name])):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            found.update(
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in MODULES else base for alias in node.names
            )
    return frozenset(found & MODULES.keys()) - {name}


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """The sets of nodes that reach each other, each in alphabetical order."""
    found: list[list[str]] = []
    reached: dict[str, set[str]] = {}
    for node in edges:
        seen: set[str] = set()
        waiting = list(edges[node])
        while waiting:
            here = waiting.pop()
            if here not in seen:
                seen.add(here)
                waiting += edges.get(here, set())
        reached[node] = seen
    for node in sorted(edges):
        together = sorted(other for other in reached[node] if node in reached.get(other, set()))
        if len(together) > 1 and together not in found:
            found.append(together)
    return found


def functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions and classes of a module, and the public methods of those classes."""
    for node in body:
        if isinstance(
            node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from functions(node.body)


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_stands_below_its_package(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    used = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            used.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out from the package"
            used.add((node.module or "").partition(".")[0])
    assert used & {*MAY_IMPORT, *TOOLS} <= MAY_IMPORT[package]


def test_no_files_import_each_other_in_a_circle() -> None:
    assert circles({name: set(imported(name)) for name in MODULES}) == []


def test_rooms_import_each_other_in_one_direction() -> None:
    edges: dict[str, set[str]] = {}
    for path in PRODUCT:
        name = module(path)
        edges.setdefault(room(name), set()).update(room(other) for other in imported(name))
    assert circles({here: there - {here} for here, there in edges.items()}) == []


def test_circles_are_found() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]
    assert circles({"a": {"b"}, "b": {"c"}, "c": set()}) == []


def test_no_module_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("kind", FileType)
def test_every_file_type_has_a_format(kind: FileType) -> None:
    assert kind in FORMATS
    assert callable(format_of(kind).read)


def test_every_module_and_public_function_says_what_it_is_for() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in PRODUCT
        for node in functions(tree(path).body)
        if not ast.get_docstring(node)
    ]
    silent += [str(path.relative_to(ROOT)) for path in PRODUCT if not ast.get_docstring(tree(path))]
    assert silent == []


def test_every_package_is_checked() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in PRODUCT} == set(MAY_IMPORT)
