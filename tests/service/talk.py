"""A dialogue that does what it is told, and keeps all that was said as answers of one session.

`plan r 60` plans a reminder in so many seconds (`plan r 60 tips` of another kind), `stop r` drops it, `hush` wants no
messages, `wipe` forgets, `break` fails,
`put s text` shows a text in a slot, `edit s text`, `close s text` (as answered) and `strip s` change it, `tip text`
sends a tip, `many 3` sends three messages. Anything else is answered with `got` and the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bonewise.dialogue.event import Due, Event, Left, Missed, Press, Text
from bonewise.dialogue.person import Person, Reminder, Session, Subject, Turn
from bonewise.dialogue.screen import Output, Screen, Strip
from bonewise.flow.answers import Answered
from bonewise.service.inbox import Dialogue
from bonewise.service.marks import Marks

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def react(person: Person, event: Event, now: datetime, _seed: int) -> Turn:
    """One turn."""
    match event:
        case Text(text) | Press(text):
            return _hear(_with_answer(person, text), text, now)
        case Due(name):
            return _fall_due(person, name)
        case Left(back):
            return Turn(replace(person, gone=not back, reminders=person.reminders if back else ()))
        case Missed(name, meant):
            return Turn(replace(_marked(person, name, "missed"), missed=(*person.missed, meant)))
    return Turn(person, (say(type(event).__name__),))


def say(text: str, **more: str) -> Screen:
    """One message."""
    return Screen(text, "en", **more)


def said(person: Person) -> list[object]:
    """All that was said, in the order in which it was handled."""
    return [answer.value for session in person.sessions for answer in session.answers]


def _with_answer(person: Person, text: str) -> Person:
    session = person.sessions[0] if person.sessions else Session("s", "talk", 1, LONG_AGO, LONG_AGO)
    answers = (*session.answers, Answered("said", text))
    return replace(person, sessions=(replace(session, answers=answers),))


def _fall_due(person: Person, name: str) -> Turn:
    return Turn(_marked(person, name, "shown"), (say(f"due {name}", kind="reminder"),))


def _marked(person: Person, name: str, state: str) -> Person:
    marked = (replace(one, state=state) if one.id == name else one for one in person.reminders)
    return replace(person, reminders=tuple(marked))


def _hear(person: Person, text: str, now: datetime) -> Turn:
    word, _, rest = text.partition(" ")
    return _DOES.get(word, _echo)(person, rest if word in _DOES else text, now)


def _echo(person: Person, text: str, _now: datetime) -> Turn:
    return Turn(person, (say(f"got {text}"),), toast="ok")


def _plan(person: Person, what: str, now: datetime) -> Turn:
    name, seconds, *kind = what.split()
    others = tuple(one for one in person.reminders if one.id != name)
    due, mum = now + timedelta(seconds=float(seconds)), Subject("mum", "planted subject")
    planned = Reminder(name, "".join(kind) or "plan", due, note="planted note", subject=mum)
    return Turn(replace(person, people=(mum,), reminders=(*others, planned)), (say(f"planned {name}"),))


def _stop(person: Person, name: str, _now: datetime) -> Turn:
    left = tuple(one for one in person.reminders if one.id != name)
    return Turn(replace(person, reminders=left), (say(f"stopped {name}"),))


def _hush(person: Person, _rest: str, _now: datetime) -> Turn:
    return Turn(replace(person, messages=False), (say("hushed"),))


def _wipe(person: Person, _rest: str, _now: datetime) -> Turn:
    return Turn(Person(person.id, person.channel), (say("wiped"),), forget=True)


def _break(_person: Person, rest: str, _now: datetime) -> Turn:
    raise ValueError(f"broken by {rest}")


def _many(person: Person, count: str, _now: datetime) -> Turn:
    return Turn(person, tuple(say(f"{number} of {count}") for number in range(1, int(count) + 1)))


def _tip(person: Person, rest: str, _now: datetime) -> Turn:
    return Turn(person, (say(f"tip {rest}", kind="tip"),))


def _shows(make: Callable[[str, str], Output]) -> Callable[[Person, str, datetime], Turn]:
    def show(person: Person, what: str, _now: datetime) -> Turn:
        slot, _, text = what.partition(" ")
        return Turn(person, (make(slot, text),))

    return show


_DOES: Mapping[str, Callable[[Person, str, datetime], Turn]] = {
    "plan": _plan,
    "stop": _stop,
    "hush": _hush,
    "wipe": _wipe,
    "break": _break,
    "many": _many,
    "put": _shows(lambda slot, text: say(text, slot=slot)),
    "edit": _shows(lambda slot, text: say(text, slot=slot, replace=slot)),
    "close": _shows(lambda slot, text: say(text, replace=slot, role="answered")),
    "strip": _shows(lambda slot, _text: Strip(slot)),
    "tip": _tip,
}


async def _understood(event: Event) -> Event:
    return event


TALK = Dialogue(
    hear=lambda event: event,
    understand=_understood,
    react=react,
    apology=lambda _person: say("sorry"),
    seed=lambda: 1,
    marks=Marks(again=lambda screen: screen, late=lambda screen, _person, _meant: screen),
    announce=lambda announcement, person, _now: say(
        f"{announcement.texts[person.language or 'en']}", kind="tip", role="nudge"
    ),
)
