"""Each press is acknowledged once, and soon, whatever becomes of its turn."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from tests.service.channel import Channel
from tests.service.meddling import Meddling
from tests.service.serving import NAME, at_rest, event, serving, until

from bonewise.dialogue.event import Press
from bonewise.dialogue.received import Received
from bonewise.service.flood import MOST
from bonewise.service.presses import Presses
from bonewise.store.errors import Locked

SOON, LATE = 0.01, 600.0  # seconds


def hasty(seconds: float = SOON) -> Channel:
    channel = Channel()
    channel.acknowledge_within = seconds
    return channel


def press(name: str = "p1", data: str = "yes") -> Received:
    return event(Press(data), key=name, press=name)


async def test_a_turn_in_time_acknowledges_its_press_with_its_notice(tmp_path: Path) -> None:
    async with serving(tmp_path, channel=hasty(LATE)) as served:
        await served.receive(press())
        await served.sees("got yes")
        assert served.channel.acknowledged == [("p1", "ok")]


async def test_a_press_whose_turn_takes_long_is_acknowledged_before_it_and_not_after(tmp_path: Path) -> None:
    async with serving(tmp_path, channel=hasty(), wrap=Meddling) as served:
        store: Any = served.context.store
        goes_on = asyncio.Event()
        store.before("UPDATE inbox SET state = 'done'", lambda _store: goes_on.wait())
        await served.receive(press())
        await until(lambda: served.channel.acknowledged)
        goes_on.set()
        await served.sees("got yes")
        assert served.channel.acknowledged == [("p1", "")]


async def test_a_channel_that_can_wait_gets_the_notice_however_long_the_turn_takes(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        goes_on = asyncio.Event()
        store.before("UPDATE inbox SET state = 'done'", lambda _store: goes_on.wait())
        await served.receive(press())
        await until(lambda: store.over)
        assert served.channel.acknowledged == []
        goes_on.set()
        await served.sees("got yes")
        assert served.channel.acknowledged == [("p1", "ok")]


async def test_a_press_that_cannot_be_written_down_is_acknowledged_once_however_often_it_comes(tmp_path: Path) -> None:
    async with serving(tmp_path, channel=hasty(), wrap=Meddling) as served:
        store: Any = served.context.store

        async def refuse(_store: object) -> None:
            await until(lambda: served.channel.acknowledged)
            raise Locked("the file is locked")

        store.before("INSERT INTO inbox", refuse, times=2)
        for _ in range(2):
            with pytest.raises(Locked):
                await served.receive(press())
        await served.receive(press())
        await served.sees("got yes")
        assert served.channel.acknowledged == [("p1", "")]


async def test_a_press_is_acknowledged_while_another_program_holds_the_file(tmp_path: Path) -> None:
    async with serving(tmp_path, channel=hasty()) as served:
        other = sqlite3.connect(tmp_path / "bonewise.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            await served.receive(press())
        assert served.channel.acknowledged == [("p1", "")]
        other.close()
        await served.receive(press())
        await served.sees("got yes")
        assert served.channel.acknowledged == [("p1", "")]


async def test_what_a_flood_drops_is_acknowledged_and_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        batch = [press(f"p{number}") for number in range(MOST + 5)]
        await served.receive(*batch)
        await served.receive(*batch[MOST:])
        await until(lambda: len(served.channel.acknowledged) == len(batch))
        await served.settled()
        assert dict(served.channel.acknowledged) == {one.press: "ok" for one in batch[:MOST]} | {
            one.press: "" for one in batch[MOST:]
        }
        assert len(served.channel.acknowledged) == len(batch)


async def test_what_an_earlier_process_took_in_is_acknowledged_by_the_next_and_by_it_alone(tmp_path: Path) -> None:
    before, after = hasty(LATE), hasty()
    async with at_rest(tmp_path, channel=before) as served:
        await served.receive(press())
        await served.service.drain()
    async with at_rest(tmp_path, channel=after, wrap=Meddling) as served:
        store: Any = served.context.store
        store.before("UPDATE inbox SET state = 'done'", lambda _store: until(lambda: after.acknowledged))
        await served.service.start()
        await served.sees("got yes")
        await served.service.drain()
    assert (before.acknowledged, after.acknowledged) == ([], [("p1", "")])


async def test_what_was_handled_before_a_crash_and_comes_again_is_acknowledged(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(press())
        await served.sees("got yes")
    async with serving(tmp_path, channel=hasty()) as served:
        await served.receive(press())
        await until(lambda: served.channel.acknowledged == [("p1", "")])


async def test_what_is_remembered_of_presses_does_not_grow_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bonewise.service.presses.REMEMBERED", 3)
    channel = Channel()
    presses = Presses({NAME: channel})
    for number in range(10):
        presses.acknowledge(press(f"p{number}"), NAME)
    presses.acknowledge(press("p9"), NAME)
    await presses.finish()
    assert channel.acknowledged == [(f"p{number}", "") for number in range(10)]
    assert len(presses._acknowledged) == 3
