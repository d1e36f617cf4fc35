"""`incamera users`: the users of the vault, for its administrators, and one's own password"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from ui.cli.console import output, print_json
from ui.cli.owner import vault_owner
from ui.cli.password import ask_new_password, ask_password
from vault.settings import Settings

users = typer.Typer(
    name="users",
    no_args_is_help=True,
    help="Add, lock and reset users (administrators); choose your own password.",
)
Name = Annotated[str, typer.Argument(help="The user.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@users.command("list")
def listed(as_json: AsJson = False) -> None:
    """List all users, with their roles in the whole vault and how they sign in."""
    with vault_owner(Settings.load(), "incamera users list") as owner:
        entries = owner.accounts.all()
    if as_json:
        print_json(entries)
        return
    table = Table("User", "Roles", "Password", "State", "Added")
    for entry in entries:
        roles = [
            name for name, has in (("administrator", entry.administrator), ("auditor", entry.auditor)) if has
        ]
        password = "temporary" if entry.temporary else "yes" if entry.password else "none"
        state = f"locked since {entry.locked[:10]}" if entry.locked else ""
        table.add_row(escape(entry.name), ", ".join(roles), password, state, entry.added[:10])
    output.print(table)


@users.command()
def add(
    name: Name,
    administrator: Annotated[
        bool, typer.Option("--administrator", help="May manage users and models; sees no content by that.")
    ] = False,
    auditor: Annotated[
        bool, typer.Option("--auditor", help="May read the log; sees no content by that.")
    ] = False,
    password: Annotated[
        bool,
        typer.Option(
            help="Make a temporary password. Without one, everybody who may use this account of the "
            "operating system can act as this user."
        ),
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Add a user. The temporary password that is printed works once: to choose another."""
    from ui.interface.schemas.accounts import NewUser

    request = NewUser(name=name, administrator=administrator, auditor=auditor, password=password)
    with vault_owner(Settings.load(), "incamera users add") as owner:
        added = owner.accounts.add(request)
    if as_json:
        print_json(added)
    else:
        output.print(f"{name} was added.", markup=False)
        _print_temporary(added.password)


@users.command()
def reset(name: Name, as_json: AsJson = False) -> None:
    """Give a user a new temporary password, and sign them out everywhere."""
    with vault_owner(Settings.load(), "incamera users reset") as owner:
        made = owner.accounts.reset(name)
    if as_json:
        print_json(made)
    else:
        output.print(f"{name} is signed out everywhere.", markup=False)
        _print_temporary(made.password)


@users.command()
def lock(name: Name, as_json: AsJson = False) -> None:
    """Let a user do nothing any more, and sign them out everywhere."""
    with vault_owner(Settings.load(), "incamera users lock") as owner:
        entry = owner.accounts.lock(name)
    print_json(entry) if as_json else output.print(f"{name} is locked.", markup=False)


@users.command()
def unlock(name: Name, as_json: AsJson = False) -> None:
    """Let a user who is locked, or who must wait after wrong passwords, sign in again."""
    with vault_owner(Settings.load(), "incamera users unlock") as owner:
        entry = owner.accounts.unlock(name)
    print_json(entry) if as_json else output.print(f"{name} may sign in.", markup=False)


@users.command()
def roles(
    name: Name,
    administrator: Annotated[
        bool | None, typer.Option("--administrator/--no-administrator", help="May manage users and models.")
    ] = None,
    auditor: Annotated[bool | None, typer.Option("--auditor/--no-auditor", help="May read the log.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the roles of a user in the whole vault, or change them. None of them opens a collection."""
    from ui.interface.schemas.accounts import UserRoles

    with vault_owner(Settings.load(), "incamera users roles") as owner:
        entry = owner.accounts.set_roles(UserRoles(name=name, administrator=administrator, auditor=auditor))
    if as_json:
        print_json(entry)
        return
    for role, has in (("administrator", entry.administrator), ("auditor", entry.auditor)):
        output.print(f"{name} is {'' if has else 'not '}an {role}.", markup=False)


@users.command()
def password() -> None:
    """Choose your own password, also in the place of a temporary one; it signs you out everywhere."""
    from pydantic import SecretStr

    from ui.interface.schemas.accounts import NewPassword
    from vault.errors import PasswordNeeded

    settings = Settings.load()
    new = SecretStr(ask_new_password(settings))
    with vault_owner(settings, "incamera users password", proved=False) as owner:
        try:
            owner.accounts.choose_password(NewPassword(new=new))
        except PasswordNeeded:
            current = SecretStr(ask_password(settings))
            owner.accounts.choose_password(NewPassword(current=current, new=new))
    output.print("Your password is changed.")


def _print_temporary(password: str) -> None:
    if password:
        output.print(f"Temporary password: {password}", markup=False)
        output.print("It is shown here only. With it, they choose one of their own, on the page or here.")
