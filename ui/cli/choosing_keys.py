"""The key file or passphrase that a command gives to a vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from ui.cli.console import say
from ui.cli.passphrase import new_passphrase
from vault.errors import EncryptionRefused, KeyUnfit
from vault.keys.header import NewSecret, read_header
from vault.keys.secret import Stretching, create_key_file, key_in

KeyFileOption = Annotated[
    Path | None,
    typer.Option("--key-file", help="Encrypt with the key in this file, which is made if it is not there."),
]
PassphraseOption = Annotated[
    bool,
    typer.Option(
        "--passphrase", help="Encrypt with a passphrase: asked for, or the first line of standard input."
    ),
]


@dataclass(frozen=True, slots=True)
class ChosenSecret:
    """What opens the vault from now on."""

    secret: NewSecret
    ask: Callable[[], str] | None
    """Gives the passphrase again, so that nobody is asked twice."""


def choose_secret(data: Path, key_file: Path | None, *, passphrase: bool) -> ChosenSecret:
    """Return the key file or the passphrase for the vault in `data`. Raises KeyUnfit, StorageError."""
    if key_file is not None and passphrase:
        raise KeyUnfit("Choose one of --key-file and --passphrase.")
    if key_file is None:
        typed, stretching = new_passphrase(), Stretching.new()
        return ChosenSecret(
            NewSecret("passphrase", stretching.key_of(typed), stretching=stretching), lambda: typed
        )
    file = key_file.absolute()
    if file.resolve().is_relative_to(data.resolve()):
        raise KeyUnfit(
            f"{key_file} is inside the data folder: whoever takes the folder would have the key too. Choose "
            "a place outside, best on another disk."
        )
    if not file.exists():
        create_key_file(file)
        say(
            f"The key was written to {file}. Keep a copy in another place: without it nobody can read the "
            "vault, and nobody can make it again."
        )
    return ChosenSecret(NewSecret("file", key_in(file), made_in=str(file)), None)


def refuse_existing(data: Path) -> None:
    """Raise EncryptionRefused if there is a vault, which `incamera init` does not change."""
    if (data / "vault.db").is_file():
        what = (
            "Encrypt it with: incamera encrypt"
            if read_header(data) is None
            else "It is encrypted; give it another key with: incamera keys rotate"
        )
        raise EncryptionRefused(f"There is a vault in {data} already. {what}")
