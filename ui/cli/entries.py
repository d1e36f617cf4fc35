"""Lists for people whose entries have long names: the name whole on its line, what is to say of it below."""

from __future__ import annotations

import textwrap

from ui.cli.console import output, without_control

_INDENT = "  "


def print_entry(name: str, *details: str) -> None:
    """One entry. Details are wrapped at the window's edge between words; a word that is longer than a line,
    such as a path or a hash, stays whole, so that it can be copied."""
    output.print(name, markup=False, style="bold")
    for detail in details:
        print_wrapped(detail, indent=_INDENT)


def print_wrapped(text: str, *, indent: str = "", style: str | None = None) -> None:
    """Text, wrapped between words."""
    for line in textwrap.wrap(
        without_control(text), output.width, initial_indent=indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    ):  # fmt: skip
        output.print(line, markup=False, style=style)
