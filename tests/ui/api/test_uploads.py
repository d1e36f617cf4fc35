"""Programs add files: announce, send, finish, follow."""

from __future__ import annotations

import json

from starlette.testclient import TestClient

from tests.ui.api.conftest import Client
from tests.waiting import until
from vault.bearers import Permission

DEPOSIT = b"The deposit was paid on 3 March 2026.\n"


def announce(program: TestClient, *files: tuple[str, bytes], collection: str = "matter") -> str:
    sent = {"collection": collection, "files": [{"name": name, "size": len(text)} for name, text in files]}
    begun = program.post("/api/uploads", json=sent)
    assert begun.status_code == 201, begun.text
    return str(begun.json()["upload"])


def add(program: TestClient, name: str, text: bytes, **end: str) -> dict[str, object]:
    upload = announce(program, (name, text))
    assert program.put(f"/api/uploads/{upload}/0", content=text).status_code == 204
    finished = program.post(f"/api/uploads/{upload}/finish", json=end)
    assert finished.status_code == 200, finished.text
    return {**finished.json(), "upload": upload}


def follow(program: TestClient, job: object) -> dict[str, object]:
    until(lambda: program.get(f"/api/jobs/{job}").json()["state"] == "done")
    events = program.get(f"/api/jobs/{job}/events").content.splitlines()
    found: dict[str, object] = json.loads(events[-1])["report"]
    return found


def test_a_file_is_added_and_can_be_asked_about(client: Client) -> None:
    program = client([Permission.INGEST, Permission.SEARCH], ["matter"])
    done = add(program, "deposit.txt", DEPOSIT)
    assert done["outcome"] == "begun"
    assert follow(program, done["job"])["ready"] == 1
    names = [one["name"] for one in program.get("/api/documents", params={"collection": "matter"}).json()]
    assert "deposit.txt" in names


def test_a_file_of_the_same_name_is_asked_about(client: Client) -> None:
    program = client([Permission.INGEST, Permission.SEARCH])
    follow(program, add(program, "deposit.txt", DEPOSIT)["job"])
    asks = add(program, "deposit.txt", DEPOSIT + b"It was returned.\n")
    assert (asks["outcome"], asks["same_names"], asks["job"]) == ("asks", ["deposit.txt"], None)
    finished = program.post(f"/api/uploads/{asks['upload']}/finish", json={"same_names": "replace"}).json()
    assert finished["outcome"] == "begun"
    follow(program, finished["job"])
    documents = program.get("/api/documents", params={"collection": "matter"}).json()
    states = sorted(one["state"] for one in documents if one["name"] == "deposit.txt")
    assert states == ["ready", "superseded"]


def test_an_upload_is_given_up(client: Client) -> None:
    program = client([Permission.INGEST])
    upload = announce(program, ("a.txt", DEPOSIT))
    assert program.delete(f"/api/uploads/{upload}").status_code == 204
    assert program.put(f"/api/uploads/{upload}/0", content=DEPOSIT).status_code == 404


def test_a_file_larger_than_announced_is_refused(client: Client) -> None:
    program = client([Permission.INGEST])
    upload = announce(program, ("a.txt", b"1"))
    sent = program.put(f"/api/uploads/{upload}/0", content=DEPOSIT)
    assert 400 <= sent.status_code < 500, sent.text
    finished = program.post(f"/api/uploads/{upload}/finish", json={}).json()
    assert finished == {"outcome": "nothing", "job": None, "same_names": []}


def test_jobs_of_a_collection_that_a_token_does_not_reach_are_not_shown(client: Client) -> None:
    program = client([Permission.INGEST, Permission.SEARCH])
    job = add(program, "deposit.txt", DEPOSIT)["job"]
    follow(program, job)
    limited = client([Permission.INGEST], ["secret"])
    assert limited.get("/api/jobs").json() == []
    assert limited.get(f"/api/jobs/{job}").status_code == 404
    assert limited.get(f"/api/jobs/{job}/events").status_code == 404
