"""Log something once that a page does again and again while it stays open."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

_SECONDS = 300.0
_MOST = 10_000


class Once:
    """Remembers what was logged in the last minutes; safe to use from several threads."""

    def __init__(self, seconds: float = _SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        """The same thing is logged again after `seconds`."""
        self._seconds, self._clock = seconds, clock
        self._lock = threading.Lock()
        self._logged: OrderedDict[Hashable, float] = OrderedDict()

    def log(self, what: Hashable, append: Callable[[], object], *, again: bool = False) -> None:
        """Call `append`, unless that was done for the same thing a short while ago; with `again`, always.

        What `append` raises is raised, and then the thing counts as not logged.
        """
        now = self._clock()
        with self._lock:
            before = self._logged.get(what)
            if not again and before is not None and now - before < self._seconds:
                return
            append()
            self._logged[what] = now
            self._logged.move_to_end(what)
            if len(self._logged) > _MOST:
                self._logged.popitem(last=False)
