"""As a guide the bot works out no level for anybody: every way to a check leads to the lists of signs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bonewise.dialogue import event as e
from tests.dialogue.conversation import WORLD, Conversation
from tests.dialogue.rules import buttons_of

GUIDE = replace(WORLD, mode="guide")
CHECKS = [flow.id for flow in WORLD.flows.flows.values() if flow.kind == "check"]


@pytest.mark.parametrize("to", [*CHECKS, *(f"{name}.self" for name in CHECKS), "check_menu", "check_more"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_way_to_a_check_leads_to_the_lists(to: str, language: str) -> None:
    talk = Conversation(language=language, world=GUIDE)
    talk.does(e.Press(f"go:{to}"))
    assert talk.person.sessions == ()
    assert [screen.role for screen in talk.new] == ["page"]
    assert talk.new[0].text


@pytest.mark.parametrize("page", [flow.id for flow in WORLD.flows.flows.values() if flow.kind == "page"])
def test_no_page_has_a_button_to_a_check_nor_the_same_one_twice(page: str) -> None:
    talk = Conversation(world=GUIDE)
    talk.does(e.Press(f"go:{page}"))
    presses = [button.press for button in buttons_of(talk.new[-1])]
    assert len(presses) == len(set(presses))
    assert not {press.partition(":")[2] for press in presses if press} & {*CHECKS, "check_menu", "check_more"}


def test_a_check_that_was_under_way_is_not_gone_on_with() -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.answers("life.signs", "none")
    talk.world = GUIDE
    talk.commands("home")
    assert talk.person.sessions == ()


def test_help_and_the_alarm_words_stay() -> None:
    talk = Conversation(world=GUIDE)
    talk.types("I can't breathe")
    assert [screen.role for screen in talk.new] == ["emergency"]
