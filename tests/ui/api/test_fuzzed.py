"""Requests made from the description by schemathesis: no defect, and nothing without permission."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from tests.ui.api.conftest import Client
from tests.ui.api.test_permission import OF_SECRET
from vault.settings import Settings

EXAMPLES = 150
"""Requests of each kind. All together take some ten minutes on two cores."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that let one token ask as often as this test does."""
    return Settings(data=tmp_path / "data", requests_per_minute=1_000_000)


def operations(description: dict[str, object]) -> Iterator[schemathesis.APIOperation]:  # type: ignore[type-arg]
    for found in schemathesis.openapi.from_dict(description).get_all_operations():
        yield found.ok()


@pytest.mark.long
@pytest.mark.parametrize("prefix", ["/api", "/v1"])
def test_no_request_makes_a_defect_or_shows_what_its_token_does_not_reach(
    client: Client, prefix: str, capfd: pytest.CaptureFixture[str]
) -> None:
    limited, stranger = client(collections=["matter"]), client(token="incamera_wrong")
    described = limited.get(f"{prefix}/openapi.json").json()
    statuses: dict[str, set[int]] = {}
    for operation in operations(described):
        seen = statuses.setdefault(operation.label, set())

        @hypothesis_settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def ask(case: schemathesis.Case, seen: set[int] = seen) -> None:
            sent = case.as_transport_kwargs(base_url="http://testserver")
            request = {
                "method": sent["method"], "url": sent["url"], "params": sent.get("params"),
                "headers": dict(sent.get("headers") or {}), "cookies": None,
                "json": sent.get("json"), "content": sent.get("data"),
            }  # fmt: skip
            if request["json"] is None:
                del request["json"]
            for secret in ("authorization", "Authorization"):
                request["headers"].pop(secret, None)
            assert stranger.request(**request).status_code == 401
            answer = limited.request(**request)
            seen.add(answer.status_code)
            assert answer.status_code < 500, answer.text
            for word in OF_SECRET:
                if word not in str(request).lower():
                    assert word not in answer.text.lower(), answer.text

        ask()
    with capfd.disabled():
        for label, found in statuses.items():
            print(f"\n{label}: {sorted(found)}", end="")
    assert len(statuses) >= (2 if prefix == "/v1" else 20)
