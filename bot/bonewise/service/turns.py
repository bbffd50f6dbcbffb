"""What one turn of the talk changes, as the statements of one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from bonewise.dialogue.delivering import Unasked, unasked
from bonewise.dialogue.event import Due, Linked
from bonewise.dialogue.person import Turn
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from bonewise.i18n.markup import escape
from bonewise.service import codec
from bonewise.service.context import Context
from bonewise.service.people import Known, save
from bonewise.service.telling import tell
from bonewise.service.unknown import keep
from bonewise.store import inbox, outbox
from bonewise.store.base import Row, Statement

UNDETERMINED = "und"  # BCP-47


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something is said unasked: the reminder or link that it is dropped with, and by what it is delivered."""

    id: str
    unasked: Unasked


def settle(context: Context, row: Row, received: Received, known: Known, turn: Turn) -> list[Statement]:
    """The event is done, the person is as the turn left them, and its screens are to be sent."""
    outputs, cause = [*_said(received, turn), *turn.screens], _cause(known, received, context.clock())
    return [
        inbox.finish(row["id"], context.owner),
        *save(context, known, turn.person, cause.id if cause else None),
        *tell(context, row["id"], known.ends, turn.told),
        *keep(context, known, turn),
        *send(context, row, known, outputs, cause),
    ]


def send(
    context: Context, row: Row, known: Known, outputs: list[Output], cause: Cause | None = None
) -> Iterator[Statement]:
    """The outputs are to be sent in answer to an inbox row, once; without a cause somebody has asked for them."""
    for number, output in enumerate(outputs):
        now = context.clock()
        message = context.ids.next(now)
        what = cause.unasked if cause and isinstance(output, Screen) else None
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
                cause.id if cause else None,
                output.slot if isinstance(output, Screen) else None,
            ),
        )


def _cause(known: Known, received: Received, now: float) -> Cause | None:
    moment = datetime.fromtimestamp(now, UTC)
    match received.event:
        case Due(name):
            due = next((one for one in known.person.reminders if one.id == name), None)
            return Cause(name, unasked(due, moment)) if due else None
        case Linked(link, what):
            return Cause(link, Unasked("copy" if what == "copy" else "link", moment, moment))
    return None


def _said(received: Received, turn: Turn) -> Iterator[Output]:
    """What the person said, where the channel shows it itself."""
    if received.said is not None:
        yield Screen(escape(received.said), turn.person.language or turn.person.hinted or UNDETERMINED, role="said")
