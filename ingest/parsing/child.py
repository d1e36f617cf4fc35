"""The parser: `python -m ingest.parsing.child LIMITS`, started by `ingest.parsing.parser.Parser`.

It loads the libraries once and forks for each file, so a file that crashes, hangs or takes over its
parser leaves nothing behind for the next one. The first process never parses a file: it passes on what
the fork wrote, ends the fork when time is up, and ends itself when its owner is gone (end of input).
"""

from __future__ import annotations

import errno
import gc
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from ingest.formats import is_prepared, prepare, read
from ingest.formats.office.program import remove_sockets
from ingest.formats.structure import more_time
from ingest.parsed.limits import ParseLimits
from ingest.parsing import jail
from ingest.parsing.attempts import shut_in_and_try
from ingest.parsing.frames import HEADER, REQUEST_BYTES, frame, parse
from ingest.parsing.wire import error_to_wire, image_to_wire, reading_to_wire
from vault.errors import DamagedFile, FileUnreadable, IncameraError, ParserCrashed, ParserTimeout, TooLarge

_PIECE = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def main() -> None:
    """Serve requests from standard input until it ends."""
    limits = ParseLimits.from_json(sys.argv[1])
    requests, replies = _keep_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    refused = shut_in_and_try(limits)
    # spaCy loads torch wherever it is installed: seconds and hundreds of megabytes that no format needs.
    sys.modules["torch"] = None  # type: ignore[assignment]
    prepare(office=False)
    _write(replies, frame({"refused": refused}))
    while header := _read(requests, HEADER.size):
        (length,) = HEADER.unpack(header)
        if length > REQUEST_BYTES:
            return
        body = _read(requests, length)
        if not body:
            return
        request = parse(body)
        if request["op"] == "prepare":
            prepare(office=True)
            gc.collect()
            gc.freeze()
            _write(replies, frame({"prepared": True}))
        else:
            _write(replies, _in_fork(request, limits, requests, replies, walled="files" in refused))


def _keep_pipes() -> tuple[int, int]:
    """Move the pipes away from 0 and 1, so that what a library prints goes nowhere."""
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return requests, replies


def _in_fork(
    request: dict[str, Any], limits: ParseLimits, requests: int, replies: int, *, walled: bool
) -> bytes:
    """The frame to answer with, made by a fork; `walled`: it reads nothing unless it is shut in."""
    result, into = os.pipe()
    asked, asking = os.pipe()
    parent = os.getpid()
    process = os.fork()
    if process == 0:
        jail.die_with(parent)
        for handle in (result, asked, requests, replies):
            os.close(handle)
        more_time.install(asking, limits)
        _work(request, limits, into, walled)
    os.close(into)
    os.close(asking)
    answered = b""
    error: IncameraError | None = None
    try:
        answered = collect(result, asked, requests, replies, limits)
    except (ParserTimeout, TooLarge) as caught:
        error = caught
        os.kill(process, signal.SIGKILL)
    os.close(result)
    os.close(asked)
    _, status = os.waitpid(process, 0)
    remove_sockets(Path.cwd())
    if error:
        return frame(error_to_wire(error))
    if status != 0:
        return frame(error_to_wire(_crash(os.waitstatus_to_exitcode(status), limits)))
    return answered


