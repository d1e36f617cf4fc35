"""The packages stand in one direction: ui → rag, ingest → vault."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "vault": {"vault"},
    "ingest": {"ingest", "vault"},
    "rag": {"rag", "vault"},
    "ui": {"ui", "rag", "ingest", "vault"},
}
FILES = [path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written out from the package"
            imported.add((node.module or "").partition(".")[0])
    assert imported & MAY_IMPORT.keys() <= MAY_IMPORT[package]


def test_every_package_is_checked() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in FILES} == set(MAY_IMPORT)
