"""Prints lists whose entries have long names: the complete name on one line, and its details below."""

from __future__ import annotations

import textwrap

from ui.cli.console import output, without_control

_DETAIL_INDENT = "  "


def print_entry(name: str, *details: str) -> None:
    """Print one entry of a list.

    Details are wrapped between words at the edge of the window. A word longer than a line, such as a path or
    a hash, is not broken, so that it can be copied.
    """
    output.print(name, markup=False, style="bold")
    for detail in details:
        print_wrapped(detail, indent=_DETAIL_INDENT)


def print_wrapped(text: str, *, indent: str = "", style: str | None = None) -> None:
    """Print text, wrapped between words."""
    for line in textwrap.wrap(
        without_control(text), output.width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    ):  # fmt: skip
        output.print(line, markup=False, style=style)
