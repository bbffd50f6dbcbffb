"""The commands: each does one thing, in every state."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bonewise.dialogue import data
from bonewise.dialogue.care_links import token_hash_in
from bonewise.dialogue.care_opening import be_invited
from bonewise.dialogue.event import Invited
from bonewise.dialogue.layout import rows
from bonewise.dialogue.opening import HOME, begin, is_check_open, open_link, start
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.settings import forget, stop_messages
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk

_PAYLOAD = re.compile(r"go-([a-z][a-z0-9_]{0,40})")


def command(talk: Talk, name: str, argument: str) -> None:
    """Do what a command says; one that is not known brings the menu."""
    COMMANDS.get(name, _home)(talk, argument)


def _start(talk: Talk, argument: str) -> None:
    if token_hash_in(argument) is not None:  # one that exists comes as an event of its own
        be_invited(talk, Invited())
        return
    linked = _PAYLOAD.fullmatch(argument)
    if linked and linked[1] in talk.world.flows.flows:
        open_link(talk, linked[1])
    elif not talk.person.greeted:
        start(talk)
    else:
        _home(talk, "")


def _home(talk: Talk, _argument: str) -> None:
    if not talk.person.greeted:
        start(talk)
        return
    if is_check_open(talk):
        talk.show(_draw_open_check)
    open_link(talk, HOME)


def _draw_open_check(speaker: Speaker) -> Screen:
    go_on = speaker.button("ui.go_on", data.own("check"), "primary")
    return speaker.screen(speaker.say("ui.check_open"), rows([go_on]))


def _help(talk: Talk, _argument: str) -> None:
    def draw(speaker: Speaker) -> Screen:
        home = Button(speaker.say("home.link"), press=data.go(HOME))
        urgent = Button(speaker.say("emergency.link"), press=data.go("emergency"), style="danger")
        return speaker.screen(speaker.say("ui.help"), rows([home], [urgent]), role="page")

    talk.show(draw)


def _ask(talk: Talk, _argument: str) -> None:
    """What follows the command comes as a text; without it the next text is the question."""
    talk.change(asking=True)
    talk.show(lambda speaker: speaker.screen(speaker.say("ui.ask")))


def _opens(to: str) -> Callable[[Talk, str], None]:
    return lambda talk, _argument: open_link(talk, to)


def _language(talk: Talk, _argument: str) -> None:
    begin(talk, talk.world.flows.flows["language"])


def _forget_now(talk: Talk, _argument: str) -> None:
    forget(talk, 3)


COMMANDS: Mapping[str, Callable[[Talk, str], None]] = {
    "start": _start,
    "home": _home,
    "help": _help,
    "check": _opens("check_menu"),
    "ask": _ask,
    "learn": _opens("learn"),
    "remind": _opens("plan_visit"),
    "language": _language,
    "privacy": _opens("privacy"),
    "about": _opens("about"),
    "forget": lambda talk, _argument: forget(talk, 1),
    "forget_now": _forget_now,
    "stop": lambda talk, _argument: stop_messages(talk),
    "emergency": _opens("emergency"),
}
