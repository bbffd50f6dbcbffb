"""The reminder book against a model of it: whatever is pressed in whatever order, no reminder is lost or comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bonewise.dialogue import data as buttons
from bonewise.dialogue import event as e
from bonewise.dialogue.clocks import set_zone
from bonewise.dialogue.following_up import AGAIN
from bonewise.dialogue.person import Reminder
from bonewise.dialogue.talk import Talk
from bonewise.scheduling.recurrence import local_now, to_utc
from tests.dialogue.conversation import KNOWN, Conversation

ZONES = ("Europe/Madrid", "America/New_York", "Asia/Kolkata", "Africa/Cairo")
HOURS = ("09.00", "12.00", "18.00")
OFTEN = ("once", "day", "workday", "week", "weeks", "month")


@dataclass(frozen=True)
class Wanted:
    """What a reminder of the book ought to be."""

    every: str
    hour: time
    paused: bool = False
    said: bool = False  # one that comes once only


class Book(RuleBasedStateMachine):
    """A person who makes, moves, pauses, puts off and deletes reminders, while time goes by."""

    def __init__(self) -> None:
        super().__init__()
        self.talk = Conversation({**KNOWN, "country": "ES", "zone": ZONES[0]})
        self.wanted: dict[str, Wanted] = {}
        self.gone: set[str] = set()
        self.made = 0

    @rule(every=st.sampled_from(OFTEN), hour=st.sampled_from(HOURS), ahead=st.integers(1, 40))
    def make(self, every: str, hour: str, ahead: int) -> None:
        self.made += 1
        note = f"r{self.made}"
        before = {one.id for one in self.talk.person.reminders}
        self._open("remind_me")
        self.talk.answers("own_words", note)
        self.talk.answers("every", every)
        if every == "weeks":
            self.talk.types("2")
        day = local_now(self.talk.now, self._zone).date() + timedelta(days=ahead)
        self.talk.types(day.isoformat())
        self.talk.answers("hour", hour)
        if every != "once":
            self.talk.answers("ends", "never")
        self.talk.answers("sure", "yes")
        [name] = {one.id for one in self.talk.person.reminders} - before
        self.wanted[name] = Wanted(every, time.fromisoformat(hour.replace(".", ":")))

    @precondition(lambda self: self._waiting())
    @rule(late=st.integers(0, 50))
    def fall_due(self, late: int) -> None:
        """So many hours late: after 12 it is missed, and what comes again comes again all the same."""
        first = min(self._waiting(), key=lambda one: one.due)
        self.talk.now = max(self.talk.now, first.due + timedelta(hours=late))
        self.talk.does(e.Due(first.id), pause=timedelta(0))
        name = first.id.removesuffix(AGAIN)
        wanted = self.wanted.get(name)
        if wanted and wanted.every == "once" and first.state == "pending" and not self._waits_again(first):
            self.wanted[name] = replace(wanted, said=True)

    def _waits_again(self, reminder: Reminder) -> bool:
        """Late by night, it waits for the morning."""
        return any(one.id == reminder.id and one.state == "pending" for one in self.talk.person.reminders)

    @precondition(lambda self: self.wanted)
    @rule(data=st.data(), what=st.sampled_from(["in_1_hour", "in_2_hours", "tomorrow"]))
    def put_off(self, data: st.DataObject, what: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.wanted)))
        self.talk.does(e.Press(f"n:{name}:{what}"))
        if self.wanted[name].every == "once":
            again = next(one for one in self.talk.person.reminders if one.id == name)
            hour = datetime.fromisoformat(str(again.local)).time()
            self.wanted[name] = replace(self.wanted[name], hour=hour, said=False, paused=False)

    @precondition(lambda self: self.wanted)
    @rule(data=st.data(), what=st.sampled_from(["done", "stop"]))
    def answer(self, data: st.DataObject, what: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.wanted)))
        self.talk.does(e.Press(f"n:{name}:{what}"))
        if what == "stop" or self.wanted[name].every == "once":
            self._is_gone(name, also_put_off=what == "stop")

    @precondition(lambda self: self.wanted)
    @rule(data=st.data(), hour=st.sampled_from(HOURS), ahead=st.integers(1, 40))
    def move(self, data: st.DataObject, hour: str, ahead: int) -> None:
        name = data.draw(st.sampled_from(sorted(self.wanted)))
        self._choose(name, "change_time")
        day = local_now(self.talk.now, self._zone).date() + timedelta(days=ahead)
        self.talk.types(day.isoformat())
        self.talk.types(hour.replace(".", ":"))
        self.wanted[name] = Wanted(self.wanted[name].every, time.fromisoformat(hour.replace(".", ":")))

    @precondition(lambda self: self.wanted)
    @rule(data=st.data())
    def pause_or_go_on(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.wanted)))
        was = self.wanted[name]
        due = next(one.due for one in self.talk.person.reminders if one.id == name)
        self._choose(name, "pause")
        if was.paused and was.every == "once" and due <= self.talk.now:
            self._is_gone(name, also_put_off=False)  # its only time went by
        else:
            self.wanted[name] = replace(was, paused=not was.paused, said=False)

    @precondition(lambda self: self.wanted)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.wanted)))
        self._choose(name, "delete")
        self._is_gone(name, also_put_off=False)

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: str) -> None:
        """Another clock."""
        talk = Talk(self.talk.world, self.talk.person, self.talk.now, "seed")
        set_zone(talk, zone)
        self.talk.person = talk.person

    @property
    def _zone(self) -> str:
        return str(self.talk.person.zone)

    def _open(self, flow: str) -> None:
        self.talk.does(e.Press(f"go:{flow}"))

    def _waiting(self) -> list[Reminder]:
        return [one for one in self.talk.person.reminders if one.state == "pending"]

    def _choose(self, name: str, what: str) -> None:
        """In the book, of which a page shows five rows."""
        self._open("reminders")
        session = self.talk.session
        self.talk.does(e.Press(buttons.of_question("a", session.id, session.seq, name)))
        self.talk.answers("what", what)

    def _is_gone(self, name: str, *, also_put_off: bool) -> None:
        del self.wanted[name]
        self.gone.add(name)
        if also_put_off:
            assert all(one.id != f"{name}{AGAIN}" for one in self.talk.person.reminders)

    @invariant()
    def every_wanted_one_is_there_and_no_other(self) -> None:
        """Those that were put off apart: one time more of one that comes again."""
        there = {one.id for one in self.talk.person.reminders if not one.id.endswith(AGAIN)}
        assert there == set(self.wanted)
        assert not there & self.gone

    @invariant()
    def each_waits_for_its_hour_by_the_clock_of_the_person(self) -> None:
        for one in self.talk.person.reminders:
            wanted = self.wanted.get(one.id)
            if wanted is None or one.state != "pending":
                continue
            local = datetime.fromisoformat(str(one.local))
            assert local.time() == wanted.hour
            assert one.zone == self._zone
            assert one.due >= to_utc(local, self._zone)

    @invariant()
    def what_comes_again_is_never_over(self) -> None:
        for one in self.talk.person.reminders:
            wanted = self.wanted.get(one.id)
            if wanted is None:
                continue
            states = {"paused"} if wanted.paused else {"shown", "missed"} if wanted.said else {"pending"}
            assert one.state in states, (one.state, wanted)


TestBook = Book.TestCase
TestBook.settings = settings(max_examples=settings.default.max_examples, stateful_step_count=30)
