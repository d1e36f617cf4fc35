"""llama-cpp-python, imported when a model is first used, and kept from writing to stderr."""

from __future__ import annotations

import ctypes
import logging
from typing import Any

from vault.errors import ModelBackendMissing

_LOG = logging.getLogger(__name__)
_log_callback: Any = None
"""Kept here, for llama.cpp holds a pointer to it."""


def backend() -> Any:
    """The module `llama_cpp`. Raises ModelBackendMissing."""
    try:
        import llama_cpp
    except (ImportError, OSError, RuntimeError) as error:
        raise ModelBackendMissing(
            "A model is configured, and llama-cpp-python is not installed or does not load. "
            "Run `make llama`, or run without a model."
        ) from error
    global _log_callback
    if _log_callback is None:
        _log_callback = llama_cpp.llama_log_callback(_log)
        llama_cpp.llama_log_set(_log_callback, ctypes.c_void_p(0))
    return llama_cpp


def _log(_level: int, text: bytes, _data: object) -> None:
    """llama.cpp would write to stderr; failures reach people as exceptions, the rest is for debugging."""
    _LOG.debug("%s", text.decode(errors="replace").rstrip())
