"""The product's server in a process of its own, and a browser that visits it."""

from __future__ import annotations

import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.ui.cli.command import Running
from tests.waiting import PATIENCE, until

expect.set_options(timeout=PATIENCE * 1000)

CHROMIUM = Path("/usr/bin/chromium")
_LINK = re.compile(r"^Open (https?://\S+)", re.MULTILINE)
"""What the server says that it is opened with; without a token where a link is not enough."""
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    # It looks up names of its maker all the same.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """Runs `incamera serve` with a data folder until the end of the block."""

    def __init__(self, data: Path, port: int | None = None, *options: str) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._output = (data.parent / f"server-{self.port}.log").open("w+")
        variables = {"INCAMERA_MODEL": "off", **os.environ, "INCAMERA_DATA": str(data)}
        self._process = Running(
            variables, "serve", "--port", self.port, *options,
            files=(self._output,) * 3,
        )  # fmt: skip
        self.pid = self._process.pid
        self.first_link = self._wait_for_link(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def new_link(self) -> str:
        """Return a new link, requested as the signed-out page says."""
        known = len(self._links())
        self._process.send_signal(signal.SIGUSR1)
        return self._wait_for_link(known)

    def stop(self) -> int:
        """Ask the server to end, unless it has, and return its exit status."""
        self._process.terminate()
        status = self._process.wait(PATIENCE)
        self._output.close()
        return status

    def kill(self) -> None:
        """Kill the server, as a power cut would."""
        self._process.kill()
        self._process.wait(PATIENCE)
        self._output.close()

    def printed(self) -> str:
        """Return everything that the server printed."""
        return Path(self._output.name).read_text()

    def _links(self) -> list[str]:
        return _LINK.findall(self.printed())

    def _wait_for_link(self, known: int) -> str:
        def is_printed() -> bool:
            assert self._process.poll() is None, self.printed()
            return len(self._links()) > known

        until(is_printed, "no link was printed")
        return self._links()[known]


class Visit:
    """A page in a browser that records every address it requests."""

    def __init__(self, page: Page, server: ServerProcess) -> None:
        self.page = page
        self.server = server
        self.requested: list[str] = []
        self.console_errors: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", self._note)
        page.on("websocket", lambda opened: self.requested.append(opened.url))
        page.on("console", self._note_console_error)
        page.goto(server.new_link())
        expect(page.get_by_role("heading", name="Ask your documents")).to_be_visible()

    def open_page(self, title: str) -> None:
        """Open a page by the navigation at the top."""
        self.page.locator("header").get_by_role("link", name=title, exact=True).click()
        self.wait_until_idle()

    def make_collection(self, name: str) -> None:
        """Create a collection on the Documents page, which selects it."""
        self.open_page("Documents")
        self.page.get_by_role("button", name="New collection").click()
        self.page.get_by_label("Name of the matter").fill(name)
        self.page.get_by_role("button", name="Create").click()
        expect(self.page.get_by_text(f"The collection “{name}” was created.")).to_be_visible()
        self.wait_until_idle()

    def add(self, *files: Path) -> None:
        """Add files to the selected collection, and wait until they have been sent."""
        self.choose_files(*files)
        self.page.locator("button.add").click()
        expect(self.page.locator(".sending")).to_be_hidden()

    def choose_files(self, *files: Path) -> None:
        """Choose files in the upload field, without sending any."""
        expect(self.single(".choose-files")).to_be_enabled()  # its script has been loaded
        self.page.locator("input.files").set_input_files(list(files))

    def wait_until_added(self) -> None:
        """Wait until the job has finished."""
        through = self.page.get_by_text(re.compile(r"added with|not added")).first
        expect(through).to_be_visible()
        expect(self.page.get_by_test_id("stProgress")).to_have_count(0)

    def ask(self, question: str) -> None:
        """Ask on the Ask page, and wait for the complete answer."""
        self.send("Ask about the documents", question)
        questions = self.page.locator(".ic-question")
        expect(questions.last).to_have_text(question)
        last = questions.count() - 1
        expect(self.page.locator(f".st-key-foot-{last}")).to_be_visible()

    def send(self, placeholder: str, text: str) -> None:
        """Type text into a field and send it. A field that is drawn again loses what was typed."""
        field = self.page.get_by_placeholder(placeholder)

        def is_typed() -> bool:
            self.wait_until_idle()
            field.fill(text)
            self.wait_until_idle()
            return field.input_value() == text

        until(is_typed)
        field.press("Enter")

    def filter_by(self, field: str, option: str) -> None:
        """Choose an option in the filter of the Ask page.

        When all answers are drawn, the page scrolls to the last one and moves the open filter out of sight;
        then the filter is closed and opened again.
        """
        button = self.page.get_by_role("button", name="Filter")
        steps = (button, self.page.get_by_label(field), self.page.get_by_role("option", name=option))

        def is_chosen() -> bool:
            with suppress(PlaywrightTimeout):
                for step in steps:
                    step.click(timeout=10_000)
                return True
            for _ in range(2):
                self.page.keyboard.press("Escape")
            return False

        until(is_chosen)

    def choose(self, field: str, option: str) -> None:
        """Choose an option in a list; if the list was redrawn while it opened, open it again."""
        listed = self.page.get_by_role("option", name=option)

        def is_open() -> bool:
            with suppress(PlaywrightTimeout):
                self.page.get_by_label(field).click(timeout=5_000)
                listed.wait_for(timeout=10_000)
                return True
            return False

        until(is_open)
        listed.click()

    def foreign_addresses(self) -> list[str]:
        """Return the requested addresses that are not the server's."""
        own = (self.server.address, self.server.address.replace("http", "ws", 1), "data:", "blob:")
        return [address for address in self.requested if not address.startswith(own)]

    def wait_until_idle(self) -> None:
        """Wait until no script runs, so that the page shows the present choice."""
        app = self.page.get_by_test_id("stApp")
        for _ in range(2):  # a click takes a moment to reach the server, and only then a script runs
            expect(app).to_have_attribute("data-test-script-state", "notRunning")
            self.page.wait_for_timeout(100)

    def single(self, selector: str) -> Locator:
        """Return the only element that matches, once the page has been redrawn."""
        self.wait_until_idle()
        found = self.page.locator(selector)
        expect(found).to_have_count(1)
        return found

    def _note_console_error(self, message: ConsoleMessage) -> None:
        # Streamlit looks for its server under the page's own path first when it is loaded again.
        if message.type == "error" and "/documents/_stcore/" not in message.location.get("url", ""):
            self.console_errors.append(f"{message.text} {message.location.get('url')}")

    def _note(self, request: Request) -> None:
        self.requested.append(request.url)


@contextmanager
def visiting(server: ServerProcess) -> Iterator[Visit]:
    """Yield a visit in a new browser that is signed in.

    Nothing moves on the page: to draw movements takes a third of the processor time of these tests.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            window = {"width": 1440, "height": 900}
            context = browser.new_context(viewport=window, reduced_motion="reduce")
            yield Visit(context.new_page(), server)
        finally:
            browser.close()
