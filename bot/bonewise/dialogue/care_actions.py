"""The actions on links."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bonewise.dialogue.care_inviting import invite
from bonewise.dialogue.care_links import accept, agree_to_copies, end, find, may
from bonewise.dialogue.care_showing import show_link, show_words
from bonewise.dialogue.outcome import Arguments, Outcome, Reopen, asked_for
from bonewise.dialogue.person import Session
from bonewise.dialogue.subjects import cleaned
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.wording import day_of
from bonewise.flow.model import Do

CARE_ACTIONS: Mapping[str, Mapping[str, str]] = {
    "invite_caregiver": {"name": "text"},
    "accept_invitation": {"name": "text"},
    "decline_invitation": {},
    "show_link": {"id": "text"},
    "set_copies": {"agree": "text"},
}
"""Their arguments, as in `actions.ACTIONS`."""

_NO_NAME = "care.no_name"


def _invite(talk: Talk, _session: Session, do: Do, given: Arguments) -> Outcome:
    name = cleaned(str(given["name"]))
    if not name:
        return Reopen(asked_for(do, "name"), _NO_NAME)
    invite(talk, name)
    return None


def _accept(talk: Talk, _session: Session, do: Do, given: Arguments) -> Outcome:
    link, name = talk.person.invitation, cleaned(str(given["name"]))
    if not name:
        return Reopen(asked_for(do, "name"), _NO_NAME)
    if link is None:
        show_words(talk, "care.gone")
        return None
    talk.change(messages=True)  # who wants to help is written to
    accept(talk, link, name)
    show_words(talk, "care.accepted", name=link.name)
    return None


def _decline(talk: Talk, _session: Session, _do: Do, _given: Arguments) -> Outcome:
    link = talk.person.invitation
    if link is not None:
        end(talk, link)
    show_words(talk, "care.declined")
    return None


def _show_link(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    link = find(talk.person, str(given["id"]))
    if link is None:
        show_words(talk, "care.gone")
    else:
        show_link(talk, link)
    return None


def _set_copies(talk: Talk, session: Session, _do: Do, given: Arguments) -> Outcome:
    """Agreed to in the words of the flow's version, about the link that the flow was opened for."""
    link, agreed = find(talk.person, str(session.takes.get("link"))), given["agree"] == "yes"
    if link is None or not may(link, "copies"):
        show_words(talk, "care.gone")
        return None
    agree_to_copies(talk, link, day_of(talk.now) if agreed else None, session.version)
    show_words(talk, "care.copies_on" if agreed else "care.copies_off", name=link.name)
    return None


DOES_CARE: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {
    "invite_caregiver": _invite,
    "accept_invitation": _accept,
    "decline_invitation": _decline,
    "show_link": _show_link,
    "set_copies": _set_copies,
}
"""What each of them does."""
