"""The fold: one walk along a flow's steps, taking from the answers what each step needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Generic, Self, TypeVar

from bonewise.flow.answers import Answered, Answers
from bonewise.flow.evaluate import Knowledge
from bonewise.flow.fit import canonical
from bonewise.flow.model import NONE, PRESSED, Ask, Do, Flow, Level, One, Rule, Say, Value
from bonewise.flow.plan import plan
from bonewise.flow.state import CONFIRMATIONS, PROFILE, SAME, Confirm, Open

MOST_ASKED_AGAIN = 2
"""So many questions of one conversation are asked once more; after that "not sure" counts at once."""


def tidy(flow: Flow, answers: object) -> Answers:
    """What is an answer at all among these, under the ids that the flow has now."""
    items: Iterable[object] = answers if isinstance(answers, tuple | list) else ()
    return tuple(
        Answered(flow.renamed.get(item[0], item[0]), item[1])
        for item in items
        if isinstance(item, tuple | list) and len(item) == 2 and isinstance(item[0], str)
    )


def accepted(step: Open, value: object) -> Value | None:
    """The value as the step keeps it, or None if it cannot answer the step."""
    if isinstance(step, Ask):
        return canonical(step, value)
    allowed = (PRESSED,) if isinstance(step, Say) else CONFIRMATIONS
    return value if isinstance(value, str) and value in allowed else None


def more_urgent(level: Level, other: Level | None) -> Level:
    """The more urgent of two levels; None is milder than any."""
    return level if other is None or level.urgency >= other.urgency else other


K = TypeVar("K", bound=Knowledge)


class Walk(Generic[K]):
    """One walk, taken when it is made. Total: whatever the answers are, it ends and raises nothing.

    `known` is what it starts from: what holds of the person, and the level below which it may not end.
    """

    def __init__(self, flow: Flow, answers: Answers, kept: Mapping[str, Value], known: K) -> None:
        self.flow = flow
        self.answers = answers
        self.kept = _usable(flow, kept)
        self.known = known
        self.plan = plan(flow)
        self.given = self._by_step()
        self.used: list[tuple[int, Answered]] = []  # place in `answers`, and the answer as it counts
        self.from_profile: list[Answered] = []
        self.asked: list[str] = []
        self.said: list[Say] = []
        self.done: list[Do] = []
        self.raised: list[Rule] = []
        self.open: Open | None = None
        self.again = False
        self.asked_again = 0  # how many questions were answered a second time
        self.stopped = False
        self.reached = 0  # how many steps were passed
        self._raise(self.plan.rules_always)
        self._go()

    def after(self, value: Value) -> Self:
        """The walk with one more answer, to the open step. This one stays as it is."""
        if self.open is None:
            return self
        further = object.__new__(type(self))
        further.__dict__.update(self.__dict__)
        for several in ("used", "from_profile", "asked", "said", "done", "raised"):
            setattr(further, several, list(getattr(self, several)))
        step, place = self.open.id, len(self.answers)
        further.known = self.known.fork()
        further.answers = (*self.answers, Answered(step, value))
        further.given = defaultdict(list, self.given)
        further.given[step] = [*further.given[step], (place, value)]
        if self.again:
            further.used.pop()  # the first answer, which is taken up again together with this one
        further.open, further.again = None, False
        further._go()
        return further

    def _by_step(self) -> Mapping[str, list[tuple[int, object]]]:
        given: dict[str, list[tuple[int, object]]] = defaultdict(list)
        for place, answer in enumerate(self.answers):
            given[answer.step].append((place, answer.value))
        return given

    def _go(self) -> None:
        for step in self.flow.steps[self.reached :]:
            if self.stopped or not self._pass(step):
                return
            self.reached += 1

    def _pass(self, step: Say | Ask | Do) -> bool:
        """Go past one step; False if it has to wait there, or ends the walk."""
        if step.when is not None and not self.known.holds(step.when):
            return not isinstance(step, Ask) or self._settle(step.id, None)
        match step:
            case Do():
                self.done.append(step)
                return True
            case Say():
                return self._say(step)
            case Ask():
                return self._ask(step)

    def _say(self, say: Say) -> bool:
        if say.by is not None and not self.known.holds(self.plan.has_text[say.id]):
            return True
        if say.button is None:
            self.said.append(say)
            return True
        return self._take(say) is not None or self._wait(say)

    def _ask(self, ask: Ask) -> bool:
        if ask.id in self.kept and self.confirmed is None:
            self._take(self._confirm())
        value = self._take(ask)
        if value is None:
            return self._from_profile(ask)
        if _needs_another(ask, value):
            second = self._take(ask, 1)
            if second is not None:
                value = second
                self.asked_again += 1
            elif self.may_ask_again:
                self.again = True
                return self._wait(ask)
        self.asked.append(ask.id)
        return self._settle(ask.id, value) and not _has_no_row(ask, value)

    def _take(self, step: Open, nth: int = 0) -> Value | None:
        """Use the step's nth valid answer, if there is one."""
        found = next(islice(self._valid(step), nth, None), None)
        if found is None:
            return None
        place, value = found
        self.used.append((place, Answered(step.id, value)))
        self.said.clear()
        return value

    @property
    def may_ask_again(self) -> bool:
        """Whether an answer that needs another one is asked for once more."""
        return not self.again and self.asked_again < MOST_ASKED_AGAIN

    def _valid(self, step: Open) -> Iterator[tuple[int, Value]]:
        edits = step.edit if isinstance(step, Ask) else ()
        for place, given in self.given.get(step.id, ()):
            value = accepted(step, given)
            if value is not None and value not in edits:
                yield place, value

    def _from_profile(self, ask: Ask) -> bool:
        if ask.id not in self.kept:
            return self._wait(ask)
        if self.confirmed is None:
            return self._wait(self._confirm())
        if self.confirmed != SAME:
            return self._wait(ask)
        self.from_profile.append(Answered(ask.id, self.kept[ask.id]))
        return self._settle(ask.id, self.kept[ask.id])

    @property
    def confirmed(self) -> Value | None:
        """What the person said of the kept answers, if they were shown."""
        return next((answer.value for _, answer in self.used if answer.step == PROFILE), None)

    def _confirm(self) -> Confirm:
        return Confirm(tuple(step for step in self.ahead if isinstance(step, Ask) and self.may_use_kept(step)))

    def may_use_kept(self, ask: Ask) -> bool:
        answered = next(self._valid(ask), None) is not None
        return ask.id in self.kept and not answered and (ask.when is None or self.known.holds(ask.when) is not False)

    @property
    def ahead(self) -> tuple[Say | Ask | Do, ...]:
        """The steps that were not passed yet, the open one first."""
        return self.flow.steps[self.reached :]

    def _wait(self, step: Open) -> bool:
        self.open = step
        return False

    def _settle(self, step: str, value: Value | None) -> bool:
        self.known.settle(step, value)
        self._raise((*self.plan.rules_on.get(step, ()), *self.plan.rules_always))
        return True

    def _raise(self, rules: Iterable[Rule]) -> None:
        for rule in rules:
            if self.known.holds(rule.when) and not any(rule is other for other in self.raised):
                self.raised.append(rule)
                self.stopped = self.stopped or rule.stop
                self.known.level = more_urgent(rule.level, self.known.level)


def _usable(flow: Flow, kept: Mapping[str, Value]) -> dict[str, Value]:
    asks = (step for step in flow.steps if isinstance(step, Ask))
    return {ask.id: value for ask in asks if (value := _kept_value(ask, kept)) is not None}


def _kept_value(ask: Ask, kept: Mapping[str, Value]) -> Value | None:
    value = canonical(ask, kept.get(ask.id)) if ask.keep else None
    return None if value is None or _needs_another(ask, value) else value


def _needs_another(ask: Ask, value: Value) -> bool:
    chosen = value if isinstance(value, tuple) else (value,)
    return any(option in ask.again for option in chosen if isinstance(option, str))


def _has_no_row(ask: Ask, value: Value) -> bool:
    """Whether the person has no row of this kind, at which the flow ends."""
    return isinstance(ask.kind, One) and ask.kind.none is not None and value == NONE
