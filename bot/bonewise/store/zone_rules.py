"""Statements about the release of the time zone database by which reminders were planned."""

from __future__ import annotations

from bonewise.store.base import Statement


def version(bot: str) -> Statement:
    """The release, or no row while none is known."""
    return Statement("SELECT version FROM zone_rules WHERE bot_id = $1", (bot,))


def keep(bot: str, release: str) -> Statement:
    """All reminders go by this release now."""
    return Statement(
        "INSERT INTO zone_rules (bot_id, version) VALUES ($1, $2) "
        "ON CONFLICT (bot_id) DO UPDATE SET version = excluded.version",
        (bot, release),
    )
