"""The result of a check: what to do, why, and the safety net, in that order and in three messages.

The five parts of the net and their order: Almond et al., Br J Gen Pract 2009;59:872-4 (docs/clinical.md).
"""

from __future__ import annotations

from datetime import timedelta

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Result, Session
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import key_of, subject_line
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.wording import wording
from bonewise.flow.model import FUNCTIONS, Ask, Flow, Level, Rule, Value
from bonewise.flow.shape import is_reviewed
from bonewise.flow.state import State
from bonewise.i18n.markup import lead

REASONS = 2  # more would bury the first
NET_DAYS = {Level.SAME_DAY: 1, Level.SOON: 7, Level.ROUTINE: 28, Level.SELF_CARE: 42}
"""When the safety net's time part falls due, in days (clinical basis: the table of levels in docs/clinical.md)."""


def show_result(talk: Talk, flow: Flow, session: Session, state: State, level: Level) -> None:
    """Show all parts of a result that is not an emergency."""
    other = session.about == "other"
    talk.show(lambda speaker: _what_to_do(speaker, flow, session, level))
    talk.show(lambda speaker: draw_why(speaker, flow, state, other))
    talk.show(lambda speaker: _net(speaker, flow, session, state, level))


def _what_to_do(speaker: Speaker, flow: Flow, session: Session, level: Level) -> Screen:
    whom = subject_line(speaker, session.about, session.subject)
    do = _lead_and_do(speaker, flow, level, session.about == "other")
    return speaker.screen("\n".join([*whom, do]), role="result")


def _lead_and_do(speaker: Speaker, flow: Flow, level: Level, other: bool) -> str:
    return f"{speaker.say(f'levels.{level}.lead', other=other)} {_of_level(speaker, flow, level, 'do', other)}"


def _of_level(speaker: Speaker, flow: Flow, level: Level, part: str, other: bool, **values: object) -> str:
    """What a level says here: in the check's own words where it has some."""
    own = f"{flow.id}.levels.{level}.{part}"
    return speaker.say(own if speaker.has(own) else f"levels.{level}.{part}", other=other, **values)


def reasons(state: State) -> list[Rule]:
    """The rules that a result names: the first of those of the level reached."""
    return [rule for rule in state.raised if rule.level is state.level][:REASONS]


def draw_why(speaker: Speaker, flow: Flow, state: State, other: bool) -> Screen:
    """The reasons that count most, and what to say on the phone."""
    keys = [rule.key for rule in reasons(state)] or [f"{flow.id}.otherwise"]
    why = " ".join(speaker.say(f"{key}.why", other=other) for key in keys)
    text = f"{speaker.say('ui.result.why')} {why}\n{_say(speaker, keys[0], other)}"
    return speaker.screen(text, role="result")


def _net(speaker: Speaker, flow: Flow, session: Session, state: State, level: Level) -> Screen:
    other = session.about == "other"
    date = speaker.day(speaker.now + timedelta(days=NET_DAYS[level]))
    parts = [
        f"{speaker.say('net.unsure', other=other)} {_of_level(speaker, flow, level, 'time', other, date=date)}",
        speaker.say("net.signs", other=other),
        speaker.say("net.permission", other=other),
        speaker.say("net.disclaimer"),
    ]
    if not is_reviewed(flow):
        parts.append(speaker.say("net.unreviewed"))
    return speaker.screen("\n".join(parts), _buttons(speaker, flow, session, state), role="result")


def _buttons(speaker: Speaker, flow: Flow, session: Session, state: State) -> tuple[tuple[Button, ...], ...]:
    offers = [offer.to for offer in state.offers]
    flows = [to for to in offers if to not in FUNCTIONS]
    next_steps = [
        Button(_label(speaker, to, state.level), _opens(speaker, to, session), style="plain" if number else "primary")
        for number, to in enumerate(flows[:2])
    ]
    own = [name for name in ("summary", "share") if name in offers]
    functions = [speaker.button(f"ui.result.{name}", data.of_result(session.id, name)) for name in own]
    card = state.cards[0] if state.cards else None
    cards = [Button(speaker.say(f"{card.key}.title"), press=data.card(flow.id, card.id))] if card else []
    more = [
        speaker.button("ui.reasons.link", data.of_result(session.id, "sources")),
        Button(speaker.say("ui.result.again"), press=data.go(flow.id)),
    ]
    help_now = Button(speaker.say("emergency.link"), press=data.go("emergency"), style="danger")
    return rows(next_steps, cards, functions, more, [help_now])


