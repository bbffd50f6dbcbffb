"""The dispatcher: each event once, a person's in order, several people at once, and none stops the others."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.service.meddling import Meddling
from tests.service.serving import BOT, Served, at_rest, event, serving, text, until
from tests.service.talk import TALK, react

from bonewise.dialogue.event import Due, Event, Left, Press, Text
from bonewise.dialogue.person import Person, Turn
from bonewise.service.context import LEASE
from bonewise.service.inbox import CONFLICTS, PEOPLE_AT_ONCE, TRIES
from bonewise.store import inbox


async def test_what_is_said_is_answered_and_kept(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("one", "two")
        await served.sees("got one", "got two")
        assert await served.said() == ["one", "two"]


async def test_the_way_from_event_to_message_has_no_waiting_in_it(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        start = time.monotonic()
        for number in range(10):
            await served.says(f"{number}", address=f"{number % 3}")
            await until(lambda number=number: len(served.channel.sent) == number + 1)
        assert time.monotonic() - start < 1.0


async def test_events_of_one_person_are_handled_in_order_though_eight_talk_at_once(tmp_path: Path) -> None:
    said = {f"p{person}": [f"{number}" for number in range(15)] for person in range(PEOPLE_AT_ONCE)}
    async with serving(tmp_path) as served:
        await served.receive(*(text(said[who][number], who) for number in range(15) for who in said))
        for who, texts in said.items():
            await served.sees(*(f"got {one}" for one in texts), address=who)
            assert await served.said(who) == texts
        assert {row["version"] for row in await served.rows("SELECT version FROM session")} == {15}


async def test_one_person_whose_turn_takes_long_does_not_hold_up_another(tmp_path: Path) -> None:
    async with meddled(tmp_path) as (served, store):
        goes_on = asyncio.Event()
        store.before("UPDATE session SET sealed", lambda _store: goes_on.wait())
        await served.says("one", "two", address="slow")
        await until(lambda: store.over)
        await served.says("one", address="other")
        await until(lambda: served.channel.texts_to("other") == ["got one"])
        goes_on.set()
        await served.sees("got one", "got two", address="slow")


async def test_a_press_is_acknowledged_once_its_turn_is_kept(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(event(Press("yes"), press="p1"), event(Press("many 2"), press="p2"))
        await until(lambda: len(served.channel.acknowledged) == 2)
        assert served.channel.acknowledged == [("p1", "ok"), ("p2", "")]


async def test_what_the_channel_says_of_a_person_is_kept(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("hi", language="es", name="Ana"))
        await served.says("hi again")
        await served.sees("got hi", "got hi again")
        person = await served.person()
        assert (person.hinted, person.name) == ("es", "Ana")


async def test_the_dialogue_hears_what_the_alarm_layer_heard(tmp_path: Path) -> None:
    async def understand(event: Event) -> Event:
        return replace(event, text="understood") if isinstance(event, Text) else event

    async with serving(tmp_path, dialogue=replace(TALK, understand=understand)) as served:
        await served.says("hi")
        await served.sees("got understood")


async def test_the_clock_and_the_seed_are_handed_in(tmp_path: Path) -> None:
    got: list[Any] = []

    def keep(person: Person, _event: Event, now: datetime, seed: int) -> Turn:
        got.append((now.timestamp(), str(now.tzinfo), seed))
        return Turn(person)

    async with serving(tmp_path, dialogue=replace(TALK, react=keep, seed=lambda: 77)) as served:
        await served.says("hi")
        await until(lambda: got)
        assert got == [(served.clock.now, "UTC", 77)]


OVERTAKEN = ("UPDATE session SET sealed", "UPDATE session SET version = version + 1")


async def test_a_turn_that_somebody_else_overtook_is_done_again_on_what_they_left(tmp_path: Path) -> None:
    async with meddled(tmp_path) as (served, store):
        await served.says("one")
        await served.sees("got one")
        store.before_do(*OVERTAKEN, times=CONFLICTS - 1)
        await served.says("two")
        await served.sees("got one", "got two")
        assert await served.said() == ["one", "two"]
        assert [row["attempts"] for row in await served.rows("SELECT attempts FROM inbox")] == [0, 0]


async def test_an_event_that_is_overtaken_again_and_again_is_set_aside_in_the_end(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with meddled(tmp_path) as (served, store):
        store.before_do(*OVERTAKEN, times=CONFLICTS * TRIES)
        await served.says("one", "two")
        await served.sees("sorry", "got two")
        assert await served.states("inbox") == ["poison", "done"]
    assert "was changed again and again" in caplog.text


async def test_an_event_that_cannot_be_handled_is_tried_three_times_then_set_aside_with_an_apology(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(tmp_path) as served:
        await served.receive(event(Press("break my secret"), press="p1"), text("after"))
        await served.sees("sorry", "got after")
        assert await served.rows("SELECT state, attempts FROM inbox ORDER BY id") == [
            {"state": "poison", "attempts": TRIES},
            {"state": "done", "attempts": 0},
        ]
        assert served.channel.acknowledged == [("p1", "")]
        assert await served.said() == ["after"]
    errors = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(errors) == TRIES
    assert "set aside" in errors[-1].getMessage()
    assert "ValueError at " in errors[-1].getMessage()
    assert "secret" not in caplog.text


async def test_an_event_that_can_be_handled_at_the_second_try_is_answered_once(tmp_path: Path) -> None:
    tries: list[int] = []

    def shaky(person: Person, event: Event, now: datetime, seed: int) -> Turn:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError
        return react(person, event, now, seed)

    async with serving(tmp_path, dialogue=replace(TALK, react=shaky)) as served:
        await served.says("hi")
        await served.sees("got hi")
        assert await served.said() == ["hi"]


async def test_nobody_is_told_sorry_who_said_nothing(tmp_path: Path) -> None:
    def broken(person: Person, event: Event, now: datetime, seed: int) -> Turn:
        if isinstance(event, Due | Left):
            raise RuntimeError
        return react(person, event, now, seed)

    async with serving(tmp_path, dialogue=replace(TALK, react=broken)) as served:
        await served.says("plan r 0")
        await served.receive(event(Left(back=False), "b"))
        await served.has(2, "SELECT 1 FROM inbox WHERE state = 'poison'")
        await served.settled()
        assert [one.text for one in served.channel.tried] == ["planned r"]


async def test_an_apology_that_fails_too_still_sets_the_event_aside(tmp_path: Path) -> None:
    def broken(_person: Person) -> Any:
        raise RuntimeError

    async with serving(tmp_path, dialogue=replace(TALK, apology=broken)) as served:
        await served.says("break", "after")
        await served.sees("got after")
        assert await served.states("inbox") == ["poison", "done"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE inbox SET sealed = x'01'",
        "UPDATE inbox SET sealed = NULL",
        "UPDATE person SET sealed = x'00ff'",
        "UPDATE session SET sealed = x''",
        "UPDATE person SET wrapped_key = x'01'",
    ],
)
async def test_a_damaged_row_never_stops_the_others(tmp_path: Path, damage: str) -> None:
    async with at_rest(tmp_path) as served:
        await served.receive(text("one"))
        await served.do(damage)
        await served.receive(text("two", "b"))
        await served.service.start()
        await served.sees("got two", address="b")
        assert await served.states("inbox") == ["poison", "done"]
        await served.service.drain()


async def test_who_lost_the_lease_leaves_the_event_to_its_new_owner(tmp_path: Path) -> None:
    async with meddled(tmp_path) as (served, store):
        store.before_do("UPDATE session SET sealed", "UPDATE inbox SET owner = 'other'")
        await served.says("one")
        await until(lambda: store.over)
        await served.says("hi", address="b")
        await until(lambda: served.channel.texts_to("b") == ["got hi"])
        assert await served.states("inbox") == ["leased", "done"]
        assert served.channel.texts_to("a") == []


async def test_somebody_who_is_deleted_during_their_turn_stays_deleted(tmp_path: Path) -> None:
    async with meddled(tmp_path) as (served, store):
        store.before_do("UPDATE session SET sealed", "DELETE FROM person")
        await served.says("one")
        await until(lambda: store.over)
        await served.says("hi", address="b")
        await served.sees("got hi", address="b")
        assert [row["address"] for row in await served.rows("SELECT address FROM person")] == ["b"]


async def test_a_dead_process_leaves_its_events_to_the_next(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.receive(text("one"), text("two"), text("three", "b"))
        await served.context.store.commit([inbox.claim(BOT, "dead", 0, served.clock() + LEASE, 8)])
        await served.service.start()
        await served.sees("got one", "got two")
        await served.sees("got three", address="b")
        await served.service.drain()


@asynccontextmanager
async def meddled(folder: Path) -> AsyncIterator[tuple[Served, Meddling]]:
    async with serving(folder, wrap=Meddling) as served:
        store: Any = served.context.store
        yield served, store
