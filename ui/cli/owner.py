"""The owner of the vault, as a command sees it: the command's own process, or one that owns it already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.cli.console import say
from ui.interface.address import is_served
from vault.errors import VaultInUse
from vault.settings import Settings

if TYPE_CHECKING:
    from ui.interface.client.owner import OwnerClient
    from ui.interface.operations.owner import Operations
    from ui.interface.operations.workplace import Workplace
    from ui.services.services import Services


@contextmanager
def vault_owner(settings: Settings, purpose: str) -> Iterator[Operations | OwnerClient]:
    """Yield the owner of the vault: this process, if no other owns the vault.

    What is done there is done in the name of the user of the settings, and raises the same errors either way.
    Raises VaultNotFound, and VaultInUse when the process that owns the vault accepts no requests.
    """
    # Asked first: what opens a vault takes a second to load, and a command that hands its work over needs
    # none of it. A process that accepts requests holds the lock of the vault.
    if not is_served(settings.data):
        try:
            services = open_services(settings, purpose)
        except VaultInUse:
            if not is_served(settings.data):
                raise
        else:
            from ui.interface.operations.owner import Operations

            with services:
                yield Operations(workplace_of(services), settings.user)
            return
    from ui.interface.client.owner import OwnerClient

    with OwnerClient(settings.data, settings.user) as client:
        yield client


def open_services(settings: Settings, purpose: str) -> Services:
    """Open the vault in this process. Raises VaultNotFound, VaultInUse, VaultTooNew, VaultDamaged."""
    from ui.services.services import Services

    return Services(settings, purpose=purpose, say=say)


def workplace_of(services: Services) -> Workplace:
    """Return what operations work with in a command."""
    from ui.interface.operations.workplace import Workplace

    return Workplace(services.vault, services.settings, lambda: services.embedder, lambda: services.answerer)
