"""The owner of the vault, as a command sees it: the command's own process, or one that owns it already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from ui.cli.console import say
from ui.cli.passphrase import passphrase_prompt
from ui.cli.password import ask_password, prove_user
from ui.cli.waiting import WaitForOwner
from ui.interface.address import is_served, socket_path
from vault.errors import VaultOwned
from vault.process.lock import Owner, owner_of
from vault.settings import Settings

if TYPE_CHECKING:
    from ui.interface.client.owner import OwnerClient
    from ui.interface.operations.owner import Operations
    from ui.interface.operations.workplace import Workplace
    from ui.interface.socket_server import SocketServer
    from ui.services.services import Services

SERVE = "incamera serve"
"""The purpose of the server."""


@contextmanager
def vault_owner(
    settings: Settings,
    purpose: str,
    *,
    create: bool = False,
    serving: bool = False,
    proved: bool = True,
    ask_passphrase: Callable[[], str] | None = None,
) -> Iterator[Operations | OwnerClient]:
    """Yield the owner of the vault: this process, if no other owns the vault.

    What is done there is done in the name of the user of the settings, and raises the same errors either way.
    With `create`, a vault that does not exist is created. With `serving`, other commands can hand their
    requests to this process meanwhile: for work that takes long. A user who has a password is asked for it,
    unless `proved` is false: then only it can be changed. `ask_passphrase` gives the passphrase of an
    encrypted vault; by default, a person at the terminal is asked.

    Raises VaultNotFound, VaultOwned as `take_vault` does, PasswordNeeded and SignInRefused as `prove_user`
    does, and OwnerEnded when the other process ends before it has replied.
    """
    services = take_vault(settings, purpose, create=create, ask_passphrase=ask_passphrase)
    if services is None:
        from ui.interface.client.owner import OwnerClient

        with OwnerClient(settings.data, settings.user, lambda: ask_password(settings)) as client:
            yield client
        return
    from ui.interface.operations.owner import Operations

    with services, _served(services) if serving else nullcontext():
        if proved:
            prove_user(services.vault, settings)
        yield Operations(workplace_of(services), settings.user)


def _served(services: Services) -> SocketServer:
    """Return the server through which other commands hand their requests to this process."""
    from ui.interface.socket_server import SocketServer

    return SocketServer(workplace_of(services))


def take_vault(
    settings: Settings,
    purpose: str,
    *,
    create: bool = False,
    besides: Owner | None = None,
    ask_passphrase: Callable[[], str] | None = None,
) -> Services | None:
    """Open the vault in this process, or return None when the process that owns it accepts requests.

    Waits for a process that owns it and accepts none, such as another short command or a server that starts,
    and for `besides`, which has refused the request. Raises VaultNotFound, VaultTooNew, VaultDamaged, and
    VaultOwned when one process has not ended and accepted no requests for as long as the settings say.
    """
    wait = WaitForOwner(settings)
    while True:
        # Asked first: what opens a vault takes a second to load, and a command that hands its work over needs
        # none of it. A process that accepts requests holds the lock of the vault.
        refused = besides is not None and owner_of(settings.data) == besides
        if not refused and is_served(settings.data):
            return None
        try:
            services = open_services(settings, purpose, create=create, ask_passphrase=ask_passphrase)
        except VaultOwned as error:
            wait.pause(error)
            continue
        # A process that was killed leaves its socket behind.
        socket_path(settings.data).unlink(missing_ok=True)
        return services


def take_vault_for_server(settings: Settings) -> Services:
    """Open the vault in this process, and create it if it does not exist. Waits for commands that own it.

    Raises VaultOwned when a server owns it, and as `take_vault` does.
    """
    wait = WaitForOwner(settings)
    while True:
        try:
            return open_services(settings, SERVE, create=True)
        except VaultOwned as error:
            owner = owner_of(settings.data)
            if owner is not None and owner.purpose == SERVE:
                raise
            wait.pause(error)


def open_services(
    settings: Settings,
    purpose: str,
    *,
    create: bool = False,
    ask_passphrase: Callable[[], str] | None = None,
) -> Services:
    """Open the vault in this process. Raises VaultNotFound, VaultOwned, VaultTooNew, VaultDamaged."""
    from ui.services.services import Services

    prompt = passphrase_prompt() if ask_passphrase is None else ask_passphrase
    return Services(settings, purpose=purpose, create=create, say=say, ask_passphrase=prompt)


def workplace_of(services: Services) -> Workplace:
    """Return what operations work with in a command."""
    from ui.interface.operations.workplace import Workplace

    return Workplace(services.vault, services.settings, lambda: services.embedder, lambda: services.answerer)
