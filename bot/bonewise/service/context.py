"""What all parts of the service share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bonewise.service.log import log_error
from bonewise.store.base import Statement, Store
from bonewise.store.errors import Conflict, StoreError
from bonewise.store.ids import Ids, new_person
from bonewise.store.vault import Vault

LEASE = 60.0  # seconds
PATIENCE = 1.0  # seconds between two tries while the store cannot be written


@dataclass(frozen=True, slots=True)
class Context:
    """One bot in one process. `owner` names the process in leases; `clock` gives unix seconds."""

    store: Store
    vault: Vault
    bot: str
    clock: Callable[[], float]
    ids: Ids = field(default_factory=Ids)
    owner: str = field(default_factory=new_person)

    async def insist(self, where: str, statements: Sequence[Statement]) -> None:
        """Commit, however long the store cannot be written: what happened outside has to be written down.

        Raises `Conflict`.
        """
        while True:
            try:
                await self.store.commit(statements)
                return
            except Conflict:
                raise
            except StoreError as error:
                log_error(where, error)
                await asyncio.sleep(PATIENCE)
