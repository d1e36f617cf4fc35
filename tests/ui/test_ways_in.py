"""Every way in, for every standing of a user: nothing of a forbidden collection comes out.

The words of the secret collection stand nowhere else: in its name, the name of its document, its text, the
question that was asked about it, the paths of its job, the reason of its wall and the name of its model.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rag.answer import Answerer
from rag.events import Done
from tests.documents import add_text, new_collection
from ui.interface.address import socket_path
from ui.interface.operations.workplace import Workplace
from ui.interface.routes.application import PARTS
from ui.interface.routes.permission import Right, rights_of
from ui.interface.schemas.headers import USER_HEADER
from ui.interface.socket_server import SocketServer
from ui.services.conversations import Conversations
from ui.services.jobs import Jobs
from ui.services.sources import Sources
from ui.services.upload_receiver import UploadReceiver
from vault.access import Action, Role
from vault.embedding.embedder import Embedder
from vault.errors import AccessDenied, CollectionNotFound, IncameraError
from vault.ledger.jobs import JobState, Task
from vault.records import Citation
from vault.settings import Settings
from vault.vault import Vault

SECRET, MISSING = "Quillonprax", "Zarfenblum"
TEXT = "The vesperbrood is paid on the ninth of each month."
NAME = "drommelkist.txt"
QUESTION = "When is the vesperbrood paid?"
CANARIES = ("quillonprax", "vesperbrood", "drommelkist")
MAY = {
    None: set(),
    Role.READER: {Action.SEARCH},
    Role.CONTRIBUTOR: {Action.SEARCH, Action.INGEST},
    Role.MANAGER: {Action.SEARCH, Action.INGEST, Action.MANAGE},
}
RIGHTS = rights_of(PARTS)
NEEDS = {
    Right.SEARCH: Action.SEARCH,
    Right.INGEST: Action.INGEST,
    Right.MANAGE: Action.MANAGE,
    Right.MANAGE_OR_ADMINISTRATOR: Action.MANAGE,
}


@dataclass(frozen=True)
class Place:
    """A vault with a secret collection, in which "ana" worked until she lost her membership."""

    vault: Vault
    program: httpx.Client
    conversations: Conversations
    sources: Sources
    uploads: UploadReceiver
    jobs: Jobs
    sha256: str
    citation: Citation
    record: str
    job: str
    upload: str


@dataclass(frozen=True)
class User:
    """How "ana" stands in this example."""

    role: Role | None
    walled: bool
    locked: bool
    administrator: bool
    auditor: bool

    def may(self, action: Action) -> bool:
        """Say by itself what is right, not by the product's own decision."""
        return not self.locked and not self.walled and action in MAY[self.role]

    @property
    def is_told(self) -> bool:
        """Whether they may learn that the collection exists."""
        return not self.walled and self.role is not None


USERS = st.builds(
    User, st.sampled_from([None, *Role]), st.booleans(), st.booleans(), st.booleans(), st.booleans()
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Place]:
    chosen = Settings(data=tmp_path_factory.mktemp("ways") / "data", model="off", reader="off")
    with ExitStack() as opened:
        vault = opened.enter_context(Vault.create(chosen.data, user="local", purpose="tests"))
        vault.accounts.add("ana", user="local", password=False)
        vault.accounts.add("ben", user="local", password=False)
        with new_collection(vault, SECRET) as secret:
            document = add_text(secret, embedder, NAME, TEXT)
        with new_collection(vault, "open", user="ana") as harmless:
            add_text(harmless, embedder, "lunch.txt", "Lunch is served at noon.")
        vault.members.set_member(SECRET, "ana", Role.MANAGER, user="local")
        answerer = Answerer(vault, embedder, chosen)
        *_, done = answerer.ask(QUESTION, [SECRET], "ana")
        assert isinstance(done, Done)
        vault.records.approve(done.answer.record, user="ana")
        citation = done.answer.evidence[0].citation
        job = vault.begin_job(SECRET, Task(("/papers/drommelkist",)), user="ana")
        vault.jobs.end(job, JobState.DONE, seconds=1)
        jobs = Jobs(vault, chosen, lambda: embedder)
        opened.callback(jobs.close)
        uploads = UploadReceiver(vault, chosen, jobs)
        upload = uploads.begin(SECRET, "ana", [(NAME, 3)])
        conversations = Conversations(vault, "ana", lambda: answerer)
        opened.callback(conversations.close)
        conversations.ask("here", QUESTION, [SECRET]).wait(60)
        sources = Sources(vault, chosen)
        opened.callback(sources.close)
        vault.models.choose(None, None, vault.members.collections(user="local")[0].id)
        opened.enter_context(SocketServer(Workplace(vault, chosen, lambda: embedder, lambda: answerer, jobs)))
        transport = httpx.HTTPTransport(uds=str(socket_path(chosen.data)))
        program = opened.enter_context(
            httpx.Client(transport=transport, base_url="http://incamera/api", timeout=None)
        )
        program.headers[USER_HEADER] = "ana"
        yield Place(
            vault, program, conversations, sources, uploads, jobs, document.sha256, citation,
            done.answer.record, job.id, upload,
        )  # fmt: skip