def _opens(speaker: Speaker, to: str, session: Session) -> str:
    """The way to a flow, about the same person."""
    whom = key_of(session.about, session.subject)
    return data.go(f"{to}.{whom}" if len(speaker.world.flows.flows[to].about) > 1 else to)


def _label(speaker: Speaker, to: str, level: Level | None) -> str:
    """A visit that cannot wait is a call, and its plan a reminder."""
    urgent = to == "plan_visit" and level is Level.SAME_DAY
    return speaker.say("ui.result.remind_to_call" if urgent else f"{to}.link")


def show_summary(talk: Talk, flow: Flow, result: Result, state: State) -> None:
    """The person's own answers, for the doctor."""
    talk.show(lambda speaker: _summary(speaker, flow, result, state))


def _summary(speaker: Speaker, flow: Flow, result: Result, state: State) -> Screen:
    other = result.ended.about == "other"
    asks = [step for step in flow.steps if isinstance(step, Ask) and step.id in state.values]
    lines = [answer_line(speaker, ask, state.values[ask.id], other) for ask in asks]
    taken_back = [answer_line(speaker, ask, old.value, other)
                  for old in result.ended.corrected if (ask := flow.ask(old.step))]  # fmt: skip
    parts = [
        speaker.say("ui.summary.heading", title=speaker.words_of(f"{flow.id}.title"), date=speaker.moment(result.on)),
        *subject_line(speaker, result.ended.about, result.ended.subject),
        speaker.say(f"levels.{result.level}.lead", other=other),
        *lines,
        *([speaker.say("ui.summary.taken_back"), *taken_back] if taken_back else []),
        speaker.say("net.disclaimer"),
    ]
    return speaker.screen("\n".join(parts), role="page")


def answer_line(speaker: Speaker, ask: Ask, value: Value, other: bool) -> str:
    """A question and what was answered to it."""
    question = speaker.own(lead(speaker.say(f"{ask.key}.ask", other=other)))
    return speaker.say("ui.summary.line", question=question, answer=_answer(speaker, ask, value, other))


def _answer(speaker: Speaker, ask: Ask, value: Value, other: bool) -> str:
    """The answer; of a list of signs the whole lines, as their buttons are too short to stand alone."""
    keys = [f"{ask.key}.lines.{option}" for option in value] if isinstance(value, tuple) else []
    if not keys or not all(map(speaker.has, keys)):
        return wording(speaker, ask, value)
    return " ".join(speaker.say(key, other=other) for key in keys)


def say_line(speaker: Speaker, result: Result) -> str:
    """What to say on the phone, by the first reason of a result."""
    flow = speaker.world.flows.flows.get(result.ended.flow)
    found = {rule.id: rule.key for flag in flow.flags for rule in flag.rules} if flow else {}
    key = next((found[rule] for rule in result.rules if rule in found), f"{result.ended.flow}.otherwise")
    return _say(speaker, key, result.ended.about == "other")


def _say(speaker: Speaker, key: str, other: bool) -> str:
    return speaker.say("ui.result.say", words=speaker.words_of(f"{key}.say", other=other))


def show_share(talk: Talk, flow: Flow, result: Result) -> None:
    """What somebody else may see: what to do and what to say, without the answers."""

    def draw(speaker: Speaker) -> Screen:
        other = result.ended.about == "other"
        do = _lead_and_do(speaker, flow, result.level, other)
        parts = [speaker.say("ui.share.heading"), do, say_line(speaker, result)]
        return speaker.screen("\n".join(parts), role="page")

    talk.show(draw)
