"""Faults planted into the code while it runs: each could be written, and has to be found by the simulation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC
from typing import Any
from unittest import mock

from bonewise.dialogue.delivering import Look
from bonewise.scheduling import recurrence
from bonewise.service import inbox, second_look
from bonewise.store import inbox as inbox_rows
from bonewise.store import outbox, rate
from bonewise.store.base import Statement
from tests.simulation.worker import owner


def _without(sql: str, *parts: str) -> str:
    for part in parts:
        assert part in sql, f"{part!r} is not in the statement any more: mend the mutant"
        sql = sql.replace(part, "")
    return sql


@contextmanager
def no_fencing() -> Iterator[None]:
    """Whoever once had the lease sends, whoever has it now."""
    real = outbox.sending

    def sending(row: int, owner: str, least: float) -> Statement:
        statement = real(row, owner, least)
        sql = "UPDATE outbox SET state = 'sending', owner = $2 WHERE id = $1 AND $3 > 0"
        return statement._replace(sql=sql)

    with mock.patch.object(outbox, "sending", sending):
        yield


@contextmanager
def marked_too_late() -> Iterator[None]:
    """That it is on its way is not written down: who dies then, sends it again like one that was only leased."""
    real = outbox.sending

    def sending(row: int, owner: str, least: float) -> Statement:
        statement = real(row, owner, least)
        return statement._replace(sql=statement.sql.replace("SET state = 'sending'", "SET state = 'leased'"))

    with mock.patch.object(outbox, "sending", sending):
        yield


@contextmanager
def marked_too_early() -> Iterator[None]:
    """It is marked as sent in the moment before it is: who dies then, has lost it."""
    real = outbox.sending

    def sending(row: int, owner: str, least: float) -> Statement:
        statement = real(row, owner, least)
        return statement._replace(sql=statement.sql.replace("SET state = 'sending'", "SET state = 'sent'"))

    with mock.patch.object(outbox, "sending", sending):
        yield


@contextmanager
def no_dedup_key() -> Iterator[None]:
    """What Telegram tells twice is another event."""
    real = inbox_rows.insert

    def insert(bot: str, new: inbox_rows.NewEvent) -> Statement:
        return real(bot, new._replace(dedup_key=f"{new.dedup_key}:{new.id}"))

    with mock.patch.object(inbox_rows, "insert", insert):
        yield


@contextmanager
def zone_ignored() -> Iterator[None]:
    """All clocks are those of UTC."""
    with mock.patch.object(recurrence, "rules_of", return_value=UTC):
        yield


@contextmanager
def snooze_revives() -> Iterator[None]:
    """A snooze sends again what was sent, once the moment comes, instead of dropping what was not."""
    real = outbox.cancel

    def cancel(person: str, reminder: str) -> Statement:
        statement = real(person, reminder)
        sql = "UPDATE outbox SET state = 'pending', owner = NULL WHERE person_id = $1 AND reminder_id = $2"
        return statement._replace(sql=sql)

    with mock.patch.object(outbox, "cancel", cancel):
        yield


@contextmanager
def snooze_lost_during_a_lease() -> Iterator[None]:
    """A snooze drops what waits, but not what somebody has leased."""
    real = outbox.cancel

    def cancel(person: str, reminder: str) -> Statement:
        statement = real(person, reminder)
        return statement._replace(sql=_without(statement.sql, "'leased', "))

    with mock.patch.object(outbox, "cancel", cancel):
        yield


@contextmanager
def quiet_hours_only_when_planning() -> Iterator[None]:
    """The sender does not look at the hour again."""
    real = second_look.look

    def look(*args: Any) -> Look:
        found = real(*args)
        return Look("now") if found.what == "later" else found

    with mock.patch.object(second_look, "look", look):
        yield


@contextmanager
def next_in_another_transaction() -> Iterator[None]:
    """What becomes of a reminder is written down right after the turn."""
    real_settle, real_after = inbox.settle, inbox.Dispatcher._after
    owed: dict[str, list[Statement]] = {}

    def settle(context: Any, row: Any, received: Any, known: Any, turn: Any) -> list[Statement]:
        statements = real_settle(context, row, received, known, turn)
        later = [one for one in statements if one.sql.startswith("INSERT INTO reminder")]
        owed[known.person.id] = later
        return [one for one in statements if one not in later]

    async def after(self: Any, received: Any, known: Any, turn: Any) -> None:
        if later := owed.pop(known.person.id, []):
            await self._context.store.commit(later)
        await real_after(self, received, known, turn)

    with mock.patch.object(inbox, "settle", settle), mock.patch.object(inbox.Dispatcher, "_after", after):
        yield


@contextmanager
def rate_row_per_process() -> Iterator[None]:
    """Each process has the whole rate for itself."""

    def own(real: Callable[..., Statement]) -> Callable[..., Statement]:
        return lambda bot, channel, *more: real(bot, f"{channel} of {owner()}", *more)

    names = ("ensure", "take", "block", "state")
    with mock.patch.multiple(rate, **{name: own(getattr(rate, name)) for name in names}):
        yield


MUTANTS: Mapping[Callable[[], AbstractContextManager[None]], str] = {
    no_fencing: r"duplicate: ",
    marked_too_late: r"duplicate: ",
    marked_too_early: r"lost: message \d+ is marked as sent and never arrived",
    no_dedup_key: r"twice: word ",
    zone_ignored: r"(zone|night): ",
    snooze_revives: r"duplicate: ",
    snooze_lost_during_a_lease: r"snooze lost: ",
    quiet_hours_only_when_planning: r"night: ",
    next_in_another_transaction: r"lost: (reminder )?\S+ (is queued for ever|fell due)",
    rate_row_per_process: r"rate: ",
}
"""Each with the beginning of what has to be found: another finding is none of it."""
