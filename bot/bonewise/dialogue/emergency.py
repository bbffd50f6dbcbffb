"""The cards for an emergency and a crisis. They wait for nothing, and no flow can break them."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.asked import expect_after_card, expect_after_stop, expect_after_words, expect_if_now
from bonewise.dialogue.event import Text, Unreadable
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Session
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.watching import check_in_after_card
from bonewise.flow.model import Flow, Level, Rule
from bonewise.flow.shape import is_reviewed
from bonewise.flow.state import State


def answer_alarm(talk: Talk, event: Text | Unreadable) -> bool:
    """Show what the alarm heard in the words calls for; whether anything was heard."""
    kind = event.alarm_kind or "emergency"
    if event.alarm == "hard":
        show_card(talk, kind, told=f"alarm.signs.{event.alarm_sign}")
    elif event.alarm == "soft":
        ask_if_now(talk, kind)
    return event.alarm != "none"


def show_card(talk: Talk, kind: str = "emergency", told: str | None = None) -> None:
    """The card without a check: from the red button, or from words that cannot wait (`told`, a sign's key)."""
    check_in_after_card(talk, kind)
    if kind == "crisis":
        _show_crisis(talk, None, other=False)
        expect_after_card(talk, data.own("crisis"))
    else:
        talk.show(lambda speaker: _card(speaker, told))
        expect_after_card(talk, data.own("now.emergency"), data.own("not_now") if told else None)


def show_stop(talk: Talk, flow: Flow, session: Session, state: State) -> None:
    """A check has come upon a sign that cannot wait. If both levels hold, both cards show."""
    levels = {rule.level for rule in state.raised} | {state.level}
    if Level.EMERGENCY in levels:
        _show_stop(talk, session, state)
        talk.show(lambda speaker: _net(speaker, flow, session))
    if Level.CRISIS in levels:
        _show_crisis(talk, session, session.about == "other")
    expect_after_stop(talk, session.id)


def show_again(talk: Talk, session: Session, state: State) -> None:
    """The card once more, without the net below it."""
    levels = {rule.level for rule in state.raised} | {session.reached}
    if Level.CRISIS not in levels or Level.EMERGENCY in levels:
        _show_stop(talk, session, state)
    if Level.CRISIS in levels:
        _show_crisis(talk, session, session.about == "other")
    expect_after_stop(talk, session.id)


def _show_crisis(talk: Talk, session: Session | None, other: bool) -> None:
    talk.change(crisis=talk.now)
    talk.show(lambda speaker: _crisis(speaker, session, other))


def _show_stop(talk: Talk, session: Session, state: State) -> None:
    rule = next((rule for rule in state.raised if rule.level is Level.EMERGENCY), None)
    talk.show(lambda speaker: _stop(speaker, session, rule, session.about == "other"))


def _card(speaker: Speaker, told: str | None) -> Screen:
    parts = [f"{speaker.say('levels.emergency.lead')} {speaker.say('levels.emergency.do')}"]
    if told and speaker.has(told):
        parts.append(speaker.say("emergency.told", sign=speaker.words_of(told)))
    parts.append(speaker.say("emergency.worse"))
    crisis = Button(speaker.say("emergency.crisis"), press=data.own("crisis"))
    buttons = rows(_call(speaker, "emergency"), _company(speaker), [crisis], _mistake(speaker, told))
    return speaker.screen("\n".join(parts), buttons, role="emergency")


def _stop(speaker: Speaker, session: Session, rule: Rule | None, other: bool) -> Screen:
    parts = [f"{speaker.say('levels.emergency.lead', other=other)} {speaker.say('levels.emergency.do', other=other)}"]
    if rule is not None:
        parts.append(speaker.say(f"{rule.key}.why", other=other))
        parts.append(speaker.say("emergency.say", words=speaker.words_of(f"{rule.key}.say", other=other)))
    mistake = Button(speaker.say("emergency.mistake"), press=data.of_result(session.id, "mistake"))
    share = Button(speaker.say("emergency.send"), press=data.of_result(session.id, "share"))
    buttons = rows(_call(speaker, "emergency"), _company(speaker), [share], [mistake])
    return speaker.screen("\n".join(parts), buttons, role="emergency")


def _net(speaker: Speaker, flow: Flow, session: Session) -> Screen:
    parts = [f"{speaker.say('net.unsure')} {speaker.say('emergency.worse')}", speaker.say("net.disclaimer")]
    if not is_reviewed(flow):
        parts.append(speaker.say("net.unreviewed"))
    why = Button(speaker.say("ui.reasons.link"), press=data.of_result(session.id, "sources"))
    return speaker.screen("\n".join(parts), rows([why]), role="result")


def _crisis(speaker: Speaker, session: Session | None, other: bool) -> Screen:
    parts = [
        f"{speaker.say('levels.crisis.lead', other=other)} {speaker.say('levels.crisis.do', other=other)}",
        speaker.say("emergency.crisis_more", other=other),
    ]
    ask = Button(speaker.say("emergency.ask_to_come"), press=data.own("ask_to_come"))
    buttons = rows(_call(speaker, "emergency"), _call(speaker, "crisis"), [ask], _company(speaker))
    return speaker.screen("\n".join(parts), buttons, role="emergency")


def _call(speaker: Speaker, which: str) -> list[Button]:
    number = speaker.emergency_number if which == "emergency" else speaker.crisis_number
    if number:
        return [Button(speaker.say("emergency.copy", number=number), copy=number, style="danger")]
    if which == "emergency" and speaker.person.country is None:
        return [Button(speaker.say("emergency.choose_country"), press=data.go("country"))]
    return []


def _company(speaker: Speaker) -> list[Button]:
    return [speaker.button(f"emergency.{name}", data.own(name)) for name in ("someone", "alone")]


def _mistake(speaker: Speaker, told: str | None) -> list[Button]:
    return [speaker.button("emergency.not_now", data.own("not_now"))] if told else []


def show_words(talk: Talk, name: str) -> None:
    """One of the short texts that belong to the cards."""
    talk.show(lambda speaker: speaker.screen(speaker.say(f"emergency.after.{name}"), role="emergency"))
    expect_after_words(talk)


def ask_if_now(talk: Talk, kind: str) -> None:
    """Words that may mean an emergency: is it happening now?"""

    def draw(speaker: Speaker) -> Screen:
        now = speaker.button("emergency.is_now", data.own(f"now.{kind}"), "danger")
        no = speaker.button("emergency.only_asking", data.own("only_asking"))
        return speaker.screen(speaker.say("emergency.ask_if_now"), rows([now], [no]), role="emergency")

    talk.show(draw)
    expect_if_now(talk, kind)
