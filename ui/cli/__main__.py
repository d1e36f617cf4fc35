"""`python -m ui.cli` is the `incamera` command."""

from ui.cli.main import main

main()
