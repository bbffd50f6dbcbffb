from __future__ import annotations

import asyncio
import hmac
import json
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from telegram.error import InvalidToken
from tests.channel.web.until import until
from tests.telegram_api import TOKEN, TelegramApi

from bonewise.channel.telegram.bot import TelegramBot
from bonewise.channel.telegram.updates import KINDS
from bonewise.channel.telegram.webhook import CONNECTIONS, MOST_BYTES, Webhook, announce, secret_of
from bonewise.channel.web.serving import PageServer, listen
from bonewise.service.context import Context
from bonewise.service.presses import Presses
from bonewise.service.receive import Receiver
from bonewise.store.sqlite import SqliteStore
from bonewise.store.vault import Vault

SECRET = "a-secret-between-two"
RIGHT = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
HELLO = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": 7, "type": "private"},
        "from": {"id": 7, "is_bot": False, "first_name": "Marigold"},
        "text": "my knees are purple",
    },
}


@dataclass
class Pushed:
    """A webhook at `url`, with a real database behind it."""

    url: str
    file: Path

    async def post(self, body: Any = HELLO, headers: dict[str, str] = RIGHT) -> httpx.Response:
        """What becomes of one request."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        async with httpx.AsyncClient() as client:
            return await client.post(self.url, content=content, headers=headers)

    def kept(self) -> list[str]:
        """The keys of what was committed."""
        with closing(sqlite3.connect(self.file)) as store:
            return [key for (key,) in store.execute("SELECT dedup_key FROM inbox ORDER BY id")]


@pytest.fixture
async def pushed(tmp_path: Path) -> AsyncIterator[Pushed]:
    file = tmp_path / "bonewise.db"
    store = await SqliteStore.open(file, patience=0.1)
    context = Context(store, Vault.from_file(tmp_path / "key"), "bot", time.time)
    receiver = Receiver(context, Presses({}), lambda: None)
    app = Starlette(routes=[Webhook(receiver, "bonewise_test_bot", SECRET).route("/telegram")])
    addresses: list[str] = []
    server = PageServer(app, addresses.append)
    serving = asyncio.create_task(server.serve(listen("127.0.0.1", 0)))
    await until(lambda: addresses)
    yield Pushed(f"{addresses[0]}/telegram", file)
    server.should_exit = True
    await serving
    await store.close()


async def test_what_is_answered_with_200_is_committed(pushed: Pushed) -> None:
    assert (await pushed.post()).status_code == 200
    assert pushed.kept() == ["telegram:u1"]


@pytest.mark.parametrize("secret", [None, "", "a-secret-between-tw", SECRET.upper(), "\xe9"])
async def test_without_the_secret_nothing_is_taken(pushed: Pushed, secret: str | None) -> None:
    headers = {name: value for name, value in RIGHT.items() if "Secret" not in name}
    if secret is not None:
        headers["X-Telegram-Bot-Api-Secret-Token"] = secret
    async with httpx.AsyncClient() as client:
        raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        assert (await client.post(pushed.url, content=json.dumps(HELLO), headers=raw)).status_code == 403
    assert pushed.kept() == []


async def test_how_much_of_a_secret_is_right_cannot_be_told_by_the_time(
    pushed: Pushed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`hmac.compare_digest` takes as long whatever it compares; no clock here could tell."""
    compare, compared = hmac.compare_digest, list[bytes]()

    def watched(given: bytes, right: bytes) -> bool:
        compared.append(given)
        return compare(given, right)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    wrong = RIGHT | {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}
    assert [(await pushed.post(headers=headers)).status_code for headers in (RIGHT, wrong)] == [200, 403]
    assert compared == [SECRET.encode(), SECRET[:-1].encode()]


async def test_a_request_without_the_secret_is_refused_before_it_is_read(pushed: Pushed) -> None:
    assert (await pushed.post(b"x" * 2 * MOST_BYTES, {})).status_code == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_nothing_but_post_is_answered(pushed: Pushed, method: str) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.request(method, pushed.url, headers=RIGHT)).status_code == 405


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
async def test_nothing_but_json_is_read(pushed: Pushed, kind: str) -> None:
    assert (await pushed.post(headers=RIGHT | {"Content-Type": kind})).status_code == 415
    assert pushed.kept() == []


async def test_json_may_name_its_letters(pushed: Pushed) -> None:
    assert (await pushed.post(headers=RIGHT | {"Content-Type": "Application/JSON; charset=utf-8"})).status_code == 200


