"""`incamera ask`"""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.answer_text import print_answer
from ui.cli.console import errors, print_json, say
from ui.cli.owner import vault_owner
from ui.cli.search_options import CollectionsOption, DocumentsOption, SupersededOption, WhereOption
from ui.interface.schemas.answers import (
    AnswerProgress,
    EvidenceFound,
    FilterUnderstood,
    Question,
    Searched,
    StatementChecked,
    Waiting,
)
from vault.settings import Settings
from vault.text.counted import counted


def ask(
    question: Annotated[str, typer.Argument(help="The question.", show_default=False)],
    collection: CollectionsOption = None,
    document: DocumentsOption = None,
    where: WhereOption = None,
    superseded: SupersededOption = False,
    without: Annotated[
        list[str] | None,
        typer.Option(
            "--without",
            metavar="KEY",
            help='Take away a label of what was understood, such as "date:13 march 2026"; --json lists the '
            "labels with their keys. Repeat for more.",
        ),
    ] = None,
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
                    spinner.update(f"Searching {counted(event.documents, 'document')}")
                case Waiting():
                    spinner.update(f"Evidence found; waiting for {counted(event.before, 'other answer')}")
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
            without=without or [],
        )
        answer = owner.answers.ask(asked, show)
    if as_json:
        print_json(answer)
    else:
        print_answer(answer)
