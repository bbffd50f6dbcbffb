"""Announcements on a real file: none twice, none left out, whoever sleeps, leaves, comes, or pulls the plug."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.service.channel import Channel
from tests.service.serving import BOT, NAME, START, Clock, Served, at_rest, running, serving, until

from bonewise.dialogue.announcing import Announcement
from bonewise.dialogue.person import Subscription
from bonewise.service import codec, orders
from bonewise.service import people as service_people
from bonewise.service.announcer import AHEAD
from bonewise.service.context import Context
from bonewise.service.orders import Order
from bonewise.service.transport import Ambiguous, NotSent, Refused, Unreachable
from bonewise.store import announcements
from bonewise.store.base import Statement

HOUR = 3600.0
NEWS = Announcement("week", {"en": "Bone week", "es": "Semana"}, date(2027, 1, 20))
LONG = 60.0  # seconds until all must have been sent
WANTS = Subscription("2026-11-01", news=True)
READER: dict[str, Any] = {"language": "en", "zone": "UTC", "tips": WANTS}


async def settle(context: Context, *addresses: str, **known: Any) -> None:
    """People who have come to the bot, as it knows them."""
    statements: list[Statement] = []
    for address in addresses:
        new, added = service_people.make(context, NAME, address)
        person = replace(new.person, **{**READER, **known})
        sealed = new.key.seal("person", codec.dump_person(person))
        statements += [*added, Statement("UPDATE person SET sealed = $2 WHERE id = $1", (person.id, sealed))]
    await context.store.commit(statements)


def order(served_in: Path, do: str, announcement: Announcement = NEWS) -> None:
    whole = announcement if do == "send" else None
    orders.hand_over(served_in / "orders", Order(do, announcement.id, whole))  # type: ignore[arg-type]


@asynccontextmanager
async def town(folder: Path, *addresses: str, **parts: Any) -> AsyncIterator[Served]:
    """A running service that knows these people."""
    async with at_rest(folder, **parts) as served:
        await settle(served.context, *addresses)
        async with running(served):
            yield served


async def held_on_the_way(served: Served, folder: Path) -> None:
    """As many of the messages as can be are on their way, and stay there until the channel goes on."""
    served.channel.hold()
    order(folder, "send")
    await becomes(served, "sending")
    await until(lambda: served.channel.under_way == 8)


async def state(served: Served) -> str | None:
    rows = await served.rows("SELECT state FROM announcement")
    return str(rows[0]["state"]) if rows else None


async def becomes(served: Served, wanted: str) -> None:
    """Wait until the announcement is in this state; hundreds of messages take a while."""
    async with asyncio.timeout(LONG):
        while await state(served) != wanted:
            served.service._announcer.loop.wake()  # it looks for orders every two seconds by itself
            await asyncio.sleep(0.01)


async def ends(served: Served) -> Counter[str]:
    [rows] = await served.context.store.load(announcements.counts(BOT, "week"))
    return Counter({row["state"]: row["count"] for row in rows})


def who_got_it(channel: Channel) -> Counter[str]:
    return Counter(one.address for one in channel.sent)


async def test_all_who_want_it_get_it_once_and_nobody_else(tmp_path: Path) -> None:
    async with town(tmp_path, "a", "b", "c") as served:
        await settle(served.context, "no_news", tips=replace(WANTS, news=False))
        await settle(served.context, "no_tips", tips=None)
        await settle(served.context, "hushed", messages=False)
        order(tmp_path, "send")
        await becomes(served, "done")
        assert who_got_it(served.channel) == {"a": 1, "b": 1, "c": 1}
        assert await ends(served) == {"sent": 3}
        [row] = await served.rows("SELECT DISTINCT rank FROM outbox")
        assert row["rank"] == 3
        assert orders.lying(tmp_path / "orders") == []


async def test_each_gets_it_in_their_language(tmp_path: Path) -> None:
    async with town(tmp_path, "a") as served:
        await settle(served.context, "b", language="es")
        order(tmp_path, "send")
        await becomes(served, "done")
        assert (served.channel.texts_to("a"), served.channel.texts_to("b")) == (["Bone week"], ["Semana"])


async def test_an_id_is_sent_once_whatever_its_text(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with town(tmp_path, "a") as served:
        order(tmp_path, "send")
        await becomes(served, "done")
        order(tmp_path, "send")
        order(tmp_path, "send", replace(NEWS, texts={"en": "other"}))
        served.service._announcer.loop.wake()
        await until(lambda: not orders.lying(tmp_path / "orders"))
        assert served.channel.texts == ["Bone week"]
        assert "its id was used for another text" in caplog.text


@pytest.mark.long
async def test_two_thousand_get_it_and_only_so_many_messages_are_made_ahead(tmp_path: Path) -> None:
    everybody = [f"p{number}" for number in range(2000)]
    async with town(tmp_path, *everybody) as served:
        await held_on_the_way(served, tmp_path)
        [row] = await served.rows("SELECT count(*) AS made FROM outbox")
        assert row["made"] <= AHEAD
        served.channel.go_on()
        await until(lambda: len(served.channel.sent) >= 2000, LONG)
        await becomes(served, "done")
        assert who_got_it(served.channel) == dict.fromkeys(everybody, 1)


async def test_paused_nothing_is_sent_and_resumed_the_rest_is(tmp_path: Path) -> None:
    everybody = [f"p{number}" for number in range(300)]
    async with town(tmp_path, *everybody) as served:
        await held_on_the_way(served, tmp_path)
        order(tmp_path, "pause")
        await becomes(served, "paused")
        served.channel.go_on()
        await served.settled()
        assert await ends(served) == {"sent": 8, "held": AHEAD - 8}
        order(tmp_path, "resume")
        await becomes(served, "done")
        assert who_got_it(served.channel) == dict.fromkeys(everybody, 1)


async def test_a_pause_outlives_a_restart(tmp_path: Path) -> None:
    async with town(tmp_path, "a", "b") as served:
        served.channel.fails["Bone week"].extend(NotSent("down", retry_after=HOUR) for _ in range(2))
        order(tmp_path, "send")
        await until(lambda: len(served.channel.tried) == 2)
        order(tmp_path, "pause")
        await becomes(served, "paused")
    async with serving(tmp_path, clock=Clock(START + 2 * HOUR)) as served:
        await served.settled()
        assert served.channel.tried == []
        order(tmp_path, "resume")
        await becomes(served, "done")
        assert who_got_it(served.channel) == {"a": 1, "b": 1}


async def test_stopped_nothing_more_is_sent_and_it_cannot_go_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with town(tmp_path, *(f"p{number}" for number in range(50))) as served:
        await held_on_the_way(served, tmp_path)
        order(tmp_path, "stop")
        await becomes(served, "stopped")
        served.channel.go_on()
        order(tmp_path, "resume")
        served.service._announcer.loop.wake()
        await until(lambda: not orders.lying(tmp_path / "orders"))
        await served.settled()
        assert await ends(served) == {"sent": 8, "dropped": 42}
        assert "the announcement week is not in a state to resume" in caplog.text


async def test_who_sleeps_gets_it_in_the_morning_and_holds_up_nobody(tmp_path: Path) -> None:
    async with town(tmp_path, "awake") as served:  # it is eight in the morning in UTC
        await settle(served.context, "asleep", zone="America/New_York")  # and three o'clock there
        order(tmp_path, "send")
        await becomes(served, "sending")
        await served.sees("Bone week", address="awake")
        assert await served.rows("SELECT 1 FROM outbox WHERE state <> 'sent'") == []
        for hours, texts in ((4.9, []), (0.3, ["Bone week"])):
            served.forward(hours * HOUR)
            await becomes(served, "done" if texts else "sending")
            await served.settled()
            assert served.channel.texts_to("asleep") == texts
        assert who_got_it(served.channel) == {"awake": 1, "asleep": 1}


async def test_who_is_asleep_past_the_last_day_is_skipped_and_counted(tmp_path: Path) -> None:
    today = datetime.fromtimestamp(START, UTC).date()
    async with town(tmp_path, "awake") as served:
        await settle(served.context, "asleep", zone="Pacific/Auckland")  # nine in the evening
        order(tmp_path, "send", replace(NEWS, until=today))
        await becomes(served, "sending")
        await served.sees("Bone week", address="awake")
        served.forward(timedelta(days=1).total_seconds())
        await becomes(served, "done")
        assert await ends(served) == {"sent": 1, "skipped": 1}


async def test_who_stops_tips_meanwhile_gets_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, "a") as served:
        served.channel.fails["Bone week"].append(NotSent("down", retry_after=HOUR))
        order(tmp_path, "send")
        await becomes(served, "sending")
        await until(lambda: served.channel.tried)
        await served.says("hush")
        await served.sees("hushed")
        served.forward(HOUR + 1)
        await becomes(served, "done")
        assert served.channel.texts == ["hushed"]
        assert (await ends(served))["dropped"] == 1


async def test_who_comes_after_it_began_does_not_get_it(tmp_path: Path) -> None:
    async with town(tmp_path, *(f"p{number}" for number in range(150))) as served:
        served.channel.hold()
        order(tmp_path, "send")
        await becomes(served, "sending")
        served.forward(1)
        await settle(served.context, *(f"new{number}" for number in range(20)))
        served.channel.go_on()
        await becomes(served, "done")
        assert who_got_it(served.channel) == dict.fromkeys((f"p{number}" for number in range(150)), 1)


async def test_who_is_forgotten_meanwhile_stops_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, *(f"p{number}" for number in range(150))) as served:
        served.channel.hold()
        order(tmp_path, "send")
        await becomes(served, "sending")
        [last] = await served.rows("SELECT address FROM person ORDER BY id DESC LIMIT 1")
        await served.do("DELETE FROM person WHERE address = $1", last["address"])
        served.channel.go_on()
        await becomes(served, "done")
        assert len(who_got_it(served.channel)) == 149


@pytest.mark.parametrize(
    ("error", "end"),
    [(Ambiguous("timed out"), "unknown"), (Refused("no"), "failed"), (Unreachable("closed"), "waiting")],
)
async def test_how_it_ends_is_counted_and_what_is_in_doubt_is_not_sent_again(
    tmp_path: Path, error: Exception, end: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with town(tmp_path, "a") as served:
        served.channel.fails["Bone week"].append(error)
        order(tmp_path, "send")
        await becomes(served, "done")
        assert await ends(served) == {end: 1}
        assert len(served.channel.tried) == 1
        assert "announcement week is done: sent 0" in caplog.text


async def test_who_comes_back_to_a_page_gets_it_unless_it_was_stopped(tmp_path: Path) -> None:
    async with town(tmp_path, "a", "b") as served:
        served.channel.fails["Bone week"].extend([Unreachable("closed"), Unreachable("closed")])
        order(tmp_path, "send")
        await becomes(served, "done")
        await served.service.arrived(NAME, "a")
        await served.sees("Bone week", address="a")
        await served.do("UPDATE announcement SET state = 'stopped'")
        await served.service.arrived(NAME, "b")
        await served.settled()
        assert await ends(served) == {"sent": 1, "dropped": 1}


async def test_a_person_whose_row_is_damaged_is_counted_and_stops_nothing(tmp_path: Path) -> None:
    async with town(tmp_path, "a", "b") as served:
        await served.do("UPDATE person SET sealed = x'00' WHERE address = 'a'")
        order(tmp_path, "send")
        await becomes(served, "done")
        assert await ends(served) == {"sent": 1, "failed": 1}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"do": "send", "id": "week"}', '{"do": "dance", "id": "week"}'])
async def test_a_file_that_holds_no_order_is_set_aside(
    tmp_path: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "0.json").write_text(content)
    async with town(tmp_path, "a") as served:
        order(tmp_path, "send")
        await becomes(served, "done")
        assert [path.name for path in (tmp_path / "orders").iterdir()] == ["0.unreadable"]
        assert "it is set aside as 0.unreadable" in caplog.text
