"""Work is repeated: at once when woken, anyway after a while, whatever goes wrong."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.service.serving import until

from bonewise.service import loop as loop_module
from bonewise.service.loop import Loop, Tasks


class Steps:
    """Counts its steps, and returns or raises what it is told, the last for ever."""

    def __init__(self, *results: float | Exception) -> None:
        self.count = 0
        self._results = list(results)

    async def __call__(self) -> float:
        self.count += 1
        result = self._results.pop(0) if len(self._results) > 1 else self._results[0]
        if isinstance(result, Exception):
            raise result
        return result


@asynccontextmanager
async def running(steps: Any) -> Any:
    loop = Loop("work", steps)
    task = asyncio.create_task(loop.run())
    try:
        yield loop
    finally:
        loop.stop()
        await asyncio.wait_for(task, 1)


async def test_without_a_pause_it_goes_on_at_once() -> None:
    steps = Steps(0, 0, 0, 60)
    async with running(steps):
        await until(lambda: steps.count == 4, 0.3)
        await asyncio.sleep(0.05)
        assert steps.count == 4


async def test_it_is_woken_from_its_pause() -> None:
    steps = Steps(60)
    async with running(steps) as loop:
        await until(lambda: steps.count == 1)
        loop.wake()
        await until(lambda: steps.count == 2, 0.3)


async def test_a_call_during_a_step_is_not_missed() -> None:
    steps = Steps(60)
    loops: list[Loop] = []

    async def step() -> float:
        if steps.count == 0:
            loops[0].wake()
        return await steps()

    async with running(step) as loop:
        loops.append(loop)
        await until(lambda: steps.count == 2, 0.3)
        await asyncio.sleep(0.05)
        assert steps.count == 2


async def test_it_comes_back_after_its_pause() -> None:
    steps = Steps(0.05)
    async with running(steps):
        await until(lambda: steps.count == 3, 0.5)


async def test_it_can_be_woken_later() -> None:
    steps = Steps(60)
    async with running(steps) as loop:
        await until(lambda: steps.count == 1)
        start = time.monotonic()
        loop.wake_in(0.1)
        await until(lambda: steps.count == 2, 0.5)
        assert time.monotonic() - start > 0.09


async def test_an_error_is_logged_and_the_work_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(loop_module, "POLL", 0.01)
    steps = Steps(RuntimeError("my secret"), RuntimeError("my secret"), 60)
    async with running(steps):
        await until(lambda: steps.count == 3)
    assert caplog.text.count("work: RuntimeError at ") == 2
    assert "secret" not in caplog.text


async def test_after_an_error_it_does_not_spin() -> None:
    steps = Steps(RuntimeError())
    async with running(steps):
        await asyncio.sleep(0.1)
        assert steps.count == 1


async def test_it_stops_in_its_pause_and_after_its_step() -> None:
    goes_on = asyncio.Event()

    async def step() -> float:
        await goes_on.wait()
        return 0

    loop = Loop("work", step)
    task = asyncio.create_task(loop.run())
    await asyncio.sleep(0)
    loop.stop()
    await asyncio.sleep(0.02)
    assert not task.done()
    goes_on.set()
    await asyncio.wait_for(task, 0.3)


async def test_tasks_leave_room_for_so_many() -> None:
    freed: list[int] = []
    tasks = Tasks(2, lambda: freed.append(1))
    goes_on = asyncio.Event()

    async def work() -> None:
        await goes_on.wait()

    for room in (2, 1):
        assert tasks.room() == room
        tasks.start(work())
    assert tasks.room() == 0
    goes_on.set()
    await until(lambda: tasks.room() == 2)
    assert len(freed) == 2


async def test_a_task_that_fails_is_logged_and_frees_its_place(caplog: pytest.LogCaptureFixture) -> None:
    freed: list[int] = []
    tasks = Tasks(1, lambda: freed.append(1))

    async def fail() -> None:
        raise RuntimeError("my secret")

    tasks.start(fail())
    await until(lambda: freed)
    assert tasks.room() == 1
    assert "task: RuntimeError at " in caplog.text
    assert "secret" not in caplog.text


async def test_finishing_waits_for_tasks_and_ends_those_that_take_too_long() -> None:
    ended: list[str] = []
    tasks = Tasks(2, lambda: None)

    async def work(seconds: float) -> None:
        try:
            await asyncio.sleep(seconds)
            ended.append("done")
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    tasks.start(work(0.02))
    tasks.start(work(60))
    await tasks.finish(0.1)
    assert ended == ["done", "cancelled"]
    await tasks.finish(0.1)
