"""Everything that people and programs do with a server, from a fresh vault on.

    python -m tests.a_day_offline FOLDER

FOLDER holds the data folder. It is run where packets are written down (`tests.logged_route`).
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import openai

from tests.places import SAMPLES
from tests.ui.cli.command import command, environment, incamera_json
from tests.ui.web.browser import CHROMIUM, ServerProcess, visiting

QUESTION = "Who made the court order?"
FILE = SAMPLES / "legal/court_order.pdf"


def main(folder: Path) -> None:
    """Ingest, ask and serve, with programs and, where there is one, a browser."""
    data = folder / "data"
    subprocess.run(command("init", "-c", "matter"), env=environment(data), check=True)
    subprocess.run(command("ingest", FILE, "-c", "matter"), env=environment(data), check=True)
    assert incamera_json(data, "ask", QUESTION)["evidence"]
    assert incamera_json(data, "doctor", "--offline")["default_route"]
    with ServerProcess(data) as server:
        secret = incamera_json(data, "tokens", "add", "test")["secret"]
        with openai.OpenAI(base_url=f"{server.address}/v1", api_key=secret) as chats:
            asked = {"role": "user", "content": QUESTION}
            assert list(chats.chat.completions.create(model="matter", messages=[asked], stream=True))  # type: ignore[call-overload]
        headers = {"authorization": f"Bearer {secret}"}
        assert httpx.get(f"{server.address}/api/status", headers=headers).is_success
        if CHROMIUM.exists():
            with visiting(server) as visit:
                visit.ask(QUESTION)
                assert visit.foreign_addresses() == []
                print("a browser asked")
    print("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
