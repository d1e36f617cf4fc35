"""What travels between a command and the owner of the vault: requests, events and results as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Message = dict[str, Any]
"""A request or a reply. A request names what it wants in `verb`, a reply what it is in `event`."""
OnEvent = Callable[[Message], None]
"""Receives each event of a request while the owner works on it."""
