"""The owner of a vault as another process sees it: the operations, each as a request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from ui.interface.client.accounts import AccountRequests
from ui.interface.client.answers import AnswerRequests
from ui.interface.client.collections import CollectionRequests
from ui.interface.client.connection import Connection
from ui.interface.client.documents import DocumentRequests
from ui.interface.client.holds import HoldRequests
from ui.interface.client.jobs import JobRequests
from ui.interface.client.log import LogRequests
from ui.interface.client.members import MemberRequests
from ui.interface.client.models import ModelRequests
from ui.interface.client.tokens import TokenRequests


class OwnerClient:
    """What a user can ask of the process that owns the vault. Use it as a context manager.

    Its methods do what those of `ui.interface.operations.owner.Operations` do, and raise the same errors;
    each raises OwnerEnded too, when the owner has ended, and HandoverFailed when it cannot be reached.
    """

    def __init__(self, data: Path, user: str, ask_password: Callable[[], str] | None = None) -> None:
        """`data` is the data folder, `user` the one in whose name everything is asked.

        `ask_password` is called when the owner wants the password of that user.
        """
        self._connection = Connection(data, user, ask_password)
        self.accounts = AccountRequests(self._connection)
        self.answers = AnswerRequests(self._connection)
        self.collections = CollectionRequests(self._connection)
        self.documents = DocumentRequests(self._connection)
        self.holds = HoldRequests(self._connection)
        self.jobs = JobRequests(self._connection)
        self.log = LogRequests(self._connection)
        self.members = MemberRequests(self._connection)
        self.models = ModelRequests(self._connection)
        self.tokens = TokenRequests(self._connection)

    def __enter__(self) -> Self:
        self._connection.__enter__()
        return self

    def __exit__(self, *raised: object) -> None:
        self._connection.__exit__(*raised)
