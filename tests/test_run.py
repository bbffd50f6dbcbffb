"""Start and stop: what stands in the way of a start is told in one line, and a stop leaves nothing half done."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.end_to_end.process import running, started


@pytest.fixture
def closed_folder(tmp_path: Path) -> Path:
    """A folder that cannot be written."""
    tmp_path.chmod(0o555)
    return tmp_path


async def refused(folder: Path, **settings: Any) -> str:
    """What a start that fails says on stderr, without the log."""
    async with started(folder, **settings) as bot:
        assert await bot.ended() == 1, bot.said
    assert "Traceback" not in bot.said
    assert bot.lines == []
    return bot.said


def bound_by_rights() -> Sequence[str]:
    """A command that starts another one which even root's rights to files do not help."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and there is no setpriv to take that away")
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search")


async def test_the_only_line_on_stdout_says_where_the_page_is(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        async with httpx.AsyncClient() as client:
            answer = await client.get(bot.address)
        assert (answer.status_code, len(bot.lines)) == (200, 1)
        assert await bot.stop() == 0


async def test_an_address_of_ipv6_is_one_that_a_browser_takes(tmp_path: Path) -> None:
    async with running(tmp_path, host="::1", hosts="[::1]") as bot, httpx.AsyncClient() as client:
        assert bot.address.startswith("http://[::1]:")
        assert (await client.get(bot.address)).status_code == 200


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_with_success_though_a_page_is_open(name: signal.Signals, tmp_path: Path) -> None:
    async with running(tmp_path) as bot, httpx.AsyncClient(base_url=bot.address) as client:
        await client.get("/")
        async with client.stream("GET", "/stream", headers={"Sec-Fetch-Site": "same-origin"}) as stream:
            assert stream.status_code == 200
            bot.process.send_signal(name)
            assert await bot.ended(5) == 0


async def test_what_is_kept_is_for_this_user_only(tmp_path: Path) -> None:
    async with running(tmp_path / "data") as bot:
        await bot.stop()
    files = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert files["bonewise.db"] == files["key"] == 0o600


@pytest.mark.long
async def test_with_a_key_of_its_own_no_key_stands_beside_what_it_locks(tmp_path: Path) -> None:
    for _ in range(2):
        async with running(tmp_path, key="07" * 32) as bot, httpx.AsyncClient(base_url=bot.address) as client:
            await client.get("/")
            opened = await client.post("/open", json={"id": "0123456789"}, headers={"Origin": bot.address})
            assert opened.status_code == 202
            assert await bot.stop() == 0
    assert not (tmp_path / "key").exists()


async def test_a_data_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.touch()
    assert (await refused(file)).startswith(f"BOT_DATA_DIR: {file}")


async def test_a_data_folder_that_cannot_be_made_is_told(closed_folder: Path) -> None:
    said = await refused(closed_folder / "data", through=bound_by_rights())
    assert said.startswith(f"BOT_DATA_DIR: {closed_folder / 'data'}")


async def test_a_data_folder_that_cannot_be_written_is_told(closed_folder: Path) -> None:
    said = await refused(closed_folder, through=bound_by_rights())
    assert (
        f"{closed_folder / 'bonewise.db'}: the file cannot be opened. Make its folder, writable for this user" in said
    )


async def test_a_key_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").mkdir()
    assert (await refused(tmp_path)).splitlines()[-1].startswith(f"{tmp_path / 'key'}: ")


async def test_a_key_file_of_another_length_is_told(tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"short")
    assert (await refused(tmp_path)).splitlines()[-1].startswith(f"{tmp_path / 'key'}: ")


async def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "bonewise.db").write_bytes(b"this is no database at all, not even a small one" * 100)
    assert "the file is not a database" in await refused(tmp_path)


async def test_a_second_process_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path):
        assert "another process uses this database" in await refused(tmp_path)


@pytest.mark.long
async def test_a_database_that_another_program_holds_is_told(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        await bot.stop()
    held = sqlite3.connect(tmp_path / "bonewise.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        assert "another program writes to the file" in await refused(tmp_path)
    finally:
        held.close()


async def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"BOT_HOST, BOT_PORT: cannot listen at 127.0.0.1:{port}" in await refused(tmp_path, port=port)


async def test_a_host_that_is_not_ours_is_told(tmp_path: Path) -> None:
    assert "BOT_HOST, BOT_PORT: cannot listen at 192.0.2.1:0" in await refused(tmp_path, host="192.0.2.1")


@pytest.mark.long
async def test_a_request_that_never_ends_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    async with running(tmp_path) as bot:
        _, writer = await asyncio.open_connection("127.0.0.1", int(bot.port))
        head = f"POST /say HTTP/1.1\r\nHost: 127.0.0.1:{bot.port}\r\nOrigin: {bot.address}\r\n"
        cookie = f"Cookie: bonewise=p{'0' * 32}\r\n"
        body = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
        writer.write((head + cookie + body).encode())
        await writer.drain()
        await asyncio.sleep(0.2)
        assert await bot.stop() == 0
        writer.close()
