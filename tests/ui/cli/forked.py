"""A process that imports the command once and is forked for each call.

Most of a short command's time is the start of Python and its imports. A fork is a process of its own all
the same: its own arguments, environment, standard files and end.

    python -m tests.ui.cli.forked SOCKET [MODULE…]
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import socket
import sys
from importlib import import_module
from typing import Any

import ui.cli
from tests.forking import fork, share_memory
from vault.process.offline import go_offline

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


def serve(asked: socket.socket) -> bool:
    """Fork for each call. Return True in a child, which is the command, and False when no more calls come."""
    while True:
        message, files, _, _ = socket.recv_fds(asked, 1 << 20, FILES)
        if not message:
            return False
        if fork() == 0:
            asked.close()
            *standard, report = files
            if _is_command(socket.socket(fileno=report)):
                become(json.loads(message), standard)
                return True
            os._exit(0)
        for file in files:
            os.close(file)


def _is_command(report: socket.socket) -> bool:
    """Fork again. Return True in the child; the parent reports the id of the child and how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    child = fork()
    if child == 0:
        report.close()
        return True
    report.sendall(f"{child}\n".encode())
    for standard in range(3):
        os.close(standard)
    report.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n".encode())
    return False


def become(call: dict[str, Any], files: list[int]) -> None:
    """Apply the arguments, environment, standard files and mounts of a call to this process."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    if call["mounts_of"]:
        with open(f"/proc/{call['mounts_of']}/ns/mnt") as mounts:  # noqa: PTH123 — no more than its number
            if ctypes.CDLL(None, use_errno=True).setns(mounts.fileno(), _NEW_MOUNTS) != 0:
                raise OSError(ctypes.get_errno(), "setns")
        os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["environment"])
    go_offline()
    sys.argv = ["incamera", *call["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)


for name in (*PRELOADED, *sys.argv[2:]):
    import_module(name)
share_memory()

if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the first fork of a call
    if serve(socket.socket(fileno=int(sys.argv[1]))):
        ui.cli.main()
