"""The owner's side of the parser: it starts the child process that parses files, and restarts it if it fails.

    with Parser(ParseLimits()) as parser:
        document = parser.parse(path)

This process parses no bytes of a file. `ingest.parsing.wire` checks everything that the child sends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ingest.parsed.document import ParsedDocument
from ingest.parsed.filetype import FileType
from ingest.parsed.how_to_read import AS_USUAL, HowToRead
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import PageImage, places_of
from ingest.parsing.file_size import check_file
from ingest.parsing.folder import ParserFolder, memory_folder
from ingest.parsing.sandbox import Demand, check_sandbox
from ingest.parsing.wire import document_from_wire, image_from_wire, raise_error
from vault.errors import FileUnreadable, ParserCrashed, ParserTimeout, SandboxIncomplete
from vault.process.child_start import child_command, child_environment
from vault.process.frames import WireError, frame, object_under, parse_frame, receive
from vault.process.pipes import write_until
from vault.records import WordBox
from vault.sealing.stored_file import StoredFile
from vault.text.counted import agreeing

_START_SECONDS = 120.0  # time to import the libraries from a slow disk
_GRACE_SECONDS = 5.0  # the child stops a slow file itself; this is extra time in case it does not


class Parser:
    """Parses files in a child process, which is kept from one file to the next.

    A Parser may be used by one thread at a time; only `stop` may be called by others. There may be any number
    of Parsers.
    """

    def __init__(
        self, limits: ParseLimits | None = None, *, sandbox: Demand = "best", in_memory: bool = False
    ) -> None:
        """`sandbox` says whether to parse files if the kernel does not enforce the whole sandbox.

        With `in_memory`, parts of documents that the child writes to files stay in memory, if this system has
        a folder that does.
        """
        self.limits = limits or ParseLimits()
        self.refused: frozenset[str] = frozenset()
        """The `CLAIMS` of `ingest.parsing.sandbox` that held for the child when it was started."""
        self._sandbox, self._in_memory = sandbox, in_memory
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: ParserFolder | None = None
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The process id of the child; None if there is no child."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child if it is not running. Raises SandboxIncomplete, ParserCrashed, ParserTimeout."""
        self._started()

    def parse(
        self, path: Path | StoredFile, *, name: str | None = None, how: HowToRead = AS_USUAL
    ) -> ParsedDocument:
        """Parse the file at `path`. The plain bytes of a sealed file are sent to the child and not written.

        `name` is the original name of the file (default: that of `path`). It only tells Markdown, CSV and
        plain text apart. `how` is sent to the child through its pipe and to nothing else.

        Raises a ParseError with a message for the user: FileUnreadable, EmptyFile, TooLarge, UnsupportedType,
        PasswordProtected, DamagedFile, NoText, ParserTimeout or ParserCrashed. After any of these the next
        file can be parsed. Also raises SandboxIncomplete, like `start`.
        """
        file = StoredFile(path) if isinstance(path, Path) else path
        check_file(file, self.limits)
        request: dict[str, Any] = {
            "op": "parse", "name": name or file.path.name,
            "passwords": list(how.passwords), "ocr": how.ocr.value,
        }  # fmt: skip
        value = self._ask(request, file)
        if "unprepared" in value:
            self._prepare(str(value["unprepared"]))
            value = self._ask(request, file)
        try:
            return document_from_wire(object_under(value, "document"), self.limits)
        except WireError as error:
            raise self._bad_reply(error) from error

    def page_image(
        self,
        path: Path | StoredFile,
        page: int,
        spans: Sequence[tuple[int, int]],
        *,
        width: int,
        words: Sequence[WordBox] | None = None,
    ) -> PageImage:
        """Draw a page of the PDF or picture at `path` with highlighted text.

        `page` counts from 1. `spans` are (start, end) offsets in the text of the page. The file itself says
        where the spans are on the page; if the words of the page were recognised (OCR), give them as `words`
        (`Page.words`). `width` is in pixels.

        Raises DocumentNotFound if there is no such page or span; otherwise the same as `parse`.
        """
        file = StoredFile(path) if isinstance(path, Path) else path
        check_file(file, self.limits)
        request: dict[str, Any] = {"op": "image", "page": page, "width": width}
        places: dict[str, Any] = {"spans": [[start, end] for start, end in spans], "boxes": []}
        if words is not None:
            places = {"spans": [], "boxes": places_of(words, spans)}
        value = self._ask(request | places, file)
        try:
            return image_from_wire(object_under(value, "image"), self.limits)
        except WireError as error:
            raise self._bad_reply(error) from error

    def stop(self) -> None:
        """End what another thread is doing with this Parser: its call raises ParserCrashed at once.

        No child is started from then on, until the thread is done and `close` is called.
        """
        self._stopped.set()
        self._end_if_stopped()

    def close(self) -> None:
        """End the child and remove its folder. The Parser can still be used: it starts a new child."""
        self._end()
        self._stopped.clear()

    def _end(self) -> None:
        if self._process:
            _kill_group(self._process)
        if self._folder:
            self._folder.remove()
        self._process, self._folder = None, None

    def _prepare(self, kind: str) -> None:
        """Let the child import the libraries for a type of file (up to a second), outside the time limit."""
        process = self._started()
        if kind not in set(FileType):
            raise self._bad_reply(WireError("it asks for an unknown type of file"))
        self._exchange(process, {"op": "prepare", "kind": kind}, _START_SECONDS)

    def _started(self) -> subprocess.Popen[bytes]:
        """Return the child, after starting it if needed."""
        if self._process and self._process.poll() is None:
            return self._process
        if self._stopped.is_set():
            raise ParserCrashed("The parser was stopped. Load the file again.")
        self._end()
        self._folder = ParserFolder(memory_folder() if self._in_memory else None)
        folder = str(self._folder.path)
        self._process = process = subprocess.Popen(
            child_command("ingest.parsing.child", self.limits.to_json()),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            cwd=folder,
            env=child_environment(folder),
            start_new_session=True,
        )
        # `stop` may have come while there was no process that it could end.
        self._end_if_stopped()
        refused = self._exchange(process, None, _START_SECONDS).get("refused")
        self.refused = frozenset(str(item) for item in refused) if isinstance(refused, list) else frozenset()
        try:
            check_sandbox(self.refused, self._sandbox)
        except SandboxIncomplete:
            self._end()
            raise
        return process

    def _end_if_stopped(self) -> None:
        """Kill the child if `stop` was called. Whoever waits for its reply notices that it ended."""
        process = self._process
        if process and self._stopped.is_set():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    def _ask(self, request: dict[str, Any], file: StoredFile) -> dict[str, Any]:
        """Send a request about a file and return the reply. Raises the error that the reply contains."""
        process = self._started()
        if file.key is None:
            about: dict[str, Any] = {"path": str(file.path.absolute())}
            value = self._exchange(process, request | about, self.limits.seconds + _GRACE_SECONDS)
        else:
            about = {"bytes": file.size}
            value = self._exchange(process, request | about, self.limits.seconds + _GRACE_SECONDS, file)
        try:
            raise_error(value)
        except WireError as error:
            raise self._bad_reply(error) from error
        return value

    def _exchange(
        self,
        process: subprocess.Popen[bytes],
        request: dict[str, Any] | None,
        seconds: float,
        content: StoredFile | None = None,
    ) -> dict[str, Any]:
        """Send `request`, if there is one, and the plain bytes of `content`, and wait for the reply."""
        assert process.stdin
        assert process.stdout
        try:
            if request is not None:
                process.stdin.write(frame(request))
            if content is not None:
                self._send(process.stdin.fileno(), content, time.monotonic() + _START_SECONDS)
            deadline = time.monotonic() + seconds
            while True:
                value = parse_frame(receive(process.stdout.fileno(), self.limits.reply_bytes, deadline))
                more = value.get("more_seconds")
                if not isinstance(more, int | float):
                    return value
                deadline += more
        except TimeoutError as error:
            self._end()
            raise ParserTimeout(
                f"The parser did not answer for {seconds:g} {agreeing(seconds, 'second')} and was stopped. "
                "Load the file again; if it fails again, split it, or print it to a new PDF."
            ) from error
        except (EOFError, BrokenPipeError) as error:
            _kill_group(process)
            code = process.returncode
            self._end()
            how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
            raise ParserCrashed(
                f"The parser {how} while it worked on this file. Load the file again; if it "
                "fails again, it is damaged or needs more memory than the limit."
            ) from error
        except WireError as error:
            raise self._bad_reply(error) from error

    def _send(self, pipe: int, content: StoredFile, deadline: float) -> None:
        """Send the plain bytes of a file. Raises TimeoutError, BrokenPipeError, FileUnreadable."""
        try:
            for block in content.blocks():
                write_until(pipe, block, deadline)
        except FileUnreadable:
            # The child has a part of the file and would wait for the rest.
            self._end()
            raise

    def _bad_reply(self, error: WireError) -> ParserCrashed:
        """End a child whose reply is invalid; return the error to raise."""
        self._end()
        return ParserCrashed(
            f"The parser returned something that is not a document ({error}). The file may be made "
            "to attack the program that opens it: do not open it elsewhere before an expert has checked it."
        )


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill the child and its forks, and wait for the child to end."""
    with contextlib.suppress(ProcessLookupError):  # it has ended already, and its forks with it
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
