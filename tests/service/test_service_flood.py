"""Who sends too much is cut off for a while; nobody else is, and what cannot wait is not."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.service.serving import Clock, event, text

from bonewise.dialogue.event import Command, Event, Text, Unreadable
from bonewise.dialogue.received import Received
from bonewise.service.flood import MOST, WITHIN, Flood


def hear(event: Event) -> Event:
    if isinstance(event, Command):
        return hear(Text(event.argument))
    return replace(event, alarm="hard") if isinstance(event, Text | Unreadable) and "help" in event.text else event


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def flood(clock: Clock) -> Flood:
    return Flood(clock, hear)


def talk(count: int, address: str = "a", words: str = "hi") -> list[Received]:
    return [text(f"{words} {number}", address) for number in range(count)]


def kept(flood: Flood, batch: Sequence[Received], channel: str = "chat") -> int:
    return len(flood.keep(batch, channel))


def test_of_too_many_the_oldest_are_kept_in_their_order(flood: Flood, caplog: pytest.LogCaptureFixture) -> None:
    batch = talk(MOST + 5)
    assert flood.keep(batch, "chat") == batch[:MOST]
    [record] = caplog.records
    assert (record.levelno, record.getMessage()) == (logging.WARNING, "chat: 5 events dropped that came too fast")


def test_they_count_over_several_batches(flood: Flood) -> None:
    assert [kept(flood, talk(MOST - 1)), kept(flood, talk(3)), kept(flood, talk(1))] == [MOST - 1, 1, 0]


def test_nobody_else_is_cut_off(flood: Flood) -> None:
    flood.keep(talk(MOST), "chat")
    assert kept(flood, talk(1, "b")) == 1
    assert kept(flood, talk(1), "other channel") == 1


def test_after_a_while_they_are_heard_again(flood: Flood, clock: Clock) -> None:
    flood.keep(talk(MOST), "chat")
    clock.forward(WITHIN - 0.1)
    assert kept(flood, talk(1)) == 0
    clock.forward(0.1)
    assert kept(flood, talk(MOST + 1)) == MOST


def test_what_was_dropped_does_not_count(flood: Flood, clock: Clock) -> None:
    flood.keep(talk(MOST), "chat")
    clock.forward(WITHIN / 2)
    flood.keep(talk(MOST), "chat")
    clock.forward(WITHIN / 2)
    assert kept(flood, talk(MOST)) == MOST


def test_what_cannot_wait_is_heard_in_the_middle_of_a_flood_and_is_no_way_around_it(flood: Flood) -> None:
    flood.keep(talk(MOST), "chat")
    assert flood.keep([*talk(2), text("help"), *talk(2)], "chat")[0].event == Text("help")
    assert kept(flood, [event(Command("check", "help"))]) == 1
    assert kept(flood, [event(Unreadable("edited", "help")), event(Unreadable("forward", "hi"))]) == 1
    assert kept(flood, talk(MOST + 5, words="help")) == MOST - 3


def test_what_could_not_be_written_does_not_count_when_it_comes_again(flood: Flood) -> None:
    batch = [*talk(MOST + 5), text("help")]
    first = flood.keep(batch, "chat")
    flood.take_back(first, "chat")
    assert flood.keep(batch, "chat") == first


def test_taking_back_leaves_what_was_counted_before(flood: Flood) -> None:
    flood.keep(talk(MOST - 2), "chat")
    flood.take_back(flood.keep(talk(5), "chat"), "chat")
    assert kept(flood, talk(5)) == 2


def test_a_clock_that_is_set_back_cuts_nobody_off(flood: Flood, clock: Clock) -> None:
    flood.keep(talk(MOST), "chat")
    clock.forward(-3600)
    assert kept(flood, talk(MOST)) == MOST


def test_nothing_is_remembered_of_people_who_are_silent(flood: Flood, clock: Clock) -> None:
    for number in range(1000):
        flood.keep([text("hi", f"p{number}")], "chat")
    clock.forward(WITHIN)
    flood.keep([text("hi")], "chat")
    assert len(flood._times) == 1
