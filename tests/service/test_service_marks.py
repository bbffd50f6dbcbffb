"""What a message says of itself when it is sent later than it should be, or perhaps for the second time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from tests.service.serving import Served, serving, until
from tests.service.talk import TALK

from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.service.marks import Marks
from bonewise.service.transport import Ambiguous, NotSent


def again(screen: Screen) -> Screen:
    return replace(screen, text=f"{screen.text} (again)")


def late(screen: Screen, _person: Person, meant: datetime) -> Screen:
    return replace(screen, text=f"{screen.text} (for {meant:%H:%M})")


@asynccontextmanager
async def marking(folder: Path) -> AsyncIterator[Served]:
    async with serving(folder, dialogue=replace(TALK, marks=Marks(again, late))) as served:
        yield served


async def test_a_reply_that_may_have_come_before_says_so(tmp_path: Path) -> None:
    async with marking(tmp_path) as served:
        served.channel.fails["got one"].append(Ambiguous("timed out"))
        await served.says("one", "two")
        await served.sees("got one (again)", "got two")


async def test_what_was_surely_not_sent_does_not(tmp_path: Path) -> None:
    async with marking(tmp_path) as served:
        served.channel.fails["got one"].append(NotSent("down", retry_after=0))
        await served.says("one")
        await served.sees("got one")


async def test_an_edit_does_not_for_it_only_changes_what_stands_there(tmp_path: Path) -> None:
    async with marking(tmp_path) as served:
        await served.says("put s old")
        await served.sees("old")
        served.channel.fails["new"].append(Ambiguous("timed out"))
        await served.says("edit s new")
        await served.sees("old", "new")


@pytest.mark.parametrize(("minutes", "said"), [(5, "due r"), (6, "due r (for 09:00)")])
async def test_a_chosen_reminder_that_is_held_up_says_when_it_should_have_come(
    tmp_path: Path, minutes: int, said: str
) -> None:
    async with marking(tmp_path) as served:
        served.channel.fails["due r"].append(NotSent("down", retry_after=minutes * 60))
        await served.says("plan r 3600")
        await served.sees("planned r")
        served.forward(3600)
        await until(lambda: len(served.channel.tried) == 2)
        await served.settled()
        served.forward(minutes * 60)
        await served.sees("planned r", said)


async def test_one_that_fell_due_late_has_said_so_already(tmp_path: Path) -> None:
    async with marking(tmp_path) as served:
        await served.says("plan r 3600")
        await served.sees("planned r")
        served.forward(7200)
        await served.sees("planned r", "due r")
