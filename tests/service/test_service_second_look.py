"""What nobody asked for is looked at once more right before it is sent. It is eight in the morning at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.service.meddling import Meddling
from tests.service.serving import START, Served, serving, until

from bonewise.service.transport import NotSent
from bonewise.store.base import Store

HOUR = 3600.0


def down(served: Served, hours: float) -> None:
    """The channel takes nothing for so long."""
    served.channel.fails["due r"].append(NotSent("down", retry_after=hours * HOUR))


async def due_and_not_sent(served: Served, kind: str, hours: float) -> None:
    """A reminder falls due at noon and is tried; then so much time goes by."""
    down(served, hours)
    await served.says(f"plan r {4 * HOUR} {kind}")
    await served.sees("planned r")
    served.forward(4 * HOUR + 300)
    await until(lambda: len(served.channel.tried) == 2)
    await served.settled()
    served.forward(hours * HOUR)
    await served.settled()


async def ended(served: Served) -> str:
    """How the message of the reminder ended."""
    [row] = await served.rows("SELECT state FROM outbox WHERE reminder_id = 'r'")
    return str(row["state"])


@pytest.mark.parametrize(
    ("kind", "hours", "ends"),
    [
        ("plan", 2, "sent"),
        ("plan", 10, "postponed"),
        ("check_in", 10, "sent"),
        ("follow_up", 10, "postponed"),
        ("tips", 10, "postponed"),
        ("plan", 21, "missed"),
        ("follow_up", 23, "sent"),
        ("follow_up", 25, "missed"),
        ("tips", 48, "sent"),
        ("tips", 73, "skipped"),
    ],
)
async def test_each_kind_by_how_late_it_is_and_by_night(tmp_path: Path, kind: str, hours: int, ends: str) -> None:
    async with serving(tmp_path) as served:
        await due_and_not_sent(served, kind, hours)
        assert await ended(served) == ends
        assert served.channel.texts == ["planned r", *(["due r"] if ends == "sent" else [])]


async def test_what_was_postponed_is_sent_in_the_morning_and_that_is_no_try(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await due_and_not_sent(served, "follow_up", 10)
        served.forward(9.5 * HOUR)
        await served.settled()
        assert await ended(served) == "postponed"
        served.forward(0.7 * HOUR)
        await served.sees("planned r", "due r")
        [row] = await served.rows("SELECT tries, resent FROM outbox WHERE reminder_id = 'r'")
        assert row == {"tries": 1, "resent": 0}


async def test_the_dialogue_hears_of_what_was_missed_with_the_moment_it_was_meant_for(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await due_and_not_sent(served, "plan", 21)
        person = await served.person()
        assert [moment.timestamp() for moment in person.missed] == [START + 4 * HOUR]
        assert [one.state for one in person.reminders] == ["missed"]


async def test_who_wants_no_messages_any_more_gets_none_that_is_on_the_way(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        down(served, 1)
        await served.says(f"plan r {4 * HOUR}")
        await served.sees("planned r")
        served.forward(4 * HOUR)
        await until(lambda: len(served.channel.tried) == 2)
        await served.settled()
        await served.says("hush")
        await served.sees("planned r", "hushed")
        served.forward(HOUR)
        await served.settled()
        assert await ended(served) == "dropped"
        assert served.channel.texts == ["planned r", "hushed"]


async def test_not_even_one_that_was_looked_at_already(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await served.says(f"plan r {4 * HOUR}")
        await served.sees("planned r")

        async def hush(_store: Store) -> None:
            await served.says("hush")
            await served.has(1, "SELECT 1 FROM session WHERE version = 3")

        store.before("UPDATE outbox SET state = 'sending'", hush)
        served.forward(4 * HOUR)
        await served.sees("planned r", "hushed")
        assert await ended(served) == "dropped"


async def test_a_reminder_that_is_moved_while_it_is_found_too_late_is_not_missed(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store

        async def move(_store: Store) -> None:
            await served.says(f"plan r {48 * HOUR}")
            await served.has(1, "SELECT 1 FROM outbox WHERE state = 'dropped'")

        store.before("UPDATE outbox SET state = 'missed'", move)
        await due_and_not_sent(served, "plan", 21)
        await served.sees("planned r", "planned r")
        person = await served.person()
        assert person.missed == ()
        assert [one.state for one in person.reminders] == ["pending"]
