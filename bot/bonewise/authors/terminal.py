"""A flow played in the terminal by the same dialogue as everywhere, and kept as a conversation test if wished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from bonewise.dialogue import data
from bonewise.dialogue.event import Event, Press, Text
from bonewise.dialogue.person import Person
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.world import World
from bonewise.flow.model import PRESSED
from bonewise.flow.play import play
from bonewise.i18n.markup import plain

COUNTRY = "GB"
_QUIT = {"", "q"}

Understand = Callable[[Event], Event]
Move = dict[str, Any]


class Terminal:
    """One person, somebody known who agreed to keep answers. `say` prints a line; `ask` reads one."""

    def __init__(
        self,
        world: World,
        understand: Understand,
        tag: str,
        *,
        say: Callable[[str], None],
        ask: Callable[[], str],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.moves: list[Move] = []
        self._world = world
        self._understand = understand
        self._say, self._ask, self._now = say, ask, now
        self._person = Person(
            "you", "telegram", language=tag, country=COUNTRY, greeted=True, consent=now().date().isoformat(), adult=True
        )
        self._buttons: list[Button] = []
        self._turns = 0

    def play(self, link: str) -> list[Move]:
        """Play until the input is empty or `q`, or nothing is left to press. Returns what was played as moves."""
        self._does(Press(data.go(link)))
        while self._buttons:
            typed = self._ask().strip()
            if typed in _QUIT:
                break
            self._does(self._event(typed))
        self.moves += list(self._ended())
        return self.moves

    def _event(self, typed: str) -> Event:
        if typed.isdecimal() and 1 <= int(typed) <= len(self._buttons):
            pressed = self._buttons[int(typed) - 1].press or ""
            self.moves.append(self._move(pressed))
            return Press(pressed)
        self.moves.append({"type": typed})
        return Text(typed)

    def _move(self, pressed: str) -> Move:
        parsed = data.parse(pressed)
        if parsed is None:
            return {"forge": pressed}
        step = self._open_step()
        if parsed.kind == "a" and step is not None and parsed.parts[2] != PRESSED:
            return {"answer": {step: parsed.parts[2]}}
        kind = "go" if parsed.kind == "in" else parsed.kind
        return {"press": f"{kind}:{parsed.parts[-1]}" if kind not in "dcmbl" else kind}

    def _open_step(self) -> str | None:
        session = self._person.sessions[-1] if self._person.sessions else None
        if session is None or session.pending is not None:
            return None
        flow = self._world.flows.flows[session.flow]
        state = play(flow, session.answers, kept=session.kept, traits=session.traits, floor=session.floor)
        return state.open.id if state.open else None

    def _does(self, event: Event) -> None:
        self._turns += 1
        turn = react(self._world, self._person, self._understand(event), self._now(), self._turns)
        self._person = turn.person
        shown = [screen for screen in turn.screens if isinstance(screen, Screen) and screen.role != "answered"]
        pressable = [b for screen in shown for row in screen.buttons for b in row if b.press]
        self._buttons = pressable or self._buttons
        for screen in shown:
            self._say(f"\n{plain(screen.text)}")
        for number, button in enumerate(pressable, 1):
            self._say(f"  {number}  {button.label}")

    def _ended(self) -> Iterator[Move]:
        if self._person.results:
            result = self._person.results[-1]
            yield {"expect": {"level": str(result.level), "because": list(result.rules)}}
