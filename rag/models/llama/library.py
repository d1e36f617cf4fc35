"""Import llama-cpp-python when a model is first used, and send its messages to the log instead of stderr."""

from __future__ import annotations

import ctypes
import logging
from typing import Any

from vault.errors import ModelBackendMissing

_LOG = logging.getLogger(__name__)
_log_callback: Any = None
"""Kept here because llama.cpp holds a pointer to it."""


def backend() -> Any:
    """Return the module `llama_cpp`. Raises ModelBackendMissing."""
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


def version() -> str:
    """Return the version of llama-cpp-python. Raises ModelBackendMissing."""
    return str(backend().__version__)


def instruction_sets() -> tuple[str, ...]:
    """Return the instruction sets of the processor that this build of llama.cpp uses. Raises
    ModelBackendMissing."""
    info = backend().llama_print_system_info().decode(errors="replace")
    pairs = (part.rpartition(":")[2].split("=") for part in info.split("|") if "=" in part)
    return tuple(name.strip() for name, value in pairs if value.strip() == "1")


def _log(_level: int, text: bytes, _data: object) -> None:
    """Log a message for debugging; failures reach people as exceptions."""
    _LOG.debug("%s", text.decode(errors="replace").rstrip())
