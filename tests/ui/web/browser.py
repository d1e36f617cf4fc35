"""The product's server as a process of its own, and the browser that looks at it."""

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
from playwright.sync_api import TimeoutError as WaitedInVain

from tests.ui.cli.command import Running, preloading
from tests.waiting import PATIENCE, until

expect.set_options(timeout=PATIENCE * 1000)

CHROMIUM = Path("/usr/bin/chromium")
_LINK = re.compile(r"http://127\.0\.0\.1:\d+/login\?token=\S+")
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class ServerProcess:
    """`incamera serve` over a data folder, until the end of the block."""

    def __init__(self, data: Path, port: int | None = None, *options: str) -> None:
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._output = (data.parent / f"server-{self.port}.log").open("w+")
        with preloading("ui.server.server", "chromadb"):
            self._process = Running(
                {**os.environ, "INCAMERA_DATA": str(data)}, "serve", "--port", self.port, *options,
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
        """A fresh link, asked for as the signed-out page says."""
        known = len(self._links())
        self._process.send_signal(signal.SIGUSR1)
        return self._wait_for_link(known)

    def stop(self) -> int:
        """Ask it to end, unless it has; returns its exit status."""
        self._process.terminate()
        status = self._process.wait(PATIENCE)
        self._output.close()
        return status

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.wait(PATIENCE)
        self._output.close()

    def printed(self) -> str:
        """Everything that it printed."""
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
    """A page in a browser that notes every address it asks for."""

    def __init__(self, page: Page, server: ServerProcess) -> None:
        self.page = page
        self.server = server
        self.asked_for: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE * 1000)
        page.on("request", self._note)
        page.on("websocket", lambda opened: self.asked_for.append(opened.url))
        page.on("console", self._note_complaint)
        page.goto(server.new_link())
        expect(page.get_by_role("heading", name="Ask your documents")).to_be_visible()

    def go(self, title: str) -> None:
        """Go to a page by the navigation at the top."""
        self.page.locator("header").get_by_role("link", name=title, exact=True).click()
        self.settle()

    def make_collection(self, name: str) -> None:
        """Make a collection on the Documents page, which is then the one worked with."""
        self.go("Documents")
        self.page.get_by_role("button", name="New collection").click()
        self.page.get_by_label("Name of the matter").fill(name)
        self.page.get_by_role("button", name="Make it").click()
        expect(self.page.get_by_text(f"The collection “{name}” is there.")).to_be_visible()
        self.settle()

    def add(self, *files: Path) -> None:
        """Give files to the collection that is open on the Documents page; they have been sent then."""
        self.choose_files(*files)
        self.page.locator("button.add").click()
        expect(self.page.locator(".sending")).to_be_hidden()

    def choose_files(self, *files: Path) -> None:
        """Choose files in the field that adds them, without sending any."""
        expect(self.only(".choose-files")).to_be_enabled()  # its script has been loaded
        self.page.locator("input.files").set_input_files(list(files))

    def wait_until_added(self) -> None:
        """Wait until the job is through."""
        through = self.page.get_by_text(re.compile(r"added with|not taken in")).first
        expect(through).to_be_visible()
        expect(self.page.get_by_test_id("stProgress")).to_have_count(0)

    def ask(self, question: str) -> None:
        """Ask on the Ask page and wait for the whole answer."""
        self.page.get_by_placeholder("Ask about the documents").fill(question)
        self.page.keyboard.press("Enter")
        questions = self.page.locator(".ic-question")
        expect(questions.last).to_have_text(question)
        last = questions.count() - 1
        expect(self.page.locator(f".st-key-foot-{last}")).to_be_visible()

    def filter_by(self, field: str, option: str) -> None:
        """Choose in the filter of the Ask page. Once all answers are drawn the page goes to the last one, and
        what is open goes out of sight; then it is closed and opened once more."""
        button = self.page.get_by_role("button", name="Filter")
        steps = (button, self.page.get_by_label(field), self.page.get_by_role("option", name=option))

        def is_chosen() -> bool:
            with suppress(WaitedInVain):
                for step in steps:
                    step.click(timeout=10_000)
                return True
            for _ in range(2):
                self.page.keyboard.press("Escape")
            return False

        until(is_chosen)

    def choose(self, field: str, option: str) -> None:
        """Choose in a list; one that was redrawn while it opened is closed again, and opened once more."""
        listed = self.page.get_by_role("option", name=option)

        def is_open() -> bool:
            with suppress(WaitedInVain):
                self.page.get_by_label(field).click(timeout=5_000)
                listed.wait_for(timeout=10_000)
                return True
            return False

        until(is_open)
        listed.click()

    def elsewhere(self) -> list[str]:
        """Addresses asked for that are not the server's."""
        own = (self.server.address, self.server.address.replace("http", "ws", 1), "data:", "blob:")
        return [address for address in self.asked_for if not address.startswith(own)]

    def settle(self) -> None:
        """Wait until no script runs: what is on the page belongs to the present choice."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")

    def only(self, selector: str) -> Locator:
        """The one element of this kind, once what a change of the page replaces is gone."""
        self.settle()
        found = self.page.locator(selector)
        expect(found).to_have_count(1)
        return found

    def _note_complaint(self, said: ConsoleMessage) -> None:
        # Streamlit looks for its server under the page's own path first when it is loaded anew.
        if said.type == "error" and "/documents/_stcore/" not in said.location.get("url", ""):
            self.complaints.append(f"{said.text} {said.location.get('url')}")

    def _note(self, request: Request) -> None:
        self.asked_for.append(request.url)


@contextmanager
def visiting(server: ServerProcess) -> Iterator[Visit]:
    """A browser with nothing in it, signed in."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        try:
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            yield Visit(context.new_page(), server)
        finally:
            browser.close()
