"""`incamera doctor`"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json
from vault.settings import Settings

_STYLES = {"closed": "green", "opened by a setting": "yellow", "open": "bold red"}


def doctor(
    offline: Annotated[
        bool, typer.Option("--offline", help="List every way out of this machine, and whether it is closed.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check that nothing can leave this machine. Exit code 1: a way out is open that no setting opened."""
    if not offline:
        raise typer.BadParameter("Say what to check: incamera doctor --offline")
    # Imported here: it loads what no other command needs together.
    from ui.cli.ways_out import WayState, has_route, ways_out

    found = ways_out(Settings.load())
    open_ways = [way for way in found if way.state is WayState.OPEN]
    if as_json:
        print_json({"ways": [asdict(way) for way in found], "default_route": has_route()})
    else:
        table = Table("Way out", "State", "Found")
        for way in found:
            table.add_row(escape(way.name), f"[{_STYLES[way.state]}]{way.state}[/]", escape(way.detail))
        output.print(table)
        route = {True: "has", False: "has no", None: "may have a"}[has_route()]
        output.print(f"This machine {route} route to others.")
        set_open = sum(way.state is WayState.SET for way in found)
        output.print(
            f"{len(open_ways)} ways out are open." if open_ways
            else f"No way out is open, but for {set_open} by your settings." if set_open
            else "No way out is open."
        )  # fmt: skip
    if open_ways:
        raise typer.Exit(1)
