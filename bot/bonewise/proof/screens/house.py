"""What the house asks of the buttons of a screen: voice.md, "Rules of the talk"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bonewise.dialogue import data
from bonewise.dialogue.layout import PAIR, Rows
from bonewise.dialogue.screen import Button, Screen
from bonewise.i18n.tags import SOURCE

LABEL = 30  # letters
ANSWERS = 8  # buttons that answer a question
ROWS, MOST_ROWS = 5, 6
"""The larger for a translation, for ticks (they make labels longer), for a result with a card and two steps, and for a
list of the person's own rows."""
_UNSEEN = re.compile("[\u2066-\u2069]")  # the isolates round what is filled in
_WAYS_ON = ("l:", "d:", "c:")  # Leave with Back, Done with Clear all: a row of their own below the choices


def broken_rules(screen: Screen) -> Iterator[str]:
    """Each rule that a screen breaks, and what to do."""
    buttons = [button for row in screen.buttons for button in row]
    for button in buttons:
        yield from _of_button(button)
    answers = sum(is_answer(button) for button in buttons)
    if answers > ANSWERS:
        yield f"has {answers} buttons that answer it, and {ANSWERS} are the most; ask in two questions"
    rows, most = len(_rows_of_choice(screen)), _most_rows(screen)
    if rows > most:
        yield f"has {rows} rows of buttons, and {most} are the most; shorten labels to {PAIR} letters, or offer less"
    for row in screen.buttons:
        if len(row) > 2 or (len(row) == 2 and any(len(button.label) > PAIR for button in row)):
            yield f"has a row of more than two buttons, or of two of which one has more than {PAIR} letters"


def is_answer(button: Button) -> bool:
    """Whether the button answers a question: not the way past a text, not Done."""
    return button.press is not None and button.press[:2] in {"a:", "t:"} and not button.press.endswith(":pressed")


def _of_button(button: Button) -> Iterator[str]:
    letters = len(_UNSEEN.sub("", button.label))
    if letters > LABEL:
        yield f"has the button “{button.label}”, {letters} letters, and {LABEL} are the most; shorten it"
    if not button.label.strip():
        yield "has a button without a label"
    if button.press is not None and data.parse(button.press) is None:
        yield f"has the data {button.press!r} on a button, which are not known words of at most {data.LIMIT} bytes"


def _most_rows(screen: Screen) -> int:
    buttons = [button for row in screen.buttons for button in row]
    own_rows = any((button.press or "").startswith("m:") for button in buttons)
    ticked = any(button.ticked for button in buttons)
    short = screen.lang == SOURCE and screen.role != "result" and not ticked and not own_rows
    return ROWS if short else MOST_ROWS


def _rows_of_choice(screen: Screen) -> Rows:
    return tuple(row for row in screen.buttons if (row[-1].press or "")[:2] not in _WAYS_ON)
