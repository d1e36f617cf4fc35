"""Ask for a passphrase in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache

import typer

from vault.keys.secret import check_passphrase


def passphrase_prompt() -> Callable[[], str] | None:
    """Return what asks for the passphrase of the vault; None where nobody sits at a terminal."""
    if not sys.stdin.isatty():
        return None
    # Remembered, for a command that opens the vault twice.
    return cache(lambda: str(typer.prompt("Passphrase of the vault", hide_input=True, err=True)))


def new_passphrase() -> str:
    """Ask twice for a new passphrase, or read it as a line of standard input. Raises KeyUnfit."""
    if not sys.stdin.isatty():
        return check_passphrase(sys.stdin.readline().rstrip("\r\n"))
    return check_passphrase(
        typer.prompt("New passphrase of the vault", hide_input=True, confirmation_prompt=True, err=True)
    )
