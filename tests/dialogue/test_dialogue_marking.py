"""The marks of a message, in the language that it is in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bonewise.dialogue.marking import mark_again, mark_late
from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from tests.dialogue.conversation import WORLD

PERSON = Person("p", "telegram", language="en", zone="Europe/Madrid")
MEANT = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(("tag", "mark"), [("en", "(again)"), ("es", "(otra vez)"), ("xx", "(again)")])
def test_a_message_that_may_have_come_before_says_so_in_its_last_line(tag: str, mark: str) -> None:
    assert mark_again(WORLD, Screen("Hello", tag)).text == f"Hello\n{mark}"


@pytest.mark.parametrize(("tag", "mark"), [("en", "This should have come on "), ("es", "Esto debía llegar el ")])
def test_a_late_one_says_when_it_should_have_come_by_the_persons_clock(tag: str, mark: str) -> None:
    first, line = mark_late(WORLD, Screen("Hello", tag), PERSON, MEANT).text.split("\n")
    assert first == "Hello"
    assert line.startswith(mark)
    assert "9:00" in line
