"""The buttons of links."""

from __future__ import annotations

from collections.abc import Iterable

from bonewise.dialogue import data
from bonewise.dialogue.screen import Button
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.traits import traits_of
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import Link

EMERGENCY = "emergency"  # the card that help is called with; not a flow, so that nothing can break it


def link_buttons(speaker: Speaker, links: Iterable[Link], key: str, *, in_place: bool = False) -> list[Button]:
    """A button for each link that holds for this person; `key` is where the page's own labels stand."""
    known = Known(facts={}, traits=traits_of(speaker.person), level=None)
    shown = [link for link in links if link.when is None or holds(link.when, known)]
    return [link_button(speaker, link, key, in_place) for link in shown]


def link_button(speaker: Speaker, link: Link, key: str, in_place: bool) -> Button:
    """One link's button."""
    own = f"{key}.links.{link.to}"
    page = speaker.world.flows.flows.get(link.to)
    turns = in_place and page is not None and page.kind == "page"
    label = speaker.say(own if speaker.has(own) else f"{link.to}.link")
    return Button(label, press=data.go(link.to, turns), style=link.style)
