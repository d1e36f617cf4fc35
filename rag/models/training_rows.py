"""Rows for fine-tuning elsewhere: approved answers with the passages that they rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rag.evidence.abstain import Outcome, recorded_outcome
from rag.verification.verify import Verdict
from rag.writing.prompt import REFUSAL
from vault.access import Action
from vault.errors import CollectionNotFound, DocumentNotFound
from vault.store.catalogue import Catalogue
from vault.vault import Vault

Row = dict[str, Any]


def training_rows(vault: Vault, user: str, collections: Sequence[str] | None = None) -> Iterator[Row]:
    """One row for each answer that `user` approved, of these collections only if given.

    `{"record", "question", "passages": [{"number", "document", "page", "text"}], "answer"}`: the answer is
    made of the statements that the documents carry, each with the numbers of its passages; of an answer that
    was "not found", it is the refusal. Left out is an answer that was "not sure", which teaches neither, and
    what rests on a document, or a collection, that is no longer there or that the user may no longer search.
    """
    for record_id, body in vault.approved(user=user):
        answer: Any = body["answer"]
        if collections is not None and not set(answer["collections"]) <= set(collections):
            continue
        outcome = recorded_outcome(answer)
        if outcome is Outcome.UNSURE:
            continue
        try:
            passages = _passages(vault, user, body)
        except (CollectionNotFound, DocumentNotFound):
            continue
        yield {
            "record": record_id,
            "question": answer.get("rewritten") or answer["question"],
            "passages": passages,
            "answer": REFUSAL if outcome is Outcome.NOT_FOUND else _written(answer["statements"], passages),
        }


def _passages(vault: Vault, user: str, body: Mapping[str, Any]) -> list[Row]:
    names = list(dict.fromkeys(passage["collection"] for passage in body["passages"]))
    with vault.open_collections(names, user=user, action=Action.SEARCH) as collections:
        catalogues = {collection.name: collection.catalogue for collection in collections}
        return [
            _passage(number, passage, catalogues[passage["collection"]])
            for number, passage in enumerate(body["passages"], start=1)
        ]


def _passage(number: int, passage: Mapping[str, Any], catalogue: Catalogue) -> Row:
    sha256 = passage["sha256"]
    texts = [catalogue.page(sha256, page).text[start:end] for page, start, end in passage["spans"]]
    return {
        "number": number,
        "document": catalogue.document(sha256).name,
        "sha256": sha256,
        "page": passage["spans"][0][0],
        "text": "\n".join(texts),
    }


def _written(statements: Sequence[Mapping[str, Any]], passages: Sequence[Row]) -> str:
    sentences = []
    for statement in statements:
        if statement["verdict"] != Verdict.UNSUPPORTED:
            numbers = dict.fromkeys(
                number for cited in statement["citations"] if (number := _number(cited, passages)) is not None
            )
            sentences.append(statement["text"] + "".join(f" [{number}]" for number in numbers))
    return " ".join(sentences)


def _number(cited: Mapping[str, Any], passages: Sequence[Row]) -> int | None:
    for passage in passages:
        if passage["sha256"] == cited["sha256"] and cited["quote"].strip() in passage["text"]:
            return int(passage["number"])
    return None
