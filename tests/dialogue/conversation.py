"""A conversation with the dialogue, without a channel: what stands in the chat can be pressed, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bonewise.binding import understand
from bonewise.content import folders, load_alarms, load_world
from bonewise.dialogue import event as e
from bonewise.dialogue.data import parse
from bonewise.dialogue.person import Person, Result, Session, Turn
from bonewise.dialogue.question import slot_of
from bonewise.dialogue.react import react
from bonewise.dialogue.screen import Button, Output, Screen, Strip
from bonewise.dialogue.world import World
from bonewise.flow.model import Ask, Many, Text, Value
from bonewise.flow.play import play
from bonewise.flow.state import State
from bonewise.matching.ngrams import NgramMatcher
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import Settings
from tests.dialogue.rules import buttons_of, check_turn, stored

WORLD = load_world(Settings(), bot_name="bonewise_bot")
ALARMS = load_alarms(Settings())
MATCHER = NgramMatcher(load_phrasings([folder / "matching" for folder in folders("locales")], WORLD.topics))
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
PAUSE = timedelta(seconds=5)  # longer than between the two presses of a double tap

STRANGER: dict[str, object] = {}
READER: dict[str, object] = {"greeted": True, "country": "GB"}
KNOWN: dict[str, object] = {**READER, "consent": "2026-11-01", "adult": True}


class NotThere(AssertionError):  # noqa: N818 - the name says what it is
    """No such button stands in the chat."""


class Conversation:
    """One person's chat: what stands in it, what was kept of the person, and what time it is."""

    def __init__(self, known: dict[str, object] | None = None, *, language: str = "en", world: World = WORLD) -> None:
        about = {"channel": "telegram", **(KNOWN if known is None else known)}
        self.world = world
        self.person = Person("p1", language=language, name="Maria", **about)  # type: ignore[arg-type]
        self.now = WEDNESDAY
        self.chat: list[Screen] = []
        self.turn = Turn(self.person)
        self.ever: list[Button] = []
        self.pressed: str | None = None
        self._seed = 0

    def does(self, event: e.Event, *, pause: timedelta = PAUSE) -> Turn:
        """Something happens; the chat shows what comes of it."""
        self.now += pause
        self._seed += 1
        self.turn = react(self.world, self.person, event, self.now, self._seed)
        check_turn(self.turn)
        self.person = stored(self.turn.person)
        if self.turn.forget:
            self.chat.clear()  # what stands above belongs to nobody any more
        for output in self.turn.screens:
            self._place(output)
        self._check_chat()
        return self.turn

    def types(self, text: str) -> Turn:
        """Type a text, which the alarm layer hears first."""
        return self.does(understand(ALARMS, MATCHER, e.Text(text)))

    def sends(self, kind: str, text: str) -> Turn:
        """Send something that is not read as an answer, with words which the alarm layer hears."""
        return self.does(understand(ALARMS, MATCHER, e.Unreadable(kind, text)))

    def commands(self, text: str) -> Turn:
        """Send a command, such as `start go-tingling`."""
        name, _, argument = text.partition(" ")
        return self.does(understand(ALARMS, MATCHER, e.Command(name, argument)))

    def presses(self, what: str) -> Turn:
        """Press the newest button of this kind: `b`, `a:none`, `go:learn`, `o:mistake`, `n:done`. Raises `NotThere`."""
        for place, screen in reversed(list(enumerate(self.chat))):
            for button in buttons_of(screen):
                if button.press and is_button(button.press, what):
                    return self._press(button.press, str(place))
        raise NotThere(f"no button {what!r} in {[b.press for screen in self.chat for b in buttons_of(screen)]}")

    def taps(self, label: str) -> Turn:
        """Press the newest button with words of the person's own on it. Raises `NotThere`."""
        for place, screen in reversed(list(enumerate(self.chat))):
            for button in buttons_of(screen):
                if button.press and label in button.label:
                    return self._press(button.press, str(place))
        raise NotThere(f"no button says {label!r}")

    def presses_again(self, *, pause: timedelta = PAUSE) -> Turn:
        """Press once more what was pressed last, wherever it is now."""
        assert self.pressed is not None
        return self.does(e.Press(self.pressed), pause=pause)

    def presses_old(self, what: str) -> Turn:
        """Press a button that stands in the chat no more: the phone was slow. Raises `NotThere`."""
        standing = {button.press for screen in self.chat for button in buttons_of(screen)}
        old = [b.press for b in self.ever if b.press and b.press not in standing and is_button(b.press, what)]
        if not old:
            raise NotThere(f"no button {what!r} was taken away")
        return self._press(old[-1], None)

    def answers(self, step: str, value: Value) -> Turn:
        """Answer the open question, by its buttons where it has some. Raises `AssertionError` for another question."""
        state = self.state
        assert state.open is not None, "no question is open"
        assert state.open.id == step, f"the open question is {state.open.id}"
        if not isinstance(state.open, Ask):
            return self.presses(f"a:{value}")
        match state.open.kind:
            case Many() if isinstance(value, tuple):
                return self._ticks(value)
            case Text() if value != "skipped":
                return self.types(str(value))
        return self.presses(f"a:{value}")

    def waits(self, time: timedelta) -> None:
        """Let time go by."""
        self.now += time

    def falls_due(self, kind: str) -> Turn:
        """Wait for the next reminder of this kind, which falls due. Raises `NotThere`."""
        waiting = [one for one in self.person.reminders if one.kind == kind and one.state == "pending"]
        reminder = min(waiting, key=lambda one: one.due, default=None)
        if reminder is None:
            raise NotThere(f"no reminder of kind {kind} is planned")
        self.now = max(self.now, reminder.due)
        return self.does(e.Due(reminder.id), pause=timedelta(0))

    def updates(self, flow: str) -> None:
        """A new version of a flow is put in place."""
        flows = dict(self.world.flows.flows)
        flows[flow] = replace(flows[flow], version=flows[flow].version + 1)
        self.world = replace(self.world, flows=replace(self.world.flows, flows=flows))

    @property
    def session(self) -> Session:
        """The flow under way."""
        assert self.person.sessions, "no flow is under way"
        return self.person.sessions[-1]

    @property
    def state(self) -> State:
        """Where the flow under way stands."""
        s = self.session
        return play(self.world.flows.flows[s.flow], s.answers, kept=s.kept, traits=s.traits, floor=s.floor)

    @property
    def step(self) -> str | None:
        """The open question, if a flow is under way that was not left."""
        if not self.person.sessions or self.session.left:
            return None
        return self.state.open.id if self.state.open else None

    @property
    def result(self) -> Result:
        """The newest result."""
        assert self.person.results, "no check has ended"
        return self.person.results[-1]

    @property
    def new(self) -> list[Screen]:
        """The new messages of the last turn: not those that were edited in place."""
        screens = [output for output in self.turn.screens if isinstance(output, Screen)]
        return [screen for screen in screens if screen.replace is None and screen.message is None]

    def _press(self, press: str, message: str | None) -> Turn:
        self.pressed = press
        return self.does(e.Press(press, message))

    def _ticks(self, options: tuple[str, ...]) -> Turn:
        session = self.session.id
        for option in options:
            turn = self.presses(f"t:{option}")
            if not self.person.sessions or self.session.id != session or not self.session.ticks:
                return turn
        return self.presses("d")

    def _place(self, output: Output) -> None:
        place = self._place_of(output)
        if isinstance(output, Strip):
            if place is not None:
                self.chat[place] = replace(self.chat[place], buttons=())
            return
        self.ever += buttons_of(output)
        if place is not None:
            self.chat[place] = replace(output, slot=output.slot or output.replace)
        elif output.role != "answered":
            self.chat.append(output)

    def _check_chat(self) -> None:
        """Only the newest question has buttons, and they are those of the flow under way."""
        asking = [screen for screen in self.chat if any(is_of_question(button) for button in buttons_of(screen))]
        assert len(asking) <= 1, [screen.text for screen in asking]
        if asking and self.person.sessions:
            assert asking[0].slot == slot_of(self.session)

    def _place_of(self, output: Output) -> int | None:
        if isinstance(output, Screen) and output.message is not None:
            return int(output.message)
        slot = output.slot if isinstance(output, Strip) else output.replace
        places = [place for place, screen in enumerate(self.chat) if slot is not None and screen.slot == slot]
        return places[-1] if places else None


def is_of_question(button: Button) -> bool:
    """Whether the button belongs to one question: its answers and ways out, not links and help."""
    return button.press is not None and button.press[:2] in {"a:", "t:", "d:", "c:", "m:", "b:", "l:"}


def is_button(press: str, what: str) -> bool:
    """Whether a button's data is of this kind, whatever session, reminder, message or, if not told, person it is of."""
    pressed, (kind, _, word) = parse(press), what.partition(":")
    if pressed is None or (pressed.kind != kind and (pressed.kind, kind) != ("in", "go")):
        return False
    return word in {"", pressed.parts[-1], pressed.parts[-1].partition(".")[0] if kind == "go" else ""}
