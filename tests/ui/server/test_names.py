"""Under which names a server answers, and which links it prints."""

from __future__ import annotations

import pytest

from ui.server.names import ServerNames, origin
from vault.errors import SettingsError
from vault.settings import Settings

NAMES = ServerNames(8443, ("incamera.firm.example", "other.example:9443"))


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:8443", "localhost:8443", "LOCALHOST:8443", "[::1]:8443", "incamera.firm.example",
        "Incamera.Firm.Example:8443", "other.example:9443",
    ],
)  # fmt: skip
def test_its_own_names_are_answered(host: str) -> None:
    assert host in NAMES


@pytest.mark.parametrize(
    "host",
    [
        "", "127.0.0.1", "127.0.0.1:80", "incamera.firm.example:80", "other.example", "other.example:8443",
        "evil.example", "incamera.firm.example.evil.example", "incamera.firm.example; evil.example",
        "evil.example, incamera.firm.example", "user@incamera.firm.example",
    ],
)  # fmt: skip
def test_other_names_are_not(host: str) -> None:
    assert host not in NAMES


def test_the_link_has_the_first_name() -> None:
    assert NAMES.link("0.0.0.0", tls=True) == "https://incamera.firm.example:8443"
    assert NAMES.link("127.0.0.1", tls=False) == "https://incamera.firm.example"  # a proxy speaks TLS
    assert ServerNames(8765).link("::1", tls=False) == "http://[::1]:8765"
    assert ServerNames(8765).link("127.0.0.1", tls=True) == "https://127.0.0.1:8765"


def test_an_origin_is_that_of_a_page() -> None:
    assert origin("wss", "Incamera.firm.example") == "https://incamera.firm.example"
    assert origin("http", "127.0.0.1:8765") == "http://127.0.0.1:8765"


@pytest.mark.parametrize(
    "wrong",
    [
        {"served_hosts": "incamera.firm.example"}, {"served_hosts": '["https://incamera.firm.example"]'},
        {"served_hosts": '["*.firm.example"]'}, {"served_hosts": '[""]'}, {"trusted_proxies": '["nginx"]'},
        {"trusted_proxies": '["10.0.0.1/8"]'}, {"token_days": "400"}, {"requests_at_once": "0"},
    ],
)  # fmt: skip
def test_settings_that_cannot_be_meant_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=f"INCAMERA_{next(iter(wrong)).upper()}"):
        Settings.load(**wrong)
