"""Where the command line writes: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from typing import Any, TextIO, cast

from rich.console import Console
from rich.text import Text

from ui.interface.schemas.base import as_json

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class OutputClosed(OSError):
    """Whoever reads what is printed has ended, as `head` does after some lines.

    It is not a BrokenPipeError: libraries end the process for one, each in its own way.
    """


class _NoticedOutput:
    """Standard output or error that raises OutputClosed when nobody reads it any more."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            raise OutputClosed from None

    def flush(self) -> None:
        """Write what is still in memory."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            raise OutputClosed from None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def notice_closed_output() -> None:
    """Raise OutputClosed from now on wherever something is printed that nobody reads."""
    sys.stdout = cast(TextIO, _NoticedOutput(sys.stdout))
    sys.stderr = cast(TextIO, _NoticedOutput(sys.stderr))


def drop_output() -> None:
    """Let go what is still in memory of an output that nobody reads; Python would fail on it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            with suppress(OSError):
                os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


class _PlainConsole(Console):
    """A console that shows text of documents and names of files as it is.

    Control characters are written out, so that they cannot steer the terminal, and nothing becomes an emoji.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, soft_wrap=True, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Return the text as Rich renders it, with control characters written out."""
        return super().render_str(without_control(text), **options)


def without_control(text: str) -> str:
    """Return `text` with control characters, except line ends and tabs, as \\xNN."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


output = _PlainConsole()
errors = _PlainConsole(stderr=True)


def print_json(value: object) -> None:
    """Print a JSON value, or what the interface returned, as JSON on standard output, for programs."""
    print(json.dumps(as_json(value), ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Print a sentence for the user on standard error."""
    errors.print(text, markup=False)
