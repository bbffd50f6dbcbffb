"""Brings the schema up to date: numbered files of plain SQL, each applied once, in one transaction.

In `schema/NNN_*.sql` a statement ends with a semicolon at the end of a line, and a comment has lines of its own.
A file that was released is never changed; the next change is a new file.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable

from bonewise.store.base import Statement, Store
from bonewise.store.errors import TooNew, TwoScripts

_COMMENT = re.compile(r"^\s*--.*$", re.MULTILINE)
_END = re.compile(r";\s*$", re.MULTILINE)


async def migrate(store: Store) -> None:
    """Apply what is missing. Raises `TooNew` for a database that a newer release wrote, and `TwoScripts`."""
    await store.commit([Statement("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")])
    at = await _version(store)
    scripts = _scripts()
    if at > max(scripts):
        raise TooNew(
            f"the database has schema {at}, this release knows {max(scripts)}: install the release that wrote it, "
            "or restore the backup from before the update"
        )
    for number in sorted(scripts):
        if number > at:
            await store.commit([*_statements(scripts[number]), *_mark(number)])


async def _version(store: Store) -> int:
    [[row]] = await store.load(Statement("SELECT coalesce(max(version), 0) AS version FROM schema_version"))
    return int(row["version"])


def _mark(number: int) -> list[Statement]:
    return [
        Statement("DELETE FROM schema_version"),
        Statement("INSERT INTO schema_version (version) VALUES ($1)", (number,), affects=1),
    ]


def _scripts() -> dict[int, str]:
    found: dict[int, Traversable] = {}
    for file in sorted(_folder().iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            other = found.setdefault(int(file.name[:3]), file)
            if other is not file:
                raise TwoScripts(
                    f"{file.name} and {other.name} in bonewise/store/schema have the same number, so that one of them "
                    "would never be applied: give the newer one the next free number, and install again"
                )
    return {number: file.read_text("utf-8") for number, file in found.items()}


def _folder() -> Traversable:
    return files("bonewise.store") / "schema"


def _statements(script: str) -> list[Statement]:
    parts = _END.split(_COMMENT.sub("", script))
    return [Statement(part.strip()) for part in parts if part.strip()]
