"""Somebody is forgotten: their rows and their key go, and a stranger is at their address."""

from __future__ import annotations

from collections.abc import Iterator

from bonewise.dialogue.person import Turn
from bonewise.service import care_links
from bonewise.service.context import Context
from bonewise.service.log import log_error
from bonewise.service.people import Known, make
from bonewise.service.telling import tell
from bonewise.service.turns import send
from bonewise.store import inbox, people
from bonewise.store.base import Row, Statement
from bonewise.store.errors import SealBroken
from bonewise.store.vault import Key


async def wipe(context: Context, row: Row, known: Known, turn: Turn) -> list[Statement]:
    """Delete the person with all rows and the key. What they said after the event is said by the stranger.

    The key of the event stays, so that it is not done again to the stranger. The commit is a `Conflict` when
    something was said meanwhile. Raises `StoreError`.
    """
    [later] = await context.store.load(inbox.waiting(known.person.id))
    fresh, added = make(context, known.person.channel, known.address, hinted=turn.person.hinted)
    return [
        inbox.finish(row["id"], context.owner),
        inbox.waiting(known.person.id, len(later)),
        *care_links.changed(context, known.key, known.person, turn.person),
        *tell(context, row["id"], known.ends, turn.told),
        people.delete(known.person.id),
        *added,
        inbox.remember(context.bot, row["id"], fresh.person.id, row["dedup_key"], context.clock()),
        *_handed_on(context, later, known.key, fresh),
        *send(context, row, fresh, list(turn.screens)),
    ]


def _handed_on(context: Context, rows: list[Row], key: Key, fresh: Known) -> Iterator[Statement]:
    for row in rows:
        purpose = f"inbox:{row['id']}"
        try:
            sealed = fresh.key.seal(purpose, key.open(purpose, row["sealed"]))
        except SealBroken as error:
            log_error(f"event {row['id']}", error)
            continue
        yield inbox.insert(
            context.bot, inbox.NewEvent(row["id"], fresh.person.id, row["dedup_key"], row["received_at"], sealed)
        )
