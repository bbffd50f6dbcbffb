"""The buttons of links."""

from __future__ import annotations

from collections.abc import Iterable

from bonewise.dialogue import data
from bonewise.dialogue.layout import Rows, rows
from bonewise.dialogue.screen import Button
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.traits import traits_of
from bonewise.dialogue.world import World
from bonewise.flow.evaluate import Known, holds
from bonewise.flow.model import Link

MENUS = ("check_menu", "check_more", "check_other")  # the pages that lead to checks
SIGNS = "signs"  # the lists of warning signs by level
EMERGENCY = "emergency"  # the card that help is called with; not a flow, so that nothing can break it


def link_buttons(speaker: Speaker, links: Iterable[Link], key: str, *, in_place: bool = False) -> list[Button]:
    """A button for each link that holds for this person; `key` is where the page's own labels stand."""
    known = Known(facts={}, traits=traits_of(speaker.person), level=None)
    shown = [link for link in links if link.when is None or holds(link.when, known)]
    buttons = [link_button(speaker, link, key, in_place) for link in shown]
    return list({button.press: button for button in reversed(buttons)}.values())[::-1]


def link_rows(buttons: Iterable[Button], *more: Button) -> Rows:
    """The links of a text, and what else stands with them; help comes last."""
    shown = list(buttons)
    calm = [button for button in shown if button.style != "danger"]
    return rows([*calm, *more], [button for button in shown if button.style == "danger"])


def target(world: World, to: str) -> str:
    """What a link opens: as a guide without checks the lists of signs stand for each of them."""
    name = to.partition(".")[0]
    flow = world.flows.flows.get(name)
    is_check = name in MENUS or (flow is not None and flow.kind == "check")
    return SIGNS if world.mode == "guide" and is_check else to


def link_button(speaker: Speaker, link: Link, key: str, in_place: bool) -> Button:
    """One link's button."""
    to = target(speaker.world, link.to)
    own = f"{key}.links.{to}"
    page = speaker.world.flows.flows.get(to)
    turns = in_place and page is not None and page.kind == "page"
    label = speaker.say(own if speaker.has(own) else f"{to}.link")
    return Button(label, press=data.go(to, turns), style=link.style)
