"""Questions that were not understood: numbers for all, words of who agreed, sealed, few and not for long."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bonewise.dialogue.person import Agreement, Turn, Unknown
from bonewise.service.context import Context
from bonewise.service.people import Known, load, make, save
from bonewise.service.service import open_context
from bonewise.service.unknown import forget_unknown, keep, kept
from bonewise.store import people, unknown
from bonewise.store.base import Row, Statement
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

DAY = 86400.0
START = 1_800_000_000.0
YES = Agreement("2026-11-01", 1)


class Desk:
    """A database, a person in it, and a clock that is set."""

    def __init__(self, context: Context, known: Known) -> None:
        self.context = context
        self.known = known

    async def says(self, text: str | None, agreed: Agreement | None = YES) -> None:
        """A turn that did not understand a text."""
        person = replace(self.known.person, keeps_questions=agreed)
        turn = Turn(person, unknown=(Unknown("unknown", "en", text=text),))
        await self.context.store.commit(
            [*save(self.context, self.known, person), *keep(self.context, self.known, turn)]
        )
        again = await load(self.context, person.id)
        assert again is not None
        self.known = again

    async def words(self) -> list[str]:
        [rows] = await self.context.store.load(unknown.texts("bot"))

        def read(_query: Statement) -> list[Row]:
            return rows

        return [one.text for one in kept(read, self.context.vault, "bot")]

    async def counts(self) -> list[tuple[str, int]]:
        [rows] = await self.context.store.load(unknown.counts("bot"))
        return [(row["what"], row["count"]) for row in rows]


@pytest.fixture
async def desk(tmp_path: Path) -> object:
    now = [START]
    store = await SqliteStore.open(tmp_path / "bonewise.db")
    context = await open_context(store, Vault.from_file(tmp_path / "key"), "bot", lambda: now[0])
    known, added = make(context, "telegram", "7")
    await store.commit(added)
    loaded = await load(context, known.person.id)
    assert loaded is not None
    yield Desk(context, loaded)
    await store.close()


async def test_without_words_only_the_number_grows(desk: Desk, tmp_path: Path) -> None:
    await desk.says(None, agreed=None)
    await desk.says(None, agreed=None)
    assert await desk.counts() == [("unknown", 2)]
    assert await desk.words() == []


async def test_words_are_sealed_and_can_be_read_with_the_key(desk: Desk, tmp_path: Path) -> None:
    await desk.says("purple moons")
    assert await desk.words() == ["purple moons"]
    assert not any(b"purple" in file.read_bytes() for file in tmp_path.iterdir())  # noqa: ASYNC240


async def test_who_takes_their_yes_back_has_none_kept(desk: Desk) -> None:
    await desk.says("purple moons")
    await desk.says(None, agreed=Agreement(None, 1))
    assert await desk.words() == []


async def test_who_is_forgotten_has_none_kept_and_the_numbers_stay(desk: Desk) -> None:
    await desk.says("purple moons")
    await desk.context.store.commit([people.delete(desk.known.person.id)])
    assert await desk.words() == []
    assert await desk.counts() == [("unknown", 1)]


async def test_of_one_person_the_newest_stay(desk: Desk) -> None:
    for number in range(unknown.TEXTS_OF_ONE + 3):
        await desk.says(f"text {number}")
    words = await desk.words()
    assert len(words) == unknown.TEXTS_OF_ONE
    assert (words[0], words[-1]) == (f"text {unknown.TEXTS_OF_ONE + 2}", "text 3")


@pytest.mark.parametrize(("days", "left"), [(89, ["purple moons"]), (91, [])])
async def test_words_are_kept_for_90_days(desk: Desk, days: int, left: list[str]) -> None:
    await desk.says("purple moons")
    await desk.context.store.commit(forget_unknown("bot", START + days * DAY))
    assert await desk.words() == left


@pytest.mark.parametrize(("days", "left"), [(399, [("unknown", 1)]), (402, [])])
async def test_numbers_are_kept_for_400_days(desk: Desk, days: int, left: list[tuple[str, int]]) -> None:
    await desk.says(None)
    await desk.context.store.commit(forget_unknown("bot", START + days * DAY))
    assert await desk.counts() == left


async def test_of_all_people_no_more_than_the_cap_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unknown, "TEXTS_OF_ALL", 2)
    for number in range(4):
        await desk.says(f"text {number}")
    await desk.context.store.commit(forget_unknown("bot", START))
    assert await desk.words() == ["text 3", "text 2"]
