"""Whom a check or a plan is about: the reader, or somebody they care for, who may have a name.

What is known of one is never used for another: kept answers stand under `key_of`, results and plans carry the subject.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from bonewise.dialogue.person import Person, Subject
from bonewise.dialogue.speaker import Speaker
from bonewise.i18n.bidi import tame

SOMEONE = "someone"  # at the end of a link: somebody else, whose name is asked first
MOST = 5  # names; with the reader, somebody else and Back they are eight buttons (voice.md, rules of the talk)

_JOINERS = "\u200c\u200d"  # some scripts and emoji cannot be written without
_VISIBLE = "LNPS"


def key_of(about: str, subject: Subject | None) -> str:
    """One word for whom something is about: self, other (without a name), or the id of a named one.

    Kept answers stand under it, and a link to a flow about this person ends in it.
    """
    return subject.id if subject else about


def named(person: Person, key: str) -> Subject | None:
    """The one with this id, if the person still has such a name."""
    return next((one for one in person.people if one.id == key), None)


def called(person: Person, typed: str, fresh_id: str) -> Subject | None:
    """Who is meant by a name that was typed: one of before if it is the same name, else a new one with this id.

    None if nothing could be seen of the name. Upper and lower case are the same name.
    """
    name = cleaned(typed)
    if not name:
        return None
    before = (one for one in person.people if one.name.casefold() == name.casefold())
    return next(before, Subject(fresh_id, name))


def cleaned(typed: str) -> str:
    """A typed name in one line, without what cannot be seen; empty if nothing of it can."""
    kept = "".join(_seen(unicodedata.normalize("NFC", tame(typed))))
    name = " ".join(kept.split())
    return name if any(unicodedata.category(letter)[0] in _VISIBLE for letter in name) else ""


def _seen(text: str) -> Iterator[str]:
    return (letter for letter in text if letter in _JOINERS or unicodedata.category(letter) != "Cf")


def remember(person: Person, subject: Subject | None) -> Person:
    """The person with this name first. The one not used for longest makes way, and its kept answers with it."""
    if subject is None:
        return person
    people = (subject, *(one for one in person.people if one.id != subject.id))[:MOST]
    known = {"self", "other", *(one.id for one in people)}
    return replace(person, people=people, profile={key: kept for key, kept in person.profile.items() if key in known})


def subject_words(speaker: Speaker, subject: Subject | None) -> object:
    """The name of somebody else, or the words for one without a name."""
    return subject.name if subject else speaker.words_of("ui.about.unnamed")


def subject_line(speaker: Speaker, about: str | None, subject: Subject | None) -> list[str]:
    """The line that says whom a screen is about, where that is not the reader."""
    return [speaker.say("ui.about.line", subject=subject_words(speaker, subject))] if about == "other" else []
