"""Ordinary messages that are made of what another format holds."""

from __future__ import annotations

import email.policy
from email.headerregistry import HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage

_AS_THEY_ARE = HeaderRegistry()
for _name in ("from", "to", "cc", "bcc"):
    # Outlook has names of people there, without addresses; read as an address they would get quotation marks.
    _AS_THEY_ARE.map_to_type(_name, UniqueUnstructuredHeader)  # type: ignore[arg-type]
_POLICY = email.policy.default.clone(header_factory=_AS_THEY_ARE)


def new_message() -> EmailMessage:
    """Return an empty message whose people are written as they are given."""
    return EmailMessage(_POLICY)
