"""English words with how often they are used.

The list is the one that comes with symspellpy: 82,765 words with counts from a very large body of books.
Words of names and medicines are hardly in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FILE = "frequency_dictionary_en_82_765.txt"


@cache
def english_counts() -> Mapping[str, int]:
    """Return how often each word of the list is used. The list is read once, in about 0.1 s."""
    # Found without importing the package: only its list is needed.
    spec = find_spec("symspellpy")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("symspellpy is not installed. Install the packages of constraints.txt.")
    path = Path(spec.submodule_search_locations[0]) / _FILE
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        word, _, count = line.partition(" ")
        if count:
            counts[word] = int(count)
    return counts
