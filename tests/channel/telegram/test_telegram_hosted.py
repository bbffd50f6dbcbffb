from __future__ import annotations

import pytest

from bonewise.channel.telegram.hosted import prefixed
from bonewise.dialogue.commands import COMMANDS
from bonewise.dialogue.screen import Button, Screen


def text(written: str) -> str:
    return prefixed(Screen(written, "en"), "bw_").text


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_that_a_text_names_gets_the_prefix(name: str) -> None:
    assert text(f"Type /{name}, or (/{name}).") == f"Type /bw_{name}, or (/bw_{name})."


@pytest.mark.parametrize("written", ["https://example.org/help", "and/help", "/helpful", "/help/me", "24/7", "/dance"])
def test_what_only_looks_like_a_command_stays(written: str) -> None:
    assert text(written) == written


def test_what_is_folded_away_gets_the_prefix_too() -> None:
    assert prefixed(Screen("", "en", folded="/forget"), "bw_").folded == "/bw_forget"


def test_buttons_send_back_the_prefix_and_links_to_the_bot_carry_it() -> None:
    link, other = "https://t.me/a_bot?start=go-check_menu", "https://example.org/?start=go-1"
    buttons = ((Button("1", press="go:home"), Button("2", url=link)), (Button("3", url=other), Button("4", copy="112")))
    (first, second), (third, fourth) = prefixed(Screen("", "en", buttons=buttons), "bw_").buttons
    assert first.press == "bw_go:home"
    assert second.url == "https://t.me/a_bot?start=bw_go-check_menu"
    assert (third, fourth) == buttons[1]
