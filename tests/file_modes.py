"""File modes that hold for tests, too, which may run as root."""

from __future__ import annotations

import ctypes
import os

_OVERRIDES = (1, 2, 3)
"""CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER"""


def obey_file_modes() -> None:
    """Let file permissions apply to root too, in the program that is started next."""
    if os.getuid() == 0:
        for capability in _OVERRIDES:
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


def obey_file_modes_at_once() -> None:
    """Let file permissions apply to root too, in this process and in those that it starts."""
    obey_file_modes()
    if os.getuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        version = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third, and this process
        held = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice
        assert libc.capget(version, held) == 0, os.strerror(ctypes.get_errno())
        for place in range(3):
            held[place] &= ~sum(1 << capability for capability in _OVERRIDES)
        assert libc.capset(version, held) == 0, os.strerror(ctypes.get_errno())
