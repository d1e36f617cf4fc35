"""`incamera evaluate` on a folder of files: it measures document and page, words, and abstention."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evaluation.measures import percentile
from evaluation.question_set import FileQuestion, load_file_questions
from evaluation.temporary_vault import Progress, answer_to, no_progress, temporary_vault
from ingest.pipeline import Ingest
from rag.answer import Answerer
from rag.direct.answer import DirectAnswer
from rag.events import Answer, Statement
from rag.evidence.abstain import Outcome
from rag.reader.reader import Reader
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.text.readable import readable


def evaluate_files(
    folder: Path,
    embedder: Embedder,
    settings: Settings,
    reader: Reader | None = None,
    *,
    limit: int | None = None,
    progress: Progress = no_progress,
) -> dict[str, object]:
    """Ingest the folders in `folder`, ask the questions of its `questions.yaml`, and return the figures.

    Packages of Python are left out: they make the documents and are none of them.

    An answerable question counts in `document_and_page` if a statement of the answer cites the expected
    document and page, and in `first_statement` if the first one does; a direct answer is the first one. An
    answer that is "not sure" or "not found" counts in `abstained`; "not found" is also counted by itself.
    """
    asked = load_file_questions(folder)[:limit]
    with temporary_vault(settings) as (vault, collection):
        report = Ingest(collection, embedder, settings).run(document_folders(folder))
        answerer = Answerer(vault, embedder, settings, reader=reader)
        answers = []
        for number, question in enumerate(asked, start=1):
            answers.append(answer_to(answerer, question.question, settings.user))
            progress("questions", number, len(asked))
    pairs = list(zip(asked, answers, strict=True))
    answerable = [pair for pair in pairs if pair[0].answerable]
    others = [pair for pair in pairs if not pair[0].answerable]
    times = [answer.evidence_ms for answer in answers]
    return {
        "set": folder.resolve().name,
        "questions": len(asked),
        "documents": report.ready + len(report.partial),
        "answerable": len(answerable),
        "document_and_page": _share([_cites(q, _said(a)) for q, a in answerable]),
        "first_statement": _share([_cites(q, _said(a)[:1]) for q, a in answerable]),
        "words_in_statements": _share([_says(q, a) for q, a in answerable]),
        "wrong_refusals": sum(answer.abstained for _, answer in answerable),
        "wrongly_not_found": _not_found(answerable),
        "not_answerable": len(others),
        "abstained": sum(answer.abstained for _, answer in others),
        "not_found": _not_found(others),
        "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1),
        "wrong": [
            _wrong_answer(question, answer)
            for question, answer in pairs
            if not (_cites(question, _said(answer)) if question.answerable else answer.abstained)
        ],
    }


def document_folders(folder: Path) -> list[Path]:
    """Return the folders of a set that hold its documents, in alphabetical order."""
    return [
        path
        for path in sorted(folder.iterdir())
        if path.is_dir() and path.name != "__pycache__" and not (path / "__init__.py").exists()
    ]


def _not_found(asked: Sequence[tuple[FileQuestion, Answer]]) -> int:
    return sum(answer.outcome is Outcome.NOT_FOUND for _, answer in asked)


def _share(right: list[bool]) -> float | None:
    return round(sum(right) / len(right), 4) if right else None


def _said(answer: Answer) -> Sequence[Statement | DirectAnswer]:
    """Return what the answer says: the direct answer first, if there is one, then the statements."""
    return [answer.direct, *answer.statements] if answer.direct else answer.statements


def _cites(question: FileQuestion, said: Sequence[Statement | DirectAnswer]) -> bool:
    return any(
        cited.document == question.document and cited.page == question.page
        for statement in said
        for cited in statement.citations
    )


def _says(question: FileQuestion, answer: Answer) -> bool:
    wanted = readable(question.words).lower()
    return any(wanted in statement.text.lower() for statement in _said(answer))


def _wrong_answer(question: FileQuestion, answer: Answer) -> dict[str, object]:
    first = next(iter(_said(answer)), None)
    cited = first.citations[0] if first and first.citations else None
    return {
        "id": question.id,
        "question": question.question,
        "expected": f"{question.document} p. {question.page}" if question.answerable else "abstention",
        "answerability": round(answer.answerability, 3),
        "said": first.text[:200] if first else "",
        "cited": f"{cited.document} p. {cited.page}" if cited else "",
    }
