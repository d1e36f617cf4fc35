"""Rows for fine-tuning a model elsewhere: approved answers with the passages that support them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rag.evidence.abstain import Outcome, recorded_outcome
from rag.refusal import REFUSAL
from rag.verification.verify import Verdict
from vault.access import Action
from vault.errors import AccessDenied, CollectionNotFound, DocumentNotFound
from vault.store.catalogue.catalogue import Catalogue
from vault.vault import Vault

TrainingRow = dict[str, Any]


def training_rows(vault: Vault, user: str, collections: Sequence[str] | None = None) -> Iterator[TrainingRow]:
    """Yield one row for each answer that `user` approved; only of the given `collections`, if any.

    A row is `{"record", "question", "passages": [{"number", "document", "sha256", "page", "text"}],
    "answer"}`. The answer joins the statements that the documents support, each with the numbers of its
    passages; for "not found" it is the refusal. "Not sure" gives no row, because it teaches neither. An
    answer gives no row either if one of its documents or collections is gone, or the user may no longer
    search it.
    """
    for record_id, body in vault.records.approved(user=user):
        answer: Any = body["answer"]
        if collections is not None and not set(answer["collections"]) <= set(collections):
            continue
        outcome = recorded_outcome(answer)
        if outcome is Outcome.UNSURE:
            continue
        try:
            passages = _passages(vault, user, body)
        except (AccessDenied, CollectionNotFound, DocumentNotFound):
            continue
        yield {
            "record": record_id,
            "question": answer.get("rewritten") or answer["question"],
            "passages": passages,
            "answer": REFUSAL if outcome is Outcome.NOT_FOUND else _written(answer["statements"], passages),
        }


def _passages(vault: Vault, user: str, body: Mapping[str, Any]) -> list[TrainingRow]:
    # Those that were searched, not only those that answered: a question alone says much of a matter.
    asked: Any = body["answer"]
    names = list(
        dict.fromkeys([*asked["collections"], *(passage["collection"] for passage in body["passages"])])
    )
    present = [vault.members.present_name(name, user=user) for name in names]
    with vault.open_collections(present, user=user, action=Action.SEARCH) as collections:
        catalogues = {name: collection.catalogue for name, collection in zip(names, collections, strict=True)}
        return [
            _passage(number, passage, catalogues[passage["collection"]])
            for number, passage in enumerate(body["passages"], start=1)
        ]


def _passage(number: int, passage: Mapping[str, Any], catalogue: Catalogue) -> TrainingRow:
    sha256 = passage["sha256"]
    texts = [catalogue.pages.find(sha256, page).text[start:end] for page, start, end in passage["spans"]]
    return {
        "number": number,
        "document": catalogue.document(sha256).name,
        "sha256": sha256,
        "page": passage["spans"][0][0],
        "text": "\n".join(texts),
    }


def _written(statements: Sequence[Mapping[str, Any]], passages: Sequence[TrainingRow]) -> str:
    sentences = []
    for statement in statements:
        if statement["verdict"] != Verdict.UNSUPPORTED:
            numbers = dict.fromkeys(
                number for cited in statement["citations"] if (number := _number(cited, passages)) is not None
            )
            sentences.append(statement["text"] + "".join(f" [{number}]" for number in numbers))
    return " ".join(sentences)


def _number(cited: Mapping[str, Any], passages: Sequence[TrainingRow]) -> int | None:
    for passage in passages:
        if passage["sha256"] == cited["sha256"] and cited["quote"].strip() in passage["text"]:
            return int(passage["number"])
    return None
