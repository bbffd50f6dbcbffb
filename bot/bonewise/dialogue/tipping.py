"""A tip is said, and what is pressed under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Reminder, Subscription
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tips import ended, is_held, next_tip, plan_tips
from bonewise.dialogue.traits import today_of
from bonewise.flow.tip import Tip

MENU = "caregiver_tips"


def say_tip(talk: Talk, _row: Reminder) -> None:
    """Say the next tip, if there is one for today. The row moves on to the time after that in the same turn."""
    tips, day = talk.person.tips, today_of(talk.person, talk.now)
    if tips is not None and tips.is_on and not is_held(talk.person, talk.now):
        tip = next_tip(talk.world.flows.tips, tips, day)
        if tip is not None:
            talk.change(tips=replace(tips, sent={**tips.sent, tip.id: day.isoformat()}))
            show_tip(talk, tip)
    plan_tips(talk)


def show_tip(talk: Talk, tip: Tip) -> None:
    """Show one tip. A lock screen may show it: it names nobody, and no result."""
    talk.show(lambda speaker: _draw(speaker, tip))


def _draw(speaker: Speaker, tip: Tip) -> Screen:
    lead = speaker.say("tips.lead", topic=speaker.words_of(f"tips.topic.{tip.topic}"))
    more = Button(speaker.say("tips.more"), press=data.go(tip.more))
    useful, not_for_us, stop = (speaker.button(f"tips.{what}", data.of_tip(tip.id, what)) for what in PRESSES)
    text = f"{lead} {speaker.say(f'tips.text.{tip.id}')}"
    return speaker.screen(text, rows([more], [useful, not_for_us], [stop]), role="nudge", kind="tip")


def press_tip(talk: Talk, tip: str, what: str) -> None:
    """Answer a press under a tip, however old; one that is not in the book any more can still be stopped."""
    if what in PRESSES:
        PRESSES[what](talk, tip)


def _useful(talk: Talk, tip: str) -> None:
    _mark(talk, tip, lambda unwanted: unwanted - {tip})
    talk.toast = talk.read(lambda speaker: speaker.say("tips.thanks"))


def _not_for_us(talk: Talk, tip: str) -> None:
    _mark(talk, tip, lambda unwanted: unwanted | {tip})
    talk.show(lambda speaker: speaker.screen(speaker.say("tips.not_again"), rows([_menu(speaker)])))


def _mark(talk: Talk, tip: str, change: Callable[[frozenset[str]], frozenset[str]]) -> None:
    tips = talk.person.tips or Subscription()
    if tip in talk.world.flows.tips:
        talk.change(tips=replace(tips, unwanted=change(tips.unwanted)))


def stop_tips(talk: Talk) -> None:
    """No more tips, at once and before anything is said."""
    talk.change(tips=ended(talk.person.tips))
    plan_tips(talk)


def _stop(talk: Talk, _tip: str) -> None:
    stop_tips(talk)
    talk.show(lambda speaker: speaker.screen(speaker.say("tips.stopped"), rows([_menu(speaker)])))


def _menu(speaker: Speaker) -> Button:
    return Button(speaker.say(f"{MENU}.link"), press=data.go(MENU))


PRESSES: Mapping[str, Callable[[Talk, str], None]] = {"useful": _useful, "not_for_us": _not_for_us, "stop": _stop}
"""What stands under a tip besides the way to more."""
