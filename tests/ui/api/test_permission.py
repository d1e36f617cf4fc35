"""Every route says what it needs, and no token gets more than it permits."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from tests.places import ROOT
from tests.ui.api.conftest import Client
from ui.api import uploads
from ui.api.chat import routes as chat
from ui.interface.operations.workplace import Workplace
from ui.interface.routes.application import PARTS
from ui.interface.routes.permission import LOCAL, declared, needs, served
from vault.access import Action
from vault.bearers import Permission

TEXT = (ROOT / "docs/api.md").read_text("utf-8")
OF_SECRET = ("secret", "quillfeather", "77 million")
ROUTERS = (*PARTS, uploads.router, chat.router)
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def test_every_route_says_what_it_needs() -> None:
    assert len(ROUTES) == sum(len(router.routes) for router in ROUTERS)
    assert {declared(route) for route in ROUTES} <= {*Permission, LOCAL}


def test_a_new_route_that_does_not_say_it_is_not_served() -> None:
    router = APIRouter()

    @router.get("/everything")
    def everything() -> str:
        return "all of it"

    for to_programs in (True, False):
        with pytest.raises(TypeError, match="/everything"):
            served(router, to_programs=to_programs)


def test_a_route_that_says_what_does_not_exist_is_not_served() -> None:
    router = APIRouter()
    router.add_api_route("/everything", lambda: "all", openapi_extra=needs("anything"))
    with pytest.raises(TypeError, match="anything"):
        served(router, to_programs=True)


def test_a_route_that_cannot_say_it_is_not_served() -> None:
    router = APIRouter()
    router.add_route("/everything", lambda _: None)  # type: ignore[arg-type,return-value]
    with pytest.raises(TypeError, match="everything"):
        served(router, to_programs=True)


def asked(route: APIRoute) -> tuple[str, str]:
    prefix = "/v1" if route in chat.router.routes else "/api"
    path = route.path.format(job="abcd", upload="abcd", number=0, token="abcd")
    return min(route.methods), prefix + path


def requests_about(name: str, sha256: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Return a request of every kind that names a collection, with content that would be accepted."""
    question = "What is the price of Quillfeather?"
    return [
        ("POST", "/api/answers", {"json": {"question": question, "collections": [name]}}),
        ("POST", "/api/mentions", {"json": {"term": "million", "collections": [name]}}),
        ("GET", "/api/training-rows", {"params": {"collection": name}}),
        ("GET", "/api/documents", {"params": {"collection": name}}),
        ("POST", "/api/purges/preview", {"json": {"collection": name, "sha256s": [sha256]}}),
        ("POST", "/api/purges", {"json": {"collection": name, "sha256s": [sha256]}}),
        ("POST", "/api/rebuilds", {"json": {"collection": name}}),
        ("PUT", "/api/models/choice", {"json": {"collection": name}}),
        ("DELETE", "/api/models/choice", {"params": {"collection": name}}),
        ("POST", "/api/uploads", {"json": {"collection": name, "files": [{"name": "a.txt", "size": 1}]}}),
        (
            "POST", "/v1/chat/completions",
            {"json": {"model": name, "messages": [{"role": "user", "content": question}]}},
        ),
    ]  # fmt: skip


GENERAL: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/api/status", {}),
    ("GET", "/api/collections", {}),
    ("GET", "/api/jobs", {}),
    ("GET", "/api/models", {}),
    ("GET", "/api/training-rows", {}),
    ("GET", "/v1/models", {}),
    ("POST", "/api/answers", {"json": {"question": "What is the price?"}}),
    ("POST", "/api/mentions", {"json": {"term": "million"}}),
    ("POST", "/api/collections", {"json": {"name": "another"}}),
    ("POST", "/api/approvals", {"json": {"record": "abcd"}}),
    (
        "POST", "/v1/chat/completions",
        {"json": {"model": "incamera:all", "messages": [{"role": "user", "content": "What is the price?"}]}},
    ),
]  # fmt: skip
"""Requests that name no collection."""


def sha256_of_secret(workplace: Workplace) -> str:
    with workplace.vault.open_collection("secret", user="local", action=Action.SEARCH) as collection:
        return collection.catalogue.documents()[0].sha256


