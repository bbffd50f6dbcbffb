"""Any mixture of talk, time, failures, kills and restarts: nothing lost, nothing doubled without a doubt, in order."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from tests.service.channel import Channel
from tests.service.serving import NAME, Clock, Served, at_rest

from bonewise.service.transport import Ambiguous, NotSent, Refused, Unreachable

PEOPLE = ("a", "b")
SOMEBODY = st.sampled_from(PEOPLE)
FAILURES = (
    NotSent("down", retry_after=5),
    NotSent("too many requests", retry_after=20, everyone=True),
    Ambiguous("timed out"),
    Unreachable("no page is open"),
    Refused("bad"),
)
GIVEN_UP = ("unknown", "failed")


class Talk(RuleBasedStateMachine):
    """The real service on a real file, and what must hold of it."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.channel, self.clock = Channel(), Clock()
        self.latest = self.clock()
        self.number = 0
        self.said: dict[str, list[str]] = {who: [] for who in PEOPLE}
        self.doubts = 0
        self.planned: dict[str, tuple[str, float]] = {}  # not stopped: whose, and when it falls due
        self.fell_due: set[str] = set()  # at some time, wherever the clock was set since
        self.stopped: list[str] = []  # before they ever fell due
        self.opened = AsyncExitStack()
        self.run(self.start())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(work)

    async def start(self) -> None:
        self.served: Served = await self.opened.enter_async_context(
            at_rest(Path(self.folder.name), channel=self.channel, clock=self.clock)
        )
        await self.served.service.start()

    async def say(self, who: str, words: str) -> None:
        self.said[who].append(words)
        await self.served.says(words, address=who)

    def next(self) -> int:
        self.number += 1
        return self.number

    @rule(who=SOMEBODY, settles=st.booleans())
    def talk(self, who: str, settles: bool) -> None:
        """Somebody says something new."""
        self.run(self.say(who, f"{self.next()}"))
        if settles:
            self.run(self.served.settled())

    @rule(who=SOMEBODY, failure=st.sampled_from(FAILURES))
    def talk_with_a_failure(self, who: str, failure: Exception) -> None:
        """The answer to what somebody says cannot be sent the first time."""
        number = self.next()
        self.doubts += isinstance(failure, Ambiguous)
        self.channel.fails[f"got {number}"].append(failure)
        self.run(self.say(who, f"{number}"))

    @rule(who=SOMEBODY, seconds=st.sampled_from([0, 30, 300]), failure=st.none() | st.sampled_from(FAILURES[:4]))
    def plan(self, who: str, seconds: int, failure: Exception | None) -> None:
        """Somebody plans a reminder, which may not be sent the first time."""
        name = f"r{self.next()}"
        if failure is not None:
            self.doubts += isinstance(failure, Ambiguous)
            self.channel.fails[f"due {name}"].append(failure)
        self.planned[name] = (who, self.clock() + seconds)
        self.watch()
        self.run(self.say(who, f"plan {name} {seconds}"))
        self.run(self.served.settled())

    @rule(data=st.data())
    def stop(self, data: st.DataObject) -> None:
        """Somebody stops a reminder."""
        if not self.planned:
            return
        name = data.draw(st.sampled_from(sorted(self.planned)))
        who, _due = self.planned.pop(name)
        self.run(self.say(who, f"stop {name}"))
        self.run(self.served.settled())
        if name not in self.fell_due:
            self.stopped.append(name)

    @rule(seconds=st.sampled_from([1, 10, 60, 600, -60, -3600]))
    def pass_time(self, seconds: int) -> None:
        """The clock goes on, or is set back."""
        self.served.forward(seconds)
        self.latest = max(self.latest, self.clock())
        self.watch()
        self.run(asyncio.sleep(0.005))

    def watch(self) -> None:
        """Note what falls due: from then on its message may be on its way."""
        self.fell_due |= {name for name, (_who, due) in self.planned.items() if due <= self.clock()}

    @rule(who=SOMEBODY)
    def arrive(self, who: str) -> None:
        """Somebody opens the page."""
        self.run(self.served.service.arrived(NAME, who))

    @rule(holding=st.booleans(), sleeps=st.sampled_from([0, 0.002, 0.01]))
    def kill(self, holding: bool, sleeps: float) -> None:
        """The process dies at any moment, perhaps while requests hang, and another one takes over."""
        self.run(self.die(holding, sleeps))

    async def die(self, holding: bool, sleeps: float) -> None:
        if holding:
            self.channel.hold()
        await asyncio.sleep(sleeps)
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        self.doubts += (await self.served.states()).count("sending")
        await self.opened.aclose()
        self.channel.go_on()
        await self.start()

    @rule()
    def restart(self) -> None:
        """The process drains, and another one takes over."""
        self.run(self.drain())
        self.run(self.start())

    async def drain(self) -> None:
        await self.served.service.drain()
        await self.opened.aclose()

    def teardown(self) -> None:
        """In the end, everything works again, and everybody comes."""
        try:
            self.run(self.check())
        finally:
            self.run(self.drain())
            self.loop.close()
            self.folder.cleanup()

    async def check(self) -> None:
        self.channel.fails.clear()
        self.clock.now = self.latest
        for _ in range(3):
            self.served.forward(600)
            for who in PEOPLE:
                await self.served.service.arrived(NAME, who)
            await self.served.settled()
        await self.served.has(0, "SELECT 1 FROM reminder WHERE state IN ('pending', 'queued')")
        await self.served.has(0, "SELECT 1 FROM outbox WHERE state NOT IN ('sent', 'failed', 'unknown', 'dropped')")
        for who in PEOPLE:
            if self.said[who]:
                assert await self.served.said(who) == self.said[who]
                self.check_order(self.channel.texts_to(who))
        await self.check_messages()

    def check_order(self, texts: list[str]) -> None:
        numbers = [int(text.removeprefix("got ")) for text in dict.fromkeys(texts) if text.startswith("got ")]
        assert numbers == sorted(numbers)

    async def check_messages(self) -> None:
        arrived = Counter(self.channel.texts)
        states = Counter(await self.served.states())
        answered = [f"got {words}" for said in self.said.values() for words in said if words.isdigit()]
        due = [f"due {name}" for name in self.planned]
        missing = [text for text in (*answered, *due) if not arrived[text]]
        assert len(missing) <= sum(states[state] for state in GIVEN_UP), missing
        assert sum(arrived.values()) - len(arrived) <= self.doubts, arrived
        assert [name for name in self.stopped if arrived[f"due {name}"]] == []


TestTalk = Talk.TestCase
TestTalk.settings = settings(
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # shrinking would wait for something that never comes each time
)
