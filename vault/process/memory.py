"""Wipe freed memory, so that its content does not get into a file by accident.

The vector index writes its files from memory that it has only partly filled. Without this, vectors of a
purged document, freed long before, were found in the files of an index that had never contained them.
"""

from __future__ import annotations

import ctypes

_M_PERTURB = -6  # of glibc's malloc.h
_FILL = 0xFF  # for freed memory; allocated memory gets the complement, 0


def wipe_freed_memory() -> bool:
    """Make the C library overwrite memory when it is freed, and clear it when it is allocated.

    Returns whether that worked: only glibc can do it. It has no measurable cost in embedding, indexing or
    searching.
    """
    try:
        return bool(ctypes.CDLL(None).mallopt(_M_PERTURB, _FILL))
    except (OSError, AttributeError, TypeError):
        return False
