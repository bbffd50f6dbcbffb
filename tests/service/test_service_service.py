"""The whole service: its start, its end, what a page asks of it, and that what is forgotten is gone."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.service.channel import Channel
from tests.service.meddling import Meddling
from tests.service.serving import NAME, START, Clock, at_rest, event, serving, text, until

from bonewise.dialogue.event import Press
from bonewise.dialogue.screen import Output, Screen
from bonewise.service import service as service_module
from bonewise.service.transport import Unreachable
from bonewise.store.errors import SealBroken, StoreError


def shown(history: list[tuple[int, Output, str | None]]) -> list[str]:
    return [output.text for _, output, _ in history if isinstance(output, Screen)]


async def test_another_key_is_refused_at_the_start(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("one")
        await served.sees("got one")
    (tmp_path / "key").unlink()
    async with at_rest(tmp_path) as served:
        with pytest.raises(SealBroken, match="another key-encryption key is set"):
            await served.service.start()


async def test_a_file_that_cannot_be_written_is_refused_at_the_start(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        with closing(sqlite3.connect(tmp_path / "bonewise.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError):
                await served.service.start()


async def test_what_was_received_and_not_handled_is_answered_by_the_next_process(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.says("one", "two")
    async with serving(tmp_path) as served:
        await served.sees("got one", "got two")


async def test_numbers_go_on_above_those_in_use_whatever_the_clock_says(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("one")
        await served.sees("got one")
    async with serving(tmp_path, clock=Clock(START - 86400)) as served:
        await served.says("two", "three")
        await served.sees("got two", "got three")
        assert await served.said() == ["one", "two", "three"]


async def test_draining_lets_what_is_on_its_way_arrive_and_leaves_the_rest_to_the_next(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.service.start()
        served.channel.hold()
        await served.says("one", "two")
        await served.says("three", address="b")
        await until(lambda: len(served.channel.tried) == 2)
        draining = asyncio.create_task(served.service.drain())
        await asyncio.sleep(0.05)
        assert not draining.done()
        served.channel.go_on()
        await draining
        assert sorted(served.channel.texts) == ["got one", "got three"]
        assert await served.rows("SELECT 1 FROM inbox WHERE owner IS NOT NULL") == []
        assert await served.rows("SELECT 1 FROM outbox WHERE owner IS NOT NULL") == []
    async with serving(tmp_path) as served:
        await served.sees("got two")


async def test_draining_lets_a_turn_under_way_end(tmp_path: Path) -> None:
    async with at_rest(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        goes_on = asyncio.Event()
        store.before("UPDATE session SET sealed", lambda _store: goes_on.wait())
        await served.service.start()
        await served.receive(text("one"), text("two", "b"))
        await until(lambda: store.over)
        draining = asyncio.create_task(served.service.drain())
        await asyncio.sleep(0.05)
        assert not draining.done()
        goes_on.set()
        await draining
        assert await served.said() == ["one"]


async def test_draining_waits_no_longer_than_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_module, "DRAIN", 0.1)
    async with at_rest(tmp_path) as served:
        await served.service.start()
        served.channel.hold()
        await served.says("one")
        await until(lambda: served.channel.tried)
        await served.service.drain()
        assert await served.states() == ["sending"]
    async with serving(tmp_path) as served:
        await served.sees("got one")


async def test_draining_without_work_is_quick(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.service.start()
        start = time.monotonic()
        await served.service.drain()
        assert time.monotonic() - start < 0.3


async def test_nothing_is_handled_after_draining(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.service.start()
        await served.service.drain()
        await served.says("one")
        await asyncio.sleep(0.1)
        assert await served.states("inbox") == ["pending"]


async def test_the_history_is_what_was_sent_and_goes_on_after_a_row(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("put s one", "two")
        await served.says("other", address="b")
        await served.sees("one", "got two")
        whole = await served.service.history(NAME, "a", 0)
        assert shown(whole) == ["one", "got two"]
        (first, _, message), _ = whole
        assert message == f"m{first}"
        assert shown(await served.service.history(NAME, "a", first)) == ["got two"]
        assert await served.service.history(NAME, "nobody", 0) == []


async def test_what_waits_is_not_in_the_history_but_comes_on_arrival(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(Unreachable("no page is open"))
        await served.says("one")
        await served.has(1, "SELECT 1 FROM outbox WHERE state = 'waiting'")
        assert await served.service.history(NAME, "a", 0) == []
        await served.service.arrived(NAME, "a")
        await served.sees("got one")
        assert shown(await served.service.history(NAME, "a", 0)) == ["got one"]


async def test_one_damaged_message_does_not_hide_the_rest_of_the_history(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("one", "two")
        await served.sees("got one", "got two")
        await served.do("UPDATE outbox SET sealed = x'01' WHERE id = (SELECT min(id) FROM outbox)")
        assert shown(await served.service.history(NAME, "a", 0)) == ["got two"]


async def test_what_the_person_said_is_shown_where_the_channel_asks_for_it(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(event(Press("yes"), said="*Yes*", language="es"))
        await until(lambda: len(served.channel.sent) == 2)
        await served.settled()
        [(_, said, _), _] = await served.service.history(NAME, "a", 0)
        assert isinstance(said, Screen)
        assert (said.role, said.lang, said.text) == ("said", "es", "\\*Yes\\*")


async def test_old_keys_and_texts_are_deleted_while_it_runs(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("one")
        await served.sees("got one")
    async with serving(tmp_path, clock=Clock(START + 31 * 86400), channel=Channel()) as served:
        await served.has(0, "SELECT 1 FROM inbox")
        await served.has(0, "SELECT 1 FROM outbox WHERE sealed IS NOT NULL")


async def test_the_log_counts_what_waits_at_a_closed_page_apart_from_what_was_sent(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bonewise.service")
    async with serving(tmp_path) as served:
        served.channel.fails["got two"].append(Unreachable("closed"))
        await served.says("one", "two")
        await served.has(1, "SELECT 1 FROM outbox WHERE state = 'waiting'")
        await served.has(1, "SELECT 1 FROM outbox WHERE state = 'sent'")
        await served.service._tidy()
    assert "messages: sent 1, failed 0, unknown 0, skipped 0, at a closed page 1," in caplog.text


async def test_while_a_reader_holds_up_the_purge_it_is_not_tried_all_the_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_rest(tmp_path) as served:
        await served.says("one")
        with closing(sqlite3.connect(tmp_path / "bonewise.db", isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM person").fetchall()
            await served.says("two")
            assert await served.service._tidy() >= 60
    assert "another program reads the file" in caplog.text


async def test_it_is_ready_while_it_runs_and_the_store_can_be_written(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        assert not await served.service.ready()
        await served.service.start()
        assert await served.service.ready()
        with closing(sqlite3.connect(tmp_path / "bonewise.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert not await served.service.ready()
        assert await served.service.ready()
        await served.service.drain()
        assert not await served.service.ready()
