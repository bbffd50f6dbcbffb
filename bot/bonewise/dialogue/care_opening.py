"""An invitation to a link is opened."""

from __future__ import annotations

from datetime import datetime

from bonewise.dialogue.care_links import GUESSED_WITHIN, MOST, MOST_GUESSES, find, put
from bonewise.dialogue.care_showing import show_link, show_words
from bonewise.dialogue.event import Invited
from bonewise.dialogue.opening import open_link
from bonewise.dialogue.person import CareLink
from bonewise.dialogue.talk import Talk

JOIN = "care_join"


def be_invited(talk: Talk, invited: Invited) -> None:
    """An invitation was opened. Nothing of it is shown to who has guessed too often."""
    own = find(talk.person, invited.link)
    if own is not None and own.role == "person":
        show_words(talk, "care.own_invitation")
    elif own is not None and own.state != "opened":
        show_link(talk, own)
    elif own is not None:
        open_link(talk, JOIN)
    elif _has_guessed_too_often(talk):
        show_words(talk, "care.too_often")
    elif invited.link is None or invited.until is None:
        talk.change(guesses=(*talk.person.guesses, talk.now)[-MOST_GUESSES:])
        show_words(talk, "care.over")
    elif any(link.other == invited.person and link.role == "caregiver" for link in talk.person.care_links):
        show_words(talk, "care.linked_already")
    elif len(talk.person.care_links) >= MOST:
        show_words(talk, "care.full")
    else:
        put(talk, _opened(invited, invited.link, invited.until))
        open_link(talk, JOIN)


def _opened(invited: Invited, link: str, until: datetime) -> CareLink:
    return CareLink(link, "caregiver", "opened", until, invited.token_hash, invited.person, name=invited.name)


def _has_guessed_too_often(talk: Talk) -> bool:
    recent = [moment for moment in talk.person.guesses if talk.since(moment) < GUESSED_WITHIN]
    return len(recent) >= MOST_GUESSES
