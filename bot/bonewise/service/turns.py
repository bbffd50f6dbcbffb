"""What one turn of the talk changes, as the statements of one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from bonewise.dialogue.delivering import Unasked, unasked
from bonewise.dialogue.event import Due
from bonewise.dialogue.person import Reminder, Turn
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from bonewise.i18n.markup import escape
from bonewise.service import codec
from bonewise.service.context import Context
from bonewise.service.people import Known, save
from bonewise.store import inbox, outbox
from bonewise.store.base import Row, Statement

UNDETERMINED = "und"  # BCP-47


def settle(context: Context, row: Row, received: Received, known: Known, turn: Turn) -> list[Statement]:
    """The event is done, the person is as the turn left them, and its screens are to be sent."""
    outputs, reminder = [*_said(received, turn), *turn.screens], _fallen_due(known, received)
    return [
        inbox.finish(row["id"], context.owner),
        *save(context, known, turn.person, reminder.id if reminder else None),
        *send(context, row, known, outputs, reminder),
    ]


def send(
    context: Context, row: Row, known: Known, outputs: list[Output], reminder: Reminder | None = None
) -> Iterator[Statement]:
    """The outputs are to be sent in answer to an inbox row, once; `reminder` is the one that they say, if any."""
    for number, output in enumerate(outputs):
        now = context.clock()
        message = context.ids.next(now)
        what = _unasked(output, reminder, now)
        kind = what.delivery.rank if what else output.kind if isinstance(output, Screen) else "reply"
        yield outbox.insert(
            context.bot,
            outbox.NewMessage(
                message,
                known.person.id,
                known.person.channel,
                f"reply:{row['id']}:{number}",
                outbox.RANKS[kind],
                now,
                known.key.seal(f"outbox:{message}", codec.dump_output(output, what)),
                reminder.id if reminder else None,
                output.slot if isinstance(output, Screen) else None,
            ),
        )


def _fallen_due(known: Known, received: Received) -> Reminder | None:
    name = received.event.reminder if isinstance(received.event, Due) else None
    return next((one for one in known.person.reminders if one.id == name), None)


def _unasked(output: Output, reminder: Reminder | None, now: float) -> Unasked | None:
    """By what it is delivered: nobody asked for what a reminder says."""
    return unasked(reminder, datetime.fromtimestamp(now, UTC)) if reminder and isinstance(output, Screen) else None


def _said(received: Received, turn: Turn) -> Iterator[Output]:
    """What the person said, where the channel shows it itself."""
    if received.said is not None:
        yield Screen(escape(received.said), turn.person.language or turn.person.hinted or UNDETERMINED, role="said")
