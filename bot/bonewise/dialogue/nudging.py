"""What is pressed under a reminder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from bonewise.dialogue import data
from bonewise.dialogue.calendar_file import give_file
from bonewise.dialogue.clocks import at_moment
from bonewise.dialogue.emergency import show_again, show_card
from bonewise.dialogue.following_up import AGAIN, close_all, newest
from bonewise.dialogue.layout import Rows, rows
from bonewise.dialogue.opening import HOME, open_link
from bonewise.dialogue.person import Person, Reminder
from bonewise.dialogue.recurring import moment_of_visit, waits_again
from bonewise.dialogue.result import say_line
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import key_of, subject_line
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import clock_of, today_of
from bonewise.dialogue.visits import ask_for_date, is_ahead, note_visit, rebook, take_along, visit_details
from bonewise.dialogue.wording import option_key
from bonewise.scheduling.recurrence import local_now, to_utc

EVENING = time(18, 0)
PLAIN = frozenset({"own", "watch"})  # kinds that ask for nothing but that it is done
WORSE = "worse"  # the check of both gates alone
_FIRST = {**dict.fromkeys(PLAIN, ("done",)), "visit": ("done", "cant_go")}
"""The first row under a reminder, where it is another one than under a plan."""

REASONS = ("forgot", "no_time", "getting_there", "afraid", "calling", "worse")


def find(talk: Talk, name: str) -> Reminder | None:
    """The person's reminder of this id."""
    return next((reminder for reminder in talk.person.reminders if reminder.id == name), None)


def answers(speaker: Speaker, reminder: Reminder) -> tuple[list[Button], list[Button]]:
    """The buttons that stand on each message about a reminder."""

    def button(what: str) -> Button:
        return speaker.button(f"nudge.{what}", data.of_reminder(reminder.id, what))

    first = _FIRST.get(reminder.kind, ("done", "not_yet"))
    return [button(what) for what in first], [button("snooze"), button("stop")]


def press_reminder(talk: Talk, name: str, what: str) -> None:
    """Answer a press under a reminder."""
    reminder = find(talk, name)
    if reminder is None:
        talk.show(lambda speaker: speaker.screen(speaker.say("nudge.gone"), _home(speaker)))
    elif what in PRESSES:
        PRESSES[what](talk, reminder)
    elif what in REASONS:
        _fix(talk, reminder, what)


def _home(speaker: Speaker) -> Rows:
    return rows([Button(speaker.say("home.link"), press=data.go(HOME))])


def _show(talk: Talk, reminder: Reminder) -> None:
    def draw(speaker: Speaker) -> Screen:
        parts = [*subject_line(speaker, reminder.whom, reminder.subject), *_details(speaker, reminder)]
        if reminder.note:
            parts.append(speaker.say("nudge.note", note=reminder.note))
        more = take_along(speaker, reminder) if reminder.visit else []
        return speaker.screen("\n".join(parts), rows(more, *answers(speaker, reminder)), role="nudge")

    talk.show(draw)


def _details(speaker: Speaker, reminder: Reminder) -> list[str]:
    """What is to be done; a reminder in the person's own words has nothing to add."""
    if reminder.kind == "own":
        return [speaker.say("nudge.own")]
    if reminder.visit:
        return visit_details(speaker, reminder, _about(speaker, reminder))
    key = "nudge.detail_by_name" if speaker.person.name else "nudge.detail"
    result = newest(speaker.person, reminder)
    say = [say_line(speaker, result)] if result else []
    return [speaker.say(key, name=speaker.person.name, about=_about(speaker, reminder)), *say]


def _about(speaker: Speaker, reminder: Reminder) -> object:
    flow = speaker.world.flows.flows.get(reminder.flow or "")
    ask = flow.ask("for_what") if flow else None
    if ask is None or reminder.about is None:
        return speaker.words_of("nudge.about_visit")
    return speaker.words_of(option_key(ask, reminder.about), other=reminder.whom == "other")


def _done(talk: Talk, reminder: Reminder) -> None:
    if reminder.kind in PLAIN:
        _thank(talk, reminder)
    elif is_ahead(talk, reminder):
        note_visit(talk, reminder)
    else:
        date = () if reminder.visit else ("got_date",)
        _ask(talk, reminder, "nudge.what_happened", (*date, "seen", "chose_not", "worse"))


def _thank(talk: Talk, reminder: Reminder) -> None:
    """What comes again goes on."""
    if not waits_again(reminder):
        talk.unplan(reminder.id)
    talk.show(lambda speaker: speaker.screen(speaker.say("nudge.after.done"), _home(speaker)))


def _not_yet(talk: Talk, reminder: Reminder) -> None:
    _ask(talk, reminder, "nudge.in_the_way", REASONS)


def _snooze(talk: Talk, reminder: Reminder) -> None:
    evening = ("this_evening",) if _before_evening(talk) else ()
    names = ("in_1_hour", "in_2_hours", *evening, "tomorrow")
    if reminder.visit:
        visit = moment_of_visit(talk.person, reminder) or talk.now
        _ask(talk, reminder, "nudge.when_again", (*(n for n in names if _LATER[n](talk) < visit), "stop"))
    else:
        _ask(talk, reminder, "nudge.when_again", (*names, "pick", "stop"))


