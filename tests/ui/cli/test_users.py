"""The commands of administrators and managers, and the password that a command asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.cli.command import incamera, incamera_json
from tests.ui.web.browser import ServerProcess
from vault.vault import Vault

CHIEF = "ladder amber quiet seventeen"


@pytest.fixture
def made(data: Path) -> Path:
    incamera_json(data, "init", "-c", "Smith")
    return data


def password_file(folder: Path, password: str) -> Path:
    path = folder / "password"
    path.write_text(f"{password}\n")
    path.chmod(0o600)
    return path


def test_users_are_added_listed_locked_reset_and_given_roles(made: Path) -> None:
    added = incamera_json(made, "users", "add", "ana", "--auditor")
    assert (added["name"], len(added["password"])) == ("ana", 23)
    printed = incamera(made, "users", "add", "ben")
    assert "Temporary password: " in printed.stdout
    assert incamera_json(made, "users", "lock", "ben")["locked"]
    assert not incamera_json(made, "users", "unlock", "ben")["locked"]
    assert incamera_json(made, "users", "reset", "ana")["password"] != added["password"]
    assert incamera_json(made, "users", "roles", "ana", "--administrator", "--no-auditor")["administrator"]
    listed = {user["name"]: user for user in incamera_json(made, "users", "list")}
    assert listed.keys() == {"ana", "ben", "local"}
    assert (listed["ana"]["administrator"], listed["ana"]["auditor"]) == (True, False)
    assert "temporary" in incamera(made, "users", "list").stdout
    assert incamera(made, "users", "add", "BEN").returncode == 2
    assert incamera(made, "users", "lock", "nobody").returncode == 2
    refused = incamera(made, "users", "list", user="nobody")
    assert (refused.returncode, "not an administrator" in refused.stderr) == (1, True)


def test_members_walls_names_and_archives_by_command(made: Path) -> None:
    incamera_json(made, "users", "add", "ana", "--no-password")
    members = incamera_json(made, "collections", "members", "Smith", "--add", "ana", "--role", "contributor")
    assert {member["user"]: member["role"] for member in members} == {
        "ana": "contributor", "local": "manager",
    }  # fmt: skip
    assert [one["name"] for one in incamera_json(made, "collections", user="ana")] == ["Smith"]
    assert incamera(made, "collections", "wall", "Smith", "ana").returncode == 2
    walls = incamera_json(made, "collections", "wall", "Smith", "ana", "--reason", "acts for Jones")
    assert [(wall["user"], wall["reason"]) for wall in walls] == [("ana", "acts for Jones")]
    assert incamera_json(made, "collections", user="ana") == []
    assert "acts for Jones" in incamera(made, "collections", "wall", "Smith").stdout
    assert "behind a wall" in incamera(made, "collections", "members", "Smith").stdout
    assert incamera_json(made, "collections", "wall", "Smith", "ana", "--lift", "--reason", "gone") == []
    assert incamera_json(made, "collections", "rename", "Smith", "Smith v Jones")["name"] == "Smith v Jones"
    renamed = incamera(made, "documents", "-c", "Smith")
    assert "is now called 'Smith v Jones'" in renamed.stderr
    assert incamera_json(made, "collections", "archive", "Smith v Jones")["archived"]
    assert "archived" in incamera(made, "collections").stdout
    nothing = incamera(made, "ask", "What is due?")
    assert "not a member of any collection" in nothing.stderr or "archived" in nothing.stderr
    assert not incamera_json(made, "collections", "archive", "Smith v Jones", "--restore")["archived"]
    assert len(incamera_json(made, "collections", "members", "Smith v Jones", "--remove", "ana")) == 1
    kept = incamera(made, "collections", "delete", "Smith v Jones", answer="n\n")
    assert (kept.returncode, "0 documents (0 pages)" in kept.stdout) == (1, True)
    assert incamera_json(made, "collections", "delete", "Smith v Jones", "--yes")["documents"] == 0
    assert incamera_json(made, "collections") == []


@pytest.mark.slow
def test_a_command_of_a_user_with_a_password_asks_for_it(made: Path, tmp_path: Path) -> None:
    with Vault(made, purpose="tests") as vault:
        vault.passwords.set("local", CHIEF)
    right, wrong = password_file(tmp_path, CHIEF), tmp_path / "wrong"
    wrong.write_text("no\n")
    wrong.chmod(0o600)

    def tried(*arguments: object, **settings: object) -> tuple[int, str]:
        done = incamera(made, *(arguments or ("collections",)), **settings)
        return done.returncode, done.stderr

    def check_proof() -> None:
        code, said = tried()
        assert (code, "INCAMERA_PASSWORD_FILE" in said) == (2, True)
        code, said = tried(password_file=wrong)
        assert (code, "do not fit" in said) == (1, True)
        assert tried(password_file=right) == (0, "")
        assert tried(user="nobody")[0] == 0

    check_proof()
    assert tried(own_machine=1)[0] == 0
    for command in (("init",), ("ingest", tmp_path), ("status",), ("users", "list")):
        assert tried(*command)[0] == 2
    right.chmod(0o644)
    code, said = tried(password_file=right)
    assert (code, "chmod 600" in said) == (2, True)
    right.chmod(0o600)
    with ServerProcess(made) as server:
        check_proof()
        assert tried(own_machine=1)[0] == 2, "the settings of the server decide"
        assert "sign in with your name and password" in server.printed()


def test_somebody_who_was_given_a_password_must_change_it(made: Path, tmp_path: Path) -> None:
    given = incamera_json(made, "users", "add", "ana")["password"]
    refused = incamera(made, "collections", user="ana", password_file=password_file(tmp_path, given))
    assert (refused.returncode, "incamera users password" in refused.stderr) == (2, True)
    no_terminal = incamera(made, "users", "password", user="ana")
    assert (no_terminal.returncode, "terminal" in no_terminal.stderr) == (2, True)
