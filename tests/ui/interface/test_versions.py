"""Two versions of Incamera beside each other: a sentence says so, on either side."""

from __future__ import annotations

import json
import socket
import struct
from importlib.metadata import version

import pytest
from pydantic import TypeAdapter

from tests.ui.interface.conftest import Serve
from tests.ui.interface.raw_owner import raw_owner
from ui.interface.address import socket_path
from ui.interface.client.connection import Connection
from ui.interface.client.owner import OwnerClient
from vault.errors import HandoverFailed
from vault.settings import Settings
from vault.vault import Vault

ADVICE = "another version of Incamera.*Stop it and start it again"
OURS = version("incamera")


def reply(status: str, body: bytes, owner: str = "99.1") -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nincamera-version: {owner}\r\ncontent-length: {len(body)}\r\n\r\n".encode()
        + body
    )


def test_an_unknown_request_is_named(serve: Serve, settings: Settings) -> None:
    serve()
    with (
        Connection(settings.data, "local") as connection,
        pytest.raises(
            HandoverFailed, match=f"does not know the request 'POST /api/songs'.*{ADVICE}"
        ) as refused,
    ):
        connection.call("POST", "/songs", TypeAdapter(None))
    assert refused.value.exit_code == 1


@pytest.mark.parametrize(
    "sent",
    [
        reply("404 Not Found", b'{"detail": "Not Found"}'),
        reply("200 OK", b'[{"title": "a collection without a name"}]'),
        reply("200 OK", b"a text"),
        reply("422 Wrong", b'{"error": {"type": "RequestInvalid", "message": "No.", "exit_code": 2}}'),
    ],
)
def test_a_reply_that_cannot_be_understood_names_both_versions(
    settings: Settings, vault: Vault, sent: bytes
) -> None:
    with (
        raw_owner(settings.data, sent),
        OwnerClient(settings.data, "local") as client,
        pytest.raises(HandoverFailed, match=rf"Incamera \(99.1; this command is {OURS}\)"),
    ):
        client.collections.all()


def test_an_owner_that_does_not_speak_http_is_another_version(settings: Settings, vault: Vault) -> None:
    # The protocol before HTTP: it took the first four bytes for a length, and hung up.
    with (
        raw_owner(settings.data, b""),
        OwnerClient(settings.data, "local") as client,
        pytest.raises(HandoverFailed, match=ADVICE),
    ):
        client.collections.all()


def test_an_error_that_this_version_does_not_know_keeps_message_and_exit_code(
    settings: Settings, vault: Vault
) -> None:
    body = b'{"error": {"type": "WallRaised", "message": "There is a wall.", "exit_code": 2, "wall": 7}}'
    with (
        raw_owner(settings.data, reply("403 Forbidden", body)),
        OwnerClient(settings.data, "local") as client,
        pytest.raises(HandoverFailed, match="There is a wall") as refused,
    ):
        client.collections.all()
    assert refused.value.exit_code == 2


def test_fields_that_this_version_does_not_know_are_left_out(settings: Settings, vault: Vault) -> None:
    body = b'[{"name": "matter", "role": "reader", "created": "2026-01-01", "colour": "red"}]'
    with raw_owner(settings.data, reply("200 OK", body)), OwnerClient(settings.data, "local") as client:
        (entry,) = client.collections.all()
    assert entry.name == "matter"


def test_a_command_of_the_version_before_http_gets_a_sentence(serve: Serve, settings: Settings) -> None:
    serve()
    request = json.dumps({"verb": "status", "user": "local"}).encode()
    with socket.socket(socket.AF_UNIX) as earlier:
        earlier.connect(str(socket_path(settings.data)))
        earlier.sendall(struct.pack(">I", len(request)) + request)
        received = b"".join(iter(lambda: earlier.recv(1 << 16), b""))
    (length,) = struct.unpack(">I", received[:4])
    error = json.loads(received[4:])
    assert len(received) == 4 + length
    assert (error["event"], error["exit_code"]) == ("error", 1)
    assert "another version of Incamera" in error["message"]
