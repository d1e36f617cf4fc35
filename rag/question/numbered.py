"""The numbered parts of a document that a question may refer to."""

from __future__ import annotations

from vault.text.references import FoundReference

_NUMBERED = frozenset(
    {"clause", "section", "article", "paragraph", "rule", "regulation", "item", "recital", "part", "number"}
)


_PAGES = frozenset({"page", "bates", "number"})


def page_named(reference: FoundReference) -> str:
    """Return the name of the page that a reference may mean: "iv" or "VANE000018"; empty if it means none."""
    if reference.kind not in _PAGES:
        return ""
    return reference.normal.removeprefix("page ")


def clause_number(reference: FoundReference) -> str:
    """Return the number of the clause that a reference names, such as "4.2(b)"; empty if it names none.

    Contracts call the same thing a clause, a section or a paragraph, and people say what comes to mind.
    """
    number = reference.normal.rpartition(" ")[2]
    return number if reference.kind in _NUMBERED and number[:1].isdigit() else ""
