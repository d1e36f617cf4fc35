"""Where the command line writes: results on standard output, everything else on standard error."""

from __future__ import annotations

import json

from rich.console import Console

output = Console(highlight=False, soft_wrap=True)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    """One JSON value on standard output, for programs."""
    output.print(json.dumps(value, ensure_ascii=False, indent=2), markup=False)
