"""Reminders: said at their moment, once, however long the bot was down, and not once they were changed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from tests.service.channel import Channel
from tests.service.meddling import Meddling
from tests.service.serving import START, Clock, Served, at_rest, serving, text, until

from bonewise.service import scheduler
from bonewise.service.service import open_context
from bonewise.service.transport import Ambiguous, NotSent, Unreachable
from bonewise.store import reminders as reminder_rows
from bonewise.store.base import Store


async def reminders(served: Served) -> dict[str, str]:
    return {row["id"]: row["state"] for row in await served.rows("SELECT id, state FROM reminder")}


async def planned(served: Served, *names: str, seconds: int = 600, address: str = "a") -> None:
    for name in names:
        await served.says(f"plan {name} {seconds}", address=address)
    await served.sees(*(f"planned {name}" for name in names), address=address)


async def test_a_reminder_is_said_at_its_moment_and_not_before_and_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await planned(served, "r")
        served.forward(599)
        await served.says("hi")
        await served.sees("planned r", "got hi")
        served.forward(1)
        await served.sees("planned r", "got hi", "due r")
        served.forward(86400)
        await served.says("bye")
        await served.sees("planned r", "got hi", "due r", "got bye")
        assert await reminders(served) == {"r": "shown"}


async def test_it_is_said_on_time_though_nothing_else_happens(tmp_path: Path) -> None:
    clock: Any = time.time
    async with serving(tmp_path, clock=clock) as served:
        await served.says("plan r 0.4")
        start = time.monotonic()
        await until(lambda: "due r" in served.channel.texts)
        assert time.monotonic() - start > 0.3  # and long before the scheduler looks by itself: `until` would have ended


async def test_what_fell_due_while_the_bot_was_down_is_said_at_the_start(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("plan r 600", "plan later 999999")
        await served.sees("planned r", "planned later")
    async with serving(tmp_path, clock=Clock(START + 11 * 3600)) as served:
        await served.sees("due r")
        assert await reminders(served) == {"r": "shown", "later": "pending"}


async def test_two_processes_that_find_one_each_in_the_same_microsecond_lose_none(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.service.start()
        await planned(served, "r", address="a")
        await planned(served, "r", address="b")
        await served.service.drain()
        served.clock.forward(600)
        [rows] = await served.context.store.load(reminder_rows.due("bot", served.clock(), 10))
        shared = served.context
        processes = [await open_context(shared.store, shared.vault, "bot", served.clock) for _ in rows]
        for process, row in zip(processes, rows, strict=True):
            await scheduler.Scheduler(process, lambda: None, lambda: None)._queue_all([row])
        queued = await served.rows("SELECT 1 FROM reminder WHERE state = 'queued'")
        assert await served.rows("SELECT 1 FROM inbox WHERE state = 'pending'") == queued


async def test_many_that_fall_due_at_once_are_all_said_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        people = [f"p{number}" for number in range(scheduler.AT_ONCE // 10 + 5)]
        await served.receive(*(text(f"plan r{number} 60", who) for who in people for number in range(10)))
        await until(lambda: len(served.channel.sent) == 10 * len(people), 20)
        served.forward(60)
        await until(lambda: len(served.channel.sent) == 20 * len(people), 20)
        for who in people:
            assert sorted(served.channel.texts_to(who)[10:]) == sorted(f"due r{number}" for number in range(10))


async def test_a_reminder_that_is_moved_is_said_at_the_new_moment_only(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await planned(served, "r")
        await served.says("plan r 1200")
        await served.sees("planned r", "planned r")
        served.forward(900)
        await served.says("hi")
        await served.sees("planned r", "planned r", "got hi")
        served.forward(300)
        await served.sees("planned r", "planned r", "got hi", "due r")


async def test_a_reminder_that_is_moved_while_it_falls_due_is_said_at_the_new_moment_only(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await planned(served, "r")

        async def move(_store: Store) -> None:
            await served.says("plan r 1200")
            await served.has(1, "SELECT 1 FROM reminder WHERE due_at = $1", START + 1800)

        store.before("UPDATE reminder SET state = $4", move)
        served.forward(600)
        await served.sees("planned r", "planned r")
        assert await reminders(served) == {"r": "pending"}
        served.forward(1200)
        await served.sees("planned r", "planned r", "due r")


async def test_one_that_is_moved_while_several_fall_due_holds_up_none_of_the_others(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await planned(served, "one", "moved", "other")
        move = "UPDATE reminder SET due_at = due_at + 60 WHERE id = 'moved'"
        store.before_do("UPDATE reminder SET state = $4", move)
        served.forward(600)
        await served.has(2, "SELECT 1 FROM reminder WHERE state = 'shown'")
        assert store.over
        assert await reminders(served) == {"one": "shown", "moved": "pending", "other": "shown"}


@pytest.mark.parametrize("change", ["stop r", "plan r 1200"])
@pytest.mark.parametrize("error", [NotSent("down", retry_after=30), Unreachable("no page is open")])
async def test_a_reminder_that_is_changed_while_its_message_waits_is_not_sent(
    tmp_path: Path, change: str, error: Exception
) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["due r"].append(error)
        await planned(served, "r")
        served.forward(600)
        await until(lambda: len(served.channel.tried) == 2)
        await served.settled()
        await served.says(change)
        await served.has(1, "SELECT 1 FROM outbox WHERE state = 'dropped'")
        served.forward(31)
        await served.service.arrived("chat", "a")
        await until(lambda: len(served.channel.sent) == 2)
        await served.settled()
        assert "due r" not in served.channel.texts


@pytest.mark.parametrize("change", ["stop r", "plan r 1200"])
async def test_a_reminder_that_is_changed_while_its_message_is_leased_is_not_sent(tmp_path: Path, change: str) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await planned(served, "r")

        async def alter(_store: Store) -> None:
            await served.says(change)
            await served.has(1, "SELECT 1 FROM outbox WHERE state = 'dropped'")

        store.before("UPDATE outbox SET state = 'sending'", alter)
        served.forward(600)
        await until(lambda: len(served.channel.sent) == 2)
        await served.settled()
        assert "due r" not in served.channel.texts


async def test_a_reminder_that_is_changed_while_its_message_is_on_its_way_is_sent_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await planned(served, "r")
        served.channel.hold()
        served.forward(600)
        await until(lambda: len(served.channel.tried) == 2)
        await served.says("stop r")
        served.channel.go_on()
        await served.sees("planned r", "due r", "stopped r")


async def test_a_reminder_in_doubt_is_sent_once_more(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["due r"] += [Ambiguous("timed out")]
        await planned(served, "r")
        served.forward(600)
        await served.sees("planned r", "due r")
        assert [one.text for one in served.channel.tried].count("due r") == 2


async def test_a_clock_that_is_set_back_says_no_reminder_twice_and_one_planned_again_is_said(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await planned(served, "r")
        served.forward(600)
        await served.sees("planned r", "due r")
        served.forward(-600)
        await served.says("hi")
        served.forward(600)
        await served.says("bye")
        await served.sees("planned r", "due r", "got hi", "got bye")
        served.forward(-600)
        await served.says("plan r 600")
        await served.sees("planned r", "due r", "got hi", "got bye", "planned r")
        served.forward(600)
        await served.sees("planned r", "due r", "got hi", "got bye", "planned r", "due r")


async def test_a_change_that_was_said_before_the_moment_counts_though_it_is_handled_after_it(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await planned(served, "r")
    async with at_rest(tmp_path, channel=Channel()) as served:
        await served.receive(text("plan r 1200"))
        served.clock.forward(600)
        await served.service._scheduler._round()
        await served.service.start()
        await served.sees("planned r")
        assert await reminders(served) == {"r": "pending"}
        served.forward(1200)
        await served.sees("planned r", "due r")
        await served.service.drain()


async def test_a_person_whose_key_is_damaged_holds_up_no_other_reminder(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as served:
        await planned(served, "r", address="a")
        await planned(served, "r", address="b")
        await served.do("UPDATE person SET wrapped_key = x'01' WHERE address = 'a'")
        served.forward(600)
        await served.sees("planned r", "due r", address="b")
        assert {row["state"] for row in await served.rows("SELECT state FROM reminder")} == {"damaged", "shown"}
    assert "a sealed key" in caplog.text


async def test_an_error_of_the_store_delays_a_reminder_and_loses_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bonewise.service.loop.POLL", 0.05)
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        await planned(served, "r")
        await planned(served, "r", address="b")

        async def fail(_store: Store) -> None:
            raise OSError("the disk is gone")

        store.before("UPDATE reminder SET state = $4", fail, times=3)
        served.forward(600)
        await served.sees("planned r", "due r")
        await served.sees("planned r", "due r", address="b")
