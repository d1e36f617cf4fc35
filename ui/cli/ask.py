"""`incamera ask`"""

from __future__ import annotations

from typing import Annotated

import typer

from rag.events import Answer, Done, EvidenceFound, Searched
from rag.verify import Verdict
from ui.cli.console import errors, output, print_json
from ui.narrowing import narrowed
from ui.services import Services
from vault.records import Citation
from vault.settings import Settings


def ask(
    question: Annotated[str, typer.Argument(help="The question.", show_default=False)],
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", "-c", help="A collection to search; again for more. Default: all."),
    ] = None,
    document: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SHA256",
            help="Search this document only, a superseded one too; 8 or more digits; again for more.",
        ),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE", help="Only documents of which a manifest said this; again for more."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:
    """Answer a question from the documents, each sentence with document, page and quote.

    An answer that is not in the documents is no failure: the exit code is 0.
    """
    settings = Settings.load()
    with Services(settings, purpose="incamera ask") as services:
        names = collection or [entry.name for entry in services.vault.collections(user=settings.user)]
        chosen = narrowed(services.vault, names, settings.user, document or [], where or [])
        with errors.status("Searching") as spinner:
            for event in services.answerer.ask(question, names, settings.user, documents=chosen):
                if isinstance(event, Searched):
                    spinner.update(f"Searching {event.documents} documents")
                elif isinstance(event, EvidenceFound) and settings.model is not None:
                    spinner.update("Evidence found; the language model is writing")
                elif isinstance(event, Done):
                    answer = event.answer
    if as_json:
        print_json(answer.as_json())
    else:
        print_answer(answer)


def print_answer(answer: Answer) -> None:
    """The answer for a person at a terminal."""
    searched = answer.searched
    if answer.abstained:
        output.print("Not found in the documents.", style="bold")
        output.print(
            f"Searched {searched.documents} documents ({searched.pages} pages)"
            + (f"; {searched.failed} could not be read." if searched.failed else ".")
        )
    for statement in answer.statements:
        mark = "" if statement.verdict is not Verdict.UNSUPPORTED else "  [not supported by the documents]"
        output.print(f"{statement.text}{mark}", markup=False)
        for citation in statement.citations:
            output.print(f"    {_place(citation)}", style="cyan", markup=False)
            if statement.verdict is not Verdict.QUOTED:
                output.print(f"    “{_shown(citation)}”", style="dim", markup=False)
    for note in answer.notes:
        output.print(f"Note: {note}", style="yellow", markup=False)


def _place(citation: Citation) -> str:
    return f"{citation.document}, page {citation.page} (characters {citation.start}-{citation.end})"


def _shown(citation: Citation) -> str:
    return " ".join(citation.quote.split())
