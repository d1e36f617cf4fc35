"""The operations of the process that owns a vault, for one user."""

from __future__ import annotations

from ui.interface.operations.accounts import AccountOperations
from ui.interface.operations.answers import AnswerOperations
from ui.interface.operations.collections import CollectionOperations
from ui.interface.operations.documents import DocumentOperations
from ui.interface.operations.holds import HoldOperations
from ui.interface.operations.jobs import JobOperations
from ui.interface.operations.log import LogOperations
from ui.interface.operations.members import MemberOperations
from ui.interface.operations.models import ModelOperations
from ui.interface.operations.tokens import TokenOperations
from ui.interface.operations.workplace import Workplace
from vault.access import Reason
from vault.errors import AccessDenied


class Operations:
    """What a user can ask of the owner, by subject. `ui.interface.client` has the same from another process.

    Anyone who can connect to the owner's socket can also read the data folder. So an operation can do nothing
    that the command could not do by itself when no other process owns the vault. A program with a token is a
    `vault.bearers.Bearer`, whose limits are checked with the rights of its user.
    """

    def __init__(self, workplace: Workplace, user: str) -> None:
        """`user` is the one in whose name the operations are done. Raises AccessDenied if they are locked."""
        if workplace.vault.accounts.is_locked(user):
            workplace.vault.log.refuse(user, "use the vault", reason=Reason.LOCKED)
            raise AccessDenied(
                f"The account of {user!r} is locked. An administrator can unlock it: incamera users unlock"
            )
        self.accounts = AccountOperations(workplace, user)
        self.answers = AnswerOperations(workplace, user)
        self.collections = CollectionOperations(workplace, user)
        self.documents = DocumentOperations(workplace, user)
        self.holds = HoldOperations(workplace, user)
        self.jobs = JobOperations(workplace, user)
        self.log = LogOperations(workplace, user)
        self.members = MemberOperations(workplace, user)
        self.models = ModelOperations(workplace, user)
        self.tokens = TokenOperations(workplace, user)
