"""The settings of how the page and the interface for programs are served: a part of `vault.settings`."""

from __future__ import annotations

import ipaddress
import json
from pathlib import Path
from typing import Annotated

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode


class ServingSettings(BaseSettings):
    """Addresses, certificates, proxies, and the limits of programs."""

    host: str = Field(
        default="127.0.0.1",
        description="Address that `incamera serve` listens at. Another one than this machine's own needs "
        "INCAMERA_TLS_CERTIFICATE or INCAMERA_TRUSTED_PROXIES (docs/network.md).",
    )
    served_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Names under which browsers and programs reach Incamera, besides this machine's own, "
        'as a JSON list such as `["incamera.firm.example"]`; with a port where it is not the usual one. A '
        "request under another name is refused.",
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Addresses or networks of your own reverse proxies, as a JSON list. What they say of the "
        "client's address and of https is believed; what anybody else says of it is not.",
    )
    tls_certificate: Path | None = Field(
        default=None,
        description="File with the certificate, PEM, whole chain. Needs INCAMERA_TLS_KEY.",
    )
    tls_key: Path | None = Field(
        default=None, description="File with the certificate's private key, PEM, without a passphrase."
    )
    token_days: float = Field(
        default=90.0,
        gt=0,
        le=366,
        description="Days that a program's token is valid, unless it says less.",
    )
    request_kb: int = Field(
        default=1024,
        ge=1,
        description="Most KiB of the body of a program's request. Files have the limits of uploads.",
    )
    request_seconds: float = Field(
        default=30.0,
        gt=0,
        description="Seconds after which a request that has not arrived whole is refused; a file, when "
        "nothing of it arrived for so long.",
    )
    answer_seconds: float = Field(
        default=600.0, gt=0, description="Most seconds that a program's request may take, answers included."
    )
    requests_per_minute: int = Field(
        default=600, ge=1, description="Most requests of one token in a minute, in the long run."
    )
    requests_at_once: int = Field(
        default=16, ge=1, description="Most requests of one token that are answered at the same time."
    )

    @field_validator("served_hosts", "trusted_proxies", "allowed_hosts", mode="before", check_fields=False)
    @classmethod
    def _from_json(cls, value: object) -> object:
        """Decode the JSON list here, so that bad JSON is reported like every other bad value."""
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError('must be a JSON list such as ["10.0.0.5"]') from None

    @field_validator("served_hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if not host or any(character in host for character in "/@?#* \t;,") or not host.isascii():
                raise ValueError(f"{host!r} is no host name such as incamera.firm.example or a.example:8443")
        return tuple(host.lower() for host in hosts)

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, proxies: tuple[str, ...]) -> tuple[str, ...]:
        for proxy in proxies:
            ipaddress.ip_network(proxy)
        return proxies

    @field_validator("tls_certificate", "tls_key", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value
