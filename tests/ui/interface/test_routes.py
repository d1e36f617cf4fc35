"""The routes: each is described, and `docs/api.md` lists them."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from tests.places import ROOT
from tests.ui.interface.conftest import Serve
from ui.interface.address import socket_path
from vault.settings import Settings

LISTED = re.compile(r"^\| `([A-Z]+) (/api/\S+)` \| (.+?)( \(events\))? \|$", re.MULTILINE)


@pytest.fixture
def described(serve: Serve, settings: Settings) -> dict[str, Any]:
    """Return the description that the owner itself gives."""
    serve()
    with httpx.Client(transport=httpx.HTTPTransport(uds=str(socket_path(settings.data)))) as program:
        found: dict[str, Any] = program.get("http://incamera/api/openapi.json").json()
    return found


def test_every_route_is_listed_in_the_documentation_and_described(described: dict[str, Any]) -> None:
    routes = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            results = {status: one for status, one in operation["responses"].items() if status != "default"}
            (result,) = results.values()
            content = result.get("content", {})
            routes[method.upper(), path] = (operation["summary"], "application/x-ndjson" in content)
            assert operation["description"]
            assert "204" in results or all(one["schema"] for one in content.values())
            error = operation["responses"]["default"]["content"]["application/json"]["schema"]
            assert error == {"$ref": "#/components/schemas/ErrorBody"}
    listed = {
        (method, path): (summary, bool(events))
        for method, path, summary, events in LISTED.findall((ROOT / "docs/api.md").read_text("utf-8"))
        if not path.startswith("/api/uploads")  # for programs only: tests/ui/api/test_permission.py
    }
    assert listed == routes


def test_a_stream_is_described_by_the_events_in_it(described: dict[str, Any]) -> None:
    answers = described["paths"]["/api/answers"]["post"]["responses"]["200"]["content"]
    schema = answers["application/x-ndjson"]["schema"]
    names = {
        "filter", "understood", "rewritten", "searched", "evidence", "direct", "waiting", "statement", "end",
        "error",
    }  # fmt: skip
    assert schema["discriminator"]["mapping"].keys() == names
    assert "type" not in schema
