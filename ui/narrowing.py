"""Which documents a question is put to, from what a person says of them."""

from __future__ import annotations

from collections.abc import Sequence

from vault.access import Action
from vault.errors import DocumentNotFound, QuestionError
from vault.records import Document
from vault.vault import Vault


def narrowed(
    vault: Vault, collections: Sequence[str], user: str, documents: Sequence[str], where: Sequence[str]
) -> list[str] | None:
    """sha256 of the documents that begin with one of `documents` and have every "field=value" of `where`.

    None when neither is given: all that are current. A superseded document is among them only when it is
    named itself. Raises QuestionError for a condition that is none, DocumentNotFound when nothing is left.
    """
    if not documents and not where:
        return None
    conditions = [_condition(one) for one in where]
    there = [
        document
        for name in collections
        for document in vault.open_collection(name, user=user, action=Action.SEARCH).catalogue.documents()
    ]
    if documents:
        named = {_named(there, beginning).sha256 for beginning in documents}
        there = [document for document in there if document.sha256 in named]
    else:
        there = [document for document in there if document.state.searchable]
    chosen = [document.sha256 for document in there if _has(document, conditions)]
    if not chosen:
        raise DocumentNotFound(
            f"No document of {', '.join(collections)} has {' and '.join(where)}. "
            "`incamera documents --json` shows the fields of each."
        )
    return list(dict.fromkeys(chosen))


def _condition(text: str) -> tuple[str, str]:
    field, equals, value = text.partition("=")
    if not equals or not field.strip():
        raise QuestionError(f"{text!r} is no condition. Write it as field=value, such as date=2024-05-01.")
    return field.strip().casefold(), value.strip().casefold()


def _named(documents: Sequence[Document], beginning: str) -> Document:
    found = {d.sha256: d for d in documents if d.sha256.startswith(beginning.lower())}
    if len(beginning) < 8 or len(found) != 1:
        raise DocumentNotFound(
            f"{len(found) or 'No'} documents have a sha256 that begins with {beginning!r}. "
            "Give at least 8 digits, as `incamera documents` shows them."
        )
    return next(iter(found.values()))


def _has(document: Document, conditions: Sequence[tuple[str, str]]) -> bool:
    fields = {name.casefold(): value.casefold() for name, value in document.metadata}
    return all(fields.get(field) == value for field, value in conditions)
