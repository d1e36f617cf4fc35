"""`incamera models`: the language models of this vault, and the catalogue of open models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from ui.cli.console import errors, output, print_json
from ui.cli.models_display import print_added_models, print_catalogue
from ui.cli.owner import vault_owner
from ui.interface.schemas.answers import Approval
from ui.interface.schemas.base import as_json as json_of
from ui.interface.schemas.models import BytesRead, ModelEntry, Models, ModelTrial, ModelUse, NewModel
from vault.files.private import write_atomically
from vault.ledger.models import ModelKind
from vault.settings import Settings
from vault.text.counted import agreeing, counted

models = typer.Typer(name="models", no_args_is_help=True, help="List, add, choose and test language models.")

NameArgument = Annotated[str, typer.Argument(help="The name of the model.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FileArgument = Annotated[Path, typer.Argument(help="The GGUF file.", show_default=False)]
NameOption = Annotated[
    str | None, typer.Option("--name", help="The name to give it. Default: the name of its file.")
]
HashOption = Annotated[
    str | None,
    typer.Option(
        "--sha256", metavar="HEX", help="The sha256 that the file must have; its publisher gives it."
    ),
]
LinkOption = Annotated[
    bool, typer.Option("--link", help="Use the file where it is, without a copy in the data folder.")
]


@models.command("list")
def listed(
    fits: Annotated[
        bool, typer.Option("--fits", help="List only models that fit in the memory of this machine.")
    ] = False,
    family: Annotated[str | None, typer.Option(help="List only this family, such as Llama or Phi.")] = None,
    quantisation: Annotated[str, typer.Option(help="Give sizes for this quantisation.")] = "Q4_K_M",
    as_json: JsonOption = False,
) -> None:
    """List the built-in model, those that were added, and the catalogue of open models.

    Sizes and memory are computed from each model's shape, for the context of INCAMERA_MODEL_CONTEXT.
    """
    # Imported here, as everything about models is: other commands start in half the time.
    from rag.models.catalogue.catalogue import BITS, known_models
    from rag.models.catalogue.memory import total_memory

    if quantisation not in BITS:
        raise typer.BadParameter(f"{quantisation!r} is not known. Use one of: {', '.join(BITS)}.")
    settings = Settings.load()
    added = _added_models(settings)
    memory = total_memory()
    catalogue = [
        {
            "id": known.id, "family": known.family, "title": known.title,
            "architecture": known.architecture, "parameters": known.parameters, "context": known.context,
            "licence": known.licence.id, "conditions": known.licence.conditions,
            "openness": known.openness, "template": known.template, "source": known.source,
            "file_bytes": {name: known.file_bytes(name) for name in BITS},
            "memory_bytes": known.memory_bytes(settings.model_context, quantisation),
            "fits": known.memory_bytes(settings.model_context, quantisation) <= memory,
        }
        for known in known_models()
        if family is None or known.family.casefold() == family.casefold()
    ]  # fmt: skip
    catalogue = [one for one in catalogue if one["fits"] or not fits]
    if as_json:
        print_json({**json_of(added), "catalogue": catalogue, "memory_bytes": memory})
        return
    print_added_models(added)
    print_catalogue(catalogue, quantisation, settings.model_context, memory)


@models.command()
def add(
    file: FileArgument,
    name: NameOption = None,
    sha256: HashOption = None,
    link: LinkOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add a GGUF model: check that it is complete, hash it, and copy it into the data folder."""
    _add(ModelKind.MODEL, file, name, sha256, link, as_json, "To answer with it: incamera models use {name}")


