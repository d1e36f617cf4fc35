"""`incamera models`: the catalogue, and the language models of this vault"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from ui.cli.console import errors, output, print_json
from ui.cli.models_shown import print_catalogue, print_here
from ui.cli.owner import vault_owner
from vault.files.private import write_whole
from vault.settings import Settings

models = typer.Typer(name="models", no_args_is_help=True, help="List, add, choose and test language models.")

NameArgument = Annotated[str, typer.Argument(help="The name of the model here.", show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
FileArgument = Annotated[Path, typer.Argument(help="The GGUF file.", show_default=False)]
NameOption = Annotated[
    str | None, typer.Option("--name", help="What to call it here; without it, as its file is called.")
]
HashOption = Annotated[
    str | None,
    typer.Option("--sha256", metavar="HEX", help="What the file must have: the sha256 of its publisher."),
]
LinkOption = Annotated[
    bool, typer.Option("--link", help="Leave the file where it is, in place of a copy in the data folder.")
]


@models.command("list")
def listed(
    fits: Annotated[
        bool, typer.Option("--fits", help="Only those that fit in the memory of this machine.")
    ] = False,
    family: Annotated[str | None, typer.Option(help="Only this family, such as Llama or Phi.")] = None,
    quantisation: Annotated[str, typer.Option(help="Of the files that sizes are given for.")] = "Q4_K_M",
    as_json: JsonOption = False,
) -> None:
    """The models that were added here, and the catalogue of open models that can be.

    Sizes and memory are worked out from each model's shape, for the context of INCAMERA_MODEL_CONTEXT.
    """
    # Imported here, as everything about models is: other commands start in half the time.
    from rag.models.catalogue.catalogue import BITS, known_models
    from rag.models.catalogue.memory import total_memory

    if quantisation not in BITS:
        raise typer.BadParameter(f"{quantisation!r} is not known; there are: {', '.join(BITS)}.")
    settings = Settings.load()
    here = _here(settings)
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
        print_json({**here, "catalogue": catalogue, "memory_bytes": memory})
        return
    print_here(here)
    print_catalogue(catalogue, quantisation, settings.model_context, memory)


@models.command()
def add(
    file: FileArgument,
    name: NameOption = None,
    sha256: HashOption = None,
    link: LinkOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add a GGUF model: checked to be whole, hashed, and copied into the data folder."""
    _add("model", file, name, sha256, link, as_json, "Answer with it: incamera models use {name}")


@models.command("add-adapter")
def add_adapter(
    file: FileArgument,
    name: NameOption = None,
    sha256: HashOption = None,
    link: LinkOption = False,
    as_json: JsonOption = False,
) -> None:
    """Add a LoRA adapter (GGUF), which changes a model of the same architecture."""
    then = "Use it: incamera models use MODEL --adapter {name} -c COLLECTION"
    _add("adapter", file, name, sha256, link, as_json, then)


@models.command()
def use(
    name: Annotated[str | None, typer.Argument(help="The model.", show_default=False)] = None,
    collection: Annotated[
        str | None, typer.Option("--collection", "-c", help="Only this one; without it, every collection.")
    ] = None,
    adapter: Annotated[str | None, typer.Option(help="With this LoRA adapter.")] = None,
    none: Annotated[bool, typer.Option("--none", help="No model: answers are quotations.")] = False,
    inherit: Annotated[
        bool, typer.Option("--inherit", help="No choice of its own: answer -c as every other collection.")
    ] = False,
) -> None:
    """Choose what questions are answered with."""
    if (name is not None) + none + inherit != 1:
        raise typer.BadParameter("give the name of a model, or --none, or --inherit.")
    if inherit and (collection is None or adapter is not None):
        raise typer.BadParameter(
            "--inherit takes the choice of one collection back: give -c, and no --adapter."
        )
    settings = Settings.load()
    with vault_owner(settings, "incamera models use") as owner:
        owner.do("model-use", name=name, adapter=adapter, collection=collection, inherit=inherit)
    where = "every collection without its own choice" if collection is None else collection
    what = "as every collection without its own choice" if inherit else name
    output.print(f"{where}: {what or 'no model, answers are quotations'}", markup=False)
    if settings.model is not None or settings.model_server:
        errors.print(
            "Note: INCAMERA_MODEL or INCAMERA_MODEL_SERVER is set and stands above this choice.",
            style="yellow",
        )


