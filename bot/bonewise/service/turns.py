"""What one turn of the talk changes, as the statements of one transaction."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.dialogue.event import Due
from bonewise.dialogue.person import Turn
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
    reminder = received.event.reminder if isinstance(received.event, Due) else None
    outputs = [*_said(received, turn), *turn.screens]
    return [
        inbox.finish(row["id"], context.owner),
        *save(context, known, turn.person),
        *send(context, row, known, outputs, reminder),
    ]


def send(
    context: Context, row: Row, known: Known, outputs: list[Output], reminder: str | None = None
) -> Iterator[Statement]:
    """The outputs are to be sent in answer to an inbox row, once."""
    for number, output in enumerate(outputs):
        now = context.clock()
        message = context.ids.next(now)
        kind = output.kind if isinstance(output, Screen) else "reply"
        yield outbox.insert(
            context.bot,
            outbox.NewMessage(
                message,
                known.person.id,
                known.person.channel,
                f"reply:{row['id']}:{number}",
                outbox.RANKS[kind],
                now,
                known.key.seal(f"outbox:{message}", codec.dump_output(output)),
                reminder,
                output.slot if isinstance(output, Screen) else None,
            ),
        )


def _said(received: Received, turn: Turn) -> Iterator[Output]:
    """What the person said, where the channel shows it itself."""
    if received.said is not None:
        yield Screen(escape(received.said), turn.person.language or turn.person.hinted or UNDETERMINED, role="said")
