import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from vault.errors import VaultInUse
from vault.vault import Vault

HOLD = """
import sys
from pathlib import Path
from vault.vault import Vault
vault = Vault.create(Path(sys.argv[1]), user="local", purpose="incamera serve")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def owner(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "data")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_owner_is_refused_at_once_with_the_name_of_the_owner(
    owner: subprocess.Popen[str], tmp_path: Path
) -> None:
    with pytest.raises(VaultInUse, match=rf"process {owner.pid} \(incamera serve, since 20"):
        Vault(tmp_path / "data", purpose="tests")
    assert owner.poll() is None


def test_a_killed_owner_leaves_the_vault_free(owner: subprocess.Popen[str], tmp_path: Path) -> None:
    owner.kill()
    owner.wait()
    with Vault(tmp_path / "data", purpose="tests") as vault:
        assert vault.members.collections(user="local") == []


def test_a_closed_vault_can_be_opened_again_in_the_same_process(tmp_path: Path) -> None:
    for _ in range(2):
        Vault.create(tmp_path / "data", user="local", purpose="tests").close()
