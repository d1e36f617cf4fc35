"""What to tell users when a process that runs llama.cpp has died."""

from __future__ import annotations

import signal

from vault.errors import ModelCrashed
from vault.text.counted import agreeing

_COMPILE = "Compile llama.cpp for this machine (make llama), then try the model again."


def death(label: str, code: int, what: str) -> ModelCrashed:
    """Return the error for a process with the exit code `code`, negative for a signal.

    `label` is the model, and `what` says what was done with it: "tried", "answered with".
    """
    if code >= 0:
        return ModelCrashed(
            f"The process that {what} the model {label} ended with the exit code {code}. Ask again; if that "
            "fails, check the model file (incamera models test)."
        )
    number = -code
    died = f"llama.cpp died while it {what} the model {label}: {signal.strsignal(number)} (signal {number})."
    if number == signal.SIGILL:
        return ModelCrashed(
            f"{died} It was compiled with instructions that this processor does not have, or that this "
            f"machine does not allow. {_COMPILE}"
        )
    if number == signal.SIGKILL:
        return ModelCrashed(
            f"{died} Most likely the system ended it because memory ran out. Use a smaller model, or give "
            "this machine more memory."
        )
    return ModelCrashed(f"{died} Use another conversion of the model. If other models die too: {_COMPILE}")


def silence(label: str, seconds: float) -> ModelCrashed:
    """Return the error for a process that was ended because it made no progress."""
    return ModelCrashed(
        f"The model {label} made no progress for {seconds:g} {agreeing(seconds, 'second')} and was stopped. "
        "Ask again; if that fails, use a smaller model, or set a larger INCAMERA_MODEL_HANG_SECONDS."
    )
