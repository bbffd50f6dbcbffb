"""What holds of every turn, whatever was done: voice.md, "Rules of the talk"."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.layout import PAIR
from bonewise.dialogue.person import Person, Turn
from bonewise.dialogue.screen import Button, Output, Screen
from bonewise.i18n.bidi import isolated
from bonewise.i18n.markup import escape, plain
from bonewise.service import codec

MESSAGES = 3  # new ones for one tap
ANSWERS = 8  # buttons that answer a question
ROWS, MOST_ROWS = 5, 6
"""The larger for a translation, for ticks (they make labels longer), and for a result with a card and two steps."""
EMERGENCY = ("go:emergency", "s:now.emergency", "s:now.crisis")


def check_turn(turn: Turn) -> None:
    """Raises `AssertionError` when a rule is broken."""
    screens = [output for output in turn.screens if isinstance(output, Screen)]
    new = [screen for screen in screens if screen.replace is None and screen.message is None]
    assert len(new) <= MESSAGES, [screen.text for screen in new]
    names = [isolated(escape(one.name)) for one in turn.person.people]
    for screen in screens:
        check_screen(screen)
        assert screen.kind == "reply" or not any(name in screen.text for name in names), "a lock screen shows it"
    for output in turn.screens:
        assert codec.load_output(codec.dump_output(output)) == output


def check_screen(screen: Screen) -> None:
    """Raises `AssertionError` when a rule is broken."""
    assert plain(screen.text).strip()
    buttons = buttons_of(screen)
    for button in buttons:
        check_button(button)
    assert sum(button.style == "primary" for button in buttons) <= 1
    assert sum(is_answer(button) for button in buttons) <= ANSWERS
    assert len(_rows_of_choice(screen)) <= (ROWS if _is_short(screen) else MOST_ROWS), screen.buttons
    for row in screen.buttons:
        assert len(row) == 1 or (len(row) == 2 and all(len(button.label) <= PAIR for button in row)), row


def _is_short(screen: Screen) -> bool:
    ticked = any(button.ticked for button in buttons_of(screen))
    return screen.lang == "en" and screen.role != "result" and not ticked


def _rows_of_choice(screen: Screen) -> list[tuple[Button, ...]]:
    """The rows but for the last one of a question, Back and Leave."""
    return [row for row in screen.buttons if (row[-1].press or "")[:2] != "l:"]


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


def is_answer(button: Button) -> bool:
    """Whether the button answers a question: not the way past a text, not Done."""
    return button.press is not None and button.press[:2] in {"a:", "t:"} and not button.press.endswith(":pressed")


def stored(person: Person) -> Person:
    """The person after a way through the database. Raises `AssertionError` if that changes anything."""
    read = replace(
        codec.load_person(codec.dump_person(person)),
        sessions=codec.load_sessions(codec.dump_sessions(person.sessions)),
        reminders=tuple(codec.load_reminder(codec.dump_reminder(one)) for one in person.reminders),
    )
    assert read == person
    return read
