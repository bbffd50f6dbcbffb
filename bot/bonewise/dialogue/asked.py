"""What a turn has asked outside of a flow's own questions, kept so that a typed text can answer it (`meant`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bonewise.dialogue import data
from bonewise.dialogue.common_words import NO, YES
from bonewise.dialogue.event import Command, Event, Group, Invited, Press, Text
from bonewise.dialogue.person import Asked
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.talk import Talk, is_question
from bonewise.flow.model import NONE, UNSURE

NUMBER = "number"
"""Stands in `Asked.urgent` for any number that has no press of its own there."""

CHECK_IN = ("helped", "on_the_way", "no_help_yet")
"""What stands below the question whether help was got, in its order."""

NOW, NOT_NOW = "now", "not_now"
"""Lists of words that are said after a card, or to the question whether it is happening now, instead of yes or no."""

_OWN = Text | Press | Command | Invited
_HOME = data.go("home")
_NO_LISTS = frozenset({"nudge", "emergency"})
"""Roles of screens whose buttons are not numbered: a number below them is more likely meant for something else."""


def expect_if_now(talk: Talk, kind: str) -> None:
    """It was asked whether it is happening now. Not sure is never no."""
    now, no = data.own(f"now.{kind}"), data.own("only_asking")
    talk.urgent = {**dict.fromkeys((YES, UNSURE, NOW, "1"), now), **dict.fromkeys((NO, NONE, NOT_NOW, NUMBER), no)}


def expect_after_card(talk: Talk, again: str, no: str | None = None) -> None:
    """A card was shown. `again` shows it once more, `no` is the press for "not now"."""
    back = data.own("resume")
    talk.urgent = {
        **dict.fromkeys((YES, UNSURE, NOW), again),
        **dict.fromkeys((NO, NONE, NOT_NOW), no or back),
        NUMBER: back,
    }


def expect_after_stop(talk: Talk, session: str) -> None:
    """A check has ended in a card: only its own button takes that back."""
    again = data.of_result(session, "again")
    talk.urgent = dict.fromkeys((YES, UNSURE, NOW, NO, NONE, NOT_NOW, NUMBER), again)


def expect_after_words(talk: Talk) -> None:
    """A short text that belongs to a card was shown: what the card asked for still counts."""
    if talk.person.asked.urgent:
        talk.urgent = talk.person.asked.urgent
    else:
        expect_after_card(talk, data.own("now.emergency"))


def expect_check_in(talk: Talk, reminder: str) -> None:
    """It was asked whether help was got."""
    helped, on_the_way, no_help_yet = (data.of_reminder(reminder, name) for name in CHECK_IN)
    places = {"1": helped, "2": on_the_way, "3": no_help_yet}
    talk.urgent = {YES: helped, **dict.fromkeys((NO, UNSURE, NONE, NUMBER), no_help_yet), **places}


def asked_in(talk: Talk, event: Event, before: Asked, screens: Sequence[Screen]) -> Asked:
    """What the turn has asked; as it was `before` if it has shown nothing. `screens`: those of the turn."""
    shown = [screen for screen in screens if screen.role != "answered"]
    if isinstance(event, Group) or not shown:
        return before
    own = isinstance(event, _OWN)
    waits = not own and bool(before.urgent) and (not talk.urgent or _is_question(before.urgent))
    last = _since_question(shown)
    labels = _labels([screen for screen in shown if screen in last or screen.role == "emergency"])
    return Asked(
        labels={**before.labels, **labels} if waits else labels,
        places=_places(last) if own and not (talk.words or talk.urgent or _is_open(talk)) else (),
        words=talk.words,
        urgent=before.urgent if waits else talk.urgent,
    )


def _is_question(urgent: Mapping[str, str]) -> bool:
    """Whether it is still to be said if it is happening now."""
    return urgent.get(NO) == data.own("only_asking")


def _is_open(talk: Talk) -> bool:
    return talk.session is not None and not talk.session.left


def _since_question(shown: Sequence[Screen]) -> Sequence[Screen]:
    """The screens below the last question of a flow."""
    places = [place for place, screen in enumerate(shown) if is_question(screen)]
    return shown[places[-1] + 1 :] if places else shown


def _labels(screens: Sequence[Screen]) -> Mapping[str, str]:
    """What stands on the buttons. The word for home does more than its button while a check is open."""
    buttons = [button for screen in screens for button in _buttons(screen)]
    return {button.label: button.press for button in buttons if button.press is not None and button.press != _HOME}


def _places(screens: Sequence[Screen]) -> tuple[str, ...]:
    """The links of the last screen in their order, if there are several."""
    buttons = _buttons(screens[-1]) if screens and screens[-1].role not in _NO_LISTS else []
    return tuple(button.press or "" for button in buttons) if len(buttons) > 1 else ()


def _buttons(screen: Screen) -> list[Button]:
    return [button for row in screen.buttons for button in row]
