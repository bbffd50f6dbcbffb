"""Why a result says what it says: the answers that led to it, and where its rules come from (clinical rule U12)."""

from __future__ import annotations

from bonewise.dialogue.pages import words_of_sources
from bonewise.dialogue.person import Session
from bonewise.dialogue.result import answer_line, reasons
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.flow.evaluate import Known, grounds
from bonewise.flow.model import Ask, Flow, Rule, Value
from bonewise.flow.state import State


def show_reasons(talk: Talk, flow: Flow, ended: Session, state: State) -> None:
    """Show the answers and the sources behind the reasons that a result names; a result without one has none."""
    rules = reasons(state)
    if not rules:
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.no_sources")))
        return
    led = _led(flow, Known(dict(state.values), flow.facts, ended.traits), rules)
    answers = [(step, state.values[step.id]) for step in flow.steps if isinstance(step, Ask) and step.id in led]
    sources = tuple(source for rule in rules for source in rule.sources)
    talk.show(lambda speaker: draw_reasons(speaker, answers, sources, ended.about == "other"))


def _led(flow: Flow, known: Known, rules: list[Rule]) -> set[str]:
    """The questions that the rules rest on, with those that a follow-up among them follows."""
    led: set[str] = set()
    left = [rule.when for rule in rules]
    while left:
        new = set(grounds(left.pop(), known)) - led
        led |= new
        asks = [ask for step in new if (ask := flow.ask(step)) is not None]
        left += [ask.when for ask in asks if ask.when is not None]
    return led


def draw_reasons(speaker: Speaker, answers: list[tuple[Ask, Value]], sources: tuple[str, ...], other: bool) -> Screen:
    """These answers, then these sources."""
    lines = [answer_line(speaker, ask, value, other) for ask, value in answers]
    return speaker.screen(
        "\n".join([speaker.say("ui.reasons.heading", other=other), *lines, words_of_sources(speaker, sources)]),
        role="page",
    )
