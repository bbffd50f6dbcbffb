"""What people do with their phones: they plan, snooze, stop and ask, often at the worst moment."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from bonewise.dialogue.event import Command, Event, Press
from bonewise.dialogue.person import CHOSEN
from bonewise.dialogue.received import Received
from bonewise.dialogue.screen import Output, Screen
from tests.simulation.people import START, Citizen, random_plan, simulate

if TYPE_CHECKING:
    from tests.simulation.town import Town

NEIGHBOURS, CROWD = 8, 50
DAY = 86400.0


class Habits:
    """The people of a town and their phones; `updates` is what Telegram has to hand over."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._numbers = 0
        self.updates: asyncio.Queue[Received] = asyncio.Queue()

    @property
    def alarms(self) -> tuple[Any, ...]:
        """What is called at a moment that may lie far ahead."""
        town = self._town
        return (self._press, self._arrived, self.says, self.updates.put_nowait, town.strike_one, town.block)

    def arrives(self, seconds: float, address: str, output: Output, row: int) -> None:
        """The wire has it, and brings it to the phone after so long."""
        self._town.loop.call_later(seconds, self._arrived, address, output, row)

    def _arrived(self, address: str, output: Output, row: int) -> None:
        self._town.oracle.arrived(self._town.now, row)
        if isinstance(output, Screen) and output.role == "nudge" and self._town.random.random() < 0.5:
            presses = [one.press for line in output.buttons for one in line if one.press and one.press[:2] == "n:"]
            if presses:
                self._presses(address, self._town.random.choice(presses), self._town.random.random() * 3 * 3600)

    def says(self, address: str, event: Event) -> None:
        """Somebody does something with their phone; now and then Telegram tells of it twice."""
        self._numbers += 1
        self.updates.put_nowait(received := Received(f"u{self._numbers}", address, event))
        if self._town.trouble and self._town.random.random() < 0.1:
            self._town.loop.call_later(self._town.random.random() * 60, self.updates.put_nowait, received)

    def _presses(self, address: str, press: str, seconds: float) -> None:
        self._town.loop.call_later(seconds, self._press, address, press)

    def _press(self, address: str, press: str) -> None:
        name, what = press.split(":")[1:]
        if what in {"in_1_hour", "in_2_hours", "this_evening", "tomorrow"}:
            self._town.oracle.changes(name)
        self.says(address, Press(press))

    def plans(self, citizen: Citizen, **fixed: Any) -> dict[str, Any]:
        """Somebody plans a reminder, and perhaps presses under an old message of it just when it falls due."""
        town, random = self._town, self._town.random
        self._numbers += 1
        now = datetime.fromtimestamp(town.clock(), START.tzinfo)
        plan = {**random_plan(random, citizen, now, f"r{self._numbers}"), **fixed}
        town.oracle.plans(plan["id"], plan["local"], citizen.zone, plan["times"])
        self.says(citizen.address, simulate(plan=plan))
        due = min(town.oracle.planned[plan["id"]]).timestamp() - START.timestamp() - town.now
        if due > 0 and random.random() < 0.3:
            what = random.choice(["tomorrow", "in_2_hours", "stop"] if plan["kind"] in CHOSEN else ["stop"])
            self._presses(citizen.address, f"n:{plan['id']}:{what}", max(0, due - 0.2 + random.expovariate(1)))
        if due > 0 and random.random() < 0.3:
            town.loop.call_later(max(0, due + random.uniform(-0.2, 2)), town.strike_one)
        if due > 0 and random.random() < 0.1:
            town.loop.call_later(max(0, due - 1), town.block, random.choice([60, 600, 7200, 40_000]))
        return plan

    def _echoes(self, citizen: Citizen) -> None:
        for _ in range(self._town.random.randrange(1, 5)):
            self._numbers += 1
            self._town.answers[self._numbers] = set()
            self.says(citizen.address, simulate(echo=self._numbers))

    def bursts(self) -> None:
        """Everybody wants to be reminded at the same moment."""
        moment = datetime.fromtimestamp(self._town.clock(), START.tzinfo) + timedelta(hours=1)
        for citizen in self._town.people[NEIGHBOURS:]:
            local = f"{moment.astimezone(ZoneInfo(citizen.zone)):%Y-%m-%dT%H:%M}"
            self.plans(citizen, kind="own", local=local, urgent=None, times=None)

    def _stops(self, citizen: Citizen) -> None:
        self.says(citizen.address, Command("stop"))
        back = self._town.random.random() * DAY
        self._town.loop.call_later(back, self.says, citizen.address, Press("s:messages_on"))

    def acts(self) -> None:
        """Somebody does something, or a process dies."""
        citizen, chance = self._town.random.choice(self._town.people[:NEIGHBOURS]), self._town.random.random()
        if chance < 0.55:
            self.plans(citizen)
        elif chance < 0.85:
            self._echoes(citizen)
        elif chance < 0.90:
            self._stops(citizen)
        elif chance < 0.93:
            self.bursts()
        else:
            self._town.strike_one()
