"""What the processes do, told to the oracle: transactions, requests, and what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bonewise.dialogue.delivering import Unasked
from bonewise.dialogue.screen import Output, Screen
from bonewise.service import codec
from bonewise.store.base import Outcome, Statement
from tests.simulation.people import START

if TYPE_CHECKING:
    from tests.simulation.town import Town

_ECHO = re.compile(r"echo (\d+)")
_ROW = (
    "SELECT outbox.id, rank, reminder_id, person_id, outbox.sealed, wrapped_key FROM outbox "
    "JOIN person ON person.id = person_id WHERE "
)


class Reports:
    """Reads the rows that a process works on."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._born: dict[int, int] = {}  # row of the outbox -> how much had happened before it

    async def committed(self, statements: Sequence[Statement], outcomes: Sequence[Outcome]) -> None:
        """A transaction of a worker is in the store."""
        self._town.oracle.committed(self._town.now, statements, outcomes)
        for statement in statements:
            if statement.sql.startswith("INSERT INTO outbox"):
                self._born[int(statement.args[0])] = self._town.oracle.events  # type: ignore[arg-type]
            if "poison" in statement.args:
                self._town.oracle.fault(self._town.now, f"lost: event {statement.args[0]} cannot be answered")
            if statement.sql.startswith("UPDATE outbox SET state = 'sending'"):
                self._town.oracle.sending(self._town.now, await self._row(int(statement.args[0])))  # type: ignore[arg-type]

    async def requested(self, address: str, output: Output, row: int) -> None:
        """A worker puts a message on the wire."""
        self._echoed(output, row)
        found = await self._row(row)
        now = datetime.fromtimestamp(self._town.clock(), START.tzinfo)
        unasked = self._open(found)[1] if found["sealed"] is not None else None
        self._town.oracle.requested(now, self._town.zones[address], address, found, unasked)

    async def _row(self, row: int) -> dict[str, Any]:
        [[found]] = await self._town.store.load(Statement(f"{_ROW} outbox.id = $1", (row,)))
        return {**found, "now": self._town.now, "born": self._born.get(row, 0)}

    async def doubts(self, owner: str) -> None:
        """A worker dies or hangs: what it is sending may arrive twice."""
        query = Statement("SELECT id FROM outbox WHERE owner = $1 AND state = 'sending'", (owner,))
        [rows] = await self._town.store.load(query)
        for row in rows:
            self._town.oracle.excuse(row["id"])

    async def unknown_echoes(self) -> None:
        """What was in doubt twice may never have come to the wire: that its row says so, is an answer too.

        To be looked at often, because the text of a row is erased after a month.
        """
        [rows] = await self._town.store.load(
            Statement(f"{_ROW} outbox.state = 'unknown' AND outbox.sealed IS NOT NULL")
        )
        for row in rows:
            self._echoed(self._open(row)[0], row["id"])

    def _echoed(self, output: Output, row: int) -> None:
        echo = _ECHO.match(output.text) if isinstance(output, Screen) else None
        if echo:
            self._town.answers[int(echo[1])].add(row)

    def _open(self, found: dict[str, Any]) -> tuple[Output, Unasked | None]:
        key = self._town.vault.key(found["person_id"], found["wrapped_key"])
        return codec.load_message(key.open(f"outbox:{found['id']}", found["sealed"]))