async def test_a_body_that_is_too_large_is_refused(pushed: Pushed) -> None:
    small = json.dumps(HELLO).encode()
    assert (await pushed.post(small + b" " * (MOST_BYTES - len(small)))).status_code == 200
    assert (await pushed.post(small + b" " * (MOST_BYTES - len(small) + 1))).status_code == 413


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff", b"[]", b'"hello"', b"null", b"NaN"])
async def test_what_is_no_object_of_json_is_refused(pushed: Pushed, body: bytes) -> None:
    assert (await pushed.post(body)).status_code == 400


@pytest.mark.parametrize(
    "update",
    [{}, {"update_id": 2}, {"update_id": 2, "news_of_2031": {}}, {"update_id": 2, "message": None}, {"message": {}}],
)
async def test_an_update_that_is_nothing_for_us_is_not_asked_for_again(pushed: Pushed, update: object) -> None:
    assert (await pushed.post(update)).status_code == 200
    assert pushed.kept() == []


async def test_an_update_that_comes_twice_is_kept_once(pushed: Pushed) -> None:
    answers = await asyncio.gather(*(pushed.post() for _ in range(3)))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert pushed.kept() == ["telegram:u1"]


async def test_what_cannot_be_committed_is_sent_again_soon(pushed: Pushed, caplog: pytest.LogCaptureFixture) -> None:
    with closing(sqlite3.connect(pushed.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await pushed.post()
    assert (refused.status_code, refused.headers["retry-after"], refused.text) == (503, "2", "")
    assert "another program writes to the file. End it" in caplog.text
    assert (await pushed.post()).status_code == 200
    assert pushed.kept() == ["telegram:u1"]
    assert not any(word in caplog.text for word in ("purple", "Marigold", SECRET))


async def test_half_of_a_letter_is_taken_as_well(pushed: Pushed) -> None:
    assert (await pushed.post(json.dumps(HELLO).replace("purple", "purple \\ud83e").encode())).status_code == 200
    assert pushed.kept() == ["telegram:u1"]


async def test_a_request_that_is_cut_off_leaves_no_trace_in_the_log(
    pushed: Pushed, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = pushed.url.removeprefix("http://").partition("/")[0].split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = "".join(f"{name}: {value}\r\n" for name, value in RIGHT.items())
    writer.write(f"POST /telegram HTTP/1.1\r\nHost: {host}\r\n{head}Content-Length: 100\r\n\r\n{{".encode())
    await writer.drain()
    await asyncio.sleep(0.1)
    writer.close()
    assert (await pushed.post()).status_code == 200
    assert caplog.text == ""


async def test_telegram_pushes_what_people_do_and_again_until_it_is_committed(
    api: TelegramApi, bot: TelegramBot, pushed: Pushed
) -> None:
    with closing(sqlite3.connect(pushed.file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await announce(bot, pushed.url, SECRET, lambda: 0.0)
        await api.user(7).types("hello")
        await until(lambda: api.webhook.last_error)
        assert len(api.state.updates.pending) == 1
    await until(lambda: not api.state.updates.pending)
    assert len(pushed.kept()) == 1


async def test_the_webhook_is_set_with_a_secret_and_the_kinds_of_updates(api: TelegramApi, bot: TelegramBot) -> None:
    await announce(bot, f"{api.base_url}/hook", SECRET, lambda: 0.0)
    assert (api.webhook.url, api.webhook.secret) == (f"{api.base_url}/hook", SECRET)
    assert api.webhook.connections == CONNECTIONS
    assert set(api.state.updates.allowed) == set(KINDS)


@pytest.mark.parametrize("trouble", [{"retry_after": 1}, {"status": 502, "html": True}, {"drop": "after"}])
async def test_trouble_on_the_way_is_waited_out_when_it_is_set(
    api: TelegramApi, bot: TelegramBot, trouble: dict[str, object]
) -> None:
    api.fail_next("setWebhook", **trouble)
    await announce(bot, f"{api.base_url}/hook", SECRET, lambda: 0.0)
    assert api.webhook.url == f"{api.base_url}/hook"


def test_the_secret_made_of_a_token_stays_differs_by_token_and_does_not_show_it() -> None:
    assert secret_of(TOKEN) == secret_of(TOKEN) != secret_of(f"{TOKEN}x")
    assert len(secret_of(TOKEN)) == 64
    assert TOKEN.partition(":")[2] not in secret_of(TOKEN)


async def test_a_token_that_is_refused_ends_the_tries(api: TelegramApi, bot: TelegramBot) -> None:
    api.token = f"{TOKEN}-of-tomorrow"
    with pytest.raises(InvalidToken):
        await announce(bot, f"{api.base_url}/hook", SECRET, lambda: 0.0)
