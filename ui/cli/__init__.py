"""The `incamera` command: one module per command, one place where errors become messages."""

from ui.cli.main import app, main

__all__ = ["app", "main"]
