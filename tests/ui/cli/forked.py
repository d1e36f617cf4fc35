"""A process that imports the command once and is forked for each call.

Most of a short command's time is the start of Python and its imports. A fork is a process of its own all
the same: its own arguments, environment, standard files and end.

    python -m tests.ui.cli.forked SOCKET
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import sys
import threading
from importlib import import_module
from typing import Any, NoReturn

import ui.cli
from ingest.parsing.jail import die_with
from tests.file_modes import obey_file_modes_at_once
from tests.forking import fork, share_memory
from tests.ingest.parsing import older_kernel
from vault.embedding.embedder import minilm_folder
from vault.process.offline import go_offline
from vault.text.abbreviations.known import known_phrases
from vault.text.english import english_counts

PRELOADED = (
    "rag.answer",
    "rag.models.host",
    "ingest.job",
    "ui.interface.client.owner",
    "ui.interface.routes.application",
    "ui.interface.socket_protocol",
    "ui.server.server",
    "chromadb",
    "vault.embedding.openvino_embedder",
)
FILES = 4
"""Files of a call: standard input, output and error, and the socket that reports its end."""
_NEW_MOUNTS = 0x20000


def serve(asked: socket.socket) -> str:
    """Fork for each call, and report the id of the child and how it ended. Return when no more calls come,
    and in a child, which is the command, the Python code that it runs in place of the command."""
    poll = select.poll()
    poll.register(asked, select.POLLIN)
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        for ready, _ in poll.poll():
            if ready != asked.fileno():
                child, report = running.pop(ready)
                poll.unregister(ready)
                os.close(ready)
                _report(report, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
                report.close()
                continue
            message, files, _, _ = socket.recv_fds(asked, 1 << 20, FILES)
            if not message:
                os._exit(0)
            parent = os.getpid()
            child = fork()
            *standard, reporting = files
            if child == 0:
                die_with(parent)  # it ends with the test process, which may be killed
                asked.close()
                for ended, (_, other) in running.items():
                    os.close(ended)
                    other.close()
                os.close(reporting)
                call = json.loads(message)
                become(call, standard)
                return str(call["python"])
            for file in standard:
                os.close(file)
            report = socket.socket(fileno=reporting)
            _report(report, child)
            handle = os.pidfd_open(child)
            running[handle] = child, report
            poll.register(handle, select.POLLIN)


def _report(to: socket.socket, number: int) -> None:
    with contextlib.suppress(BrokenPipeError):  # the test has ended
        to.sendall(f"{number}\n".encode())


def become(call: dict[str, Any], files: list[int]) -> None:
    """Apply the arguments, environment, files, mounts, kernel and rights of a call to this process."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    if call["mounts_of"]:
        with open(f"/proc/{call['mounts_of']}/ns/mnt") as mounts:  # noqa: PTH123 — no more than its number
            if ctypes.CDLL(None, use_errno=True).setns(mounts.fileno(), _NEW_MOUNTS) != 0:
                raise OSError(ctypes.get_errno(), "setns")
        os.chdir(call["folder"])
    if call["refusals"]:
        older_kernel.refuse(call["refusals"])
    if call["as_user"]:
        obey_file_modes_at_once()
    os.environ.clear()
    os.environ.update(call["environment"])
    go_offline()
    sys.argv = ["incamera", *call["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)


for name in PRELOADED:
    import_module(name)
# What every question reads and keeps.
english_counts()
known_phrases("notice")
minilm_folder()
share_memory()


def run(python: str) -> NoReturn:
    """Run the command, or this code, and end this process as Python would, but leave the memory to the
    kernel: Python would take every object apart, and so copy all memory of the process that forked."""
    code: object = 1
    try:
        if python:
            exec(python, {"__name__": "__main__"})
            code = 0
        else:
            ui.cli.main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    threading._shutdown()  # type: ignore[attr-defined]  # waits for threads that are no daemons
    atexit._run_exitfuncs()
    for output in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            output.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


if __name__ == "__main__":
    run(serve(socket.socket(fileno=int(sys.argv[1]))))
