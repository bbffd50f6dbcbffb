"""Links as they are shown: who is linked, what they get, and the buttons to change that."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.care_links import may
from bonewise.dialogue.layout import Rows, rows
from bonewise.dialogue.person import CareLink
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk

BOOK = "care_links"
_BUTTONS = ("confirm", "copies", "no_copies", "end")


def show_link(talk: Talk, link: CareLink) -> None:
    """Who it is, how the link stands and what the caregiver gets; with what this person may do."""
    talk.show(lambda speaker: draw_link(speaker, link))


def draw_link(speaker: Speaker, link: CareLink) -> Screen:
    """The same as a screen."""
    copies = "_copies" if link.state == "on" and link.copies else ""
    text = speaker.say(f"care.{link.role}.{link.state}{copies}", name=link.name, when=speaker.moment(link.until))
    return speaker.screen(text, _buttons(speaker, link))


def _buttons(speaker: Speaker, link: CareLink) -> Rows:
    unwanted = "copies" if link.copies else "no_copies"
    names = (what for what in _BUTTONS if may(link, what) and what != unwanted)
    return rows(*([of_link(speaker, link, what)] for what in names), [home(speaker)])


def of_link(speaker: Speaker, link: CareLink, what: str) -> Button:
    """A button of a link."""
    return speaker.button(f"care.{what}", data.of_care_link(link.id, what))


def show_words(talk: Talk, key: str, name: str = "") -> None:
    """One of the short texts about links, and the way to the list of them."""

    def draw(speaker: Speaker) -> Screen:
        book = Button(speaker.say(f"{BOOK}.link"), press=data.go(BOOK))
        return speaker.screen(speaker.say(key, name=name), rows([book], [home(speaker)]))

    talk.show(draw)


def home(speaker: Speaker) -> Button:
    """The way home."""
    return Button(speaker.say("home.link"), press=data.go("home"))
