"""`incamera evaluate`"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.progress import Progress, TaskID

from ui.cli.console import errors, output, print_json, say
from vault.settings import Settings


def evaluate(
    folder: Annotated[Path, typer.Argument(help="The folder of a question set.", show_default=False)],
    scope: Annotated[
        Literal["collection", "document"],
        typer.Option(help="Search the whole collection, or only the document that the question is about."),
    ] = "collection",
    limit: Annotated[int | None, typer.Option(min=1, help="Ask only this many questions.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure the answers to a question set, in a temporary vault.

    A question set is a folder with corpus.jsonl.gz and questions.jsonl.gz, or files and a questions.yaml.
    """
    # Imported here: other commands start in half the time.
    from evaluation.files import evaluate_files
    from evaluation.question_set import is_file_set, load_set
    from evaluation.texts import evaluate_set
    from ui.services.services import configured_reader
    from vault.embedding.load import load_embedder

    settings = Settings.load()
    # A folder without a question set is reported before the models are loaded.
    questions = None if is_file_set(folder) else load_set(folder)
    embedder = load_embedder(
        settings.data / "embedder", backend=settings.embedder_backend, threads=settings.threads, say=say
    )
    reader = configured_reader(settings, say)
    with Progress(console=errors, disable=not errors.is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done)

        if questions is None:
            result = evaluate_files(folder, embedder, settings, reader, limit=limit, progress=progress)
        else:
            result = evaluate_set(
                questions, embedder, settings, reader, scope=scope, limit=limit, progress=progress
            )
    if as_json:
        print_json(result)
        return
    for name, value in result.items():
        if name == "wrong":
            continue
        output.print(f"{name:>22}  {value}", markup=False)
    wrong = result.get("wrong")
    for miss in wrong if isinstance(wrong, list) else []:
        output.print(
            f"  {miss['id']}: expected {miss['expected']}, got {miss['cited'] or 'abstention'} "
            f"({miss['answerability']})",
            markup=False,
        )