def become(vault: Vault, user: User) -> None:
    """Let "ana" stand as the example says."""
    with vault._db.write() as db:
        for table in ("walls", "accounts"):
            db.execute(f"DELETE FROM {table} WHERE user = 'ana'")
        entry = db.execute("SELECT id FROM collections WHERE name = ?", (SECRET,)).fetchone()["id"]
        db.execute("DELETE FROM members WHERE user = 'ana' AND collection = ?", (entry,))
        if user.role is not None:
            db.execute("INSERT INTO members VALUES (?, 'ana', ?)", (entry, user.role.value))
    vault.accounts.unlock("ana", user="local")
    if user.walled:
        vault.walls.raise_wall(SECRET, "ana", "conflict about drommelkist", user="local")
    vault.accounts.set_roles("ana", user="local", administrator=user.administrator, auditor=user.auditor)
    if user.locked:
        vault.accounts.lock("ana", user="local")


def requests(place: Place, name: str) -> dict[tuple[str, str], tuple[dict[str, Any], Any]]:
    """A request of every route that is about the collection `name`: the query and the body."""
    one = {"collection": name, "user": "ben", "reason": "because"}
    return {
        ("GET", "/status"): ({}, None),
        ("GET", "/collections"): ({}, None),
        ("POST", "/collections"): ({}, {"name": f"new {name}"}),
        ("PUT", "/collections/name"): ({}, {"collection": name, "name": "Other"}),
        ("PUT", "/collections/archived"): ({}, {"collection": name}),
        ("POST", "/collections/deletion/preview"): ({}, {"collection": name}),
        ("POST", "/collections/deletion"): ({}, {"collection": name}),
        ("POST", "/rebuilds"): ({}, {"collection": name}),
        ("GET", "/documents"): ({"collection": name}, None),
        ("POST", "/purges/preview"): ({}, {"collection": name, "sha256s": [place.sha256]}),
        ("POST", "/purges"): ({}, {"collection": name, "sha256s": [place.sha256]}),
        ("POST", "/answers"): ({}, {"question": "When is it paid?", "collections": [name]}),
        ("POST", "/mentions"): ({}, {"term": "paid", "collections": [name]}),
        ("POST", "/approvals"): ({}, {"record": place.record, "approved": True}),
        ("GET", "/training-rows"): ({"collection": name}, None),
        ("GET", "/jobs"): ({}, None),
        ("POST", "/jobs"): ({}, {"collection": name, "task": {"paths": ["/none"], "manifest": "",
                                                              "manifest_sha256": ""}}),
        ("GET", "/jobs/{job}"): ({}, None),
        ("GET", "/jobs/{job}/events"): ({}, None),
        ("GET", "/models"): ({}, None),
        ("POST", "/models"): ({}, {"file": "/none"}),
        ("DELETE", "/models"): ({"name": "none"}, None),
        ("PUT", "/models/choice"): ({}, {"name": None, "collection": name}),
        ("DELETE", "/models/choice"): ({"collection": name}, None),
        ("POST", "/models/test"): ({}, {"name": "none"}),
        ("POST", "/log"): ({}, {}),
        ("GET", "/log/head"): ({}, None),
        ("POST", "/log/verifications"): ({}, {}),
        ("GET", "/records"): ({"record": place.record}, None),
        ("POST", "/replays"): ({}, {"record": place.record}),
        ("GET", "/holds"): ({}, None),
        ("POST", "/holds"): ({}, {"collection": name, "reason": "because"}),
        ("POST", "/holds/releases"): ({}, {"hold": "none", "reason": "because"}),
        ("GET", "/retention"): ({}, None),
        ("POST", "/retention"): ({}, {"collection": name, "until": "2030-01-31"}),
        ("GET", "/tokens"): ({}, None),
        ("POST", "/tokens"): ({}, {"name": "own", "collections": [name]}),
        ("DELETE", "/tokens/{token}"): ({}, None),
        ("GET", "/users"): ({}, None),
        ("POST", "/users"): ({}, {"name": "carl"}),
        ("POST", "/users/reset"): ({}, {"name": "ben"}),
        ("POST", "/users/lock"): ({}, {"name": "ben"}),
        ("POST", "/users/unlock"): ({}, {"name": "ben"}),
        ("PUT", "/users/roles"): ({}, {"name": "ben"}),
        ("PUT", "/password"): ({}, {"current": "not it", "new": "amber ladder seventeen"}),
        ("GET", "/members"): ({"collection": name}, None),
        ("PUT", "/members"): ({}, {"collection": name, "user": "ben", "role": "reader"}),
        ("POST", "/members/managers"): ({}, {"collection": name, "user": "ben"}),
        ("GET", "/walls"): ({"collection": name}, None),
        ("POST", "/walls"): ({}, one),
        ("POST", "/walls/lift"): ({}, one),
    }  # fmt: skip


READS = {
    ("GET", "/documents"), ("POST", "/answers"), ("POST", "/mentions"), ("GET", "/training-rows"),
    ("GET", "/jobs"), ("GET", "/jobs/{job}"), ("GET", "/status"), ("GET", "/collections"),
    ("GET", "/models"),
}  # fmt: skip
"""Routes that show something of the secret collection to those who may search it."""


