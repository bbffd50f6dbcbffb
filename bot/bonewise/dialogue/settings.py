"""No more messages, and wiping all that is kept."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.care_links import end_all
from bonewise.dialogue.common_words import NO, YES
from bonewise.dialogue.layout import rows
from bonewise.dialogue.opening import is_check_open
from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tips import ended


def stop_messages(talk: Talk, *, on: bool = False) -> None:
    """Stop writing first, at once and before anything is said; or begin again."""
    if on:
        talk.change(messages=True)
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.messages_on")))
        return
    end_all(talk)
    talk.change(messages=False, agreed={}, reminders=(), tips=ended(talk.person.tips))
    talk.show(lambda speaker: _draw_stopped(speaker, is_check_open(talk)))


def _draw_stopped(speaker: Speaker, check_open: bool) -> Screen:
    parts = [speaker.say("ui.stopped.text")]
    if check_open:
        parts.append(f"{speaker.say('ui.stopped.check_open')} {speaker.say('net.signs')}")
    again = speaker.button("ui.stopped.again", data.own("messages_on"))
    wipe = speaker.button("ui.stopped.wipe", data.own("forget"))
    return speaker.screen("\n".join(parts), rows([again], [wipe]))


def forget(talk: Talk, step: int) -> None:
    """Wipe all, in two steps; the third call does it."""
    if step == 1:
        talk.show(_draw_first)
        talk.words = {YES: data.own("wipe"), NO: data.own("keep")}
    elif step == 2:
        talk.show(_draw_last)
        talk.words = {YES: data.own("wipe_now"), NO: data.own("keep")}
    else:
        end_all(talk)
        person = talk.person
        talk.person = Person(id=person.id, channel=person.channel, language=person.language, hinted=person.hinted)
        talk.forget = True
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.forget.done")))


def _draw_first(speaker: Speaker) -> Screen:
    names = ("wipe", *(("save_first",) if speaker.person.results else ()), "keep")
    return speaker.screen(
        speaker.say("ui.forget.ask"),
        rows(*([speaker.button(f"ui.forget.{name}", data.own(name))] for name in names)),
        role="question",
    )


def _draw_last(speaker: Speaker) -> Screen:
    buttons = rows(*([speaker.button(f"ui.forget.{name}", data.own(name))] for name in ("keep", "wipe_now")))
    return speaker.screen(speaker.say("ui.forget.last"), buttons, role="question")
