"""The entry point of the command line: all commands, and how errors end them."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

import typer

from ui.cli.ask import ask
from ui.cli.audit import audit
from ui.cli.collections import collections
from ui.cli.console import OutputClosed, drop_output, errors, notice_closed_output, say
from ui.cli.doctor import doctor
from ui.cli.documents import documents
from ui.cli.encrypt import encrypt
from ui.cli.evaluate import evaluate
from ui.cli.find import find
from ui.cli.holds import holds
from ui.cli.ingest import ingest
from ui.cli.init import init
from ui.cli.jobs import jobs
from ui.cli.keys import keys
from ui.cli.models import models
from ui.cli.purge import purge
from ui.cli.serve import serve
from ui.cli.status import status
from ui.cli.terminated import Terminated
from ui.cli.tokens import tokens
from ui.cli.users import users
from vault.errors import IncameraError, OwnerEnded
from vault.files.storage import is_database_error, storage_error
from vault.process.egress import guard_egress
from vault.settings import Settings

_INTERRUPTED = 130
_OUTPUT_CLOSED = 141
_TERMINATED = 143
"""128 and the number of SIGINT, SIGPIPE and SIGTERM, as shells report the end of other programs."""

app = typer.Typer(
    name="incamera",
    help="Questions and answers from your own documents, on your own machine, each sentence with its source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (init, ingest, ask, find, documents, purge, jobs, status, doctor, serve, evaluate, encrypt):
    app.command()(command)
app.add_typer(audit)
app.add_typer(collections)
app.add_typer(holds)
app.add_typer(models)
app.add_typer(keys)
app.add_typer(users)
app.add_typer(tokens)


def main() -> NoReturn:
    """Run the command line and end the process with its exit code.

    0: no problem; 1: something failed; 2: wrong use; 130: interrupted; 141: nobody reads the output any more;
    143: asked to end by SIGTERM.
    """
    os.umask(0o077)  # files that libraries create are for this user alone
    notice_closed_output()
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _run()
        sys.stdout.flush()
    except OutputClosed:
        code = _OUTPUT_CLOSED
        drop_output()
    sys.exit(code)


def _run() -> int:
    """Run the command and return its exit code."""
    try:
        guard_egress(Settings.load().allowed_hosts)
        # Typer catches its own Exit and Ctrl-C, and returns the exit code.
        code = _run_to_reply()
    except IncameraError as error:
        return _failed(error)
    except (typer.Abort, KeyboardInterrupt):
        code = _INTERRUPTED
    except Terminated:
        code = _TERMINATED
    except OutputClosed:
        raise
    except Exception as error:
        of_system = isinstance(error, OSError) or is_database_error(error)
        known = storage_error(error, Settings.load().data) if of_system else None
        if known is not None:
            return _failed(known)
        if type(error).__module__.startswith("click") or hasattr(error, "format_message"):
            # The command-line library reports wrong use: an unknown option, a missing argument.
            errors.print(f"Error: {error.format_message()}", markup=False, highlight=False)  # type: ignore[attr-defined]
            return 2
        raise
    if code in (_INTERRUPTED, _TERMINATED):
        errors.print("Stopped. Finished work is kept; run the same command again to continue.")
    return code


def _run_to_reply() -> int:
    """Run the command, and run it again when the process that did its work ended before it had replied."""
    while True:
        try:
            return app(standalone_mode=False) or 0
        except OwnerEnded:
            say("The process that used the vault has ended. This command begins again.")


def _failed(error: IncameraError) -> int:
    errors.print(f"Error: {error}", style="bold red", markup=False, highlight=False)
    return error.exit_code


def _terminate(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # a second one ends the process at once
    raise Terminated
