"""The command that lists what was not understood, as it is typed."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

from bonewise.dialogue.person import Agreement, Turn, Unknown
from bonewise.service.people import load, make
from bonewise.service.service import open_context
from bonewise.service.unknown import keep
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault
from tests.test_cli import bonewise


async def fill(folder: Path) -> None:
    """A data folder in which two questions were not understood, one with words."""
    store = await SqliteStore.open(folder / "bonewise.db")
    context = await open_context(store, Vault.from_file(folder / "key"), "page", time.time)
    known, added = make(context, "web", "p1")
    await store.commit(added)
    person = await load(context, known.person.id)
    assert person is not None
    said = (Unknown("unknown", "en", text="purple\nmoons"), Unknown("not_meant", "es", "b12"))
    turn = Turn(type(known.person)(known.person.id, "web", keeps_questions=Agreement("2026-11-01", 1)), unknown=said)
    await store.commit(list(keep(context, person, turn)))
    await store.close()


def test_numbers_and_kept_words_are_listed(tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path))
    done = bonewise("unknown", folder=tmp_path)
    assert done.returncode == 0
    lines = [line.partition(" ")[2] for line in done.stdout.splitlines()]
    assert sorted(lines[:2]) == ["en: 1 not understood", "es: 1 the answer was not what was meant: b12"]
    assert lines[2:] == ["en: purple moons"]


def test_each_line_is_an_object_with_json(tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path))
    found = [json.loads(line) for line in bonewise("unknown", "--json", folder=tmp_path).stdout.splitlines()]
    assert [one.get("text") for one in found] == [None, None, "purple\nmoons"]
    assert {one["what"] for one in found[:2]} == {"unknown", "not_meant"}


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    done = bonewise("unknown", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "start the bot once" in done.stderr


def test_without_the_key_numbers_are_listed_and_the_words_ask_for_it(tmp_path: Path) -> None:
    asyncio.run(fill(tmp_path))
    (tmp_path / "key").unlink()
    done = bonewise("unknown", folder=tmp_path)
    assert done.returncode == 1
    assert "purple" not in done.stdout
    assert "there is no key" in done.stderr
