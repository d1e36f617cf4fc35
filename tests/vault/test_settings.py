import pytest

from tests.places import ROOT
from vault.errors import SettingsError
from vault.settings import Settings
from vault.settings_page import settings_page


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCAMERA_PASSAGES", "7")
    assert Settings.load().passages == 7


def test_an_argument_overrides_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCAMERA_PORT", "9000")
    assert Settings.load(port=9100).port == 9100


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PASSAGES", "0"),
        ("PORT", "seventy"),
        ("CHUNK_TOKENS", "9999"),
        ("EMBEDDER_BACKEND", "x"),
        ("DATA", ""),
    ],
)
def test_a_bad_value_is_refused_with_its_name_and_value(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"INCAMERA_{name}", value)
    with pytest.raises(SettingsError, match=f"INCAMERA_{name} is '{value}'") as raised:
        Settings.load()
    assert raised.value.exit_code == 2


def test_a_former_name_still_works_and_logs_the_new_name_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("INCAMERA_READER_SECONDS", "33")
    assert [Settings.load().parser_seconds for _ in range(2)] == [33.0, 33.0]
    logged = [record.getMessage() for record in caplog.records]
    expected = "INCAMERA_READER_SECONDS is now called INCAMERA_PARSER_SECONDS; the old name still works."
    assert logged == [expected]
    monkeypatch.setenv("INCAMERA_PARSER_SECONDS", "44")
    assert Settings.load().parser_seconds == 44


def test_a_bad_value_under_a_former_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCAMERA_READER_MEMORY_MB", "much")
    with pytest.raises(SettingsError, match="INCAMERA_PARSER_MEMORY_MB is 'much'"):
        Settings.load()


def test_the_settings_page_is_generated_from_the_settings() -> None:
    page = ROOT / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == settings_page()
