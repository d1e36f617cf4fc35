"""Signing on with a provider, from the browser's first request to the user, and what attackers try."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.ui.server.test_entrance import HOST, Browser, page
from tests.ui.sign_on.house_provider import CLIENT, KEY, SECRET, HouseProvider, Person, house_provider
from ui.server.gate import Gate
from ui.server.names import ServerNames
from ui.services.session import Sessions
from ui.sign_on.sign_on import SignOn, sign_on_of
from vault.access import Action
from vault.errors import CollectionNotFound, SettingsError
from vault.log.events import Event
from vault.settings import Settings
from vault.vault import Vault

DONE = f"http://{HOST}/sign-on/done"


@pytest.fixture
def provider() -> Iterator[HouseProvider]:
    with house_provider() as house:
        house.people = {
            "ana": Person("subject-1", "ana", ("partners",)),
            "ben": Person("subject-2", "ben"),
            "local": Person("subject-3", "Local"),
        }
        yield house


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "client-secret"
    file.write_text(f"{SECRET}\n")
    file.chmod(0o600)
    return file


class Door:
    """A gate behind which people sign on."""

    def __init__(self, vault: Vault, provider: HouseProvider, secret: Path, **more: Any) -> None:
        self.vault, self.provider, self.secret = vault, provider, secret
        given = {
            "oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret_file": secret,
            **more,
        }  # fmt: skip
        sign_on = sign_on_of(Settings.load(**given), vault.accounts.sign_on)
        assert sign_on is not None
        self.sign_on: SignOn = sign_on
        self.sessions = Sessions(vault.sessions, user="local", hours=72, port=8765)
        self.gate = Gate(
            page, self.sessions, names=ServerNames(8765), passwords=vault.passwords, sign_on=sign_on
        )

    def browser(self) -> Browser:
        return Browser(self.gate, "http")

    def go(self, browser: Browser, person: str, at: HouseProvider | None = None) -> str:
        """Leave for the provider and sign in there; return the path with which the browser comes back."""
        left = browser.get("/sign-on")
        assert left.status_code == 303, left.text
        return signed_in_there(left.headers["location"], person)

    def sign_on_as(self, browser: Browser, person: str) -> httpx.Response:
        return browser.get(self.go(browser, person))


def signed_in_there(address: str, person: str) -> str:
    """Fill in the provider's page, as a person would; return where it sends the browser, without the host."""
    form = httpx.get(address, trust_env=False)
    fields = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'type="hidden" name="(.*?)" value="(.*?)"', form.text)
    }
    back = httpx.post(address.partition("?")[0], data={**fields, "person": person}, trust_env=False)
    assert back.status_code == 302, back.text
    location = back.headers["location"]
    assert location.startswith(DONE)
    return location.removeprefix(f"http://{HOST}")


@pytest.fixture
def door(vault: Vault, provider: HouseProvider, secret: Path) -> Door:
    return Door(vault, provider, secret)


def refused(door: Door, answer: httpx.Response, browser: Browser, said: str, kind: str = "") -> None:
    assert answer.status_code == 401, (kind, answer.text)
    assert said in unescape(answer.text).partition("<main>")[2], kind
    assert "You are not signed in" in answer.text
    assert browser.get("/").status_code == 401


def test_who_signs_on_for_the_first_time_becomes_a_user_without_any_content(door: Door) -> None:
    door.vault.create_collection("Smith v Jones", user="local")
    browser = door.browser()
    offered = browser.get("/")
    assert (offered.status_code, 'href="/sign-on"' in offered.text) == (401, True)
    assert "Sign in with localhost" in offered.text
    assert "Signed in" in door.sign_on_as(browser, "ana").text
    assert browser.get("/").text == "ana"
    user = door.vault.accounts.get("ana")
    assert (user.administrator, user.auditor, user.password) == (False, False, False)
    with (
        pytest.raises(CollectionNotFound),
        door.vault.open_collection("Smith v Jones", user="ana", action=Action.SEARCH),
    ):
        pass
    # Again, in another browser: the same user.
    other = door.browser()
    door.sign_on_as(other, "ana")
    assert other.get("/").text == "ana"
    assert [one.name for one in door.vault.accounts.all(user="local")] == ["ana", "local"]
    logged = [entry.event for entry in door.vault.log.entries()]
    assert logged.count(Event.USER_ADDED) == 1
    assert logged.count(Event.USER_LINKED) == 1
    assert logged.count(Event.SIGNED_IN) == 2


def test_a_browser_that_the_provider_sends_brings_its_strict_cookies_a_page_later(door: Door) -> None:
    browser = door.browser()
    back = door.go(browser, "ana")
    kept = browser.client.cookies
    browser.client.cookies = httpx.Cookies()
    first = browser.get(back)
    target = re.search(r'content="0; url=(.*?)"', first.text)
    assert target
    assert (first.status_code, first.headers.get("set-cookie")) == (200, None)
    browser.client.cookies = kept
    browser.get(unescape(target[1]))
    assert browser.get("/").text == "ana"
    # Without them for a second time, it does not go round in circles.
    stranger = door.browser()
    refused(door, stranger.get(unescape(target[1])), stranger, "not begun in this browser")


