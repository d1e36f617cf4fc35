"""The settings of how people sign in: a part of `vault.settings`."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, field_validator

from vault.settings_sign_on import SignOnSettings


class SignInSettings(SignOnSettings):
    """Sessions and passwords, and a provider that knows who somebody is."""

    session_hours: float = Field(
        default=72.0,
        gt=0,
        description="Hours after which an unused browser is signed out and needs a new link; by default, a "
        "weekend. Signing out in the page ends the session immediately; `incamera serve --sign-out` signs "
        "out every browser.",
    )
    session_max_hours: float = Field(
        default=720.0,
        gt=0,
        description="Hours after which a browser is signed out even if it is used all the time; by default, "
        "30 days.",
    )
    lock_minutes: float = Field(
        default=15.0,
        ge=0,
        description="Minutes without a key or a movement after which the page is blanked until the user "
        "gives their password again. 0: never. It has no effect for a user without a password.",
    )
    password_length: int = Field(default=12, ge=8, description="Fewest characters of a new password.")
    password_file: Path | None = Field(
        default=None,
        description="A file with the password of INCAMERA_USER in its first line, for commands that run "
        "without a terminal. It must be readable by its owner alone.",
    )
    own_machine: bool = Field(
        default=False,
        description="This is one's own machine: for a user who has a password, the one-time link and the "
        "command line are enough without it. (A user without a password needs none anyway.)",
    )

    @field_validator("password_file", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        """Take an empty variable for none: a path that is empty would be the present folder."""
        return None if value == "" else value
