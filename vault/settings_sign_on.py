"""The settings of signing on with a provider of one's own (OpenID Connect): a part of `vault.settings`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode


class SignOnSettings(BaseSettings):
    """The provider, this program's name there, and what its groups mean here."""

    oidc_issuer: str = Field(
        default="",
        description="Address of the OpenID Connect provider of your own with which people sign on, exactly "
        "as it calls itself, such as `https://login.firm.example/realms/firm`. Its host must be in "
        "INCAMERA_ALLOWED_HOSTS unless it is this machine (docs/security/sign-on.md).",
    )
    oidc_client_id: str = Field(default="", description="The name that the provider gave to Incamera.")
    oidc_client_secret_file: Path | None = Field(
        default=None,
        description="A file with the secret that the provider gave to Incamera, in its first line. It must "
        "be readable by its owner alone. Without it, Incamera is a public client (PKCE alone).",
    )
    oidc_scopes: str = Field(
        default="openid profile",
        description="What the provider is asked for; some give groups only with `openid profile groups`.",
    )
    oidc_name_claim: str = Field(
        default="preferred_username",
        min_length=1,
        description="The claim whose value becomes the name of a user when they sign on for the first time.",
    )
    oidc_groups_claim: str = Field(
        default="groups", min_length=1, description="The claim with the groups of a user."
    )
    oidc_administrators: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Groups of the provider whose members administer the vault, as a JSON list; default: "
        "administrators are chosen in Incamera.",
    )
    oidc_auditors: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Groups of the provider whose members are auditors, as a JSON list; default: auditors "
        "are chosen in Incamera.",
    )
    oidc_login_minutes: float = Field(
        default=15.0,
        ge=0,
        description="Most minutes since somebody gave their password (or key) to the provider; after that, "
        "the provider asks again before they sign on. 0: no limit, for providers that do not tell it.",
    )

    @field_validator("oidc_client_secret_file", mode="before")
    @classmethod
    def _no_file(cls, value: object) -> object:
        """Take an empty variable for none: a path that is empty would be the present folder."""
        return None if value == "" else value

    @field_validator("oidc_administrators", "oidc_auditors", mode="before")
    @classmethod
    def _groups(cls, value: object) -> object:
        """Decode the JSON list here, so that bad JSON is reported like every other bad value."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else ()
        except ValueError:
            raise ValueError('must be a JSON list such as ["partners"]') from None
