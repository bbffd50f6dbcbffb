"""What the person is shown, before any channel has its say.

Texts are already in the person's language, their placeholders filled in and isolated, and still light Markdown
(`**bold**`, `_italic_`, line breaks). A channel turns them into its own form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bonewise.flow.model import Value

MOMENT = "\u2063"
"""Stands unseen (INVISIBLE SEPARATOR) on both sides of the words for `Screen.moment`: a channel can say it natively."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button. Exactly one of `press`, `copy` and `url` is set."""

    label: str  # plain text, no Markdown
    press: str | None = None  # at most 64 bytes of ASCII, sent back in event.Press
    copy: str | None = None  # text that is copied (Telegram); on a page it is shown as a `tel:` link
    url: str | None = None
    style: str = "plain"  # plain | primary | danger
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A small file of text that comes with a screen."""

    name: str  # ASCII
    content: str
    label: str  # of the button that loads it, where a channel shows no file; plain


@dataclass(frozen=True, slots=True)
class Screen:
    """One message.

    `slot` names it, so that a later screen can replace it (`replace`), whatever the channel calls it.
    `answered` is a replaced question: its text with the chosen answer, without buttons.
    """

    text: str
    lang: str  # BCP-47
    rtl: bool = False
    buttons: tuple[tuple[Button, ...], ...] = ()
    role: str = "notice"
    """page | question | answered | result | emergency | nudge | notice | said | other_language (of the talk)"""
    folded: str | None = None  # a text that is folded away below (why we ask; sources)
    slot: str | None = None
    replace: str | None = None  # the slot of the message to edit in place
    message: str | None = None  # or the channel's own id of the message to edit in place
    silent: bool = False
    kind: str = "reply"  # the class for sending: reply | reminder | nudge | tip
    picture: str | None = None  # the id of a picture among the flows
    picture_words: str = ""  # what it shows, plain, for who cannot see it
    file: Attachment | None = None  # not along with a picture
    help: str | None = None  # the label of a button that stands below the whole chat and sends these words as a text
    moment: int | None = None  # unix seconds of a time named in the text, where the channel can show it natively


@dataclass(frozen=True, slots=True)
class Strip:
    """Take the buttons off the message in this slot, and leave its text."""

    slot: str


@dataclass(frozen=True, slots=True)
class Toast:
    """A short notice on the pressed button itself; an empty text only ends the waiting sign."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """An action of the host's own is to be done, with these answers. It goes the way of a message: in order, once."""

    action: str
    answers: Mapping[str, Value | bool | None]


Output: TypeAlias = Screen | Strip | Call
