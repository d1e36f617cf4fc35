"""An OpenID Connect provider on this machine, with Authlib's own authorization server behind real HTTP.

It has people with groups, a page that asks who one is, codes that work once, PKCE, and a key. Tests change
what it signs, as an attacker or a provider that is set up wrongly would.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.common.security import generate_token
from authlib.oauth2 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, grants
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwt
from joserfc.jwk import RSAKey

# Authlib refuses plain HTTP; here it never leaves the machine.
os.environ.setdefault("AUTHLIB_INSECURE_TRANSPORT", "1")
CLIENT, SECRET = "incamera", "the secret of the client"
KEY = RSAKey.generate_key(2048, {"kid": "house"})


@dataclass
class Person:
    """Somebody whom the provider knows."""

    sub: str
    name: str
    groups: tuple[str, ...] = ()


@dataclass
class Code(AuthorizationCodeMixin):
    """A code that was given out."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str
    challenge: str
    person: Person
    at: int

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.at


class Registered(ClientMixin):
    """The only client of the provider."""

    id_token_signed_response_alg = "RS256"

    def get_client_id(self) -> str:
        return CLIENT

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return urlsplit(redirect_uri).path == "/sign-on/done"

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Challenge(CodeChallenge):
    """PKCE, which every client must use."""

    def get_authorization_code_challenge(self, authorization_code: Code) -> str:
        return authorization_code.challenge

    def get_authorization_code_challenge_method(self, authorization_code: Code) -> str:
        return "S256"


class Request(OAuth2Request):
    """A request as Authlib reads it."""

    def __init__(self, method: str, uri: str, fields: dict[str, str], headers: Any) -> None:
        super().__init__(method, uri, headers=headers)
        self.payload = BasicOAuth2Payload(fields)
        self._fields = fields

    @property
    def args(self) -> dict[str, str]:
        return self._fields

    @property
    def form(self) -> dict[str, str]:
        return self._fields


class Server(AuthorizationServer):
    """Authlib's server, with answers as (status, body, headers)."""

    def query_client(self, client_id: str) -> Registered | None:
        return Registered() if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: Request) -> None:
        request.user.tokens[token["access_token"]] = request.user.person

    def create_oauth2_request(self, request: Request) -> Request:
        return request

    def handle_response(self, status: int, body: Any, headers: Any) -> tuple[int, Any, Any]:
        return status, body, headers

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        pass


@dataclass
class Granted:
    """Whom a token is given to."""

    person: Person
    tokens: dict[str, Person]


@dataclass
class HouseProvider:
    """The provider; tests read and change its fields."""

    issuer: str = ""
    people: dict[str, Person] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    tokens: dict[str, Person] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    """What it says of itself, besides the usual."""
    keys: dict[str, Any] = field(default_factory=lambda: {"keys": [KEY.as_dict(private=False)]})
    change: Callable[[dict[str, Any]], object] = lambda claims: None
    """Changes the claims of an ID token before it is signed."""
    sign: Callable[[dict[str, Any]], str] | None = None
    """Signs the claims in another way."""
    only_userinfo: bool = False
    """Whether names and groups are told at the userinfo endpoint only."""
    last_login: float = 0.0
    """Seconds before now at which people gave their password; a provider that asks again has 0."""
    asked: list[dict[str, str]] = field(default_factory=list)
    """Every authorization request."""
    paths: list[str] = field(default_factory=list)
    """Every path that was asked for."""

    def server(self) -> Server:
        house = self

        class Grant(grants.AuthorizationCodeGrant):
            TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

            def save_authorization_code(self, code: str, request: Request) -> None:
                sent = request.payload.data
                house.codes[code] = Code(
                    code, sent["redirect_uri"], sent["scope"], sent.get("nonce", ""),
                    sent.get("code_challenge", ""), request.user, int(time.time() - house.last_login),
                )  # fmt: skip

            def query_authorization_code(self, code: str, client: Registered) -> Code | None:
                return house.codes.get(code)

            def delete_authorization_code(self, authorization_code: Code) -> None:
                del house.codes[authorization_code.code]

            def authenticate_user(self, authorization_code: Code) -> Granted:
                return Granted(authorization_code.person, house.tokens)

        class IDToken(OpenIDCode):
            def exists_nonce(self, nonce: str, request: Request) -> bool:
                return any(code.nonce == nonce for code in house.codes.values())

            def get_client_claims(self, client: Registered) -> dict[str, Any]:
                return {"iss": house.issuer, "aud": [CLIENT]}

            def resolve_client_private_key(self, client: Registered) -> RSAKey:
                return KEY

            def generate_user_info(self, user: Granted, scope: str) -> UserInfo:
                return house.info(user.person, short=house.only_userinfo)

            def encode_id_token(self, token: dict[str, Any], request: Request) -> str:
                claims = jwt.decode(super().encode_id_token(token, request), KEY).claims
                house.change(claims)
                if house.sign is not None:
                    return house.sign(claims)
                return jwt.encode({"alg": "RS256", "kid": "house"}, claims, KEY)

        server = Server()
        server.register_token_generator("default", BearerTokenGenerator(lambda *_, **__: generate_token(42)))
        server.register_grant(Grant, [IDToken(require_nonce=True), Challenge(required=True)])
        return server

    def info(self, person: Person, *, short: bool = False) -> UserInfo:
        if short:
            return UserInfo(sub=person.sub)
        return UserInfo(sub=person.sub, preferred_username=person.name, groups=list(person.groups))

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "authorization_response_iss_parameter_supported": False,
            **self.metadata,
        }


_FORM = """<!doctype html><title>Provider</title><h1>The provider of the house</h1>
<form method="post"><label>Who are you? <input name="person"></label>{hidden}<button>Go on</button></form>"""


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    house: HouseProvider

    def do_GET(self) -> None:
        house, parts = self.house, urlsplit(self.path)
        house.paths.append(parts.path)
        if parts.path == "/.well-known/openid-configuration":
            self._send(200, house.description())
        elif parts.path == "/keys":
            self._send(200, house.keys)
        elif parts.path == "/userinfo":
            person = house.tokens.get(self.headers.get("authorization", "").removeprefix("Bearer "))
            self._send(200 if person else 401, dict(house.info(person)) if person else {})
        elif parts.path == "/authorize":
            fields = dict(parse_qsl(parts.query))
            house.asked.append(fields)
            hidden = "".join(
                f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
                for name, value in fields.items()
            )
            self._send(200, _FORM.format(hidden=hidden), [("content-type", "text/html")])
        else:
            self._send(404, {})

    def do_POST(self) -> None:
        house, path = self.house, urlsplit(self.path).path
        house.paths.append(path)
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        fields = dict(parse_qsl(body))
        headers = {name.title(): value for name, value in self.headers.items()}
        request = Request("POST", house.issuer + path, fields, headers)
        server = house.server()
        if path == "/token":
            self._send(*server.create_token_response(request))
            return
        request.method = "GET"
        grant = server.get_consent_grant(request)
        person = house.people.get(fields.get("person", ""))
        answer = server.create_authorization_response(request, grant_user=person, grant=grant)
        self._send(*answer)

    def _send(self, status: int, body: Any, headers: Any = ()) -> None:
        content = body if isinstance(body, str) else json.dumps(body)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def house_provider(host: str = "localhost") -> Iterator[HouseProvider]:
    """Run the provider until the end of the block."""
    house = HouseProvider()
    handler = type("HouseHandler", (Handler,), {"house": house})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        house.issuer = f"http://{host}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            server.shutdown()
            thread.join()
