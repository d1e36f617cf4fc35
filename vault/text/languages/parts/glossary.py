"""The files of a glossary: an entry a line, with tabs between the foreign words, the English and more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def entries(folder: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield the entries of the file `name`.tsv: (foreign, English, more).

    Several foreign words for one English word stand before the tab with ", " between them.
    """
    for line in (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        foreign, english, *more = line.split("\t")
        for word in foreign.split(", "):
            yield word, english, more[0] if more else ""
