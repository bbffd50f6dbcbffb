"""Whose a text is: of whom the person turned to last, for six hours, whatever happens to the process."""

from __future__ import annotations

from pathlib import Path

from tests.service.serving import NAME, Served, event, serving, text

from bonewise.dialogue.event import Due, Left
from bonewise.service.floor import HOLDS, Floor, Floors


async def floor(served: Served, address: str = "a") -> Floor:
    return (await Floors(served.context, NAME).of({address}))[address]


async def turns_away(served: Served, key: str, address: str = "a") -> None:
    """The person turns elsewhere with an update."""
    floors = Floors(served.context, NAME)
    found = await floors.of({address})
    found[address].left(key)
    await floors.give(found.values())


async def test_nobody_who_is_unknown_is_ours_and_none_is_made_known(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await turns_away(served, "u1")
        found = await floor(served)
        assert (found.known, found.ours) == (False, False)
        assert await served.rows("SELECT id FROM person") == []


async def test_who_turned_to_us_last_is_ours_for_six_hours(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        served.clock.forward(HOLDS)
        assert (await floor(served)).ours
        served.clock.forward(1)
        assert not (await floor(served)).ours


async def test_who_turned_away_and_back_is_ours_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u1"), text("one", "b", key="u2"))
        await turns_away(served, "u3")
        assert not (await floor(served)).ours
        assert (await floor(served, "b")).ours
        await served.receive(text("two", key="u4"))
        assert (await floor(served)).ours


async def test_who_turns_away_in_the_same_batch_in_which_they_came_is_not_ours(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        floors = Floors(served.context, NAME)
        found = await floors.of({"a"})
        found["a"].taken()
        found["a"].left("u2")
        await served.receive(text("one", key="u1"))
        await floors.give(found.values())
        assert not (await floor(served)).ours


async def test_an_update_that_comes_twice_changes_nothing(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        await turns_away(served, "u2")
        await served.receive(text("three", key="u3"))
        await turns_away(served, "u2")
        assert (await floor(served)).ours
        assert len(await served.rows("SELECT id FROM inbox")) == 3


async def test_what_falls_due_and_who_leaves_turn_to_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("one", key="u1"))
        await turns_away(served, "u2")
        await served.receive(event(Due("r"), key="r:1"), event(Left(True), key="left-u3"))
        assert not (await floor(served)).ours
