"""The entry point of the command line: all commands, and how errors end them."""

from __future__ import annotations

import os
import sqlite3
import sys
from typing import NoReturn

import typer

from ui.cli.ask import ask
from ui.cli.collections import collections
from ui.cli.console import errors
from ui.cli.documents import documents
from ui.cli.evaluate import evaluate
from ui.cli.find import find
from ui.cli.ingest import ingest
from ui.cli.init import init
from ui.cli.jobs import jobs
from ui.cli.models import models
from ui.cli.purge import purge
from ui.cli.serve import serve
from ui.cli.status import status
from vault.errors import IncameraError
from vault.files.storage import storage_error
from vault.process.egress import guard_egress
from vault.settings import Settings

_INTERRUPTED = 130
_SYSTEM_ERRORS = (OSError, sqlite3.Error)

app = typer.Typer(
    name="incamera",
    help="Questions and answers from your own documents, on your own machine, each sentence with its source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (init, ingest, ask, find, documents, purge, jobs, status, serve, evaluate):
    app.command()(command)
app.add_typer(collections)
app.add_typer(models)


def main() -> NoReturn:
    """Run the command line. Exit codes: 0 no problem, 1 something failed, 2 wrong use, 130 interrupted."""
    os.umask(0o077)  # files that libraries create are for this user alone
    try:
        guard_egress(Settings.load().allowed_hosts)
        # Typer catches its own Exit and Ctrl-C, and returns the exit code.
        code = app(standalone_mode=False) or 0
    except IncameraError as error:
        _end(error)
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:
        known = storage_error(error, Settings.load().data) if isinstance(error, _SYSTEM_ERRORS) else None
        if known is not None:
            _end(known)
        if type(error).__module__.startswith("click") or hasattr(error, "format_message"):
            # The command-line library reports wrong use: an unknown option, a missing argument.
            errors.print(f"Error: {error.format_message()}", markup=False, highlight=False)  # type: ignore[attr-defined]
            sys.exit(2)
        raise
    if code == _INTERRUPTED:
        errors.print("Stopped. Finished work is kept; run the same command again to continue.")
    sys.exit(code)


def _end(error: IncameraError) -> NoReturn:
    errors.print(f"Error: {error}", style="bold red", markup=False, highlight=False)
    sys.exit(error.exit_code)