@models.command()
def remove(
    name: NameArgument,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove a model or an adapter; a linked file stays where it is."""
    if not yes and not typer.confirm(f"Remove {name}?", err=True):
        raise typer.Abort
    with vault_owner(Settings.load(), "incamera models remove") as owner:
        gone = owner.do("model-remove", name=name)
    kept = f" Its file stays: {gone['path']}" if gone["linked"] else ""
    output.print(f"{name} was removed.{kept}", markup=False)


@models.command()
def test(
    name: NameArgument,
    adapter: Annotated[str | None, typer.Option(help="With this LoRA adapter.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Load a model, measure it, and ask it a question about three sentences.

    It passes when it loads, writes and stops. Whether what it wrote is carried by the sentences is told
    beside: a model that fails there is not wrong for you in every case, but its sentences would be withheld.
    """
    with vault_owner(Settings.load(), "incamera models test") as owner, errors.status("Loading and asking"):
        seen = owner.do("model-test", name=name, adapter=adapter)
    if as_json:
        print_json(seen)
    else:
        sets = ", ".join(seen["instruction_sets"])
        output.print(f"{seen['name']}: {seen['backend']}, {sets}", markup=False)
        output.print(
            f"Loaded in {seen['load_seconds']:.1f} s, context {seen['context_length']:,} tokens. Read "
            f"{seen['prefill_per_second']:,.0f} and wrote {seen['decode_per_second']:,.1f} tokens a second."
        )
        output.print(f"It wrote: {seen['written'].strip()!r}", markup=False)
        output.print(f"Carried by the documents: {seen['carried']} of {seen['statements']} sentences.")
    if not seen["answer_tokens"]:
        errors.print("The model wrote nothing.", style="bold red")
        raise typer.Exit(1)


@models.command()
def approve(
    record: Annotated[str, typer.Argument(help="The answer's record; 4 or more digits.", show_default=False)],
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Take the approval back.")] = False,
) -> None:
    """Note that an answer of yours is right, so that `export` gives it out as an example to train on."""
    with vault_owner(Settings.load(), "incamera models approve") as owner:
        done = owner.do("model-approve", record=record, withdraw=withdraw)
    output.print(
        f"{done['record']}: {'approved' if done['approved'] else 'no longer approved'}", markup=False
    )


@models.command()
def export(
    file: Annotated[Path, typer.Argument(help="The JSONL file to write.", show_default=False)],
    collection: Annotated[
        list[str] | None, typer.Option("--collection", "-c", help="Only answers from these.")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Write your approved answers, with questions and passages, as rows to fine-tune a model on elsewhere.

    The file holds text of your documents.
    """
    if file.exists() and not overwrite:
        raise typer.BadParameter(f"{file} is there already; give --overwrite to replace it.")
    with vault_owner(Settings.load(), "incamera models export") as owner:
        rows = owner.do("model-rows", collections=collection or [])
    write_whole(file, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    file.chmod(0o600)
    output.print(
        f"{len(rows)} answers were written to {file}. It holds text of your documents.", markup=False
    )


def _add(
    kind: str, file: Path, name: str | None, sha256: str | None, link: bool, as_json: bool, then: str
) -> None:
    """Add the file and say so; `then` is what can be done with it, for its `{name}`."""
    with (
        vault_owner(Settings.load(), "incamera models add") as owner,
        Progress(console=errors, transient=True) as bar,
    ):
        task = bar.add_task("Reading", total=None)

        def show(event: dict[str, Any]) -> None:
            bar.update(task, completed=event["done"], total=event["total"])

        made: dict[str, Any] = owner.do(
            "model-add", show, file=str(file.absolute()), kind=kind, name=name, sha256=sha256, link=link
        )
    if as_json:
        print_json(made)
        return
    _print_added(made)
    output.print(then.format(name=made["name"]), markup=False)


def _here(settings: Settings) -> dict[str, Any]:
    """What was added; nothing where there is no vault yet: the catalogue can be read before."""
    if not (settings.data / "vault.db").is_file():
        return {"models": [], "choices": []}
    with vault_owner(settings, "incamera models list") as owner:
        here: dict[str, Any] = owner.do("models")
    return here


def _print_added(made: dict[str, Any]) -> None:
    output.print(
        f"{made['name']}: {made['architecture']} {made['quantisation']}, "
        f"{made['parameters'] / 1e9:.2f} billion weights, {made['size'] / 1e9:.2f} GB, "
        f"context {made['context_length']:,} tokens",
        markup=False,
    )
    output.print(f"sha256 {made['sha256']}", markup=False)
    if not made["licence"]:
        errors.print(
            "Warning: its licence is not known: neither does the file state one nor is the model in the "
            "catalogue. Make sure that you may use it.",
            style="yellow",
        )