def _ask(talk: Talk, reminder: Reminder, key: str, names: tuple[str, ...]) -> None:
    def draw(speaker: Speaker) -> Screen:
        other = reminder.whom == "other"
        buttons = [
            Button(speaker.say(f"nudge.{name}", other=other), data.of_reminder(reminder.id, name)) for name in names
        ]
        return speaker.screen(speaker.say(key), rows(buttons), role="nudge")

    talk.show(draw)


def _fix(talk: Talk, reminder: Reminder, reason: str) -> None:
    if reason == "worse":
        _worse(talk, reminder)
        return
    talk.show(lambda speaker: speaker.screen(speaker.say(f"nudge.fix.{reason}")))
    if reason != "calling":
        _snooze(talk, reminder)


def _worse(talk: Talk, reminder: Reminder) -> None:
    """Both gates are asked again, always (clinical rule N8), and the plan stays as it is."""
    result = newest(talk.person, reminder)
    flow = result.ended.flow if result else WORSE
    open_link(talk, f"{flow}.{_whom(talk.person, reminder)}")


def _whom(person: Person, reminder: Reminder) -> str:
    """Whom a reminder is about; where that was not asked, whom all results are about, or nobody sure."""
    if reminder.whom is not None:
        return key_of(reminder.whom, reminder.subject)
    about = {key_of(result.ended.about, result.ended.subject) for result in person.results}
    return about.pop() if len(about) == 1 else ""


def _close(key: str) -> Callable[[Talk, Reminder], None]:
    def close(talk: Talk, reminder: Reminder) -> None:
        close_all(talk, reminder)
        talk.show(lambda speaker: speaker.screen(speaker.say(key), _home(speaker)))

    return close


def _again(moment: Callable[[Talk], datetime]) -> Callable[[Talk, Reminder], None]:
    def again(talk: Talk, reminder: Reminder) -> None:
        due = moment(talk)
        talk.remind(at_moment(talk, _once(reminder), due))
        seconds = int(due.timestamp())
        talk.show(lambda speaker: speaker.screen(speaker.say("nudge.saved", when=speaker.native(due)), moment=seconds))

    return again


def _once(reminder: Reminder) -> Reminder:
    """What is put off: of one that comes again this time only."""
    if not waits_again(reminder):
        return reminder
    return replace(reminder, id=f"{reminder.id.removesuffix(AGAIN)}{AGAIN}", rule=None, moments=())


def _this_evening(talk: Talk) -> datetime:
    """Six in the evening; pressed later than that, on an old message, six the next day."""
    today = today_of(talk.person, talk.now)
    day = today if _before_evening(talk) else today + timedelta(days=1)
    return to_utc(datetime.combine(day, EVENING), clock_of(talk.person))


def _before_evening(talk: Talk) -> bool:
    return local_now(talk.now, clock_of(talk.person)).time() < EVENING


def _tomorrow(talk: Talk) -> datetime:
    tomorrow = today_of(talk.person, talk.now) + timedelta(days=1)
    return to_utc(datetime.combine(tomorrow, time(10, 0)), clock_of(talk.person))


_LATER: Mapping[str, Callable[[Talk], datetime]] = {
    "in_1_hour": lambda talk: talk.now + timedelta(hours=1),
    "in_2_hours": lambda talk: talk.now + timedelta(hours=2),
    "this_evening": _this_evening,
    "tomorrow": _tomorrow,
}


def _got_date(talk: Talk, reminder: Reminder) -> None:
    close_all(talk, reminder)
    ask_for_date(talk, reminder)


def _pick(talk: Talk, reminder: Reminder) -> None:
    talk.remind(replace(reminder, state="shown"))
    open_link(talk, "reminders")


def _no_help_yet(talk: Talk, reminder: Reminder) -> None:
    result = next((result for result in talk.person.results if result.ended.id == reminder.session), None)
    talk.remind(replace(reminder, due=talk.now + timedelta(minutes=20), state="pending"))
    if result is None:
        show_card(talk, reminder.about or "emergency")
    else:
        show_again(talk, result.ended, talk.fold(result.ended))


def _start(talk: Talk, reminder: Reminder) -> None:
    """Both gates, about whom the watch is for."""
    if not waits_again(reminder):
        talk.unplan(reminder.id)
    open_link(talk, f"{WORSE}.{_whom(talk.person, reminder)}")


PRESSES: Mapping[str, Callable[[Talk, Reminder], None]] = {
    "show": _show,
    "start": _start,
    "done": _done,
    "not_yet": _not_yet,
    "snooze": _snooze,
    "stop": _close("nudge.stopped"),
    "got_date": _got_date,
    "cant_go": rebook,
    "calendar": give_file,
    "seen": _close("nudge.after.seen"),
    "chose_not": _close("nudge.after.chose_not"),
    **{name: _again(moment) for name, moment in _LATER.items()},
    "pick": _pick,
    "helped": _close("nudge.after.helped"),
    "on_the_way": _close("nudge.after.on_the_way"),
    "no_help_yet": _no_help_yet,
}