def collect(
    result: int,
    asked: int,
    requests: int,
    replies: int,
    limits: ParseLimits,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """All that the fork writes. Raises: ParserTimeout, TooLarge. Ends the process when the owner is gone.

    A byte on `asked` is a page to be recognised: it gets its time, and the owner is told to wait longer.
    """
    poll = select.poll()
    poll.register(result, select.POLLIN | select.POLLHUP)
    poll.register(asked, select.POLLIN | select.POLLHUP)
    poll.register(requests, select.POLLHUP)
    deadline = clock() + limits.seconds
    lent = 0
    pieces: list[bytes] = []
    size = 0
    while True:
        left = deadline - clock()
        ready = dict(poll.poll(max(0.0, left) * 1000)) if left > 0 else {}
        if requests in ready:
            os._exit(0)  # the fork dies with us
        if not ready:
            raise _timed_out(limits)
        if asked in ready:
            wanted = len(os.read(asked, 64))
            if not wanted:
                poll.unregister(asked)
            more = min(wanted, limits.ocr_pages - lent)
            if more > 0:
                lent += more
                deadline += more * limits.ocr_page_seconds
                _write(replies, frame({"more_seconds": more * limits.ocr_page_seconds}))
            continue
        piece = os.read(result, _PIECE)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > limits.reply_bytes:
            raise TooLarge(f"The file gives more than {limits.characters:,} characters of text. Split it.")
        pieces.append(piece)


def _timed_out(limits: ParseLimits) -> ParserTimeout:
    """The error for a file that took too long."""
    return ParserTimeout(
        f"Reading took longer than {limits.seconds:g} seconds and was stopped. Split the file, or print it "
        "to a new PDF and load that."
    )


def _crash(code: int, limits: ParseLimits) -> ParserCrashed:
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return ParserCrashed(
        f"Reading the file ended by itself ({how}): it is damaged, or needs more than "
        f"{limits.memory_mb:,} MiB of memory. Print it to a new PDF, or split it."
    )


def _work(request: dict[str, Any], limits: ParseLimits, into: int, walled: bool) -> NoReturn:
    """In the fork: answer, and leave without any clean-up of the first process's state."""
    code = 70
    try:
        answer = _answer(request, limits, walled)
        _write(into, frame(answer))
        code = 0
    finally:
        os._exit(code)


def _answer(request: dict[str, Any], limits: ParseLimits, walled: bool) -> dict[str, Any]:
    path = Path(request["path"])
    try:
        _shut_in(path, limits, walled)
        if request["op"] == "read":
            if not is_prepared(path, request["name"]):
                return {"unprepared": True}
            return {"reading": reading_to_wire(read(path, limits, request["name"]))}
        from ingest.formats.draw import draw

        spans = [(start, end) for start, end in request["spans"]]
        boxes = [(left, top, right, bottom) for left, top, right, bottom in request["boxes"]]
        return {"image": image_to_wire(draw(path, request["page"], spans, boxes, request["width"], limits))}
    except IncameraError as error:
        return error_to_wire(error)
    except MemoryError:
        return error_to_wire(
            ParserCrashed(
                f"Reading the file needs more than {limits.memory_mb:,} MiB of memory and was stopped. "
                "Split it."
            )
        )
    except ImportError as error:
        return error_to_wire(
            ParserCrashed(f"The library {error.name!r} is missing or broken. Install Incamera again.")
        )
    except Exception as error:  # a parser's own failure on this file, whatever its class
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return error_to_wire(
                FileUnreadable(
                    f"There is no room left in {Path.cwd().parent}, where parts of a file lie while it is "
                    "read. Make room there and load the file again."
                )
            )
        return error_to_wire(
            DamagedFile(
                f"The file cannot be parsed ({type(error).__name__}): it is probably damaged. Open it in the "
                "program that made it, save it again and load that."
            )
        )


def _shut_in(path: Path, limits: ParseLimits, walled: bool) -> None:
    """Raises ParserCrashed when the kernel refuses what it granted at the start."""
    try:
        jail.enter_for_file(path, Path.cwd(), limits)
    except OSError as error:
        if walled:
            raise ParserCrashed(
                f"The parser could not be shut in ({error.strerror}), so the file was "
                "not opened. Load it again."
            ) from error


def _read(handle: int, length: int) -> bytes:
    """Exactly `length` bytes; empty at the end of input."""
    pieces = bytearray()
    while len(pieces) < length:
        piece = os.read(handle, length - len(pieces))
        if not piece:
            return b""
        pieces += piece
    return bytes(pieces)


def _write(handle: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(handle, view) :]


if __name__ == "__main__":
    main()
