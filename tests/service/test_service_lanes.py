"""Where tips and announcements may go faster for money, nothing else does, and a channel that says stop stops both."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from tests.service.channel import Channel
from tests.service.serving import serving, text, until

from bonewise.service.lanes import PAID_AT_ONCE, Paid
from bonewise.service.pace import UNPACED, Pace
from bonewise.service.transport import NotSent

SLOW = Pace(interval=60.0)


async def test_only_tips_are_paid_for(tmp_path: Path) -> None:
    paid = Channel()
    async with serving(tmp_path, paid=Paid(paid, UNPACED)) as served:
        await served.says("tip one", "hi", "plan r 10", "tip two")
        await until(lambda: len(served.channel.sent) == 2)
        served.forward(10)
        await until(lambda: len(served.channel.sent) == 3)
        await served.settled()
        assert paid.texts == ["tip one", "tip two"]
        assert served.channel.texts == ["got hi", "planned r", "due r"]


async def test_a_tip_does_not_wait_for_the_pace_of_what_is_free_nor_a_reply_for_that_of_tips(tmp_path: Path) -> None:
    paid = Channel()
    async with serving(tmp_path, pace=SLOW, paid=Paid(paid, UNPACED)) as served:
        await served.receive(text("hi", "a"), text("hi", "b"), *(text(f"tip {n}", f"t{n}") for n in range(60)))
        await until(lambda: len(paid.sent) == 60)
        assert len(served.channel.sent) == 1


async def test_paid_messages_keep_to_their_own_pace(tmp_path: Path) -> None:
    paid = Channel()
    async with serving(tmp_path, paid=Paid(paid, SLOW)) as served:
        await served.receive(*(text("tip", f"t{number}") for number in range(3)), *(text("hi", "a") for _ in range(9)))
        await until(lambda: len(served.channel.sent) == 9)
        for sent in (1, 2, 3):
            await until(lambda sent=sent: len(paid.sent) == sent)
            await asyncio.sleep(0.03)
            assert len(paid.sent) == sent
            served.forward(60.0)


async def test_many_paid_messages_are_on_their_way_at_once(tmp_path: Path) -> None:
    paid = Channel()
    async with serving(tmp_path, paid=Paid(paid, UNPACED)) as served:
        paid.hold()
        await served.receive(*(text("tip", f"t{number}") for number in range(PAID_AT_ONCE + 5)))
        await until(lambda: len(paid.tried) == PAID_AT_ONCE)
        await asyncio.sleep(0.05)
        assert len(paid.tried) == PAID_AT_ONCE
        paid.go_on()
        await until(lambda: len(paid.sent) == PAID_AT_ONCE + 5)


@pytest.mark.parametrize("told", ["got one", "tip one"])
async def test_when_the_channel_says_stop_on_one_lane_both_stop(tmp_path: Path, told: str) -> None:
    channel = Channel()
    async with serving(tmp_path, channel=channel, paid=Paid(channel, UNPACED)) as served:
        channel.fails[told].append(NotSent("too many requests", retry_after=30, everyone=True))
        await served.says(told.removeprefix("got "))
        await until(lambda: channel.tried)
        await served.settled()
        await served.says("hi", address="b")
        await served.says("tip two", address="c")
        served.forward(29.5)
        await asyncio.sleep(0.1)
        assert len(channel.tried) == 1
        served.forward(0.5)
        await until(lambda: sorted(channel.texts) == sorted([told, "got hi", "tip two"]))


async def test_when_there_is_no_money_tips_wait_and_all_else_goes_on(tmp_path: Path) -> None:
    paid = Channel()
    async with serving(tmp_path, paid=Paid(paid, UNPACED)) as served:
        paid.fails["tip one"].append(NotSent("no Stars are left", retry_after=60, same_lane=True))
        await served.says("tip one")
        await until(lambda: paid.tried)
        await served.settled()
        await served.says("tip two", address="b")
        await served.says("hi", address="c")
        await until(lambda: served.channel.texts_to("c") == ["got hi"])
        assert len(paid.tried) == 1
        served.forward(60)
        await until(lambda: sorted(paid.texts) == ["tip one", "tip two"])
