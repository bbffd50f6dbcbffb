"""A new release of the time zone database: what waits is said at the local hour that was chosen, by the new rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

from bonewise.dialogue.delivering import meant
from bonewise.dialogue.person import Reminder
from bonewise.scheduling.delivery import SPREAD, TABLE, near
from bonewise.scheduling.recurrence import next_allowed
from bonewise.scheduling.zones import release
from bonewise.service import codec
from bonewise.service.context import Context
from bonewise.service.log import log_error, ref
from bonewise.service.loop import Loop
from bonewise.store import reminders, zone_rules
from bonewise.store.base import Row, Statement
from bonewise.store.errors import SealBroken

AT_ONCE = 200  # reminders of one round
NOTHING_LEFT = 86400.0  # seconds; the release is another one only after a restart


class ZoneRules:
    """Works out all moments anew where the kept release is another one; `moved` is called when some have changed.

    The release is kept once all are done, so a process that ends before begins again. What is done twice is the same.
    """

    def __init__(self, context: Context, moved: Callable[[], None]) -> None:
        self._context = context
        self._moved = moved
        self._last = ("", "")
        self.loop = Loop("zone rules", self._round)

    async def _round(self) -> float:
        context = self._context
        kept, rows = await context.store.load(
            zone_rules.version(context.bot), reminders.waiting(context.bot, *self._last, AT_ONCE)
        )
        if [row["version"] for row in kept] == [release()]:
            return NOTHING_LEFT
        if not rows:
            await context.store.commit([zone_rules.keep(context.bot, release())])
            return NOTHING_LEFT
        changed = [statement for row in rows for statement in self._changed(row)]
        if changed:
            await context.store.commit(changed)
            self._moved()
        self._last = (rows[-1]["person_id"], rows[-1]["id"])
        return 0

    def _changed(self, row: Row) -> Iterator[Statement]:
        """One that cannot be read stays as it is, and is reported when it falls due."""
        person, name = row["person_id"], row["id"]
        try:
            key = self._context.vault.key(person, row["wrapped_key"])
            reminder = codec.load_reminder(key.open(f"reminder:{name}", row["sealed"]))
            moved = replace(reminder, due=_due(reminder, person))
        except (SealBroken, codec.DamagedRow, ZoneInfoNotFoundError, KeyError, ValueError) as error:
            log_error(f"zone rules of {ref(person)}", error)
            return
        if moved != reminder:
            sealed = key.seal(f"reminder:{name}", codec.dump_reminder(moved))
            yield reminders.put_off(person, name, row["due_at"], moved.due.timestamp(), sealed)


def _due(reminder: Reminder, person: str) -> datetime:
    """When it falls due by the rules of today; what has no exact time stays within its distance from that."""
    if reminder.local is None or reminder.zone is None:
        return reminder.due
    exact = meant(reminder)
    if TABLE[reminder.kind].exact:
        return exact
    allowed = next_allowed(exact, reminder.zone)
    near_by = abs(reminder.due - allowed) <= SPREAD
    return reminder.due if near_by else near(reminder.kind, person, allowed, reminder.zone)
