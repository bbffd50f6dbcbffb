"""Reads a SQLite file beside the process that writes to it. It never writes nor checkpoints (see `sqlite.py`)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bonewise.store.base import Row, Statement
from bonewise.store.errors import StoreError

_ARGUMENT = re.compile(r"\$(\d+)")


class Reading:
    """Answers queries. Make it with `reading`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def rows(self, query: Statement) -> list[Row]:
        """The rows of a query. Raises `StoreError`."""
        try:
            found = self._connection.execute(_ARGUMENT.sub(r"?\1", query.sql), query.args)
            return [dict(row) for row in found]
        except sqlite3.Error as error:
            why = "an older release wrote it: start the bot once" if "no such" in str(error) else "try again"
            raise StoreError(f"{self._path} cannot be read ({error}); {why}") from None


@contextmanager
def reading(path: Path) -> Iterator[Reading]:
    """Open a file for reading. Raises `StoreError` if there is none."""
    if not path.is_file():
        raise StoreError(f"there is no {path}: start the bot once, or name its folder in BOT_DATA_DIR")
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield Reading(connection, path)
