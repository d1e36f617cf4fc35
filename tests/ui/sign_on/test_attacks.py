"""What attackers try with codes, states, tokens and providers, and that it signs nobody in."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.ui.sign_on.door import Door, refused
from tests.ui.sign_on.house_provider import CLIENT, KEY, SECRET, HouseProvider
from vault.log.events import Event
from vault.vault import Vault


def test_an_answer_with_a_wrong_state_signs_nobody_in(door: Door) -> None:
    browser = door.browser()
    back = door.go(browser, "ana")
    code = parse_qs(urlsplit(back).query)["code"][0]
    asked = len(door.provider.paths)
    for state in ("", "x", "0" * 64, "é"):
        answer = browser.get(f"/sign-on/done?code={code}&state={state}")
        refused(door, answer, browser, "not begun in this browser")
        browser.get("/sign-on")  # the cookie was taken back
    assert "/token" not in door.provider.paths[asked:]


def test_an_answer_that_belongs_to_another_browser_signs_nobody_in(door: Door) -> None:
    """An attacker who sends somebody a link must not sign them in as the attacker."""
    attacker, victim = door.browser(), door.browser()
    back = door.go(attacker, "ben")
    refused(door, victim.get(f"{back}&again=1"), victim, "not begun in this browser")
    door.go(victim, "ana")
    refused(door, victim.get(back), victim, "not begun in this browser")


def test_a_code_is_taken_once(door: Door) -> None:
    browser = door.browser()
    back = door.go(browser, "ana")
    kept = dict(browser.client.cookies)
    assert "Signed in" in browser.get(back).text
    thief = door.browser()
    thief.client.cookies.update(kept)
    refused(door, thief.get(back), thief, "was used already")
    # Also by the provider, to whom another attempt brings it: it belongs to the verifier of the first.
    second = door.browser()
    fresh = parse_qs(urlsplit(door.go(second, "ana")).query)["state"][0]
    code = parse_qs(urlsplit(back).query)["code"][0]
    refused(door, second.get(f"/sign-on/done?code={code}&state={fresh}"), second, "exchange the code")


def test_a_code_that_was_stolen_on_the_way_is_worth_nothing_in_another_attempt(door: Door) -> None:
    """The thief has the code before its owner uses it, but not the verifier."""
    victim, thief = door.browser(), door.browser()
    stolen = parse_qs(urlsplit(door.go(victim, "ana")).query)["code"][0]
    own = parse_qs(urlsplit(door.go(thief, "ben")).query)["state"][0]
    refused(door, thief.get(f"/sign-on/done?code={stolen}&state={own}"), thief, "exchange the code")


def unsigned(claims: dict[str, Any]) -> str:
    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'none'})}.{part(claims)}."


def signed_by(key: Any, **header: str) -> Callable[[dict[str, Any]], str]:
    return lambda claims: jwt.encode(header, claims, key, algorithms=[header["alg"]])


AS_SECRET = OctKey.import_key(base64.b64encode(KEY.as_pem(private=False)))
FORGED: dict[str, Callable[[dict[str, Any]], str]] = {
    "no signature": unsigned,
    "our own secret": signed_by(OctKey.import_key(SECRET), alg="HS256"),
    "the public key as a secret": signed_by(AS_SECRET, alg="HS256", kid="house"),
    "a key of the attacker": signed_by(RSAKey.generate_key(2048, {"kid": "house"}), alg="RS256", kid="house"),
    "an unknown key": signed_by(RSAKey.generate_key(2048, {"kid": "other"}), alg="RS256", kid="other"),
    "nothing": lambda claims: "",
    "nonsense": lambda claims: "a.b.c",
}


def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(door: Door) -> None:
    for kind, sign in FORGED.items():
        door.provider.sign = sign
        browser = door.browser()
        refused(door, door.sign_on_as(browser, "ana"), browser, "does not hold", kind)
    door.provider.sign = signed_by(KEY, alg="RS256", kid="house")
    door.sign_on_as(browser, "ana")
    assert browser.get("/").text == "ana"


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "another nonce": ({"nonce": "0" * 64}, "nonce"),
    "no nonce": ({"nonce": None}, "nonce"),
    "expired": ({"exp": 1_700_000_000}, "exp"),
    "no end": ({"exp": None}, "exp"),
    "from the future": ({"iat": 9_000_000_000}, "iat"),
    "not yet valid": ({"nbf": 9_000_000_000}, "nbf"),
    "another audience": ({"aud": "another-program"}, "aud"),
    "no audience": ({"aud": None}, "aud"),
    "another party": ({"aud": [CLIENT, "another"], "azp": "another"}, "azp"),
    "another issuer": ({"iss": "https://evil.example"}, "iss"),
    "no issuer": ({"iss": None}, "iss"),
    "another access token": ({"at_hash": "AAAA"}, "at_hash"),
    "no subject": ({"sub": None}, "sub"),
    "an empty subject": ({"sub": ""}, "who you are"),
    "a subject that is a number": ({"sub": 1}, "(sub)"),
    "no time of login": ({"auth_time": None}, "auth_time"),
    "a login long ago": ({"auth_time": 1_700_000_000}, "too long ago"),
    "no name": ({"preferred_username": ["ana"]}, "your name"),
    "a name that is markup": ({"preferred_username": "<b>ana</b>"}, "cannot use"),
}


def test_a_signed_token_that_says_something_wrong_signs_nobody_in(door: Door) -> None:
    for kind, (changed, said) in WRONG.items():

        def change(claims: dict[str, Any], changed: dict[str, Any] = changed) -> None:
            claims.update(changed)
            for name in [name for name, value in changed.items() if value is None]:
                del claims[name]

        door.provider.change = change
        browser = door.browser()
        answer = door.sign_on_as(browser, "ana")
        refused(door, answer, browser, said, kind)
        assert "<b>ana" not in answer.text
    assert [one.name for one in door.vault.accounts.all(user="local")] == ["local"]
    assert Event.SIGN_IN_FAILED in [entry.event for entry in door.vault.log.entries()]


def test_an_answer_of_another_issuer_is_not_taken_to_ours(door: Door) -> None:
    """The mix-up: a second provider sends the browser here with a code of its own."""
    browser = door.browser()
    back = door.go(browser, "ana")
    refused(door, browser.get(f"{back}&iss=https://evil.example"), browser, "another provider")
    assert "/token" not in door.provider.paths


def test_a_provider_that_says_its_name_in_answers_must_say_it(
    vault: Vault, provider: HouseProvider, secret: Path
) -> None:
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    door = Door(vault, provider, secret)
    browser = door.browser()
    refused(door, door.sign_on_as(browser, "ana"), browser, "another provider")
    browser.get(f"{door.go(browser, 'ana')}&iss={provider.issuer}")
    assert browser.get("/").text == "ana"


def test_a_provider_that_calls_itself_otherwise_is_not_believed(door: Door) -> None:
    door.provider.metadata = {"issuer": "https://evil.example"}
    answer = door.browser().get("/sign-on")
    assert (answer.status_code, "to the letter" in answer.text) == (502, True)


def test_addresses_that_the_provider_names_are_watched(door: Door) -> None:
    for name in ("token_endpoint", "jwks_uri", "userinfo_endpoint"):
        for address in ("https://evil.example/x", "http://10.0.0.1/x", "file:///etc/x", "", "x y"):
            door.provider.metadata = {name: address}
            assert door.browser().get("/sign-on").status_code == 502, (name, address)
    # Only the browser goes to this one, but not in the clear.
    for address, status in (("https://evil.example/x", 303), ("http://evil.example/x", 502)):
        door.provider.metadata = {"authorization_endpoint": address}
        assert Door(door.vault, door.provider, door.secret).browser().get("/sign-on").status_code == status


def test_a_person_who_refuses_at_the_provider_is_told_so(door: Door) -> None:
    browser = door.browser()
    refused(door, browser.get(door.go(browser, "nobody")), browser, "refused there")


def test_a_provider_that_is_away_gives_a_page_in_our_words(door: Door) -> None:
    door.provider.metadata = {"token_endpoint": "http://127.0.0.1:9/token"}
    browser = door.browser()
    refused(door, door.sign_on_as(browser, "ana"), browser, "cannot be reached to exchange the code")