@models.command("add-adapter")
def add_adapter(
    file: FileArgument,
    name: NameOption = None,
    sha256: HashOption = None,
    link: LinkOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add a LoRA adapter (GGUF), which changes a model of the same architecture."""
    next_step = "To use it: incamera models use MODEL --adapter {name} -c COLLECTION"
    _add(ModelKind.ADAPTER, file, name, sha256, link, as_json, next_step)


@models.command()
def use(
    name: Annotated[str | None, typer.Argument(help="The model.", show_default=False)] = None,
    collection: Annotated[
        str | None,
        typer.Option("--collection", "-c", help="Choose only for this collection. Default: for all."),
    ] = None,
    adapter: Annotated[str | None, typer.Option(help="Use the model with this LoRA adapter.")] = None,
    none: Annotated[bool, typer.Option("--none", help="Use no model: answers are quotations.")] = False,
    inherit: Annotated[
        bool,
        typer.Option("--inherit", help="Remove the collection's own choice: use what every collection uses."),
    ] = False,
) -> None:
    """Choose the model that answers questions."""
    if (name is not None) + none + inherit != 1:
        raise typer.BadParameter("give the name of a model, or --none, or --inherit.")
    if inherit and (collection is None or adapter is not None):
        raise typer.BadParameter(
            "--inherit removes the choice of one collection: give -c COLLECTION, and no --adapter."
        )
    settings = Settings.load()
    with vault_owner(settings, "incamera models use") as owner:
        if inherit and collection is not None:
            owner.models.inherit(collection)
        else:
            owner.models.use(ModelUse(name=name, adapter=adapter, collection=collection))
    where = "every collection without its own choice" if collection is None else collection
    choice = "the model of every collection without its own choice" if inherit else name
    output.print(f"{where}: {choice or 'no model, answers are quotations'}", markup=False)
    if settings.model is not None or settings.model_server:
        errors.print(
            "Note: INCAMERA_MODEL or INCAMERA_MODEL_SERVER is set and overrides this choice.",
            style="yellow",
        )


@models.command()
def remove(
    name: NameArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Remove without asking.")] = False,
) -> None:
    """Remove a model or an adapter; a linked file is not deleted."""
    if not yes and not typer.confirm(f"Remove {name}?", err=True):
        raise typer.Abort
    with vault_owner(Settings.load(), "incamera models remove") as owner:
        removed = owner.models.remove(name)
    kept = f" Its file was not deleted: {removed.path}" if removed.linked else ""
    output.print(f"{name} was removed.{kept}", markup=False)


@models.command()
def test(
    name: NameArgument,
    adapter: Annotated[str | None, typer.Option(help="Test the model with this LoRA adapter.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Load a model, measure it, and ask it a question about three sentences.

    The test passes if the model loads, writes and stops. It also counts how many sentences the documents
    support. A model that fails there may still be useful, but these sentences would not be shown as answers.
    """
    with vault_owner(Settings.load(), "incamera models test") as owner, errors.status("Loading and asking"):
        result = owner.models.test(ModelTrial(name=name, adapter=adapter))
    if as_json:
        print_json(result)
    else:
        sets = ", ".join(result.instruction_sets)
        output.print(f"{result.name}: {result.backend}, {sets}", markup=False)
        output.print(
            f"Loaded in {result.load_seconds:.1f} s, context {result.context_length:,} tokens. Read "
            f"{result.prefill_per_second:,.0f} and wrote {result.decode_per_second:,.1f} tokens a "
            "second."
        )
        output.print(f"It wrote: {result.written.strip()!r}", markup=False)
        output.print(
            f"Supported by the documents: {result.carried} of {counted(result.statements, 'sentence')}."
        )
    if not result.answer_tokens:
        errors.print("The model wrote nothing.", style="bold red")
        raise typer.Exit(1)


@models.command()
def approve(
    record: Annotated[
        str, typer.Argument(help="The record of the answer; 4 or more digits.", show_default=False)
    ],
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Withdraw the approval.")] = False,
) -> None:
    """Approve an answer of yours as right, so that `export` writes it as an example to train on."""
    with vault_owner(Settings.load(), "incamera models approve") as owner:
        result = owner.answers.approve(Approval(record=record, approved=not withdraw))
    output.print(f"{result.record}: {'approved' if result.approved else 'no longer approved'}", markup=False)


@models.command()
def export(
    file: Annotated[Path, typer.Argument(help="The JSONL file to write.", show_default=False)],
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", "-c", help="Only answers from this collection; repeat for more."),
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace an existing file.")] = False,
) -> None:
    """Write your approved answers, with questions and passages, as rows for fine-tuning a model elsewhere.

    The file contains text of your documents.
    """
    if file.exists() and not overwrite:
        raise typer.BadParameter(f"{file} exists already. Use --overwrite to replace it.")
    with vault_owner(Settings.load(), "incamera models export") as owner:
        rows = owner.answers.training_rows(collection or [])
    write_atomically(file, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    file.chmod(0o600)
    output.print(
        f"{counted(len(rows), 'answer')} {agreeing(len(rows), 'was', 'were')} written to {file}. It contains "
        "text of your documents.",
        markup=False,
    )


def _add(
    kind: ModelKind,
    file: Path,
    name: str | None,
    sha256: str | None,
    link: bool,
    as_json: bool,
    next_step: str,
) -> None:
    """Add the file and print what was added; `next_step` is a sentence with a place for its `{name}`."""
    with (
        vault_owner(Settings.load(), "incamera models add", serving=True) as owner,
        Progress(console=errors, transient=True) as bar,
    ):
        task = bar.add_task("Reading", total=None)

        def show(event: BytesRead) -> None:
            bar.update(task, completed=event.done, total=event.total)

        model = owner.models.add(
            NewModel(file=str(file.absolute()), kind=kind, name=name, sha256=sha256, link=link), show
        )
    if as_json:
        print_json(model)
        return
    _print_added(model)
    output.print(next_step.format(name=model.name), markup=False)


def _added_models(settings: Settings) -> Models:
    """Return the built-in model, the added ones and the choices; without a vault only the first."""
    if not (settings.data / "vault.db").is_file():
        # Imported here: it is needed in this case only.
        from ui.interface.operations.models import built_in_entry

        return Models(models=[], choices=[], built_in=built_in_entry())
    with vault_owner(settings, "incamera models list") as owner:
        return owner.models.all()


def _print_added(model: ModelEntry) -> None:
    output.print(
        f"{model.name}: {model.architecture} {model.quantisation}, "
        f"{model.parameters / 1e9:.2f} billion weights, {model.size / 1e9:.2f} GB, "
        f"context {model.context_length:,} tokens",
        markup=False,
    )
    output.print(f"sha256 {model.sha256}", markup=False)
    if not model.licence:
        errors.print(
            "Warning: the licence is not known: the file does not state it, and the model is not in the "
            "catalogue. Make sure that you may use it.",
            style="yellow",
        )
