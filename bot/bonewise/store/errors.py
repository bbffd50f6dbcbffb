"""What can go wrong in the store.

    StoreError
    ├── Conflict     a row changed meanwhile: load again and repeat
    ├── InUse        another process holds this database: stop one of the two
    ├── Locked       another program writes to the file: end it, then repeat
    ├── ReadOnly     the file or its folder cannot be written: change its permissions
    ├── Full         no space is left: make room, then repeat
    ├── Damaged      the file is not a sound database: restore a backup
    ├── TooNew       a newer release wrote the database: install that release
    └── SealBroken   something sealed does not open: another key, or the bytes were changed

Except for `Conflict` all are for the operator. Nothing of a failed commit is kept.
"""

# ruff: noqa: N818 - these names say what happened; "Error" adds nothing

from __future__ import annotations


class StoreError(Exception):
    """The store could not do it; the message says what to do."""


class Conflict(StoreError):
    """A statement changed another number of rows than it had to, so its whole transaction was rolled back."""

    def __init__(self, index: int, why: str) -> None:
        super().__init__(f"statement {index} of the transaction {why}: load again and repeat")
        self.index = index  # which statement of the commit, from 0


class InUse(StoreError):
    """Another process holds this database."""


class Locked(StoreError):
    """Another program writes to the database file and did not finish in time."""


class ReadOnly(StoreError):
    """The database file or its folder cannot be written."""


class Full(StoreError):
    """No space is left for the database."""


class Damaged(StoreError):
    """The file is not a sound database."""


class TooNew(StoreError):
    """The database was written by a newer release."""


class TwoScripts(StoreError):
    """Two scripts of the schema have the same number."""


class SealBroken(StoreError):
    """Something sealed does not open under this key for this purpose."""
