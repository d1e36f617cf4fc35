"""`incamera audit` and `incamera holds`, by the real command."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answerer
from rag.events import Done
from tests.documents import add_text, new_collection
from tests.ui.cli.command import incamera, incamera_json
from vault.access import Role
from vault.embedding.embedder import Embedder
from vault.settings import Settings
from vault.vault import Vault

ASKED = "What rent is due in May?"


@pytest.fixture
def asked(settings: Settings, embedder: Embedder, embedder_cache: Path) -> tuple[Path, str]:
    """Make a vault with a question that was asked; return its folder and the id of the record."""
    always = settings.model_copy(update={"abstain_below": 0.0, "reader": "off"})
    with Vault.create(settings.data, user="local", purpose="tests") as vault:
        with new_collection(vault, "matter") as collection:
            add_text(collection, embedder, "=lease.txt", "The rent of nine hundred pounds is due in May.")
        events = list(Answerer(vault, embedder, always).ask(ASKED, ["matter"], "local"))
        done = events[-1]
        assert isinstance(done, Done)
        vault.members.add_user("ana")
        vault.members.set_member("matter", "ana", Role.READER, user="local")
    (settings.data / "embedder").symlink_to(embedder_cache)
    return settings.data, done.answer.record


@pytest.mark.slow
def test_the_log_is_shown_filtered_and_exported_in_three_forms(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    data, record = asked
    shown = incamera(data, "audit").stdout
    assert "question.answered" in shown and record[:12] in shown and "matter" in shown
    only = incamera_json(data, "audit", "--event", "question", "--user", "local", "-c", "matter")
    assert [(entry["event"], entry["record"]) for entry in only] == [("question.answered", record)]
    assert incamera_json(data, "audit", "--since", "2999-01-01") == []
    lines = incamera(data, "audit", "export").stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["number"] for entry in entries] == list(range(len(entries), 0, -1))
    assert entries[0]["event"] == "log.exported", "the export is in the export"
    out = tmp_path / "log.csv"
    assert incamera(data, "audit", "export", "--format", "csv", "--out", out).returncode == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text())))
    assert [row["mac"] for row in rows[1:]] == [entry["mac"] for entry in entries]
    assert not out.stat().st_mode & 0o077
    events: list[dict[str, Any]] = [
        json.loads(line) for line in incamera(data, "audit", "export", "--format", "ocsf").stdout.splitlines()
    ]
    asking = next(event for event in events if event["activity_name"] == "question.answered")
    assert (asking["class_uid"], asking["category_uid"], asking["type_uid"]) == (6005, 6, 600504)
    assert asking["actor"]["user"]["name"] == "local" and asking["status_id"] == 1
    assert all(event["type_uid"] == event["class_uid"] * 100 + event["activity_id"] for event in events)


def test_a_head_that_was_kept_finds_that_the_end_was_cut_off(asked: tuple[Path, str], tmp_path: Path) -> None:
    data, _ = asked
    incamera(data, "audit", "--event", "page")
    head = incamera(data, "audit", "head").stdout.strip()
    heads = tmp_path / "heads"
    heads.write_text(f"# kept by the registrar\n{head} 2026-11-27\n")
    good = incamera(data, "audit", "verify", "--head", head, "--heads", heads)
    assert good.returncode == 0 and "The log is intact" in good.stdout and "2 kept heads" in good.stdout
    number = int(head.partition(":")[0])
    with closing(sqlite3.connect(data / "vault.db", isolation_level=None)) as other:
        other.execute("DELETE FROM log WHERE number >= ?", (number,))
    bad = incamera(data, "audit", "verify", "--head", head)
    assert bad.returncode == 1 and f"{number} to {number + 1} are missing" in bad.stdout, bad.stdout
    assert incamera_json(data, "audit", "verify", code=1)["intact"] is False
    assert incamera(data, "audit", "verify", "--head", "x").returncode == 2
    missing = incamera(data, "audit", "verify", "--heads", tmp_path / "none")
    assert missing.returncode == 2 and "There is no file" in missing.stderr


def test_a_record_is_shown_and_asked_again(asked: tuple[Path, str]) -> None:
    data, record = asked
    off = {"reader": "off", "abstain_below": 0}
    assert ASKED in incamera(data, "audit", "show", record[:8], **off).stdout
    same = incamera(data, "audit", "replay", record[:8], **off)
    assert same.returncode == 0 and "The answer is the same." in same.stdout, same.stdout + same.stderr
    assert "made from something else" not in same.stdout
    other = incamera_json(
        data, "audit", "replay", record[:8], code=1, reader="off", abstain_below=1, not_found_below=1
    )
    assert other["same"] is False
    assert {"outcome", "setting abstain_below"} <= {
        one["what"] for one in (*other["answer"], *other["circumstances"])
    }
    unknown = incamera(data, "audit", "show", "abc")
    assert unknown.returncode == 2 and "'abc'" in unknown.stderr


def test_a_reader_of_a_collection_reads_no_log_and_no_record_of_others(asked: tuple[Path, str]) -> None:
    data, record = asked
    for command in (("audit",), ("audit", "head"), ("audit", "verify"), ("audit", "export")):
        refused = incamera(data, *command, user="ana")
        assert refused.returncode == 1 and "may not read the log" in refused.stderr
    for command in (("audit", "show", record), ("audit", "replay", record)):
        refused = incamera(data, *command, user="ana")
        assert (
            refused.returncode == 2
            and "not one record for you" in refused.stderr
            and ASKED not in refused.stdout
        )
    denied = incamera_json(data, "audit", "--denied")
    assert [entry["user"] for entry in denied] == ["ana"] * 6


def test_a_hold_refuses_a_purge_until_it_is_released(asked: tuple[Path, str]) -> None:
    data, _ = asked
    (document,) = incamera_json(data, "documents", "-c", "matter")
    hold = incamera_json(
        data, "holds", "set", "matter", "--document", document["sha256"][:8], "--reason", "Hale v Vane"
    )
    assert "Hale v Vane" in incamera(data, "holds").stdout
    refused = incamera(data, "purge", document["sha256"], "-c", "matter", "--yes")
    assert refused.returncode == 1 and hold["id"] in refused.stderr
    assert incamera(data, "holds", "release", hold["id"], "--reason", "").returncode == 2
    assert incamera(data, "holds", "release", hold["id"], "--reason", "Settled").returncode == 0
    assert incamera(data, "holds", "keep", "matter", "--until", "2001-12-31").returncode == 0
    assert incamera(data, "holds", "keep", "matter", "--until", "soon").returncode == 2
    (due,) = incamera_json(data, "holds", "dates", "--due")
    assert (due["collection"], due["until"], due["held"]) == ("matter", "2001-12-31", False)
    assert incamera(data, "purge", document["sha256"], "-c", "matter", "--yes").returncode == 0
    assert incamera_json(data, "audit", "verify")["intact"] is True


def test_a_key_outside_of_the_data_folder_is_made_used_and_replaced(
    asked: tuple[Path, str], tmp_path: Path
) -> None:
    data, _ = asked
    outside = tmp_path / "safe" / "log.key"
    lost = incamera(data, "audit", log_key_file=outside)
    assert lost.returncode == 1 and "is sealed with the key" in lost.stderr and "new-key" in lost.stderr
    outside.parent.mkdir()
    (data / "log.key").rename(outside)
    assert incamera_json(data, "audit", "verify", log_key_file=outside)["intact"] is True
    replaced = incamera(data, "audit", "new-key", "--yes", log_key_file=outside)
    assert replaced.returncode == 0 and str(outside) in replaced.stdout
    assert incamera_json(data, "audit", "verify", log_key_file=outside)["intact"] is True
    assert not (data / "log.key").exists()
    fresh = tmp_path / "fresh"
    assert incamera(fresh, "init", log_key_file=tmp_path / "nowhere" / "k").returncode == 2
