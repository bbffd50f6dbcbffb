"""The check of all screens at their worst: that they can be shown (P8), and keep Telegram's limits and ours (P9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from bonewise.channel.telegram.render import LONGEST, LONGEST_CAPTION, Part, render
from bonewise.channel.telegram.transport import LONGEST_NOTICE
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.world import World
from bonewise.flow.model import Flow
from bonewise.i18n.markup import plain
from bonewise.i18n.template import holes
from bonewise.proof.asked_once import with_second_answers
from bonewise.proof.finding import Finding
from bonewise.proof.prove import Proof
from bonewise.proof.screens.house import broken_rules
from bonewise.proof.screens.judge import Drawn, Rehearsals, place_of
from bonewise.proof.screens.scenes import scenes
from bonewise.proof.screens.stage import Stage
from bonewise.proof.screens.tips import find_long_tips
from bonewise.strict_yaml import Mark

MESSAGES = 3  # for one tap; voice.md, rules of the talk


class OnScreen(NamedTuple):
    """A finding, the part of the flow that its screen shows, and whether it is about another."""

    finding: Finding
    shows: str
    other: bool


def check_screens(world: World, tag: str, only: Collection[str] = ()) -> list[OnScreen]:
    """What is wrong with the screens of one language, each fault once: all screens, or those of `only` these flows."""
    stage = Stage(world, tag)
    found: dict[str, OnScreen] = {}
    for drawn in Rehearsals(stage).play(scenes(stage, only)):
        for finding in (*drawn.findings, *_over_limits(world, drawn)):
            on_screen = OnScreen(finding, drawn.scene.shows, drawn.scene.about == "other")
            found.setdefault(finding.about, on_screen)
    for finding in find_long_tips(stage) if not only else ():
        found.setdefault(finding.about, OnScreen(finding, "", False))
    return list(found.values())


def with_talks(
    found: Collection[OnScreen], proofs: Mapping[str, Proof], flows: Mapping[str, Flow]
) -> Iterator[Finding]:
    """The findings with the shortest conversation to each, less those whose screen nobody comes to."""
    for finding, shows, other in found:
        proof = proofs.get(finding.flow, Proof([]))
        if (shows, other) not in proof.never:
            talk = proof.shown.get((shows, other)) or proof.shown.get((shows, not other))
            shown = replace(finding, talk=talk)
            yield with_second_answers(shown, flows[finding.flow], flows[finding.flow]) if talk else shown


def _over_limits(world: World, drawn: Drawn) -> Iterator[Finding]:
    """P9: what Telegram would refuse or split, and what is more than the house lets stand on one screen."""
    fault = _Faults(world, drawn)
    new = 0
    for screen in drawn.screens:
        for what in broken_rules(screen):
            yield fault.of(what, screen)
        try:
            yield from _of_parts(fault, screen, render(screen))
        except ValueError as error:
            yield fault.of(f"would be refused by Telegram: {error}", screen)
        new += screen.replace is None and screen.message is None
    if new > MESSAGES:
        yield fault.of(f"is {new} messages, and {MESSAGES} are the most for one tap")
    if len(drawn.toast) > LONGEST_NOTICE:
        yield fault.of(f"has a notice of {len(drawn.toast)} letters, and Telegram shows {LONGEST_NOTICE}; shorten it")


def _of_parts(fault: _Faults, screen: Screen, parts: list[Part]) -> Iterator[Finding]:
    whole, most = sum(part.units for part in parts), fault.drawn.scene.messages
    if len(parts) > most or any(part.units > LONGEST for part in parts):
        room = f"Telegram takes {LONGEST}" if most == 1 else f"Telegram takes {LONGEST} in each of {most} messages"
        yield fault.of(f"has {whole} letters, and {room}; shorten it", screen, once="long")
    elif screen.picture is not None and not parts[0].is_caption:
        what = f"has {whole} letters below a picture, and Telegram takes {LONGEST_CAPTION}; shorten it"
        yield fault.of(what, screen, once="long")


class _Faults(NamedTuple):
    """Makes the findings of a scene."""

    world: World
    drawn: Drawn

    def of(self, what: str, screen: Screen | None = None, once: str = "") -> Finding:
        """A fault at the text that shows it; of those of a text that are called alike (`once`) only one is told."""
        scene = self.drawn.scene
        about = " (about another)" if scene.about == "other" else ""
        mark = _place(self.world, self.drawn, what, screen) or scene.mark
        message = f"`{scene.at}` in {self.drawn.tag}{about} {what}"
        return Finding("P9", scene.flow, scene.at, mark, message, about=f"{mark} {once or what}")


def _place(world: World, drawn: Drawn, what: str, screen: Screen | None) -> Mark | None:
    """Where the text stands that is too long: in the label that is named, or else on the screen."""
    if screen is None:
        return None
    labels = [button.label for row in screen.buttons for button in row if f"“{button.label}”" in what]
    whole = labels[0] if labels else plain(screen.text)
    texts = {key: text for key in drawn.said if (text := plain(drawn.said[key])) and text in whole}
    key = max(texts, key=lambda key: (_stands_alone(world, drawn.tag, key), len(texts[key])), default=None)
    return None if key is None else place_of(world.catalog, drawn.tag, key)


def _stands_alone(world: World, tag: str, key: str) -> bool:
    """Whether nothing else fills the text in that could be what is too long."""
    text = world.catalog.text(tag, key)
    return isinstance(text, str) and not holes(text)
