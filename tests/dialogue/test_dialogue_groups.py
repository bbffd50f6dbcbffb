"""In a group: learn pages and the way to the private chat, nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bonewise.content import load_world
from bonewise.dialogue.event import Group
from bonewise.dialogue.person import Person
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Screen
from bonewise.settings import Settings

WORLD = replace(load_world(Settings()), bot_name="bonewise_bot")
NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


def answer(text: str) -> Screen:
    [screen] = react(WORLD, Person("p", "telegram"), Group(text), NOW, 1).screens
    assert isinstance(screen, Screen)
    return screen


@pytest.mark.parametrize("text", ["/learn", "in:learn_link", "go:learn_bone"])
def test_a_learn_page_is_shown_with_links_to_learn_pages_only(text: str) -> None:
    buttons = [button for row in answer(text).buttons for button in row]
    assert buttons[-1].url == "https://t.me/bonewise_bot?start=go-check_menu"
    assert all(button.press.partition(":")[2].startswith("learn") for button in buttons[:-1] if button.press)


@pytest.mark.parametrize("text", ["/check", "in:home", "go:tingling.self", "a:x:1:yes", "my foot is numb", ""])
def test_anything_else_leads_to_the_private_chat_and_changes_nothing(text: str) -> None:
    turn = react(WORLD, Person("p", "telegram"), Group(text), NOW, 1)
    assert turn.person == Person("p", "telegram")
    [[button]] = answer(text).buttons
    assert button.url is not None
