"""An event on its way in: who it came from, and the key by which it is recognised when it comes twice."""

from __future__ import annotations

from dataclasses import dataclass

from bonewise.dialogue.event import Event


@dataclass(frozen=True, slots=True)
class Received:
    """One event as a channel hands it over."""

    key: str  # unique per channel: the update id, or an id that the page made
    address: str  # the chat id, or the hash of the page's cookie
    event: Event
    language: str | None = None  # what the app says
    name: str | None = None
    press: str | None = None  # the id under which a press is to be acknowledged
    said: str | None = None  # the label or text, for a channel that shows the person's own words itself
