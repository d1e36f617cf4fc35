"""Freed memory is wiped: what was once in memory does not come back in a file by accident.

The vector index writes its files from memory that it has not filled to the end. Without this, the bytes of
a purged document's vectors, freed long ago, were found again in an index that had never held them.
"""

from __future__ import annotations

import ctypes

_M_PERTURB = -6  # of glibc's malloc.h
_FREED = 0xFF  # memory that is given out gets the complement, 0


def wipe_freed_memory() -> bool:
    """Have the C library overwrite memory when it is freed, and clear it when it is given out.

    Whether it could be done: other C libraries than glibc have no such switch. It costs nothing that could
    be measured in embedding, writing to the index or searching it.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_PERTURB, _FREED))
    except (OSError, AttributeError, TypeError):
        return False
