"""The provider: what it says of itself, and who it says somebody is, by Authlib.

It is reached through no proxy and no redirect, at allowed hosts only, over TLS unless it is this machine.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata, get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from ui.sign_on.address import require_reachable
from ui.sign_on.attempt import Attempt
from ui.sign_on.client import Client
from vault.errors import EgressRefused, SignOnFailed

_SECONDS = 10.0
"""How long the provider may take for each answer."""
_MOST_BYTES = 1 << 20
_METADATA_SECONDS = 600.0
"""How long what the provider says of itself is taken for true."""
_LEEWAY = 60
"""Seconds by which its clock may differ from ours."""
_SIGNED_BY = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA",
)  # fmt: skip
"""Signatures with a public key. Not `none`, and nothing that our own secret could sign."""


class Provider:
    """Talks to the provider. Safe to use from several threads."""

    def __init__(self, client: Client, clock: Callable[[], float] = time.time) -> None:
        """Raises SettingsError for an issuer that cannot be used; does not connect yet."""
        require_reachable(client.issuer, setting=True)
        self._client, self._clock = client, clock
        self._metadata: tuple[float, OpenIDProviderMetadata] | None = None

    def address(self, attempt: Attempt, redirect: str) -> str:
        """Return where the browser goes to sign on. `redirect` is where it comes back to.

        Raises SignOnFailed.
        """
        metadata = self._current()
        longest = self._client.login_seconds
        with self._session(metadata, redirect) as session:
            address, _ = session.create_authorization_url(
                metadata["authorization_endpoint"], state=attempt.state, nonce=attempt.nonce,
                code_verifier=attempt.verifier, **({"max_age": longest} if longest else {}),
            )  # fmt: skip
        return str(address)

    def claims(self, answer: Mapping[str, str], attempt: Attempt, redirect: str) -> dict[str, Any]:
        """Return what the provider says of a person, for the answer that their browser brought.

        Raises SignOnFailed unless it comes from this provider, for us, for this attempt, and now.
        """
        metadata = self._current()
        self._require_own(answer, metadata)
        if "error" in answer or not answer.get("code"):
            raise SignOnFailed(
                "The provider did not sign you on"
                + (": it was refused there." if answer.get("error") == "access_denied" else ".")
            )
        with self._session(metadata, redirect) as session:
            token = _asked(
                "exchange the code",
                lambda: session.fetch_token(
                    metadata["token_endpoint"], code=answer["code"], code_verifier=attempt.verifier
                ),
            )
            claims = self._checked(token, attempt, metadata)
            wanted = {self._client.name_claim, self._client.groups_claim} - claims.keys()
            if wanted and metadata.get("userinfo_endpoint"):
                more = self._json(metadata["userinfo_endpoint"], session)
                if more.get("sub") != claims["sub"]:
                    raise SignOnFailed("The provider says two different things of who you are.")
                claims = {**more, **claims}
        return claims

    def _require_own(self, answer: Mapping[str, str], metadata: Mapping[str, Any]) -> None:
        """Refuse an answer that another provider sent the browser here with (RFC 9207)."""
        said = answer.get("iss")
        if said is None and not metadata.get("authorization_response_iss_parameter_supported"):
            return
        if said != self._client.issuer:
            raise SignOnFailed("The answer comes from another provider.")

    def _checked(
        self, token: Mapping[str, Any], attempt: Attempt, metadata: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Return the claims of an ID token, once signature, issuer, audience, times and nonce are right."""
        longest = self._client.login_seconds
        try:
            # The keys are fetched for each sign-on: a key that the provider withdrew signs nothing more.
            keys = KeySet.import_key_set(self._json(metadata["jwks_uri"]))  # type: ignore[arg-type]
            registry = JWSRegistry(algorithms=list(_SIGNED_BY), strict_check_header=False)
            opened = jwt.decode(str(token.get("id_token", "")), keys, registry=registry)
            options = {
                "iss": {"essential": True, "value": self._client.issuer},
                "aud": {"essential": True, "value": self._client.id},
            }
            params = {
                "nonce": attempt.nonce, "client_id": self._client.id, "max_age": longest,
                "access_token": token.get("access_token"),
            }  # fmt: skip
            claims = CodeIDToken(opened.claims, opened.header, options, params)
            claims.validate(now=int(self._clock()), leeway=_LEEWAY)
        except (JoseError, AuthlibBaseError, ValueError, TypeError, KeyError) as error:
            kind = getattr(error, "claim", "") or getattr(error, "error", "") or type(error).__name__
            raise SignOnFailed(f"What the provider sent does not hold ({kind}).") from error
        if not isinstance(claims["sub"], str) or not claims["sub"]:
            raise SignOnFailed("The provider does not say who you are (sub).")
        if longest and self._clock() - claims["auth_time"] > longest + _LEEWAY:
            raise SignOnFailed("The provider did not ask for your password, which was given too long ago.")
        return dict(claims)

    def _current(self) -> OpenIDProviderMetadata:
        """Return what the provider says of itself. Raises SignOnFailed."""
        now = self._clock()
        if self._metadata is not None and 0 <= now - self._metadata[0] < _METADATA_SECONDS:
            return self._metadata[1]
        found = OpenIDProviderMetadata(self._json(get_well_known_url(self._client.issuer, external=True)))
        if found.get("issuer") != self._client.issuer:
            raise SignOnFailed(
                f"The provider calls itself {found.get('issuer')!r}, and INCAMERA_OIDC_ISSUER is "
                f"{self._client.issuer!r}. They must be the same to the letter."
            )
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"):
            if name in found or name != "userinfo_endpoint":
                require_reachable(str(found.get(name, "")), by_us=name != "authorization_endpoint")
        self._metadata = now, found
        return found

    def _session(self, metadata: Mapping[str, Any], redirect: str) -> OAuth2Client:
        methods = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        by_header = "client_secret_basic" in methods
        method = "client_secret_basic" if by_header else "client_secret_post"
        return OAuth2Client(
            self._client.id, self._client.secret or None, scope=self._client.scopes, redirect_uri=redirect,
            token_endpoint_auth_method=method if self._client.secret else "none",
            code_challenge_method="S256", trust_env=False, follow_redirects=False, timeout=_SECONDS,
        )  # fmt: skip

    def _json(self, address: str, session: httpx2.Client | None = None) -> dict[str, Any]:
        def get() -> Any:
            with httpx2.Client(trust_env=False, follow_redirects=False, timeout=_SECONDS) as plain:
                return _limited(session or plain, address)

        found = _asked(f"read {address}", get)
        if not isinstance(found, dict):
            raise SignOnFailed(f"The provider sent something else than expected from {address}.")
        return found


def _limited(client: httpx2.Client, address: str) -> Any:
    """Return the JSON at an address. Raises ValueError for what is too long or none."""
    with client.stream("GET", address, headers={"accept": "application/json"}) as answer:
        answer.raise_for_status()
        body = bytearray()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > _MOST_BYTES:
                raise ValueError("too long")
    return json.loads(body)


def _asked(what: str, ask: Callable[[], Any]) -> Any:
    """Return what the provider answers. Raises SignOnFailed in our words."""
    try:
        return ask()
    except EgressRefused as error:
        raise SignOnFailed(str(error)) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
        raise SignOnFailed(f"The provider cannot be reached to {what} ({type(error).__name__}).") from error
    except (AuthlibBaseError, ValueError, RecursionError) as error:
        raise SignOnFailed(f"The provider refused, or sent nonsense, to {what}.") from error
