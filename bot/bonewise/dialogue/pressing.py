"""A button was pressed. Nothing in its data is trusted: it is checked against what the person has open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from bonewise.dialogue import data
from bonewise.dialogue.answering import press_none, press_not_meant, press_topic
from bonewise.dialogue.care_news import press_link
from bonewise.dialogue.data import Data
from bonewise.dialogue.emergency import show_card, show_words
from bonewise.dialogue.leaving import show_stale
from bonewise.dialogue.nudging import press_reminder
from bonewise.dialogue.opening import HOME, open_link
from bonewise.dialogue.pages import page_sources, show_page_text, show_sources
from bonewise.dialogue.pressing_question import QUESTION_BUTTONS, press_change, press_question, press_restart
from bonewise.dialogue.pressing_result import press_result, show_summary_of
from bonewise.dialogue.settings import forget, stop_messages
from bonewise.dialogue.switching import press_language
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tipping import press_tip
from bonewise.dialogue.unknown import press_keep
from bonewise.dialogue.walking import flow_of, go_on
from bonewise.dialogue.watching import CARD

DOUBLE_TAP = timedelta(seconds=2)  # shorter than it takes to read what came and to change one's mind


def press(talk: Talk, text: str, message: str | None) -> None:
    """Answer one press. A double tap counts once and says nothing."""
    pressed = data.parse(text)
    if pressed is None:
        show_stale(talk)
        return
    if _is_double(talk, text):
        return
    talk.change(pressed=text, pressed_on=talk.now)
    if pressed.kind in QUESTION_BUTTONS:
        press_question(talk, pressed)
    else:
        _OTHERS[pressed.kind](talk, pressed, message)


def _is_double(talk: Talk, text: str) -> bool:
    before = talk.person
    if before.pressed != text or before.pressed_on is None:
        return False
    return timedelta(0) <= talk.since(before.pressed_on) < DOUBLE_TAP


def _link(talk: Talk, pressed: Data, _message: str | None) -> None:
    open_link(talk, pressed.parts[0])


def _link_in_place(talk: Talk, pressed: Data, message: str | None) -> None:
    open_link(talk, pressed.parts[0], message)


def _card(talk: Talk, pressed: Data, _message: str | None) -> None:
    name, _, card_id = pressed.parts[0].partition(".")
    flow = talk.world.flows.flows.get(name)
    card = next((card for card in flow.cards if card.id == card_id), None) if flow else None
    if card is None:
        show_stale(talk)
    else:
        show_page_text(talk, f"{card.key}.text", card.sources)


def _sources(talk: Talk, pressed: Data, _message: str | None) -> None:
    flow = talk.world.flows.flows.get(pressed.parts[0])
    if flow is not None and page_sources(flow):
        show_sources(talk, page_sources(flow))


def _own(talk: Talk, pressed: Data, _message: str | None) -> None:
    action = OWN.get(pressed.parts[0])
    if action is None:
        show_stale(talk)
    else:
        action(talk)


def _resume(talk: Talk) -> None:
    if talk.session is None:
        open_link(talk, HOME)
    else:
        go_on(talk, talk.session)


def _resume_check(talk: Talk) -> None:
    """Go on with the check that is not finished, whatever was begun since."""
    checks = [s for s in talk.person.sessions if flow_of(talk, s).kind == "check"]
    if checks:
        talk.put(checks[-1])
    _resume(talk)


def _not_now(talk: Talk) -> None:
    talk.unplan(CARD)
    _resume(talk)


def _save_first(talk: Talk) -> None:
    """The newest summary, and below it the question of wiping again."""
    if talk.person.results:
        show_summary_of(talk, talk.person.results[-1])
    forget(talk, 1)


OWN: Mapping[str, Callable[[Talk], None]] = {
    "resume": _resume,
    "check": _resume_check,
    "crisis": lambda talk: show_card(talk, "crisis"),
    "now.emergency": lambda talk: show_card(talk),
    "now.crisis": lambda talk: show_card(talk, "crisis"),
    "not_now": _not_now,
    "only_asking": _resume,
    "none_of_these": press_none,
    "someone": lambda talk: show_words(talk, "someone"),
    "alone": lambda talk: show_words(talk, "alone"),
    "ask_to_come": lambda talk: show_words(talk, "ask_to_come"),
    "wipe": lambda talk: forget(talk, 2),
    "wipe_now": lambda talk: forget(talk, 3),
    "keep": lambda talk: open_link(talk, HOME),
    "save_first": _save_first,
    "messages_on": lambda talk: stop_messages(talk, on=True),
    "forget": lambda talk: forget(talk, 1),
}

_OTHERS: Mapping[str, Callable[[Talk, Data, str | None], None]] = {
    "go": _link,
    "in": _link_in_place,
    "card": _card,
    "src": _sources,
    "q": lambda talk, pressed, _message: press_topic(talk, pressed.parts[0]),
    "lang": lambda talk, pressed, _message: press_language(talk, *pressed.parts),
    "keep": lambda talk, pressed, _message: press_keep(talk, *pressed.parts),
    "not": lambda talk, pressed, _message: press_not_meant(talk, pressed.parts[0], data.others_meant(pressed.parts[1])),
    "o": lambda talk, pressed, _message: press_result(talk, pressed),
    "n": lambda talk, pressed, _message: press_reminder(talk, *pressed.parts),
    "tip": lambda talk, pressed, _message: press_tip(talk, *pressed.parts),
    "care": lambda talk, pressed, _message: press_link(talk, *pressed.parts),
    "e": lambda talk, pressed, _message: press_change(talk, pressed),
    "r": lambda talk, pressed, _message: press_restart(talk, pressed),
    "s": _own,
}
