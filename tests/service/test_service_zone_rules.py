"""A new release of the time zone database moves what waits to the local hour that was chosen, once and for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.service.serving import BOT, NAME, Clock, Served, at_rest, serving

from bonewise.dialogue.person import Reminder
from bonewise.scheduling.delivery import spread
from bonewise.scheduling.rule import Rule
from bonewise.scheduling.zones import release
from bonewise.service import people as service_people
from bonewise.service import zone_rules

RIGHT = datetime(2027, 7, 1, 8, 0, tzinfo=UTC)  # ten o'clock in Madrid
WRONG = RIGHT + timedelta(hours=1)  # as it was before a made-up change of the rules
WHEN = {"local": "2027-07-01T10:00", "zone": "Europe/Madrid"}
PLAN = Reminder("plan", "plan", WRONG, **WHEN)  # type: ignore[arg-type]
NOW = Clock(datetime(2027, 6, 1, tzinfo=UTC).timestamp())


async def put(served: Served, *reminders: Reminder, address: str = "a") -> str:
    """Somebody has these reminders, as an earlier release of the database planned them."""
    known, new = service_people.make(served.context, NAME, address)
    await served.context.store.commit(new)
    loaded = await service_people.load(served.context, known.person.id)
    assert loaded is not None
    person = replace(loaded.person, reminders=reminders)
    await served.context.store.commit(service_people.save(served.context, loaded, person))
    return person.id


async def due(served: Served) -> dict[str, datetime]:
    rows = await served.rows("SELECT id, due_at FROM reminder ORDER BY id")
    return {row["id"]: datetime.fromtimestamp(row["due_at"], UTC) for row in rows}


async def done(served: Served) -> None:
    await served.has(1, "SELECT version FROM zone_rules WHERE version = $1", release())


async def test_what_waits_falls_due_at_the_hour_that_was_chosen(tmp_path: Path) -> None:
    async with at_rest(tmp_path, clock=NOW) as served:
        rests = Reminder("rests", "own", WRONG, state="paused", rule=Rule("day", date(2027, 7, 1)), **WHEN)  # type: ignore[arg-type]
        await put(served, PLAN, rests)
        await served.do("INSERT INTO zone_rules VALUES ($1, 'older')", BOT)
    async with serving(tmp_path, clock=NOW) as served:
        await done(served)
        assert await due(served) == {"plan": RIGHT, "rests": RIGHT}
        person = await served.person()
        assert {one.due for one in person.reminders} == {RIGHT}
        assert {one.state for one in person.reminders} == {"pending", "paused"}


async def test_what_has_no_exact_time_keeps_its_distance(tmp_path: Path) -> None:
    near_by = RIGHT + timedelta(minutes=4)
    async with at_rest(tmp_path, clock=NOW) as served:
        far = Reminder("far", "visit", WRONG, visit="2027-07-02T10:00", **WHEN)  # type: ignore[arg-type]
        person = await put(served, far, replace(far, id="near", due=near_by))
    async with serving(tmp_path, clock=NOW) as served:
        await done(served)
        assert await due(served) == {"far": RIGHT + spread("visit", person), "near": near_by}


async def test_what_has_no_local_hour_or_was_said_already_stays_as_it_is(tmp_path: Path) -> None:
    async with at_rest(tmp_path, clock=NOW) as served:
        help_ = Reminder("help", "check_in", WRONG)
        shown = Reminder("shown", "plan", WRONG, state="shown", **WHEN)  # type: ignore[arg-type]
        await put(served, help_, shown)
    async with serving(tmp_path, clock=NOW) as served:
        await done(served)
        assert await due(served) == {"help": WRONG, "shown": WRONG}


async def test_nothing_is_looked_at_twice_under_the_same_release(tmp_path: Path) -> None:
    async with at_rest(tmp_path, clock=NOW) as served:
        await put(served, PLAN)
        await served.do("INSERT INTO zone_rules VALUES ($1, $2)", BOT, release())
    async with serving(tmp_path, clock=NOW) as served:
        await served.says("hi")
        await served.settled()
        assert await due(served) == {"plan": WRONG}


async def test_all_people_are_reached_in_small_rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zone_rules, "AT_ONCE", 2)
    async with at_rest(tmp_path, clock=NOW) as served:
        for number in range(3):
            await put(served, PLAN, Reminder("x", "own", WRONG, **WHEN), address=str(number))  # type: ignore[arg-type]
    async with serving(tmp_path, clock=NOW) as served:
        await done(served)
        rows = await served.rows("SELECT due_at FROM reminder")
        assert [row["due_at"] for row in rows] == [RIGHT.timestamp()] * 6


async def test_a_damaged_reminder_and_an_unknown_zone_hold_up_nothing(tmp_path: Path) -> None:
    async with at_rest(tmp_path, clock=NOW) as served:
        nowhere = Reminder("nowhere", "own", WRONG, local=PLAN.local, zone="Europe/Nowhere")
        await put(served, Reminder("broken", "own", WRONG, **WHEN), nowhere, PLAN)  # type: ignore[arg-type]
        await served.do("UPDATE reminder SET sealed = $1 WHERE id = 'broken'", b"x")
    async with serving(tmp_path, clock=NOW) as served:
        await done(served)
        assert await due(served) == {"broken": WRONG, "nowhere": WRONG, "plan": RIGHT}


async def test_what_is_due_by_the_new_rules_is_said_at_once(tmp_path: Path) -> None:
    clock = Clock((RIGHT + timedelta(minutes=1)).timestamp())
    async with at_rest(tmp_path, clock=clock) as served:
        await put(served, PLAN)
    async with serving(tmp_path, clock=clock) as served:
        await served.sees("due plan")
