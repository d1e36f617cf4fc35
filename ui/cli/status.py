"""`incamera status`"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json
from ui.cli.owner import vault_owner
from ui.interface.schemas.collections import Encryption, Sandbox
from ui.interface.schemas.models import Models
from vault.settings import Settings


def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Show where the vault is, and what each collection holds."""
    settings = Settings.load()
    with vault_owner(settings, "incamera status") as owner:
        found = owner.collections.status()
        models = owner.models.all()
    model, why = _used_model(settings, models)
    missing = _missing_model(settings, models, model)
    if as_json:
        shown = {
            "sandbox": found.sandbox,
            "encryption": found.encryption,
            "collections": found.collections,
        }
        off = {"switched_off": models.switched_off}
        built_in = {"built_in": models.built_in}
        print_json(
            {"data": str(settings.data), "model": model, "model_missing": missing, **built_in, **off, **shown}
        )
        return
    output.print(f"Vault: {settings.data}", markup=False)
    output.print(f"Language model: {model or 'none, answers are quotations'}{why}", markup=False)
    if missing:
        output.print(missing, style="yellow", markup=False)
    for one in models.switched_off:
        output.print(one.notice, style="yellow", markup=False)
    _print_sandbox(found.sandbox)
    _print_encryption(found.encryption)
    table = Table("Collection", "Documents", "Pages", "Chunks", "Failed")
    for row in found.collections:
        table.add_row(escape(row.name), *map(str, (row.documents, row.pages, row.chunks, row.failed)))
    output.print(table)


def _used_model(settings: Settings, models: Models) -> tuple[str | None, str]:
    """Return the model of every collection without its own choice, and what to say behind its name.

    None means that answers are quotations.
    """
    if settings.model_server:
        return settings.model_server, ""
    if settings.model == "off":
        return None, " (INCAMERA_MODEL is off)"
    if settings.model is not None:
        return str(settings.model), ""
    built_in = models.built_in
    chosen = next((choice for choice in models.choices if choice.collection is None), None)
    if built_in is None or (chosen is not None and chosen.model != built_in.name):
        return (None if chosen is None else chosen.model), ""
    if not built_in.answers and (chosen is None or chosen.adapter is None):
        return None, f" (the built-in model does not answer here. {built_in.lacks})"
    return built_in.name, f" ({built_in.title})"


def _missing_model(settings: Settings, models: Models, used: str | None) -> str | None:
    """Return a sentence on the file of the used model, if there is none that can be read; otherwise None."""
    if settings.model_server or settings.model == "off":
        return None
    file = settings.model_file
    if file is not None:
        advice = "Correct INCAMERA_MODEL, or unset it to use the model that was chosen or the built-in one."
    else:
        added = next((one for one in models.models if one.name == used), None)
        if added is None:
            return None
        file = Path(added.path)
        advice = f"Put it back, or remove the model (incamera models remove {added.name}) and add it again."
    if file.is_file() and os.access(file, os.R_OK):
        return None
    wrong = (
        f"There is no file {file}" if not file.exists()
        else f"{file} is no file" if not file.is_file()
        else f"{file} cannot be read by this user"
    )  # fmt: skip
    return f"{wrong}, so answers are quotations. {advice}"


def _print_encryption(encryption: Encryption) -> None:
    """Print what opens the vault, and what can be read without that."""
    if encryption.encrypted:
        opened_by = "key file" if encryption.opened_by == "file" else "passphrase"
        output.print(f"Encryption: documents, answers and uploads, opened by a {opened_by}.", markup=False)
    for sentence in encryption.not_encrypted:
        output.print(f"Not encrypted: {sentence}", style="yellow", markup=False)


def _print_sandbox(sandbox: Sandbox) -> None:
    """Print what the sandbox of this machine lets the parser do."""
    # Imported here: --json does not need it.
    from ingest.parsing.sandbox import in_words

    if not sandbox.granted:
        refused = in_words(sandbox.refused, "or")
        output.print(f"Sandbox: complete. The parser of files cannot {refused}.", markup=False)
        return
    consequence = (
        "so no file is read (INCAMERA_SANDBOX=required)"
        if sandbox.setting == "required"
        else "and files are read anyway. Set INCAMERA_SANDBOX=required to read none in that case"
    )
    output.print(
        "Sandbox: NOT complete. This system lets the parser of files "
        f"{in_words(sandbox.granted, 'and')}, {consequence}.",
        style="yellow",
        markup=False,
    )
