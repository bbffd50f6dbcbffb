"""What must hold, seen from the phones, the wire and the rows, whatever happens. It has a calendar of its own."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bonewise.dialogue.delivering import Unasked
from bonewise.dialogue.event import Due, Event
from bonewise.store.base import Outcome, Statement

BY_NIGHT = {"check_in", "dropout", "urgent"}
CHOSEN = {"plan", "own"}
HOURS = {"follow_up": 24, "watch": 24, "visit": 24, "tips": 72}  # all others 12
A_SECOND = 30  # messages
SLACK = timedelta(minutes=3)  # between the last look and the request


@dataclass
class Asked:
    """What became of one row of the outbox on the wire."""

    rank: int
    starts: int = 0
    arrivals: int = 0


@dataclass
class Oracle:
    """Keeps a journal, and every broken rule."""

    faults: list[str] = field(default_factory=list)
    asked: dict[int, Asked] = field(default_factory=dict)
    excused: set[int] = field(default_factory=set)  # rows that may be sent once more
    planned: dict[str, set[datetime]] = field(default_factory=dict)  # reminder -> moments by the oracle's own clock
    current: dict[str, Event] = field(default_factory=dict)  # person -> the event that is being answered
    events: int = 0
    _trace: Any = field(default_factory=hashlib.sha256)
    _newest: dict[str, int] = field(default_factory=dict)  # address -> the highest row of a reply that was begun
    _cancelled: dict[tuple[str, str], int] = field(default_factory=dict)
    _queued: dict[tuple[str, str], float] = field(default_factory=dict)
    _takes: deque[float] = field(default_factory=deque)

    def note(self, now: float, what: str) -> None:
        """Something happened."""
        self.events += 1
        self._trace.update(f"{now:.6f} {what}\n".encode())

    def fault(self, now: float, what: str) -> None:
        """A rule is broken."""
        self.faults.append(f"at {timedelta(seconds=round(now))}: {what}")

    @property
    def trace(self) -> str:
        """The same for the same seed."""
        return str(self._trace.hexdigest())

    def plans(self, reminder: str, local: str, zone: str, times: int | None) -> None:
        """Somebody plans a reminder."""
        first = datetime.fromisoformat(local)
        days = [first + timedelta(days=day) for day in range(times or 1)]
        self.planned[reminder] = {_moment(day, zone) for day in days}

    def changes(self, reminder: str) -> None:
        """It is snoozed: from now on its moment is not known here."""
        self.planned.pop(reminder, None)

    def committed(self, now: float, statements: Sequence[Statement], outcomes: Sequence[Outcome]) -> None:
        """A transaction is in the store."""
        for statement, outcome in zip(statements, outcomes, strict=True):
            sql, args = statement.sql, statement.args
            if sql.startswith("UPDATE rate SET allowed_at") and " paid" not in str(args[1]):
                self._takes.append(now)
                while self._takes[0] < now - 0.999:  # a clock since 1970 tells no smaller parts apart
                    self._takes.popleft()
                if len(self._takes) > A_SECOND:
                    self.fault(now, f"rate: {len(self._takes)} messages in a second")
            elif sql.startswith("UPDATE outbox SET recalled"):
                self._cancels(now, str(args[0]), str(args[1]), outcome.changed)
            elif sql.startswith("UPDATE reminder SET state"):
                self._queued[str(args[0]), str(args[1])] = now
            elif sql.startswith(("INSERT INTO reminder", "DELETE FROM reminder")):
                self._queued.pop((str(args[0]), str(args[1])), None)

    def _cancels(self, now: float, person: str, reminder: str, changed: int) -> None:
        self._cancelled[person, reminder] = self.events
        self.note(now, f"{reminder} is changed")
        if changed and isinstance(self.current.get(person), Due):
            self.fault(now, f"lost: what {reminder} said was dropped when it came again")

    def sending(self, now: float, row: dict[str, Any]) -> None:
        """A message is on its way from now on."""
        cancelled = self._cancelled.get((row["person_id"], row["reminder_id"] or ""), -1)
        if row["born"] < cancelled:
            self.fault(now, f"snooze lost: {row['reminder_id']} is sent though it was changed")

    def requested(self, now: datetime, zone: str, address: str, row: dict[str, Any], unasked: Unasked | None) -> None:
        """A request is on the wire."""
        asked = self.asked.setdefault(row["id"], Asked(row["rank"]))
        asked.starts += 1
        seconds = row["now"]
        self.note(seconds, f"{address} {row['id']} is requested")
        if asked.starts == 1 and row["rank"] == 0:
            if row["id"] < self._newest.get(address, 0):
                self.fault(seconds, f"order: {row['id']} comes after {self._newest[address]}")
            self._newest[address] = max(row["id"], self._newest.get(address, 0))
        if unasked is not None:
            self._judge(now, seconds, zone, row["reminder_id"] or "", unasked)

    def _judge(self, now: datetime, seconds: float, zone: str, reminder: str, unasked: Unasked) -> None:
        kind, earlier = unasked.kind, now - SLACK
        late = earlier - unasked.meant > timedelta(minutes=5)
        night = _is_night(now, zone) and _is_night(earlier, zone)
        if night and kind not in BY_NIGHT and not (kind in CHOSEN and not late):
            self.fault(seconds, f"night: {kind} at {now.astimezone(ZoneInfo(zone)):%H:%M} in {zone}")
        if earlier > unasked.meant + timedelta(hours=HOURS.get(kind, 12)):
            self.fault(seconds, f"too late: {kind} by {now - unasked.meant}")
        if now < unasked.meant - timedelta(minutes=5, seconds=1):
            self.fault(seconds, f"early: {kind} by {unasked.meant - now}")
        if kind in CHOSEN and unasked.meant not in self.planned.get(reminder, {unasked.meant}):
            self.fault(seconds, f"zone: {reminder} was meant for {unasked.meant}, not {self.planned[reminder]}")

    def arrived(self, now: float, row: int) -> None:
        """A message is on the phone."""
        asked = self.asked[row]
        asked.arrivals += 1
        self.note(now, f"{row} arrives")
        if asked.arrivals > (1 if asked.rank == 3 or row not in self.excused else 2):
            self.fault(now, f"duplicate: {row} of class {asked.rank} arrives {asked.arrivals} times")

    def excuse(self, row: int) -> None:
        """Nobody can know whether this one arrived."""
        self.excused.add(row)

    def ends(self, now: float, rows: dict[str, list[dict[str, Any]]]) -> None:
        """All is over and everything works: nothing may be left, and all that is marked as sent has arrived."""
        for row in rows["outbox"]:
            if row["state"] not in {"sent", "failed", "unknown", "dropped", "missed", "skipped"}:
                self.fault(now, f"lost: message {row['id']} is {row['state']} for ever")
            if row["state"] == "sent" and not self.asked.get(row["id"], Asked(0)).arrivals:
                self.fault(now, f"lost: message {row['id']} is marked as sent and never arrived")
        for row in rows["inbox"]:
            if row["state"] != "done":
                self.fault(now, f"lost: event {row['id']} is {row['state']}")
        for row in rows["reminder"]:
            if row["state"] in {"queued", "damaged"} or (row["state"] == "pending" and row["overdue"]):
                self.fault(now, f"lost: reminder {row['id']} is {row['state']} for ever")
        for (_, reminder), since in self._queued.items():
            self.fault(now, f"lost: {reminder} fell due at {since:.0f} and nothing came of it")

    def echoes(self, now: float, answers: dict[int, set[int]]) -> None:
        """Each word was answered by one message."""
        for number, rows in answers.items():
            if len(rows) != 1:
                self.fault(now, f"{'twice' if rows else 'lost'}: word {number} has {len(rows)} answers")


def _is_night(now: datetime, zone: str) -> bool:
    hour = now.astimezone(ZoneInfo(zone)).hour
    return hour >= 21 or hour < 8


def _moment(local: datetime, zone: str) -> datetime:
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC"))
