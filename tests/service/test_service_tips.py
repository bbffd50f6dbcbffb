"""Tips across restarts, with the real dialogue: each is said once, and the row of the next is in the same commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tests.dialogue.conversation import KNOWN, WORLD
from tests.service.serving import Clock, Served, serving
from tests.service.talk import TALK

from bonewise.dialogue.event import Due, Event
from bonewise.dialogue.person import Person, Subscription, Turn
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.tips import planned

WEDNESDAY = datetime(2026, 11, 25, 12, 0, tzinfo=UTC).timestamp()
DAY = 86400.0
TIPS = Subscription(agreed="2026-11-25")


def tips_for_whoever_writes(person: Person, event: Event, now: datetime, seed: int) -> Turn:
    if isinstance(event, Due):
        return react(WORLD, person, event, now, seed)
    subscribed = replace(person, tips=TIPS, language="en", zone="Europe/Madrid", **KNOWN)  # type: ignore[arg-type]
    row = planned(subscribed, now)
    assert row is not None
    return Turn(replace(subscribed, reminders=(row,)), (Screen("subscribed", "en"),))


DIALOGUE = replace(TALK, react=tips_for_whoever_writes)


async def next_on(served: Served) -> str | None:
    [row] = (await served.person()).reminders
    return row.local


async def test_a_tip_is_said_once_however_often_the_bot_starts_and_the_next_one_waits(tmp_path: Path) -> None:
    async with serving(tmp_path, clock=Clock(WEDNESDAY), dialogue=DIALOGUE) as served:
        await served.says("tips")
        await served.sees("subscribed")
        assert await next_on(served) == "2026-11-27T10:00"
    for _ in range(2):
        async with serving(tmp_path, clock=Clock(WEDNESDAY + 2 * DAY), dialogue=DIALOGUE) as served:
            await served.has(2, "SELECT id FROM outbox WHERE state = 'sent'")
            assert await next_on(served) == "2026-12-01T10:00"
            assert list((await served.person()).tips.sent) == ["T1"]  # type: ignore[union-attr]
            [row] = await served.rows("SELECT rank FROM outbox WHERE reminder_id = 'tips'")
            assert row["rank"] == 3


async def test_after_a_long_while_down_nothing_is_made_up_for(tmp_path: Path) -> None:
    async with serving(tmp_path, clock=Clock(WEDNESDAY), dialogue=DIALOGUE) as served:
        await served.says("tips")
        await served.sees("subscribed")
    async with serving(tmp_path, clock=Clock(WEDNESDAY + 30 * DAY), dialogue=DIALOGUE) as served:
        await served.has(1, "SELECT id FROM inbox WHERE state = 'done' AND dedup_key LIKE 'due:%'")
        assert await next_on(served) == "2026-12-29T10:00"
        assert (await served.person()).tips == TIPS
        assert served.channel.texts == []
