"""Requests made from the description by schemathesis: no defect, and nothing without permission."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from tests.ui.api.conftest import Client
from tests.ui.api.test_permission import OF_SECRET
from vault.settings import Settings

EXAMPLES = 60
"""Requests of each kind, each sent in four ways. All together take some ten minutes on two busy cores."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that let one token ask as often as this test does."""
    return Settings(data=tmp_path / "data", requests_per_minute=1_000_000)


def operations(description: dict[str, object]) -> Iterator[schemathesis.APIOperation]:  # type: ignore[type-arg]
    for found in schemathesis.openapi.from_dict(description).get_all_operations():
        yield found.ok()


def as_request(case: schemathesis.Case) -> dict[str, Any]:
    """Return a made request as one of httpx, without a token of its own."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    headers = {name: value for name, value in sent["headers"].items() if name.lower() != "authorization"}
    body = {"json": sent["json"]} if "json" in sent else {"content": sent.get("data")}
    return {key: sent.get(key) for key in ("method", "url", "params")} | {"headers": headers} | body


def about(request: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the request with the name of a collection in the places that are for one."""
    changed = dict(request)
    for part in ("json", "params"):
        if isinstance(request.get(part), dict):
            changed[part] = {**request[part]}
            for key, value in (("collection", name), ("collections", [name]), ("model", name)):
                if key in changed[part]:
                    changed[part][key] = value
    return changed


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("prefix", ["/api", "/v1"])
def test_no_request_makes_a_defect_or_shows_what_its_token_does_not_reach(
    client: Client, prefix: str, capfd: pytest.CaptureFixture[str]
) -> None:
    limited, stranger = client(collections=["matter"]), client(token="incamera_wrong")
    statuses: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def ask(case: schemathesis.Case) -> None:
        made = as_request(case)
        assert stranger.request(**made).status_code == 401
        for request in (made, about(made, "matter"), about(made, "secret")):
            answer = limited.request(**request)
            statuses[case.operation.label][answer.status_code] += 1
            assert answer.status_code < 500, answer.text
            for word in OF_SECRET:
                if word not in str(request).lower():
                    assert word not in answer.text.lower(), answer.text

    often = hypothesis_settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    for operation in operations(limited.get(f"{prefix}/openapi.json").json()):
        often(given(operation.as_strategy())(ask))()
    with capfd.disabled():
        for label, found in statuses.items():
            print(f"\n{label}: {dict(found)}", end="")
    assert len(statuses) >= (2 if prefix == "/v1" else 20)
