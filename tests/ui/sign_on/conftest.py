"""A provider with three people, a secret that it shares with Incamera, and a gate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.sign_on.door import Door
from tests.ui.sign_on.house_provider import SECRET, HouseProvider, Person, house_provider
from vault.vault import Vault


@pytest.fixture
def provider() -> Iterator[HouseProvider]:
    with house_provider() as house:
        house.people = {
            "ana": Person("subject-1", "ana", ("partners",)),
            "ben": Person("subject-2", "ben"),
            "local": Person("subject-3", "Local"),
        }
        yield house


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "client-secret"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    return file


@pytest.fixture
def door(vault: Vault, provider: HouseProvider, secret: Path) -> Door:
    return Door(vault, provider, secret)
