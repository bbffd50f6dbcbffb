"""The sender: in order, each once, at the channel's pace, and what each kind of error asks for."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.service.channel import Channel
from tests.service.meddling import Meddling
from tests.service.serving import NAME, START, Served, at_rest, serving, text, until

from bonewise.service import outbox
from bonewise.service.lanes import AT_ONCE
from bonewise.service.transport import Ambiguous, NotSent, Refused, Unreachable


async def resends(served: Served) -> list[int]:
    return [row["resent"] for row in await served.rows("SELECT resent FROM outbox ORDER BY id")]


async def test_all_messages_of_a_turn_arrive_once_in_order(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("many 5", "after")
        await served.sees(*(f"{number} of 5" for number in range(1, 6)), "got after")
        assert await served.states() == ["sent"] * 6
        assert len(served.channel.tried) == 6


async def test_eight_people_are_sent_to_at_once_and_no_more(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.hold()
        await served.receive(*(text("hi", f"p{number}") for number in range(20)))
        await until(lambda: len(served.channel.tried) == AT_ONCE)
        await asyncio.sleep(0.1)
        assert len(served.channel.tried) == AT_ONCE
        served.channel.go_on()
        await until(lambda: len(served.channel.sent) == 20)
        assert served.channel.most_at_once == AT_ONCE


async def test_a_slow_message_holds_up_only_its_own_person(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.hold()
        await served.says("one", "two", address="slow")
        await until(lambda: served.channel.tried)
        await served.says("hi", address="other")
        await until(lambda: len(served.channel.tried) == 2)
        assert [one.text for one in served.channel.tried] == ["got one", "got hi"]


async def test_replies_overtake_tips(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["tip late"].append(NotSent("down", retry_after=5))
        await served.says("tip late")
        await until(lambda: served.channel.tried)
        await served.says("now")
        await served.sees("got now")
        served.forward(5)
        await served.sees("got now", "tip late")


async def test_what_was_surely_not_sent_is_tried_again_at_its_time_before_what_follows(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"] += [NotSent("down", retry_after=7), NotSent("down", retry_after=7)]
        await served.says("one", "two")
        for tries in (1, 2):
            await until(lambda tries=tries: len(served.channel.tried) == tries)
            await served.settled()
            assert served.channel.sent == []
            served.forward(7)
        await served.sees("got one", "got two")
        assert [row["tries"] for row in await served.rows("SELECT tries FROM outbox ORDER BY id")] == [2, 0]


async def test_one_persons_failure_holds_up_nobody_else(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(NotSent("down", retry_after=1000))
        await served.says("one", "two")
        await served.says("hi", address="b")
        await served.sees("got hi", address="b")


async def test_when_the_channel_says_stop_to_all_everybody_waits_until_it_is_over(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(NotSent("too many requests", retry_after=30, everyone=True))
        await served.says("one")
        await until(lambda: served.channel.tried)
        await served.settled()
        await served.says("hi", address="b")
        served.forward(29.5)
        await asyncio.sleep(0.1)
        assert len(served.channel.tried) == 1
        served.forward(0.5)
        await served.sees("got one")
        await served.sees("got hi", address="b")


@pytest.mark.parametrize("error", [Ambiguous("timed out"), RuntimeError("a bug with my secret")])
async def test_a_reply_in_doubt_is_sent_once_more_and_then_never_again(
    tmp_path: Path, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"] += [error, error]
        await served.says("one", "two")
        await served.sees("got two")
        assert [one.text for one in served.channel.tried] == ["got one", "got one", "got two"]
        assert await served.states() == ["unknown", "sent"]
        assert await resends(served) == [2, 0]
    assert "secret" not in caplog.text


async def test_a_request_that_hangs_is_in_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "REQUEST", 0.05)
    async with serving(tmp_path) as served:
        served.channel.hold()
        await served.says("one")
        await until(lambda: len(served.channel.tried) == 2)
        served.channel.go_on()
        await served.sees("got one")
        assert await resends(served) == [1]


async def test_a_tip_in_doubt_is_never_sent_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["tip one"].append(Ambiguous("timed out"))
        await served.says("tip one", "two")
        await served.sees("got two")
        assert [one.text for one in served.channel.tried].count("tip one") == 1
        assert sorted(await served.states()) == ["sent", "unknown"]


async def test_a_refused_message_is_given_up_and_the_next_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(Refused("message is too long"))
        await served.says("one", "two")
        await served.sees("got two")
        assert await served.states() == ["failed", "sent"]
        assert not (await served.person()).gone
    [record] = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "message is too long" in record.getMessage()


async def test_nothing_more_is_sent_to_somebody_who_left_and_the_dialogue_hears_of_it(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["planned r"].append(Refused("blocked", gone=True))
        served.channel.hold()
        await served.receive(text("plan r 600"), text("many 3"), text("tip x"))
        await served.has(5, "SELECT 1 FROM outbox")
        served.channel.go_on()
        await served.settled()
        assert await served.states() == ["failed"] + ["dropped"] * 4
        assert [one.text for one in served.channel.tried] == ["planned r"]
        person = await served.person()
        assert person.gone
        assert person.reminders == ()
        assert await served.rows("SELECT * FROM reminder") == []


async def test_somebody_who_comes_back_is_answered_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(Refused("blocked", gone=True))
        await served.says("one")
        await until(lambda: served.channel.tried)
        await served.settled()
        await served.says("two")
        await served.sees("got two")


async def test_the_dialogue_hears_at_once_that_somebody_left(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(Refused("blocked", gone=True))
        start = time.monotonic()
        await served.says("one")
        await served.has(1, "SELECT 1 FROM session WHERE version = 2")
        assert time.monotonic() - start < 0.5


async def test_what_finds_nobody_waits_for_their_arrival_and_keeps_its_order(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(Unreachable("no page is open"))
        await served.says("one", "two")
        await until(lambda: served.channel.tried)
        await served.settled()
        assert await served.states() == ["waiting", "pending"]
        assert [one.text for one in served.channel.tried] == ["got one"]
        await served.service.arrived(NAME, "a")
        await served.sees("got one", "got two")


async def test_an_arrival_while_the_message_is_on_its_way_is_not_missed(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["got one"].append(Unreachable("no page is open"))
        served.channel.hold()
        await served.says("one")
        await until(lambda: served.channel.tried)
        await served.service.arrived(NAME, "a")
        served.channel.go_on()
        await served.sees("got one")


async def test_an_arrival_while_it_is_written_down_that_nobody_was_there_is_not_missed(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        served.channel.fails["got one"].append(Unreachable("no page is open"))
        store.before("AND $3 IN ('pending', 'waiting')", lambda _store: served.service.arrived(NAME, "a"))
        await served.says("one")
        await served.sees("got one")


async def test_an_arrival_of_a_stranger_is_no_error(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.service.arrived(NAME, "nobody")


async def test_an_edit_goes_to_the_message_that_was_sent_in_its_slot(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("put s question", "close s answer", "strip s", "edit s more", "edit none new")
        await served.sees("question", "answer", "strip s", "more", "new")
        question = served.channel.sent[0]
        assert question.target is None
        targets = [one.target for one in served.channel.sent[1:]]
        assert targets == [f"m{question.row}"] * 3 + [None]


async def test_an_edit_waits_for_the_message_that_it_edits(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.hold()
        await served.says("put s question", "edit s answer")
        await until(lambda: served.channel.tried)
        await asyncio.sleep(0.05)
        assert len(served.channel.tried) == 1
        served.channel.go_on()
        await served.sees("question", "answer")
        assert served.channel.sent[1].target == f"m{served.channel.sent[0].row}"


@pytest.mark.parametrize("what", ["close s answer", "strip s"])
async def test_what_makes_no_sense_as_a_new_message_is_dropped_without_its_target(tmp_path: Path, what: str) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["question"].append(Refused("bad"))
        await served.says("put s question", what, "after")
        await served.sees("got after")
        assert await served.states() == ["failed", "dropped", "sent"]


async def test_an_edit_without_its_target_is_sent_as_new(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["question"].append(Refused("bad"))
        await served.says("put s question", "edit s again")
        await served.sees("again")
        assert served.channel.sent[0].target is None


@pytest.mark.parametrize("damage", ["x'01'", "NULL", "(SELECT sealed FROM person)"])
async def test_a_damaged_message_is_given_up_and_the_next_goes_on(tmp_path: Path, damage: str) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        store.before_do("SELECT head.id FROM outbox", f"UPDATE outbox SET sealed = {damage} WHERE rank = 0")  # noqa: S608
        await served.says("one")
        await until(lambda: store.over)
        await asyncio.sleep(0.05)
        await served.do(f"UPDATE outbox SET sealed = {damage}")  # noqa: S608
        await served.says("two")
        await served.settled()
        assert (await served.states())[-1] == "sent"


async def test_a_message_whose_lease_ran_out_before_it_was_sent_is_sent_under_a_new_one(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store

        async def sleep(_store: object) -> None:
            served.clock.forward(50)

        async def then_sleep(_store: object) -> None:
            store.before("UPDATE outbox SET state = 'leased'", sleep)

        store.before("INSERT INTO outbox", then_sleep)
        await served.says("one")
        await until(lambda: served.clock.now > START)
        await served.says("two")
        await served.sees("got one", "got two")


@pytest.mark.parametrize(
    ("state", "rank", "arrives", "ends"),
    [
        ("pending", 0, True, "sent"),
        ("leased", 0, True, "sent"),
        ("sending", 0, True, "sent"),
        ("sending", 1, True, "sent"),
        ("sending", 3, False, "unknown"),
        ("waiting", 0, False, "waiting"),
        ("sent", 0, False, "sent"),
        ("failed", 0, False, "failed"),
        ("unknown", 0, False, "unknown"),
        ("dropped", 0, False, "dropped"),
    ],
)
async def test_each_state_at_a_restart(
    tmp_path: Path, state: str, rank: int, arrives: bool, ends: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with at_rest(tmp_path) as served:
        served.channel.fails["got one"].append(NotSent("down", retry_after=0))
        await served.service.start()
        served.channel.hold()
        await served.says("one")
        await until(lambda: served.channel.tried)
        await asyncio.gather(served.service.drain(), asyncio.sleep(0, served.channel.go_on()))
        await served.do(
            "UPDATE outbox SET state = $1, rank = $2, owner = 'dead', lease_until = $3",
            *(state, rank, served.clock() + 60),
        )
    async with serving(tmp_path, channel=Channel()) as served:
        await served.says("two")
        await until(lambda: served.channel.tried or state == "waiting")
        await served.settled()
        assert ("got one" in served.channel.texts) is arrives
        assert (await served.states())[0] == ends
    assert ("may arrive twice: 1 " in caplog.text) is (state == "sending" and ends == "sent")
    assert ("may not have arrived: 1 " in caplog.text) is (state == "sending" and ends == "unknown")


async def test_a_store_that_cannot_be_written_for_a_while_loses_no_message_and_doubles_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bonewise.service.context.PATIENCE", 0.05)
    async with serving(tmp_path) as served:
        served.channel.hold()
        await served.receive(text("one"))
        await until(lambda: served.channel.tried)
        with closing(sqlite3.connect(tmp_path / "bonewise.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            served.channel.go_on()
            await until(lambda: "another program writes" in caplog.text)
            assert await served.states() == ["sending"]
        await served.sees("got one")
        assert await served.states() == ["sent"]
        assert len(served.channel.tried) == 1
