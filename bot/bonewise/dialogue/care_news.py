"""What the other one of a link did, as this person hears of it; and what is pressed under that.

A lock screen shows the first message: it says nothing of anybody's health (clinical rule N9). A copy says what to do,
never a result, a level, an answer or a note (N10).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.care_links import agree_to_copies, confirm, end, find, may, put
from bonewise.dialogue.care_showing import home, of_link, show_link, show_words
from bonewise.dialogue.event import Linked
from bonewise.dialogue.layout import rows
from bonewise.dialogue.opening import begin
from bonewise.dialogue.person import CareLink, Reminder
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import today_of

COPIES = "care_copies"
COPIED = ("plan", "visit", "follow_up", "watch")
"""The kinds of reminders of which a caregiver gets a copy."""


def copy(talk: Talk, reminder: Reminder) -> None:
    """The person is reminded of something: whoever gets copies hears of its kind, at most once a day."""
    if reminder.kind not in COPIED or reminder.whom == "other":
        return
    today = today_of(talk.person, talk.now).isoformat()
    for link in talk.person.care_links:
        if link.role == "person" and link.copies and link.copied != today:
            put(talk, replace(link, copied=today))
            talk.tell(Linked(link.id, "copy", link.shown, reminder.kind))


def hear_of(talk: Talk, news: Linked) -> None:
    """Say what the other one did. What is over meanwhile is passed over, but for its end."""
    link = find(talk.person, news.link)
    if news.what == "ended":
        if talk.person.messages:
            talk.show(lambda speaker: _draw_ended(speaker, news))
    elif link is not None:
        _HEARS[news.what](talk, link, news)


def _draw_ended(speaker: Speaker, news: Linked) -> Screen:
    key = "care.news.ended" if news.name else "care.news.declined"
    return speaker.screen(speaker.say(key, name=news.name), rows([home(speaker)]), role="nudge", kind="nudge")


def _accepted(talk: Talk, link: CareLink, news: Linked) -> None:
    known = replace(link, name=news.name)
    put(talk, known)
    _show(talk, known, "accepted", "show")


def _confirmed(talk: Talk, link: CareLink, _news: Linked) -> None:
    _show(talk, link, "confirmed", "show")


def _copied(talk: Talk, link: CareLink, news: Linked) -> None:
    if link.state == "on" and link.copies and news.about in COPIED:
        _show(talk, link, "copy", news.about)


def _show(talk: Talk, link: CareLink, what: str, first: str) -> None:
    def draw(speaker: Speaker) -> Screen:
        show = replace(of_link(speaker, link, "show"), press=data.of_care_link(link.id, first), style="primary")
        text = speaker.say(f"care.news.{what}")
        return speaker.screen(text, rows([show], [of_link(speaker, link, "end")]), role="nudge", kind="nudge")

    talk.show(draw)


_HEARS: Mapping[str, Callable[[Talk, CareLink, Linked], None]] = {
    "accepted": _accepted,
    "confirmed": _confirmed,
    "copy": _copied,
}


def press_link(talk: Talk, name: str, what: str) -> None:
    """Answer a press under a link; who may not do that, or not any more, changes nothing."""
    link = find(talk.person, name)
    if link is None or not (what in _LOOKS or may(link, what)) or what not in PRESSES:
        show_words(talk, "care.gone")
    else:
        PRESSES[what](talk, link)


def _confirm(talk: Talk, link: CareLink) -> None:
    """A name is known as soon as the yes was heard of; before that there is nobody to confirm."""
    if not link.name:
        show_link(talk, link)
        return
    confirm(talk, link)
    _ask_for_copies(talk, link)


def _ask_for_copies(talk: Talk, link: CareLink) -> None:
    begin(talk, talk.world.flows.flows[COPIES], takes={"link": link.id})


def _no_copies(talk: Talk, link: CareLink) -> None:
    agree_to_copies(talk, link, None, 0)
    show_words(talk, "care.copies_off", name=link.name)


def _end(talk: Talk, link: CareLink) -> None:
    end(talk, link)
    show_words(talk, "care.ended")


def _copy_of(kind: str) -> Callable[[Talk, CareLink], None]:
    def show(talk: Talk, link: CareLink) -> None:
        if link.role != "caregiver" or link.state != "on" or not link.copies:
            show_words(talk, "care.gone")
        else:
            talk.show(lambda speaker: _draw_copy(speaker, link, kind))

    return show


def _draw_copy(speaker: Speaker, link: CareLink, kind: str) -> Screen:
    text = speaker.say(f"care.copy.{kind}", name=link.name)
    return speaker.screen(text, rows([of_link(speaker, link, "end")], [home(speaker)]), role="nudge")


_LOOKS = frozenset({"show", *COPIED})
"""What shows something, and changes nothing."""

PRESSES: Mapping[str, Callable[[Talk, CareLink], None]] = {
    "show": show_link,
    "confirm": _confirm,
    "copies": _ask_for_copies,
    "no_copies": _no_copies,
    "end": _end,
    **{kind: _copy_of(kind) for kind in COPIED},
}
