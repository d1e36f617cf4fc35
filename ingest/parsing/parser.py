"""The owner's side of reading: one child process that parses, restarted when it fails.

    with Parser(ParseLimits()) as parser:
        reading = parser.read(path)

No bytes of a document are parsed in this process; what the child sends is checked by `ingest.parsing.wire`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ingest.parsed.document import ParsedDocument
from ingest.parsed.limits import ParseLimits
from ingest.parsed.page_image import PageImage, places_of
from ingest.parsing.child_start import child_command, child_environment
from ingest.parsing.folder import ParserFolder
from ingest.parsing.frames import WireError, frame, parse, part, receive
from ingest.parsing.sandbox import Demand, check_sandbox
from ingest.parsing.wire import image_from_wire, raise_error, reading_from_wire
from vault.errors import (
    EmptyFile,
    FileUnreadable,
    ParserCrashed,
    ParserTimeout,
    SandboxIncomplete,
    TooLarge,
)
from vault.records import WordBox

_START_SECONDS = 120.0  # to import the libraries on a cold disk
_GRACE_SECONDS = 5.0  # the child ends a slow file itself; this is for a child that does not


class Parser:
    """Reads files in a process of its own, kept between files.

    One thread at a time; any number of Parsers.
    """

    def __init__(self, limits: ParseLimits | None = None, *, sandbox: Demand = "best") -> None:
        """`sandbox`: whether files are read where the kernel does not refuse all that it should."""
        self.limits = limits or ParseLimits()
        self.refused: frozenset[str] = frozenset()
        """The claims of `ingest.parsing.sandbox` that were found true of the child when it was started."""
        self._sandbox = sandbox
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: ParserFolder | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """Process id of the child; None while there is none."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the child, if it does not run. Raises SandboxIncomplete, ParserCrashed, ParserTimeout."""
        self._started()

    def read(self, path: Path, *, name: str | None = None) -> ParsedDocument:
        """Everything the file at `path` says; `name` is what it was called where it came from.

        The name tells Markdown, CSV and plain text apart, and nothing else; default: that of `path`.
        Raises: a ParseError whose message is fit to be shown: FileUnreadable, EmptyFile, TooLarge,
        UnsupportedType, PasswordProtected, DamagedFile, NoText, ParserTimeout or ParserCrashed. The next
        file can be read after any of them. Raises SandboxIncomplete, which is no ParseError, from `start`.
        """
        self._check(path)
        request = {"op": "read", "path": str(path.absolute()), "name": name or path.name}
        value = self._ask(request)
        if "unprepared" in value:
            self._prepare()
            value = self._ask(request)
        try:
            return reading_from_wire(part(value, "reading"), self.limits)
        except WireError as error:
            raise self._lied(error) from error

    def page_image(
        self,
        path: Path,
        page: int,
        spans: Sequence[tuple[int, int]],
        *,
        width: int,
        words: Sequence[WordBox] | None = None,
    ) -> PageImage:
        """Page `page` (from 1) of the PDF or picture at `path`, `width` pixels wide, with highlights.

        `spans` of its text are highlighted: where the file says that they stand or, on a page whose words
        were recognised, where `words` (`Page.words`) say. Raises: DocumentNotFound when there is no such
        page or span; otherwise as `read`.
        """
        self._check(path)
        request = {"op": "image", "path": str(path.absolute()), "page": page, "width": width}
        places: dict[str, Any] = {"spans": [[start, end] for start, end in spans], "boxes": []}
        if words is not None:
            places = {"spans": [], "boxes": places_of(words, spans)}
        value = self._ask(request | places)
        try:
            return image_from_wire(part(value, "image"), self.limits)
        except WireError as error:
            raise self._lied(error) from error

    def close(self) -> None:
        """End the child and remove its folder. The Parser can be used again."""
        if self._process:
            _kill(self._process)
        if self._folder:
            self._folder.remove()
        self._process, self._folder = None, None

    def _check(self, path: Path) -> None:
        try:
            found = path.stat()
        except OSError as error:
            raise FileUnreadable(
                f"The file cannot be opened ({error.strerror}). Check that it is there."
            ) from error
        if not stat.S_ISREG(found.st_mode):
            raise FileUnreadable("This is not a file but a folder or a device. Name a file.")
        if found.st_size == 0:
            raise EmptyFile("The file is empty (0 bytes). Check where it was copied from.")
        if found.st_size > self.limits.file_bytes:
            raise TooLarge(
                f"The file has {found.st_size / 2**20:,.1f} MiB, above the limit of "
                f"{self.limits.file_bytes / 2**20:,.1f} MiB. Split it."
            )

    def _prepare(self) -> None:
        """Let the child import what takes seconds, outside the file's own time: most files do without."""
        process = self._started()
        self._exchange(process, {"op": "prepare"}, _START_SECONDS)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process and self._process.poll() is None:
            return self._process
        self.close()
        self._folder = ParserFolder()
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
        refused = self._exchange(process, None, _START_SECONDS).get("refused")
        self.refused = frozenset(str(item) for item in refused) if isinstance(refused, list) else frozenset()
        try:
            check_sandbox(self.refused, self._sandbox)
        except SandboxIncomplete:
            self.close()
            raise
        return process

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request about a file. Raises: the error that it carries."""
        value = self._exchange(self._started(), request, self.limits.seconds + _GRACE_SECONDS)
        try:
            raise_error(value)
        except WireError as error:
            raise self._lied(error) from error
        return value

    def _exchange(
        self, process: subprocess.Popen[bytes], request: dict[str, Any] | None, seconds: float
    ) -> dict[str, Any]:
        """Send `request`, if there is one, and wait for a frame."""
        assert process.stdin
        assert process.stdout
        try:
            if request is not None:
                process.stdin.write(frame(request))
            deadline = time.monotonic() + seconds
            while True:
                value = parse(receive(process.stdout.fileno(), self.limits.reply_bytes, deadline))
                more = value.get("more_seconds")
                if not isinstance(more, int | float):
                    return value
                deadline += more
        except TimeoutError as error:
            self.close()
            raise ParserTimeout(
                f"The parser gave no answer for {seconds:g} seconds and was stopped. Load the file "
                "again; if it fails again, split it, or print it to a new PDF."
            ) from error
        except (EOFError, BrokenPipeError) as error:
            _kill(process)
            code = process.returncode
            self.close()
            how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
            raise ParserCrashed(
                f"The parser ended {how} while it had this file. Load the file again; if it fails "
                "again, it is damaged or needs more memory than the limit."
            ) from error
        except WireError as error:
            raise self._lied(error) from error

    def _lied(self, error: WireError) -> ParserCrashed:
        """End a child that answers nonsense."""
        self.close()
        return ParserCrashed(
            f"The parser returned something that is not a document ({error}). The file may be made "
            "to attack its parser: do not open it elsewhere before it has been looked at."
        )


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the child with its forks and wait for it."""
    with contextlib.suppress(ProcessLookupError):  # it ended by itself, and its forks with it
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
