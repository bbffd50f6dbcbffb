"""What happened outside is written down, however long that takes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.service.meddling import Meddling
from tests.service.serving import at_rest

from bonewise.store import inbox
from bonewise.store.base import Statement
from bonewise.store.errors import Conflict, Full

ADD = Statement("INSERT INTO rate VALUES ('bot', 0, 'chat', 0, 0)")


async def refuse(_store: object) -> None:
    raise Full("no space is left")


async def test_it_is_tried_until_the_store_can_be_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bonewise.service.context.PATIENCE", 0.01)
    async with at_rest(tmp_path, wrap=Meddling) as served:
        store: Any = served.context.store
        store.before("INSERT INTO rate", refuse, times=3)
        await served.context.insist("message 5", [ADD])
        assert await served.rows("SELECT channel FROM rate") == [{"channel": "chat"}]
    assert caplog.text.count("message 5: no space is left") == 3


async def test_a_conflict_is_not_tried_again(tmp_path: Path) -> None:
    async with at_rest(tmp_path) as served:
        with pytest.raises(Conflict):
            await served.context.insist("event 5", [ADD, inbox.finish(5, "me")])
        assert await served.rows("SELECT channel FROM rate") == []


async def test_two_processes_have_different_names(tmp_path: Path) -> None:
    owners = set()
    for _ in range(2):
        async with at_rest(tmp_path) as served:
            owners.add(served.context.owner)
    assert len(owners) == 2