def test_no_route_shows_anything_of_a_collection_that_the_token_does_not_reach(
    client: Client, workplace: Workplace
) -> None:
    sha256 = sha256_of_secret(workplace)
    # A record, an approval and a job of the secret collection, made by the same user.
    answer = client().post("/v1/chat/completions", json=requests_about("secret", "")[-1][2]["json"]).json()
    assert "77 million" in answer["choices"][0]["message"]["content"]
    record = answer["incamera"]["record"]
    assert client().post("/api/approvals", json={"record": record}).status_code == 200
    limited = client(collections=["matter"])
    for method, path, sent in requests_about("secret", sha256):
        there = limited.request(method, path, **sent)
        nowhere = limited.request(method, path, **_renamed(sent, "secret", "nowhere"))
        assert there.status_code == 404, (method, path, there.text)
        assert there.text.replace("secret", "nowhere") == nowhere.text, (method, path)
    for method, path, sent in [*GENERAL, ("POST", "/api/approvals", {"json": {"record": record}})]:
        shown = limited.request(method, path, **sent)
        assert shown.status_code < 500
        for word in OF_SECRET:
            assert word not in shown.text.lower(), (method, path, shown.text)
    assert client().get("/api/training-rows").json()[0]["record"] == record
    assert sha256_of_secret(workplace) == sha256


def _renamed(sent: Any, old: str, new: str) -> Any:
    if isinstance(sent, dict):
        return {key: _renamed(value, old, new) for key, value in sent.items()}
    if isinstance(sent, list):
        return [_renamed(value, old, new) for value in sent]
    return new if sent == old else sent


@pytest.mark.parametrize("permission", Permission)
def test_a_token_opens_the_routes_that_it_permits_and_no_others(
    client: Client, permission: Permission
) -> None:
    weak = client([permission])
    for route in ROUTES:
        method, path = asked(route)
        answer = weak.request(method, path, json={})
        if declared(route) == LOCAL:
            assert answer.status_code in (404, 405), (method, path)
        elif declared(route) == permission:
            # What its user may not do either is refused in other words.
            assert "This needs a token" not in answer.text, (method, path, answer.text)
        else:
            assert answer.status_code == 403, (method, path, answer.text)
            assert f"incamera tokens add NAME --may {declared(route)}" in answer.text


def test_without_a_token_no_path_is_answered(client: Client) -> None:
    paths = {asked(route) for route in ROUTES} | {
        ("GET", "/api/openapi.json"), ("GET", "/v1/openapi.json"), ("GET", "/api/nothing"), ("POST", "/v1/x"),
        ("OPTIONS", "/api/answers"), ("HEAD", "/api/status"),
    }  # fmt: skip
    for token in ("", "wrong", "incamera_" + "a" * 43):
        anybody = client(token=token)
        for method, path in paths:
            answer = anybody.request(method, path, headers={"incamera-user": "local"})
            assert answer.status_code == 401, (method, path)
            assert answer.headers["www-authenticate"] == "Bearer"


def test_the_user_of_a_request_is_that_of_its_token_whatever_it_says(client: Client) -> None:
    named = client([Permission.SEARCH]).get("/api/collections", headers={"incamera-user": "somebody"})
    assert [one["name"] for one in named.json()] == ["matter", "secret"]


def test_no_path_of_this_machine_can_be_named(client: Client) -> None:
    program = client()
    for method, path, sent in (
        ("POST", "/api/collections", {"name": "new", "embedder": "/etc"}),
        ("POST", "/api/rebuilds", {"collection": "matter", "embedder": "/etc"}),
    ):
        answer = program.request(method, path, json=sent)
        assert answer.status_code == 403
        assert "own machine" in answer.json()["error"]["message"]
    assert program.post("/api/jobs", json={}).status_code in (404, 405)
    assert program.post("/api/models", json={}).status_code in (404, 405)
    assert [one["name"] for one in program.get("/api/collections").json()] == ["matter", "secret"]


def test_the_description_tells_programs_what_each_route_needs(client: Client) -> None:
    described = client([Permission.SEARCH]).get("/api/openapi.json").json()
    assert described["security"] == [{"token": []}]
    routes = [route for paths in described["paths"].values() for route in paths.values()]
    assert {route["x-incamera-permission"] for route in routes} == {*Permission}
    assert "Incamera-User" not in str(described)


def test_the_routes_for_programs_only_are_listed_in_the_documentation() -> None:
    listed = re.findall(r"^\| `([A-Z]+) (/api/uploads\S*)` \| (.+?) \|$", TEXT, re.MULTILINE)
    routes = [route for route in uploads.router.routes if isinstance(route, APIRoute)]
    assert sorted(listed) == sorted((min(one.methods), f"/api{one.path}", one.summary) for one in routes)
