"""Where the command line writes: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
import re
from typing import Any

from rich.console import Console
from rich.text import Text

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class _TextOnly(Console):
    """A console for which words of documents and names of files are text: what would steer the terminal
    is shown and not sent, and nothing is read as an emoji."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False, soft_wrap=True, emoji=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Text as Rich renders it, control characters written out."""
        return super().render_str(without_control(text), **options)


def without_control(text: str) -> str:
    """`text` with control characters (but line ends and tabs) as \\xNN."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


output = _TextOnly()
errors = _TextOnly(stderr=True)


def print_json(value: object) -> None:
    """One JSON value on standard output, for programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def say(text: str) -> None:
    """Tell the user what is being done, on standard error."""
    errors.print(text, markup=False)
