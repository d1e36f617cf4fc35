"""`incamera ask`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.console import errors, output, print_json, say
from ui.cli.owner import vault_owner
from ui.cli.search_options import CollectionsOption, DocumentsOption, SupersededOption, WhereOption
from ui.interface.schemas.answers import (
    Answer,
    AnswerProgress,
    Evidence,
    EvidenceFound,
    FilterUnderstood,
    Question,
    Searched,
    Statement,
    StatementChecked,
    Waiting,
)
from vault.settings import Settings

_OUTCOMES = {
    "answered": "Answered:",
    "unsure": "Not sure: read these. They are the closest passages and may not answer the question.",
    "not_found": "Not found in the documents.",
}


def ask(
    question: Annotated[str, typer.Argument(help="The question.", show_default=False)],
    collection: CollectionsOption = None,
    document: DocumentsOption = None,
    where: WhereOption = None,
    superseded: SupersededOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answer a question from the documents, each sentence with document, page and quote.

    The exit code is 0 even if the documents do not answer the question.
    """
    settings = Settings.load()
    with vault_owner(settings, "incamera ask") as owner, errors.status("Searching") as spinner:

        def show(event: AnswerProgress) -> None:
            match event:
                case FilterUnderstood():
                    say(event.message)
                case Searched():
                    spinner.update(f"Searching {event.documents} documents")
                case Waiting():
                    spinner.update(f"Evidence found; waiting for {event.before} other answers")
                case EvidenceFound():
                    spinner.update("Evidence found")
                case StatementChecked():
                    spinner.update("Writing; each sentence is checked")

        asked = Question(
            question=question,
            collections=collection or [],
            documents=document or [],
            where=where or [],
            superseded=superseded,
        )
        answer = owner.answers.ask(asked, show)
    if as_json:
        print_json(answer)
    else:
        print_answer(answer)


def print_answer(answer: Answer) -> None:
    """Print an answer for a person at a terminal."""
    # "Not sure" shows the evidence to read; "not found" shows none.
    shown = {
        "answered": answer.statements,
        "unsure": [_as_statement(sentence) for sentence in answer.evidence],
        "not_found": [],
    }
    output.print(_OUTCOMES[answer.outcome], style="bold")
    if answer.abstained:
        searched = answer.searched
        output.print(
            f"Searched {searched.documents} documents ({searched.pages} pages)"
            + (f"; {searched.failed} could not be read." if searched.failed else ".")
        )
    for statement in shown[answer.outcome]:
        mark = "  [not supported by the documents]" if statement.verdict == "unsupported" else ""
        output.print(f"{statement.text}{mark}", markup=False)
        for citation in statement.citations:
            place = f"{citation.document}, page {citation.page} (characters {citation.start}-{citation.end})"
            output.print(f"    {place}", style="cyan", markup=False)
            if statement.verdict != "quoted":
                output.print(f"    “{' '.join(citation.quote.split())}”", style="dim", markup=False)
    for note in answer.notes:
        output.print(f"Note: {note}", style="yellow", markup=False)


def _as_statement(sentence: Evidence) -> Statement:
    """Return a sentence of the evidence as a statement that quotes it."""
    text = " ".join(sentence.quote.split())
    return Statement(text=text, verdict="quoted", reason="", citations=[sentence.citation])