def answer(place: Place, route: tuple[str, str], query: dict[str, Any], body: Any) -> httpx.Response:
    method, path = route
    given = {} if body is None else {"json": body}
    return place.program.request(method, path.format(job=place.job, token="none"), params=query, **given)


def test_every_route_is_declared_and_asked_here(place: Place) -> None:
    paths = place.program.get("/openapi.json").json()["paths"]
    routes = {
        (method.upper(), path.removeprefix("/api"))
        for path, operations in paths.items()
        for method in operations
    }
    assert routes == RIGHTS.keys() == requests(place, SECRET).keys()


def every_standing(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test with users of any standing, those that tempt most among them."""
    for tempting in (
        User(Role.READER, walled=False, locked=False, administrator=False, auditor=False),
        User(None, walled=False, locked=False, administrator=True, auditor=True),
        User(Role.MANAGER, walled=False, locked=True, administrator=True, auditor=True),
        User(Role.MANAGER, walled=True, locked=False, administrator=True, auditor=True),
    ):
        test = example(user=tempting)(test)
    return settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])(
        given(user=USERS)(test)
    )


@every_standing
def test_no_route_says_anything_of_a_forbidden_collection(place: Place, user: User) -> None:
    become(place.vault, user)
    sees = user.may(Action.SEARCH)
    absent = requests(place, MISSING)
    for route, (query, body) in requests(place, SECRET).items():
        needed = RIGHTS[route]
        if user.locked:
            refused = True
        elif needed is Right.ADMINISTRATOR:
            refused = not user.administrator
        elif needed is Right.LOG:
            refused = False  # "ana" manages a collection of her own, so she reads what is about that
        else:
            refused = needed in NEEDS and not user.may(NEEDS[needed])
        if not refused and route not in READS and needed not in (Right.OWN, Right.LOG):
            continue  # it would change the vault
        if route in (("POST", "/collections"), ("PUT", "/password")) and not user.locked:
            continue
        found = answer(place, route, query, body)
        said = found.text.casefold()
        if refused and found.status_code == 200:
            assert '"event":"error"' in said, (route, user)
        elif refused:
            assert found.status_code in (403, 404), (route, user, said)
        if route in READS and not refused and sees:
            assert any(canary in said for canary in CANARIES), (route, user)
        if not sees:
            # What the request itself named comes back in its error, and nothing else.
            told = said.replace(f"'{SECRET.casefold()}'", "")
            assert not [canary for canary in CANARIES if canary in told], (route, user, said)
            if needed is Right.LOG and not refused:
                continue  # the log has grown by this request
            missing = answer(place, route, *absent[route])
            assert missing.status_code == found.status_code, (route, user)
            assert missing.text.replace(MISSING, SECRET) == found.text, (route, user)


@every_standing
def test_no_way_of_the_page_says_anything_of_a_forbidden_collection(place: Place, user: User) -> None:
    become(place.vault, user)
    sees = user.may(Action.SEARCH)
    turns = json.dumps([str(turn) for turn in place.conversations.turns("here")]).casefold()
    assert ("vesperbrood" in turns) == sees
    names = [entry.name for entry in place.vault.members.collections(user="ana")]
    assert (SECRET in names) == sees
    ways = [
        (Action.SEARCH, lambda name: place.sources.view(
            replace(place.citation, collection=name), 1, user="ana")),
        (Action.SEARCH, lambda name: place.jobs.views(name, "ana")),
        (Action.SEARCH, lambda name: place.vault.being_purged(name, user="ana")),
        (Action.SEARCH, lambda name: place.vault.members.members(name, user="ana")),
        (Action.SEARCH, lambda name: place.conversations.ask("new", QUESTION, [name]).wait(60)),
        (Action.INGEST, lambda name: place.uploads.conflicts(name, "ana")),
        (Action.INGEST, lambda name: place.uploads.cancel(
            place.uploads.begin(name, "ana", [("x.txt", 1)]), "ana")),
        (Action.INGEST, lambda name: place.uploads.resolve("none", name, {}, "ana")),
        (Action.MANAGE, lambda name: place.vault.walls.all(name, user="ana")),
    ]  # fmt: skip
    for action, way in ways:
        before = len(place.vault.members.reasons())
        if user.may(action):
            try:
                way(SECRET)
            except (AccessDenied, CollectionNotFound) as error:
                pytest.fail(f"{error}")
            except IncameraError:
                pass  # there is no such upload
            continue
        told = []
        for name in (SECRET, MISSING):
            with pytest.raises((AccessDenied, CollectionNotFound)) as raised:
                way(name)
            told.append(f"{type(raised.value).__name__} {raised.value}".replace(name, "NAME"))
        if not user.is_told or user.locked:
            assert told[0] == told[1]
            assert len(place.vault.members.reasons()) in (before, before + 2)
    if not user.may(Action.INGEST):
        with pytest.raises((AccessDenied, CollectionNotFound)):
            place.uploads.receive(place.upload, 0, "ana")
