"""A reminder falls due: what is said, and what becomes of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bonewise.dialogue import data
from bonewise.dialogue.asked import CHECK_IN, expect_check_in
from bonewise.dialogue.care_news import copy
from bonewise.dialogue.clocks import at_moment, near_to
from bonewise.dialogue.delivering import look, meant, unasked
from bonewise.dialogue.layout import rows
from bonewise.dialogue.missed import miss
from bonewise.dialogue.nudging import answers, find
from bonewise.dialogue.person import Reminder
from bonewise.dialogue.recurring import next_local
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tipping import say_tip
from bonewise.dialogue.tips import ROW, plan_tips
from bonewise.dialogue.traits import today_of
from bonewise.dialogue.unsaid import is_sign_unsaid
from bonewise.dialogue.visits import is_ahead
from bonewise.dialogue.walking import as_it_was


def fall_due(talk: Talk, name: str) -> None:
    """Say what was planned for now, if it still is."""
    reminder = find(talk, name)
    if reminder is None or reminder.state not in {"pending", "queued"}:
        return
    if reminder.state == "pending" and talk.now < reminder.due:
        return  # it was moved after this had fallen due
    what = unasked(reminder, talk.now)
    seen = look(talk.person, what, talk.now)
    if seen.what == "now" and _is_enough_today(talk, reminder):
        talk.remind(at_moment(talk, reminder, talk.now + timedelta(days=1)))
        return
    match seen.what:
        case "now":
            _SAYS[reminder.kind](talk, reminder)
        case "later":
            talk.remind(replace(reminder, due=seen.later or talk.now, state="pending"))
        case "missed":
            miss(talk, name, what.meant)
            _comes_again(talk, reminder)
        case "skipped":
            _skip(talk, reminder)
        case _:
            talk.unplan(name)


def _is_enough_today(talk: Talk, reminder: Reminder) -> bool:
    """Whether it can wait, and the person was reminded of something today (clinical rule N6)."""
    return reminder.kind in _CAN_WAIT and not reminder.urgent and talk.person.nudged == _today(talk)


def _today(talk: Talk) -> str:
    return today_of(talk.person, talk.now).isoformat()


def _comes_again(talk: Talk, reminder: Reminder) -> bool:
    """Whether it has a next time, for which it waits from the same turn on."""
    following = next_local(talk, reminder)
    if following is not None:
        talk.remind(near_to(talk, reminder, following))
    return following is not None


def _skip(talk: Talk, reminder: Reminder) -> None:
    if reminder.id == ROW:
        plan_tips(talk)
    else:
        talk.remind(replace(reminder, state="skipped"))


def _say_due(talk: Talk, reminder: Reminder) -> None:
    if not _comes_again(talk, reminder):
        talk.remind(replace(reminder, state="shown"))
    talk.change(nudged=_today(talk))
    talk.show(lambda speaker: _draw_lock_screen(speaker, talk, reminder))
    copy(talk, reminder)


def _say_visit(talk: Talk, reminder: Reminder) -> None:
    """Put off for so long that the visit is over, it says nothing."""
    if is_ahead(talk, reminder):
        _say_due(talk, reminder)
    else:
        talk.remind(replace(reminder, state="shown"))


def _draw_lock_screen(speaker: Speaker, talk: Talk, reminder: Reminder) -> Screen:
    parts = [speaker.say(f"nudge.lock_screen.{reminder.kind}")]
    what = unasked(reminder, talk.now)
    if what.is_late(talk.now):
        parts.append(speaker.say("nudge.late", when=speaker.moment(meant(reminder))))
    first = "start" if reminder.kind == "watch" else "show"
    show = speaker.button(f"nudge.{first}", data.of_reminder(reminder.id, first), "primary")
    buttons = rows([show], *answers(speaker, reminder))
    return speaker.screen("\n".join(parts), buttons, role="nudge", kind=what.delivery.rank)


def _say_check_in(talk: Talk, reminder: Reminder) -> None:
    talk.remind(replace(reminder, state="shown"))

    def draw(speaker: Speaker) -> Screen:
        buttons = [speaker.button(f"nudge.{name}", data.of_reminder(reminder.id, name)) for name in CHECK_IN]
        return speaker.screen(speaker.say("nudge.check_in"), rows(buttons), role="nudge", kind="reminder")

    talk.show(draw)
    expect_check_in(talk, reminder.id)


def _say_dropout(talk: Talk, reminder: Reminder) -> None:
    talk.unplan(reminder.id)
    open_still = next((one for one in talk.person.sessions if one.id == reminder.session and not one.left), None)
    if open_still is None:
        return
    cannot_wait = is_sign_unsaid(talk, open_still) or as_it_was(talk, open_still).stopped
    key = "nudge.dropout_unsaid" if cannot_wait else "nudge.dropout"
    talk.show(lambda speaker: draw_dropout(speaker, key, open_still.about == "other"))


def draw_dropout(speaker: Speaker, key: str, other: bool) -> Screen:
    """The line after a gate that was left open."""
    go_on = speaker.button("ui.go_on", data.own("check"), "primary")
    text = f"{speaker.say(key)}\n{speaker.say('net.signs', other=other)}"
    return speaker.screen(text, rows([go_on]), role="notice", kind="reminder")


_CAN_WAIT = frozenset({"follow_up", "watch"})
_SAYS: Mapping[str, Callable[[Talk, Reminder], None]] = {
    "plan": _say_due,
    "own": _say_due,
    "visit": _say_visit,
    "follow_up": _say_due,
    "watch": _say_due,
    "check_in": _say_check_in,
    "dropout": _say_dropout,
    "tips": say_tip,
}
