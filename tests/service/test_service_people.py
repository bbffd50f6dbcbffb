"""People between rows and dialogue: whole when loaded, changed by versions, reminders row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.service.serving import NAME, START, Served, at_rest

from bonewise.dialogue.person import Person, Reminder, Session
from bonewise.service.people import Known, load, make, save
from bonewise.store import outbox
from bonewise.store.errors import Conflict, SealBroken

NOW = datetime.fromtimestamp(START, UTC)
ONE = Reminder("one", "plan", NOW, note="take the letter")
TWO = Reminder("two", "check_in", NOW)


async def somebody(served: Served) -> Known:
    known, added = make(served.context, NAME, "a", "es", "Ana")
    await served.context.store.commit(added)
    loaded = await load(served.context, known.person.id)
    assert loaded is not None
    return loaded


async def changed(served: Served, known: Known, person: Person) -> Known:
    await served.context.store.commit(save(served.context, known, person))
    loaded = await load(served.context, person.id)
    assert loaded is not None
    return loaded


async def test_somebody_new_is_loaded_as_they_were_made(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        assert (known.person.channel, known.person.hinted, known.person.name) == (NAME, "es", "Ana")
        assert (known.address, known.version) == ("a", 0)


async def test_nobody_is_loaded_for_an_unknown_id(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        assert await load(served.context, "nobody") is None


async def test_all_that_a_turn_changed_is_loaded_again(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        person = replace(
            known.person, country="ES", sessions=(Session("s", "check", 1, NOW, NOW),), reminders=(ONE, TWO)
        )
        known = await changed(served, known, person)
        assert (known.person, known.version) == (person, 1)
        person = replace(person, sessions=(), reminders=(replace(TWO, state="done"),))
        assert (await changed(served, known, person)).person == person


async def test_the_state_in_a_reminders_row_counts(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        known = await changed(served, known, replace(known.person, reminders=(ONE,)))
        await served.do("UPDATE reminder SET state = 'queued'")
        loaded = await load(served.context, known.person.id)
        assert loaded is not None
        assert loaded.person.reminders == (replace(ONE, state="queued"),)


async def test_of_two_turns_on_the_same_version_only_one_counts(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        await changed(served, known, replace(known.person, country="ES", reminders=(ONE,)))
        with pytest.raises(Conflict):
            await changed(served, known, replace(known.person, country="FR", reminders=(TWO,)))
        assert (await served.person()).country == "ES"
        assert (await served.person()).reminders == (ONE,)


async def test_only_the_messages_of_changed_reminders_are_dropped(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        known = await changed(served, known, replace(known.person, reminders=(ONE, TWO)))
        for row, name in enumerate(("one", "two"), 1):
            message = outbox.NewMessage(row, known.person.id, NAME, name, 1, START, b"", name)
            await served.context.store.commit([outbox.insert(served.context.bot, message)])
        await changed(served, known, replace(known.person, reminders=(replace(ONE, state="done"), TWO)))
        assert await served.states() == ["dropped", "pending"]


async def test_a_reminder_moved_to_another_person_does_not_open(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        known = await somebody(served)
        await changed(served, known, replace(known.person, reminders=(ONE,)))
        other, added = make(served.context, NAME, "b")
        await served.context.store.commit(added)
        await served.do("UPDATE reminder SET person_id = $1", other.person.id)
        with pytest.raises(SealBroken):
            await load(served.context, other.person.id)
