"""`incamera tokens add|list|revoke`"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json, say
from ui.cli.owner import vault_owner
from ui.interface.schemas.tokens import NewToken, TokenEntry
from vault.bearers import Permission
from vault.settings import Settings

tokens = typer.Typer(
    name="tokens",
    no_args_is_help=True,
    help="Make, list and revoke tokens, by which programs act in your name (docs/api.md).",
)
_AS_JSON = typer.Option("--json", help="Print JSON.")


@tokens.command()
def add(
    name: Annotated[str, typer.Argument(help="What you call it, such as the program that uses it.")],
    collection: Annotated[
        list[str] | None,
        typer.Option("--collection", "-c", help="A collection that it reaches; repeat. Default: all."),
    ] = None,
    may: Annotated[
        list[Permission] | None,
        typer.Option("--may", help="What it permits; repeat. Default: search. Never more than you may do."),
    ] = None,
    days: Annotated[
        float | None, typer.Option(help="Days that it is valid; default: INCAMERA_TOKEN_DAYS, else 90.")
    ] = None,
    as_json: Annotated[bool, _AS_JSON] = False,
) -> None:
    """Make a token and print it. It is shown only once, and stored nowhere."""
    settings = Settings.load()
    request = NewToken(
        name=name, days=days, permissions=may or [Permission.SEARCH], collections=collection or None
    )
    with vault_owner(settings, "incamera tokens add") as owner:
        made = owner.tokens.add(request)
    if as_json:
        print_json(made)
        return
    output.print(made.secret, markup=False)
    say(
        f"Token {made.token.id} ({name}) permits {_permissions(made.token)} in {_reach(made.token)} until "
        f"{made.token.expires[:10]}. It is not shown again. To end it: incamera tokens revoke {made.token.id}"
    )


@tokens.command("list")
def listed(as_json: Annotated[bool, _AS_JSON] = False) -> None:
    """List your tokens, latest first."""
    with vault_owner(Settings.load(), "incamera tokens list") as owner:
        entries = owner.tokens.all()
    if as_json:
        print_json(entries)
        return
    table = Table()
    for column in ("Id", "Name", "Permits", "Reaches", "Expires", "Last used", "State"):
        table.add_column(column, no_wrap=column in ("Id", "Expires"))
    for entry in entries:
        state = "valid" if entry.valid else "revoked" if entry.revoked else "expired"
        table.add_row(
            entry.id, escape(entry.name), _permissions(entry), escape(_reach(entry)), entry.expires[:10],
            entry.used[:16].replace("T", " ") or "never", state,
        )  # fmt: skip
    output.print(table)


@tokens.command()
def revoke(
    token: Annotated[str, typer.Argument(help="Its id, or 4 or more of the first digits.")],
    as_json: Annotated[bool, _AS_JSON] = False,
) -> None:
    """Revoke a token: from the next request on, it does not work any more."""
    with vault_owner(Settings.load(), "incamera tokens revoke") as owner:
        revoked = owner.tokens.revoke(token)
    if as_json:
        print_json(revoked)
    else:
        output.print(f"Token {revoked.id} ({revoked.name}) is revoked.", markup=False)


def _permissions(entry: TokenEntry) -> str:
    return ", ".join(entry.permissions)


def _reach(entry: TokenEntry) -> str:
    return "all collections" if entry.collections is None else ", ".join(entry.collections) or "none any more"
