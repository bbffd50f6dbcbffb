"""The command that announces, as it is typed: the plan first, and nothing changed; then the order."""

from __future__ import annotations

import asyncio
import hashlib
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bonewise.dialogue.person import Subscription
from bonewise.service import orders
from bonewise.service import people as service_people
from bonewise.service.codec import dump_person
from bonewise.service.context import Context
from bonewise.service.service import open_context
from bonewise.store.base import Statement
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault
from tests.test_cli import bonewise

TODAY = datetime.now(UTC).date()
WEEK = f'id: week\ntexts: {{en: "**Bone week.**", es: "Semana"}}\nuntil: {TODAY + timedelta(days=9)}\n'


def file(folder: Path, text: str = WEEK) -> str:
    path = folder / "week.yml"
    path.write_text(text)
    return str(path)


async def known(folder: Path, *people: dict[str, Any]) -> None:
    """A data folder in which the page knows these people."""
    store = await SqliteStore.open(folder / "bonewise.db")
    context = await open_context(store, Vault.from_file(folder / "key"), "page", time.time)
    for number, one in enumerate(people):
        await store.commit(_person(context, f"p{number}", one))
    await store.close()


def _person(context: Context, address: str, about: dict[str, Any]) -> list[Statement]:
    new, added = service_people.make(context, about.get("channel", "telegram"), address)
    fields = {"language": "en", "tips": Subscription("2026-11-01", news=True), "zone": "UTC", **about}
    person = type(new.person)(**{"id": new.person.id, "channel": "telegram", **fields})
    sealed = new.key.seal("person", dump_person(person))
    return [*added, Statement("UPDATE person SET sealed = $2 WHERE id = $1", (person.id, sealed))]


def announce(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return bonewise("announce", *arguments, folder=folder)


def fails(folder: Path, *arguments: str) -> str:
    done = announce(folder, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr


def content(folder: Path) -> dict[str, str]:
    kept = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in {".db-shm", ".db-wal"}]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}


async def test_the_plan_says_who_gets_it_in_which_language_and_when_and_changes_nothing(tmp_path: Path) -> None:
    tips_only = {"tips": Subscription("2026-11-01")}
    await known(tmp_path, {}, {}, {"language": "es"}, {"language": "fr"}, {"channel": "web"}, tips_only, {"tips": None})
    path, before = file(tmp_path), content(tmp_path)
    done = announce(tmp_path, path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "5 of 7 people get it" in done.stdout
    assert "en: 3\n" in done.stdout
    assert "es: 1\n" in done.stdout
    assert "fr: 1, in en: there is no text in their language\n" in done.stdout
    assert "1 have tips and did not agree to news" in done.stdout
    assert "1 are at the chat page" in done.stdout
    assert done.stdout.count("Done by ") == 2
    assert f"Nothing is sent yet. To begin: bonewise announce {path} --send" in done.stdout
    assert content(tmp_path) == {**before, path: content(tmp_path)[path]}


async def test_the_plan_of_what_is_paid_for_says_when_it_is_done_and_what_it_can_cost(tmp_path: Path) -> None:
    await known(tmp_path, {}, {}, {}, {"channel": "web"})
    done = bonewise("announce", file(tmp_path), folder=tmp_path, paid_rate="100")
    assert (done.returncode, done.stderr) == (0, "")
    assert [
        line for line in done.stdout.splitlines() if "Done by" in line and line.endswith("with 100 a second, paid.")
    ]
    assert done.stdout.count("Done by ") == 1
    assert "It can cost 0.3 Stars, 0.1 for each message" in done.stdout


async def test_orders_wait_for_the_bot_and_an_id_is_taken_from_then_on(tmp_path: Path) -> None:
    await known(tmp_path, {})
    path = file(tmp_path)
    assert "Handed over" in announce(tmp_path, path, "--send").stdout
    assert "the id week was used" in fails(tmp_path, path, "--send")
    assert "is sending, so there is nothing to resume" in fails(tmp_path, "--resume", "week")
    assert "week will be paused" in announce(tmp_path, "--pause", "week").stdout
    assert "week will be stopped" in announce(tmp_path, "--stop", "week").stdout
    assert "is stopped, so there is nothing to resume" in fails(tmp_path, "--resume", "week")
    assert announce(tmp_path, "--list").stdout.count("it waits for the bot to take it up") == 3
    lying = orders.lying(orders.folder_of(tmp_path, "page"))
    assert [orders.read(path).do for path in lying] == ["send", "pause", "stop"]
    assert {path.stat().st_mode & 0o777 for path in lying} == {0o600}


async def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert "start the bot once" in fails(tmp_path, "--list")
    await known(tmp_path, {})
    assert announce(tmp_path, "--list").stdout == "There are no announcements.\n"
    assert "there is no announcement week" in fails(tmp_path, "--pause", "week")
    assert "No such file" in fails(tmp_path, str(tmp_path / "none.yml"))
    (tmp_path / "key").unlink()
    assert "there is no key" in fails(tmp_path, file(tmp_path))
    assert not (tmp_path / "key").exists()


async def test_a_fault_of_the_file_names_its_place_and_nothing_is_handed_over(tmp_path: Path) -> None:
    await known(tmp_path, {})
    path = file(tmp_path, WEEK.replace("es:", "ess:"))
    assert fails(tmp_path, path, "--send").startswith(f"{path}:2:31: unknown language `ess`; did you mean `es`?")
    assert orders.lying(orders.folder_of(tmp_path, "page")) == []


@pytest.mark.parametrize("arguments", [(), ("--send",), ("--list", "--pause", "week"), ("x.yml", "--stop", "week")])
def test_one_thing_is_asked_for_at_a_time(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert "give FILE.yml" in fails(tmp_path, *arguments)


async def test_the_database_can_be_read_while_the_bot_writes_to_it(tmp_path: Path) -> None:
    await known(tmp_path, {})
    store = await SqliteStore.open(tmp_path / "bonewise.db")
    try:
        done = await asyncio.to_thread(announce, tmp_path, "--list")
        assert (done.returncode, done.stderr) == (0, "")
    finally:
        await store.close()
