"""What holds of every turn, whatever was done: voice.md, "Rules of the talk"."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.person import Person, Turn
from bonewise.dialogue.screen import Button, Output, Screen
from bonewise.dialogue.tips import ROW
from bonewise.i18n.bidi import isolated
from bonewise.i18n.markup import escape, plain
from bonewise.proof.screens.house import broken_rules, is_answer
from bonewise.service import codec

MESSAGES = 3  # new ones for one tap
EMERGENCY = ("go:emergency", "s:now.emergency", "s:now.crisis")


def check_turn(turn: Turn) -> None:
    """Raises `AssertionError` when a rule is broken."""
    assert has_row_of_tips(turn.person) == wants_tips(turn.person)
    screens = [output for output in turn.screens if isinstance(output, Screen)]
    new = [screen for screen in screens if screen.replace is None and screen.message is None]
    assert len(new) <= MESSAGES, [screen.text for screen in new]
    names = [isolated(escape(one.name)) for one in turn.person.people]
    for screen in screens:
        check_screen(screen)
        assert screen.kind == "reply" or not any(name in screen.text for name in names), "a lock screen shows it"
    for output in turn.screens:
        assert codec.load_output(codec.dump_output(output)) == output


def has_row_of_tips(person: Person) -> bool:
    return any(reminder.id == ROW for reminder in person.reminders)


def wants_tips(person: Person) -> bool:
    return person.tips is not None and person.tips.is_on and person.messages and not person.gone


def check_screen(screen: Screen) -> None:
    """Raises `AssertionError` when a rule is broken."""
    assert plain(screen.text).strip()
    buttons = buttons_of(screen)
    for button in buttons:
        check_button(button)
    assert sum(button.style == "primary" for button in buttons) <= 1
    assert list(broken_rules(screen)) == [], screen.buttons


def check_button(button: Button) -> None:
    """Raises `AssertionError` when a rule is broken."""
    assert plain(button.label).strip()
    assert sum(way is not None for way in (button.press, button.copy, button.url)) == 1
    if button.press is not None:
        assert button.press.isascii()
        assert len(button.press) <= data.LIMIT
        assert data.parse(button.press) is not None, button.press
    if button.style == "danger":
        assert button.copy is not None or button.press in EMERGENCY, button
    if is_answer(button):
        assert button.style == "plain", button


def buttons_of(output: Output) -> list[Button]:
    """All buttons of a screen, row by row."""
    return [button for row in output.buttons for button in row] if isinstance(output, Screen) else []


def stored(person: Person) -> Person:
    """The person after a way through the database. Raises `AssertionError` if that changes anything."""
    read = replace(
        codec.load_person(codec.dump_person(person)),
        sessions=codec.load_sessions(codec.dump_sessions(person.sessions)),
        reminders=tuple(codec.load_reminder(codec.dump_reminder(one)) for one in person.reminders),
        care_links=tuple(codec.load_care_link(codec.dump_care_link(one)) for one in person.care_links),
    )
    assert read == person
    return read
