"""The parser: `python -m ingest.parsing.child LIMITS`, started by `ingest.parsing.parser.Parser`.

It loads the libraries once and forks for each file. So a file that crashes, hangs or takes over its process
cannot affect the next file. The first process never parses a file: it passes on what the fork writes, stops
the fork when its time is over, and ends when its owner has ended (end of input).
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
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any, NoReturn

from ingest.formats import FileType, prepare, read, unprepared
from ingest.formats.office.program import remove_sockets
from ingest.formats.office.unlocked import unlocked
from ingest.formats.structure import more_time
from ingest.parsed.how_to_read import HowToRead, Recognition, install
from ingest.parsed.limits import ParseLimits
from ingest.parsing import jail
from ingest.parsing.attempts import enter_and_test
from ingest.parsing.received import received_file
from ingest.parsing.wire import document_to_wire, error_to_wire, image_to_wire
from vault.errors import DamagedFile, FileUnreadable, IncameraError, ParserCrashed, ParserTimeout, TooLarge
from vault.process.frames import REQUEST_BYTES, WireError, frame, parse_frame, receive
from vault.process.pipes import keep_pipes, write_all
from vault.text.counted import agreeing

_READ_BYTES = 1 << 20
_DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


class _Hidden(MetaPathFinder):
    """Hides what other libraries import if it is there, which takes long, and no format needs.

    None in its place would do for imports, but SciPy looks at what is there and fails.
    """

    def find_spec(self, fullname: str, *_: object) -> None:
        """Raise ModuleNotFoundError for what is hidden, and leave other modules to the next finder."""
        if fullname in ("torch", "html5lib"):
            raise ModuleNotFoundError(f"{fullname} is hidden from the parser", name=fullname)


def main() -> None:
    """Answer requests from standard input until it ends."""
    limits = ParseLimits.from_json(sys.argv[1])
    requests, replies = keep_pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    refused = enter_and_test(limits)
    sys.meta_path.insert(0, _Hidden())
    prepare()
    write_all(replies, frame({"refused": refused}))
    while True:
        try:
            body = receive(requests, REQUEST_BYTES, None)
        except (EOFError, WireError):
            return
        if not body:
            return
        request = parse_frame(body)
        if request["op"] == "prepare":
            prepare(FileType(request["kind"]))
            gc.collect()
            gc.freeze()
            write_all(replies, frame({"prepared": True}))
            continue
        with received_file(request, requests):
            reply = _in_fork(request, limits, requests, replies, sandboxed="files" in refused)
        # Afterwards: whoever has the reply may rely on it that the file is gone.
        write_all(replies, reply)


def _in_fork(
    request: dict[str, Any], limits: ParseLimits, requests: int, replies: int, *, sandboxed: bool
) -> bytes:
    """Let a fork answer the request; return the frame to send. `sandboxed`: see `_enter_sandbox`."""
    result, result_writer = os.pipe()
    time_requests, time_writer = os.pipe()
    parent = os.getpid()
    process = os.fork()
    if process == 0:
        jail.die_with(parent)
        for handle in (result, time_requests, requests, replies):
            os.close(handle)
        more_time.install(time_writer, limits)
        _run_fork(request, limits, result_writer, sandboxed)
    os.close(result_writer)
    os.close(time_writer)
    reply = b""
    error: IncameraError | None = None
    try:
        reply = collect(result, time_requests, requests, replies, limits)
    except (ParserTimeout, TooLarge) as caught:
        error = caught
        os.kill(process, signal.SIGKILL)
    os.close(result)
    os.close(time_requests)
    _, status = os.waitpid(process, 0)
    remove_sockets(Path.cwd())
    if error:
        return frame(error_to_wire(error))
    if status != 0:
        return frame(error_to_wire(_crashed(os.waitstatus_to_exitcode(status), limits)))
    return reply


def collect(
    result: int,
    time_requests: int,
    requests: int,
    replies: int,
    limits: ParseLimits,
    clock: Callable[[], float] = time.monotonic,
) -> bytes:
    """Collect all that the fork writes to `result`.

    Each byte on `time_requests` is a page whose words are recognised (OCR): the fork gets more time, and a
    message on `replies` asks the owner to wait longer. If `requests` is closed, the owner has ended, and this
    process ends too. `clock` returns seconds.

    Raises ParserTimeout when the time is over, TooLarge if the result is too long.
    """
    poll = select.poll()
    poll.register(result, select.POLLIN | select.POLLHUP)
    poll.register(time_requests, select.POLLIN | select.POLLHUP)
    poll.register(requests, select.POLLHUP)
    deadline = clock() + limits.seconds
    pages_granted = 0
    pieces: list[bytes] = []
    size = 0
    while True:
        left = deadline - clock()
        ready = dict(poll.poll(max(0.0, left) * 1000)) if left > 0 else {}
        if requests in ready:
            os._exit(0)  # the fork ends with this process
        if not ready:
            raise _timed_out(limits)
        if time_requests in ready:
            requested = len(os.read(time_requests, 64))
            if not requested:
                poll.unregister(time_requests)
            more = min(requested, limits.ocr_pages - pages_granted)
            if more > 0:
                pages_granted += more
                deadline += more * limits.ocr_page_seconds
                write_all(replies, frame({"more_seconds": more * limits.ocr_page_seconds}))
            continue
        piece = os.read(result, _READ_BYTES)
        if not piece:
            return b"".join(pieces)
        size += len(piece)
        if size > limits.reply_bytes:
            raise TooLarge(f"The file gives more than {limits.characters:,} characters of text. Split it.")
        pieces.append(piece)


def _timed_out(limits: ParseLimits) -> ParserTimeout:
    """The error for a file that took too long."""
    return ParserTimeout(
        f"Reading took longer than {limits.seconds:g} {agreeing(limits.seconds, 'second')} and was stopped. "
        "Split the file, or print it to a new PDF and load that."
    )


def _crashed(code: int, limits: ParseLimits) -> ParserCrashed:
    """Return the error for a fork that ended with `code` (negative: a signal) before it had answered."""
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
    return ParserCrashed(
        f"The process that read the file crashed ({how}): the file is damaged, or needs more than "
        f"{limits.memory_mb:,} MiB of memory. Print it to a new PDF, or split it."
    )


def _run_fork(request: dict[str, Any], limits: ParseLimits, result_writer: int, sandboxed: bool) -> NoReturn:
    """Answer the request in the fork, then exit without cleaning up what belongs to the first process."""
    code = 70
    try:
        answer = _answer(request, limits, sandboxed)
        write_all(result_writer, frame(answer))
        code = 0
    finally:
        os._exit(code)


def _answer(request: dict[str, Any], limits: ParseLimits, sandboxed: bool) -> dict[str, Any]:
    """Enter the sandbox and do what the request asks for; return the document, the image or the error."""
    path = Path(request["path"])
    try:
        _enter_sandbox(path, limits, sandboxed)
        if request["op"] == "parse":
            install(HowToRead(tuple(request["passwords"]), Recognition(request["ocr"])))
            with unlocked(path) as opened:
                if kind := unprepared(opened, request["name"]):
                    return {"unprepared": kind.value}
                return {"document": document_to_wire(read(opened, limits, request["name"]))}
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
    except Exception as error:  # a library failed on this file; the class of the error depends on the library
        if isinstance(error, OSError) and error.errno in _DISK_FULL:
            return error_to_wire(
                FileUnreadable(
                    f"There is no space left in {Path.cwd().parent}, where parts of a file are kept while it "
                    "is read. Free some space there and load the file again."
                )
            )
        return error_to_wire(
            DamagedFile(
                f"The file cannot be parsed ({type(error).__name__}): it is probably damaged. Open it in the "
                "program that made it, save it again and load that."
            )
        )


def _enter_sandbox(path: Path, limits: ParseLimits, sandboxed: bool) -> None:
    """Restrict the fork to this file.

    If the kernel refuses, raises ParserCrashed when `sandboxed` says that it agreed at the start; otherwise
    the file is parsed without these restrictions.
    """
    try:
        jail.enter_for_file(path, Path.cwd(), limits)
    except OSError as error:
        if sandboxed:
            raise ParserCrashed(
                f"The parser could not be shut in ({error.strerror}), so the file was "
                "not opened. Load it again."
            ) from error


if __name__ == "__main__":
    main()
