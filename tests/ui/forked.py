"""A process that has imported the command once and is forked for each call of it.

Most of a short command's time is the start of Python and its imports. A fork is a process of its own all
the same: its own arguments, environment, standard files and end.

    python -m tests.ui.forked SOCKET [MODULE…]
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from importlib import import_module

import ui.cli
from tests.forking import fork, share_memory
from vault.offline import go_offline

PRELOADED = ("rag.answer", "rag.model_host", "ui.handover", "vault.embedder_openvino")
STANDARD = 3


def serve(asked: socket.socket) -> bool:
    """Fork a child for each call. True in a child, which then is the command; False when no more is asked."""
    while True:
        call, files, _, _ = socket.recv_fds(asked, 1 << 20, STANDARD)
        if not call:
            return False
        child = fork()
        if child == 0:
            asked.close()
            become(json.loads(call), files)
            return True
        for file in files:
            os.close(file)
        asked.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n".encode())


def become(call: dict[str, object], files: list[int]) -> None:
    """Take on the arguments, environment and standard files of the call."""
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    arguments, environment = call["arguments"], call["environment"]
    assert isinstance(arguments, list) and isinstance(environment, dict)
    os.environ.clear()
    os.environ.update(environment)
    go_offline()
    sys.argv = ["incamera", *arguments]
    signal.signal(signal.SIGINT, signal.default_int_handler)


for name in (*PRELOADED, *sys.argv[2:]):
    import_module(name)
share_memory()

if __name__ == "__main__" and serve(socket.socket(fileno=int(sys.argv[1]))):
    ui.cli.main()
