"""What an operator can set: read with care, and all that is wrong told at once."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from bonewise.settings import Settings, SettingsError, read_settings

TOKEN = "123456:ABC-DEF_ghi-0123456789"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("BOT_")]:
        monkeypatch.delenv(name)


def faults(monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        given(monkeypatch, **settings)
    return caught.value.faults


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Settings:
    for name, value in settings.items():
        monkeypatch.setenv(f"BOT_{name.upper()}", value)
    return read_settings()


def token_of(settings: Settings) -> str | None:
    return settings.token.get_secret_value() if settings.token else None


def test_without_any_setting_the_page_opens_for_this_computer_only() -> None:
    settings = read_settings()
    assert (settings.token, settings.host, settings.port) == (None, "127.0.0.1", 8080)
    assert settings.hosts == ("localhost", "127.0.0.1")


def test_all_that_is_wrong_is_told_at_once_and_no_value_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "token": "tooplain",
        "token_file": "/nowhere/token",
        "key": "tooshort",
        "api_base_url": "ftp://x",
        "webhook_url": "http://bones.example/telegram",
        "webhook_secret": "hidden",
        "flows_dir": "/nowhere/flows",
        "locales_dir": "/nowhere/locales",
        "port": "99999",
        "paid_rate": "30",
        "log_level": "LOUD",
        "flow_dir": "/nowhere",
    }
    told = faults(monkeypatch, **wrong)
    assert sorted(fault.partition(":")[0] for fault in told) == sorted(f"BOT_{name.upper()}" for name in wrong)
    assert not any(value in fault for fault in told for value in ("tooplain", "hidden", "tooshort"))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DATADIR", "DATA_DIR"),
        ("FLOW_DIR", "FLOWS_DIR"),
        ("TOKN", "TOKEN"),
        ("PORTS", "PORT"),
        ("LOGLEVEL", "LOG_LEVEL"),
    ],
)
def test_a_name_that_is_no_setting_is_told_with_the_one_that_was_meant(
    name: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("planted", ""):
        [fault] = faults(monkeypatch, **{name: value})
        assert fault == f"BOT_{name}: there is no such setting; did you mean BOT_{meant}?"


def test_a_name_like_no_setting_is_told_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, xyzzy="planted")
    assert fault == "BOT_XYZZY: there is no such setting; README.md names those that there are"


def test_a_setting_may_be_written_in_small_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_port", "0")
    assert read_settings().port == 0


def test_a_setting_that_is_empty_counts_as_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = dict.fromkeys(("token", "token_file", "key", "api_base_url", "flows_dir", "port", "hosts", "log_level"), "")
    assert given(monkeypatch, **empty) == Settings()


def test_a_token_is_taken_with_the_spaces_around_it_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    assert token_of(given(monkeypatch, token=f" {TOKEN}\n")) == TOKEN


def test_a_token_comes_from_a_file_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert token_of(given(monkeypatch, token_file=str(file))) == TOKEN


@pytest.mark.parametrize("content", [b"no token", b"", b"\xff\xfe"])
def test_a_file_without_a_token_is_told_without_its_content(
    content: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    [fault] = faults(monkeypatch, token_file=str(file))
    assert fault.startswith("BOT_TOKEN_FILE: this is no bot token")


def test_a_token_file_that_cannot_be_read_is_told_by_its_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    [fault] = faults(monkeypatch, token_file=str(tmp_path))
    assert fault == f"BOT_TOKEN_FILE: cannot read {tmp_path}; check its path and rights"


def test_no_secret_is_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = repr(given(monkeypatch, token=TOKEN, key="ab" * 32))
    assert TOKEN not in shown
    assert "ab" * 32 not in shown
    assert repr(bytes.fromhex("ab" * 32)) not in shown


@pytest.mark.parametrize("key", ["07" * 32, base64.b64encode(b"\x07" * 32).decode(), f" {'07' * 32}\n"])
def test_a_key_is_32_bytes_in_hex_or_base64(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, key=key)
    assert settings.key is not None
    assert settings.key.get_secret_value() == b"\x07" * 32


@pytest.mark.parametrize("key", ["07" * 31, "07" * 33, "no key at all", base64.b64encode(b"short").decode()])
def test_another_length_is_no_key(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, key=key)
    assert fault == "BOT_KEY: this is no key; it must be 32 bytes in hex or base64"


@pytest.mark.parametrize(
    ("address", "taken"),
    [("http://127.0.0.1:8081/", "http://127.0.0.1:8081"), (" https://bots.example/api ", "https://bots.example/api")],
)
def test_a_server_is_an_address_without_a_slash_at_its_end(
    address: str, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert given(monkeypatch, api_base_url=address).api_base_url == taken


@pytest.mark.parametrize("address", ["127.0.0.1:8081", "http://", "http://127.0.0.1:8081/bot"])
def test_what_is_no_address_of_a_server_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, api_base_url=address)
    assert fault.startswith("BOT_API_BASE_URL: ")


def test_names_of_the_page_are_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, hosts="bones.example, localhost,").hosts == ("bones.example", "localhost")


@pytest.mark.parametrize(
    "address",
    [
        "https://bones.example/telegram",
        "https://bones.example:8443/a/b",
        "http://localhost:8080/telegram",
        "http://127.0.0.1:8080/telegram",
        "http://[::1]:8080/telegram",
    ],
)
def test_updates_are_pushed_by_https_or_within_this_computer(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch, token=TOKEN, webhook_url=f" {address} ").webhook_url == address


@pytest.mark.parametrize(
    "address", ["http://bones.example/t", "http://127.0.0.1.bones.example/t", "http://128.0.0.1/t"]
)
def test_from_elsewhere_nothing_is_pushed_without_https(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, token=TOKEN, webhook_url=address)
    assert fault.startswith("BOT_WEBHOOK_URL: Telegram sends to https only")


@pytest.mark.parametrize(
    "address",
    [
        "bones.example/t",
        "https://bones.example",
        "https://bones.example/",
        "https://bones.example/a%20b",
        "https://bones.example/{bot}",
        "https://a:b@c/t",
        "https://c/t?u",
        "https://c/#t",
    ],
)
def test_what_is_no_address_to_push_to_is_told(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, token=TOKEN, webhook_url=address)
    assert fault.startswith("BOT_WEBHOOK_URL: this is no address with a plain path; write one such as https://")


def test_updates_are_pushed_to_a_bot_only(monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, webhook_url="https://bones.example/telegram")
    assert fault == "BOT_WEBHOOK_URL: this needs a bot; set BOT_TOKEN or BOT_TOKEN_FILE as well"
    told = faults(monkeypatch, tokn=TOKEN)
    assert [fault.partition(":")[0] for fault in told] == ["BOT_TOKN", "BOT_WEBHOOK_URL"]


@pytest.mark.parametrize("secret", ["short", "x" * 257, "sixteen letters!", "sechzehnbuchstäben"])
def test_a_secret_is_long_and_of_letters_that_telegram_takes(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    [fault] = faults(monkeypatch, webhook_secret=secret)
    assert fault.startswith("BOT_WEBHOOK_SECRET: this is no secret")
    assert secret not in fault


def test_a_secret_is_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = given(monkeypatch, webhook_secret="0123456789abcdef")
    assert settings.webhook_secret is not None
    assert settings.webhook_secret.get_secret_value() == "0123456789abcdef"
    assert "0123456789abcdef" not in repr(settings)


def test_nothing_is_paid_for_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_settings().paid_rate is None
    assert given(monkeypatch, paid_rate="31").paid_rate == 31
    assert given(monkeypatch, paid_rate="970").paid_rate == 970


@pytest.mark.parametrize("rate", ["0", "30", "971", "-100", "100/s", "yes"])
def test_a_paid_rate_is_more_than_what_costs_nothing_and_at_most_what_telegram_takes(
    rate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    [fault] = faults(monkeypatch, paid_rate=rate)
    assert fault.startswith("BOT_PAID_RATE: write messages a second, from 31 to 970")