def test_what_is_sent_to_the_provider_is_fresh_and_hides_the_verifier(door: Door) -> None:
    one, two = door.browser(), door.browser()
    for browser in (one, two):
        door.go(browser, "ana")
    first, second = door.provider.asked
    for sent in (first, second):
        assert sent["response_type"] == "code"
        assert sent["code_challenge_method"] == "S256"
        assert sent["redirect_uri"] == DONE
        assert sent["max_age"] == "900"
        assert "code_verifier" not in sent
    for name in ("state", "nonce", "code_challenge"):
        assert first[name] != second[name]


# --- attackers ----------------------------------------------------------------------------------


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


# --- users --------------------------------------------------------------------------------------


def test_nobody_takes_over_a_user_by_a_name_at_the_provider(door: Door) -> None:
    browser = door.browser()
    refused(door, door.sign_on_as(browser, "local"), browser, "'local' in Incamera already")
    # By proof of both they are one.
    browser.get(f"/login?token={door.sessions.new_link()}")
    assert browser.get("/").text == "local"
    assert "Signed in" in door.sign_on_as(browser, "local").text
    elsewhere = door.browser()
    door.sign_on_as(elsewhere, "local")
    assert elsewhere.get("/").text == "local"


def test_who_is_renamed_at_the_provider_stays_who_they_are(door: Door) -> None:
    door.sign_on_as(door.browser(), "ana")
    door.sign_on_as(door.browser(), "ben")
    door.provider.people["ben"].name = "ana"
    browser = door.browser()
    door.sign_on_as(browser, "ben")
    assert browser.get("/").text == "ben"


def test_a_locked_user_stays_out(door: Door) -> None:
    browser = door.browser()
    door.sign_on_as(browser, "ana")
    door.vault.accounts.lock("ana", user="local")
    assert browser.get("/").status_code == 401
    refused(door, door.sign_on_as(browser, "ana"), browser, "is locked")
    door.vault.accounts.unlock("ana", user="local")
    door.sign_on_as(browser, "ana")
    assert browser.get("/").text == "ana"


def test_roles_follow_the_groups_at_each_sign_on(vault: Vault, provider: HouseProvider, secret: Path) -> None:
    door = Door(vault, provider, secret, oidc_administrators=("partners",), oidc_auditors=("audit", "board"))

    def roles() -> tuple[bool, bool]:
        door.sign_on_as(door.browser(), "ana")
        user = vault.accounts.get("ana")
        return user.administrator, user.auditor

    assert roles() == (True, False)
    provider.people["ana"].groups = ("partners", "board")
    assert roles() == (True, True)
    provider.people["ana"].groups = ()
    assert roles() == (False, False)
    # The last administrator stays one, whatever the provider says.
    provider.people["ana"].groups = ("partners",)
    assert roles() == (True, False)
    vault.accounts.set_roles("local", user="ana", administrator=False)
    provider.people["ana"].groups = ("board",)
    assert roles() == (True, True)


def test_without_groups_in_the_settings_roles_are_left_alone(door: Door) -> None:
    door.sign_on_as(door.browser(), "ana")
    door.vault.accounts.set_roles("ana", user="local", auditor=True)
    door.sign_on_as(door.browser(), "ana")
    assert door.vault.accounts.get("ana").auditor


def test_what_the_token_lacks_is_asked_of_the_provider(
    vault: Vault, provider: HouseProvider, secret: Path
) -> None:
    provider.only_userinfo = True
    door = Door(vault, provider, secret, oidc_administrators=("partners",))
    door.sign_on_as(door.browser(), "ana")
    assert vault.accounts.get("ana").administrator


def test_a_session_that_ends_by_a_new_sign_on_is_that_of_another_user_only(door: Door) -> None:
    browser = door.browser()
    door.sign_on_as(browser, "ana")
    first = browser.client.cookies["incamera_8765"]
    conversation = door.sessions.conversation(first)
    door.sign_on_as(browser, "ana")
    second = browser.client.cookies["incamera_8765"]
    assert (second != first, door.sessions.conversation(second)) == (True, conversation)
    door.sign_on_as(browser, "ben")
    assert door.sessions.user(second) is None
    assert browser.get("/").text == "ben"


# --- settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"oidc_issuer": "https://login.firm.example"}, "not in INCAMERA_ALLOWED_HOSTS"),
        ({"oidc_issuer": "http://login.firm.example"}, "must begin with https"),
        ({"oidc_issuer": "login.firm.example"}, "no address"),
        ({"oidc_client_id": ""}, "INCAMERA_OIDC_CLIENT_ID is not"),
        ({"oidc_scopes": "profile"}, "must contain openid"),
        ({"oidc_client_secret_file": Path("/nowhere/at/all")}, "cannot be read"),
    ],
)
def test_settings_that_cannot_work_are_named(
    vault: Vault, provider: HouseProvider, secret: Path, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(SettingsError, match=said):
        Door(vault, provider, secret, **given)


def test_a_secret_that_others_can_read_is_refused(
    vault: Vault, provider: HouseProvider, secret: Path
) -> None:
    secret.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        Door(vault, provider, secret)


def test_without_a_provider_there_is_no_way_there(vault: Vault) -> None:
    sessions = Sessions(vault.sessions, user="local", hours=72, port=8765)
    assert sign_on_of(Settings.load(), vault.accounts.sign_on) is None
    browser = Browser(Gate(page, sessions, names=ServerNames(8765), passwords=vault.passwords), "http")
    for path in ("/sign-on", "/sign-on/done?code=x&state=y"):
        answer = browser.get(path)
        assert (answer.status_code, "sign-on" in answer.text) == (401, False)
