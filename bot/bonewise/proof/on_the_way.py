"""What is looked for on every step that is explored: what was reached, and what must not happen on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bonewise.flow.condition import questions
from bonewise.flow.model import Ask, Card, Do, Flow, Level, Mark, Offer, Rule, Say
from bonewise.flow.walk import Walk
from bonewise.proof.compiled import Compiled
from bonewise.proof.finding import Finding, Talk
from bonewise.proof.residual import Residual

Part = Ask | Say | Do | Rule | Card | Offer

OTHER = "about_other"
"""The trait that holds where a flow is about somebody else than the reader."""


def name_of(part: Part) -> str:
    """What a part of a flow is called among its parts."""
    return f"{type(part).__name__} {part.to if isinstance(part, Offer) else part.id}"


def parts_of(flow: Flow) -> Iterator[Part]:
    """All that a conversation can reach."""
    yield from flow.steps
    yield from (rule for flag in flow.flags for rule in flag.rules)
    yield from flow.cards
    yield from flow.offers


@dataclass
class OnTheWay:
    """Is told of each step. `reached`: ids of the parts of the flow (by identity) that some conversation reaches.

    `shown`: for each name of a part (`name_of`), and whether it is about another, the shortest conversation to it.
    """

    compiled: Compiled
    reached: set[int] = field(default_factory=set)
    shown: dict[tuple[str, bool], Talk] = field(default_factory=dict)
    otherwise: bool = False
    _findings: dict[tuple[str, str, str], Finding] = field(default_factory=dict)

    def __post_init__(self) -> None:
        flow = self.compiled.flow
        self._gates = [(self.compiled.step_place[ask.id], ask) for ask in gate_questions(self.compiled)]
        self._names = {id(part): name_of(part) for part in parts_of(flow)}
        self._is_check = flow.kind == "check"
        self._at_end: tuple[Card | Offer, ...] = (*flow.cards, *flow.offers)

    @property
    def findings(self) -> list[Finding]:
        """What was found, each fault once, with the first conversation that showed it: the shortest."""
        return list(self._findings.values())

    def see(self, before: Walk[Residual] | None, walk: Walk[Residual], traits: frozenset[str]) -> None:
        """One step: the walk before it (None at the start), and the walk."""
        talk = Talk(walk.answers, traits)
        new = walk.raised[len(before.raised) :] if before is not None else walk.raised
        reached: tuple[Part, ...] = (*new, *walk.said, *walk.done)
        for part in reached:
            self._reach(part, talk)
        if walk.open is None:
            self._see_end(walk, talk)
        elif isinstance(walk.open, Ask | Say):
            self._reach(walk.open, talk)
        if self._is_check:
            self._see_check(before, walk, new, talk)

    def _reach(self, part: Part, talk: Talk) -> None:
        self.reached.add(id(part))
        self.shown.setdefault((self._names[id(part)], OTHER in talk.traits), talk)

    def _see_end(self, walk: Walk[Residual], talk: Talk) -> None:
        flow = self.compiled.flow
        if not walk.raised:
            self.otherwise = True
        for part in self._at_end:
            if (self._names[id(part)], OTHER in talk.traits) in self.shown:
                continue
            if part.when is None or walk.known.holds(part.when):
                self._reach(part, talk)
        if not walk.answers and not walk.said and not walk.done:
            self._add("P1", flow.id, flow.mark, "it ends before it has asked or said anything", talk)
        last = flow.steps[walk.reached] if walk.reached < len(flow.steps) else None
        if self._is_check and not walk.stopped and isinstance(last, Ask):
            what = f"`{last.id}` can end the check without a level, where the person has no row; use no `none` here"
            self._add("P1", last.id, last.mark, what, talk)

    def _see_check(self, before: Walk[Residual] | None, walk: Walk[Residual], new: list[Rule], talk: Talk) -> None:
        level = walk.known.level
        for rule in new:
            if level is None or level.urgency < rule.level.urgency:
                self._add("P2", rule.id, rule.mark, f"raises `{rule.level}`, but the level stays `{level}`", talk)
        if walk.open is not None and new and level is Level.SELF_CARE:
            rule = new[-1]
            what = f"raises `{rule.level}` while questions are left: who leaves there is told that all is well. Leave it to `otherwise`"  # noqa: E501
            self._add("P13", rule.id, rule.mark, what, talk)
        for question, rule in walk.known.left_out:
            ask = self.compiled.asks[self.compiled.question[question]]
            what = f"`{question}` is left out at `{level}`, but can still raise `{rule.level}` by `{rule.id}`; ask it below `{rule.level}`, or where that rule needs it"  # noqa: E501
            self._add("P2", question, ask.mark, what, talk, rule.id)
        if self._gates:
            self._see_gates(before, walk, talk)

    def _see_gates(self, before: Walk[Residual] | None, walk: Walk[Residual], talk: Talk) -> None:
        passed = before.reached if before is not None else 0
        ended_low = walk.open is None and (walk.known.level is None or not walk.known.level.stops)
        for place, ask in self._gates:
            if place >= passed and ask.id not in walk.asked and (place < walk.reached or ended_low):
                if walk.stopped and place >= walk.reached:
                    stop = next(rule for rule in reversed(walk.raised) if rule.stop)
                    what = f"ends the check at `{stop.level}` before the gate question `{ask.id}` was asked; ask it after the gates"  # noqa: E501
                    self._add("P2", stop.id, stop.mark, what, talk)
                else:
                    what = f"the gate question `{ask.id}` is not asked; nothing may lead past a gate"
                    self._add("P2", ask.id, ask.mark, what, talk)

    def _add(self, code: str, at: str, mark: Mark, message: str, talk: Talk, about: str = "") -> None:
        self._findings.setdefault((code, at, about), Finding(code, self.compiled.flow.id, at, mark, message, talk))


def gate_questions(compiled: Compiled) -> Iterator[Ask]:
    """The questions of gates that nothing may lead past.

    Those that an answer in a gate leads to, or that only some people are to be asked (`person`), are none.
    """
    flow = compiled.flow
    for ask in (ask for ask in compiled.asks if _in_gate(ask.id, flow)):
        read = questions(ask.when, flow.facts) if ask.when is not None else ()
        if ask.when is None or (read and not any(_in_gate(step, flow) for step in read)):
            yield ask


def _in_gate(step: str, flow: Flow) -> bool:
    return "." in step and step.partition(".")[0] in flow.gates
