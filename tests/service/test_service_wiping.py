"""What was said is never in clear in any file, and after a wipe it is not there at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.service.meddling import Meddling
from tests.service.serving import NAME, at_rest, serving, text, until

from bonewise.dialogue.screen import Screen
from bonewise.service.transport import Ambiguous, NotSent, Unreachable
from bonewise.store.base import Store

PLANTED = (b"planted-answer", b"planted-name", b"planted-text", b"planted note", b"planted subject", b"planted-said")


def found_in(folder: Path, parts: Iterable[bytes]) -> list[bytes]:
    everything = b"".join(file.read_bytes() for file in folder.iterdir())
    return [one for one in parts if one in everything]


async def plant(served: Any) -> None:
    await served.receive(text("planted-answer", name="planted-name", said="planted-said"))
    await served.says("plan r 600", "put s planted-text")
    await until(lambda: "planted-text" in served.channel.texts)
    await served.settled()


async def test_nothing_that_was_said_is_in_any_file_in_clear(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await plant(served)
        served.channel.fails["got planted-answer"].append(NotSent("down", retry_after=1000))
        await served.says("planted-answer")
        await until(lambda: len(served.channel.tried) == 5)
        assert found_in(tmp_path, PLANTED) == []


async def sealed(served: Any) -> list[bytes]:
    """Everything sealed, the key, and the person's id."""
    rows = await served.rows(
        "SELECT sealed FROM person UNION ALL SELECT wrapped_key FROM person UNION ALL SELECT sealed FROM session "
        "UNION ALL SELECT sealed FROM inbox UNION ALL SELECT sealed FROM outbox UNION ALL SELECT sealed FROM reminder"
    )
    ids = await served.rows("SELECT id FROM person")
    return [row["sealed"] for row in rows if row["sealed"]] + [row["id"].encode() for row in ids]


async def test_after_a_wipe_no_row_key_or_name_of_the_person_is_in_any_file(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await plant(served)
        await served.says("many 40")
        await until(lambda: "40 of 40" in served.channel.texts)
        await served.settled()
        before = await sealed(served)
        assert len(before) > 40
        assert found_in(tmp_path, before) == before
        await served.says("wipe")
        await until(lambda: served.forgotten)
        await served.settled()
        assert found_in(tmp_path, before) == []


async def test_after_a_wipe_a_stranger_is_at_the_address(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await plant(served)
        old = await served.person()
        await served.says("wipe")
        await until(lambda: served.forgotten)
        assert served.forgotten == [(NAME, "a")]
        await served.settled()
        new = await served.person()
        assert new.id != old.id
        assert (new.sessions, new.reminders, new.name) == ((), (), None)
        [(_, screen, _)] = await served.service.history(NAME, "a", 0)
        assert isinstance(screen, Screen)
        assert screen.text == "wiped"


async def test_a_wipe_that_comes_twice_is_done_once(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.receive(text("wipe", key="u1"))
        await served.sees("wiped")
        await served.says("one")
        await served.receive(text("wipe", key="u1"))
        await served.says("two")
        await served.sees("wiped", "got one", "got two")
        assert await served.said() == ["one", "two"]


async def test_a_wipe_leaves_all_others_alone(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("one", "plan r 600", address="b")
        await served.sees("got one", "planned r", address="b")
        await served.says("wipe")
        await served.sees("wiped")
        assert await served.said("b") == ["one", "plan r 600"]
        served.forward(600)
        await served.sees("got one", "planned r", "due r", address="b")


async def test_reminders_and_waiting_messages_go_with_a_wipe(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        served.channel.fails["planned r"].append(Unreachable("no page is open"))
        await served.says("plan r 600", "one", "wipe")
        await until(lambda: served.forgotten)
        served.forward(600)
        await served.sees("wiped")


async def test_who_wipes_all_while_a_reminder_is_on_its_way_gets_it_at_most_once_and_is_gone(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.says("plan r 600")
        await served.sees("planned r")
        served.channel.fails["due r"].append(Ambiguous("timed out"))
        served.channel.hold()
        served.forward(600)
        await until(lambda: served.channel.under_way)
        await served.says("wipe")
        await until(lambda: served.forgotten)
        served.channel.go_on()
        await served.sees("planned r", "wiped")
        assert [one.text for one in served.channel.tried].count("due r") == 1
        assert await served.rows("SELECT 1 FROM reminder") == []


async def test_what_is_said_right_after_a_wipe_is_heard(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.says("one", "wipe", "two", "three")
        await served.service.start()
        await until(lambda: "got three" in served.channel.texts)
        await served.settled()
        assert await served.said() == ["two", "three"]
        await served.service.drain()


async def test_what_is_said_while_a_wipe_is_written_down_is_heard(tmp_path: Path) -> None:
    async with serving(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store

        async def say(_store: Store) -> None:
            await served.says("two")

        store.before("DELETE FROM person", say)
        await served.says("one", "wipe")
        await until(lambda: "got two" in served.channel.texts)
        assert await served.said() == ["two"]


async def test_a_damaged_event_does_not_stop_a_wipe(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        await served.says("one", "wipe", "two")
        await served.do("UPDATE inbox SET sealed = x'01' WHERE id = (SELECT max(id) FROM inbox)")
        await served.service.start()
        await until(lambda: "wiped" in served.channel.texts)
        assert await served.said() == []
        await served.service.drain()
