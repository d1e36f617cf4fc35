"""The headers of requests and responses that are our own."""

from __future__ import annotations

VERSION_HEADER = "Incamera-Version"
"""In every response: the version of the owner."""
USER_HEADER = "Incamera-User"
"""In a request: the user in whose name it is made, as percent-encoded UTF-8."""
