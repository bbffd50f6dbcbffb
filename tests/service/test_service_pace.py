"""Nobody is sent to faster than the channel allows, and nothing is slower than it has to be."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.service.serving import serving, text, until

from bonewise.service.pace import TELEGRAM, Pace

PACED = Pace(interval=1.0, chat_interval=0.0)


async def test_a_channel_is_sent_to_at_its_pace_from_the_first_message_on(tmp_path: Path) -> None:
    async with serving(tmp_path, pace=PACED) as served:
        await served.receive(*(text("hi", f"p{number}") for number in range(5)))
        for sent in range(1, 6):
            await until(lambda sent=sent: len(served.channel.sent) == sent)
            await asyncio.sleep(0.03)
            assert len(served.channel.sent) == sent
            served.forward(1.0)


async def test_thirty_a_second_are_sent_within_a_second(tmp_path: Path) -> None:
    clock: Any = time.time
    async with serving(tmp_path, pace=TELEGRAM, clock=clock) as served:
        await served.receive(*(text("hi", f"p{number}") for number in range(45)))
        start = time.monotonic()
        await until(lambda: len(served.channel.sent) == 45, 5)
        assert 1.0 < time.monotonic() - start < 3.0


async def test_replies_to_one_chat_run_ahead_then_come_one_a_second(tmp_path: Path) -> None:
    pace = Pace(chat_interval=1.0, burst=3.0)
    async with serving(tmp_path, pace=pace) as served:
        await served.says("many 8")
        await until(lambda: len(served.channel.sent) == 4)
        for sent in range(4, 8):
            await asyncio.sleep(0.03)
            assert len(served.channel.sent) == sent
            served.forward(1.0)
            await until(lambda sent=sent: len(served.channel.sent) == sent + 1)


async def test_of_ten_messages_one_is_what_waited_longest_though_replies_fill_the_channel(tmp_path: Path) -> None:
    async with serving(tmp_path, pace=PACED) as served:
        await served.receive(text("hi", "first"))
        await until(lambda: len(served.channel.sent) == 1)
        await served.receive(*(text("tip one", f"t{number}") for number in range(3)))
        await served.receive(*(text("hi", f"p{number}") for number in range(40)))
        await served.has(44, "SELECT 1 FROM outbox")
        while len(served.channel.sent) < 31:
            sent = len(served.channel.sent)
            served.forward(1.0)
            await until(lambda sent=sent: len(served.channel.sent) > sent)
        tips = [number for number, one in enumerate(served.channel.texts) if one == "tip one"]
        assert len(tips) == 3
        assert all(8 <= later - earlier <= 10 for earlier, later in pairwise(tips))


async def test_tips_to_one_chat_do_not_run_ahead(tmp_path: Path) -> None:
    async with serving(tmp_path, pace=Pace(chat_interval=1.0, burst=3.0)) as served:
        await served.says("tip one", "tip two")
        await until(lambda: len(served.channel.sent) == 1)
        await asyncio.sleep(0.05)
        assert len(served.channel.sent) == 1
        served.forward(1.0)
        await until(lambda: len(served.channel.sent) == 2)


async def test_a_clock_that_is_set_back_an_hour_holds_up_no_message(tmp_path: Path) -> None:
    async with serving(tmp_path, pace=TELEGRAM) as served:
        await served.says("one")
        await served.sees("got one")
        served.clock.forward(-3600)
        await served.says("two")
        await until(lambda: served.channel.texts == ["got one", "got two"])
