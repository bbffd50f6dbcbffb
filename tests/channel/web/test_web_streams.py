"""Who hears what: the open pages of a person, and only theirs."""

from __future__ import annotations

import pytest
from sse_starlette import ServerSentEvent

from bonewise.channel.web.streams import MOST_PER_PERSON, Line, Streams
from bonewise.channel.web.transport import WebTransport
from bonewise.channel.web.words import PageWords
from bonewise.dialogue.screen import Screen
from bonewise.service.transport import Unreachable


def _heard(line: Line) -> list[str | None]:
    events = [line.get_nowait() for _ in range(line.qsize())]
    return [event and event.event for event in events]


def _event(name: str) -> ServerSentEvent:
    return ServerSentEvent(event=name, data="{}")


def test_all_pages_of_a_person_hear_and_nobody_else() -> None:
    streams = Streams()
    with streams.joined("a") as one, streams.joined("a") as two, streams.joined("b") as other:
        assert streams.push("a", _event("x"))
        assert (_heard(one), _heard(two), _heard(other)) == (["x"], ["x"], [])


def test_a_closed_page_is_not_there_any_more() -> None:
    streams = Streams()
    with streams.joined("a"):
        assert streams.are_open("a")
    assert not streams.are_open("a")
    assert not streams.push("a", _event("x"))


def test_a_page_that_does_not_keep_up_starts_over() -> None:
    streams = Streams()
    with streams.joined("a") as line:
        for _ in range(1000):
            streams.push("a", _event("x"))
        heard = _heard(line)
        assert None in heard
        assert len(heard) <= 256


def test_the_oldest_page_rests_and_the_others_go_on() -> None:
    streams = Streams()
    with streams.joined("a") as oldest:
        joined = [streams.joined("a") for _ in range(MOST_PER_PERSON)]
        lines = [line.__enter__() for line in joined]
        streams.push("a", _event("x"))
        assert _heard(oldest) == ["rest", None]
        assert [_heard(line) for line in lines] == [["x"]] * MOST_PER_PERSON


def test_closing_ends_every_stream() -> None:
    streams = Streams()
    with streams.joined("a") as one, streams.joined("b") as two:
        streams.close()
        assert (_heard(one), _heard(two)) == ([None], [None])


async def test_sending_returns_the_id_of_the_message(words: PageWords) -> None:
    transport = WebTransport(words)
    with transport.streams.joined("a"):
        assert await transport.send("a", Screen("Hello", "en"), None, 7) == "7"
        assert await transport.send("a", Screen("Hello", "en"), "7", 8) == "7"


async def test_without_an_open_page_nothing_is_sent(words: PageWords) -> None:
    with pytest.raises(Unreachable):
        await WebTransport(words).send("a", Screen("Hello", "en"), None, 7)


async def test_the_end_of_waiting_reaches_only_who_pressed(words: PageWords) -> None:
    transport = WebTransport(words)
    with transport.streams.joined("a") as one, transport.streams.joined("b") as other:
        await transport.acknowledge("a/0123456789", "Noted")
        await transport.waiting("b")
        assert (_heard(one), _heard(other)) == (["done"], ["waiting"])
