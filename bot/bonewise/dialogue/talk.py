"""One turn in the making: what the person is now, and what has been shown so far."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bonewise.dialogue.event import Linked
from bonewise.dialogue.person import Person, Reminder, Session, Turn, Unknown
from bonewise.dialogue.screen import Call, Output, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.world import World
from bonewise.flow.play import play
from bonewise.flow.state import State
from bonewise.i18n.words import MissingText

Draw = Callable[[Speaker], Screen]
T = TypeVar("T")


class Talk:
    """Collects one turn. Nothing outside it changes: it is made from the person, and yields a `Turn`."""

    def __init__(self, world: World, person: Person, now: datetime, seed: str) -> None:
        self.world = world
        self.person = person
        self.now = now
        self.toast = ""
        self.forget = False
        self.words: Mapping[str, str] = {}  # as in `Asked`, as long as no question of a flow came after it
        self.urgent: Mapping[str, str] = {}  # the same after a card or its question, whatever came after that
        self.ended: Session | None = None  # a task that is over: what comes after it is still to be opened
        self._seed = seed
        self._made = 0
        self._screens: list[Output] = []
        self._told: list[Linked] = []
        self._unknown: list[Unknown] = []
        self._folded: list[tuple[Session, State]] = []

    def fresh_id(self) -> str:
        """A new id of 12 hex digits, drawn from the seed that was handed in."""
        self._made += 1
        return hashlib.sha256(f"{self._seed}:{self._made}".encode()).hexdigest()[:12]

    def fresh_token(self) -> str:
        """A new secret of 32 hex digits: 128 bits, as far as the seed that was handed in has so many."""
        self._made += 1
        return hashlib.sha256(f"{self._seed}:token:{self._made}".encode()).hexdigest()[:32]

    def tell(self, event: Linked) -> None:
        """Have the other one of a link hear of something."""
        self._told.append(event)

    def note(self, unknown: Unknown) -> None:
        """Have a question counted that was not understood."""
        self._unknown.append(unknown)

    def change(self, **fields: Any) -> None:
        """Change what is known of the person."""
        self.person = replace(self.person, **fields)

    def show(self, draw: Draw) -> None:
        """Add a screen, in the first language of the person's chain that has all its words."""
        screen = self.drawn(draw)
        self._screens.append(screen)
        if is_question(screen):
            self.words = {}

    def call(self, call: Call) -> None:
        """Have an action of the host's own done, after what was shown before it."""
        self._screens.append(call)

    def drawn(self, draw: Draw) -> Screen:
        """The screen in the first language of the person's chain that has all its words."""
        missing: MissingText | None = None
        for tag in self.languages:
            try:
                return draw(Speaker(self.world, self.person, tag, self.now))
            except MissingText as error:
                missing = error
        raise missing or MissingText("no language is served")

    def read(self, look: Callable[[Speaker], T]) -> T:
        """What can be looked up in the words of the person's first language."""
        return look(Speaker(self.world, self.person, self.languages[0], self.now))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the person's screens may be in, best first."""
        return Speaker.chain(self.world, self.person)

    @property
    def shown(self) -> bool:
        """Whether this turn has shown anything yet."""
        return bool(self._screens)

    @property
    def new_screens(self) -> int:
        """How many new messages this turn has shown so far: not those that are put in the place of others."""
        screens = [output for output in self._screens if isinstance(output, Screen)]
        return sum(screen.replace is None and screen.message is None for screen in screens)

    @property
    def session(self) -> Session | None:
        """The flow under way."""
        return self.person.sessions[-1] if self.person.sessions else None

    def fold(self, session: Session) -> State:
        """Where the session stands. A turn asks for it several times of the same answers, which are folded once."""
        for known, state in self._folded:
            if _folds_alike(known, session):
                return state
        flow = self.world.flows.flows[session.flow]
        state = play(flow, session.answers, kept=session.kept, traits=session.traits, floor=session.floor)
        self._folded.append((session, state))
        return state

    def put(self, session: Session) -> None:
        """Make this the flow under way, in place of its older self."""
        others = tuple(other for other in self.person.sessions if other.id != session.id)
        self.change(sessions=(*others, session))

    def drop(self, session: Session) -> None:
        """The flow is over."""
        self.change(sessions=tuple(other for other in self.person.sessions if other.id != session.id))

    def remind(self, reminder: Reminder) -> None:
        """Plan a reminder, in place of one with the same id."""
        others = tuple(other for other in self.person.reminders if other.id != reminder.id)
        self.change(reminders=(*others, reminder))

    def unplan(self, reminder: str) -> None:
        """Plan a reminder no more."""
        self.change(reminders=tuple(other for other in self.person.reminders if other.id != reminder))

    def turn(self) -> Turn:
        """What the event came to."""
        return Turn(self.person, tuple(self._screens), self.toast, self.forget, tuple(self._told), tuple(self._unknown))

    def since(self, moment: datetime) -> timedelta:
        """How long ago a moment was."""
        return self.now - moment


def is_question(screen: Screen) -> bool:
    """Whether a screen is a flow's own question."""
    return screen.role == "question" and screen.slot is not None


def _folds_alike(one: Session, other: Session) -> bool:
    """Whether both are sure to stand at the same place, by what a fold reads of a session."""
    same = one.answers is other.answers and one.kept is other.kept
    return same and (one.flow, one.traits, one.floor) == (other.flow, other.traits, other.floor)
