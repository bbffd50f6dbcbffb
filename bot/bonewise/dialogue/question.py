"""The screen of a question, before and after it is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.choices import Choice, alone, choices, has_pages, on_page
from bonewise.dialogue.layout import Rows, rows
from bonewise.dialogue.links import link_buttons
from bonewise.dialogue.person import Session
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import subject_line
from bonewise.dialogue.wording import answers_in_words, wording
from bonewise.flow.model import Ask, Flow, Many, Say, Value
from bonewise.flow.state import Confirm, State


def slot_of(session: Session) -> str:
    """The name of the message that holds the session's open question."""
    return f"q.{session.id}.{session.seq}"


def draw_open(speaker: Speaker, flow: Flow, session: Session, state: State, note: str = "") -> Screen:
    """The step that waits, with what is to be said before it."""
    whom = subject_line(speaker, session.about, session.subject)
    before = [*whom, *([note] if note else []), *said(speaker, flow, session, state)]
    match state.open:
        case Ask() as ask:
            return _draw_ask(speaker, flow, session, state, ask, before)
        case Say() as say:
            return _draw_say(speaker, flow, session, state, say, before)
        case Confirm() as confirm:
            return _draw_confirm(speaker, session, state, confirm, before)
    return speaker.screen(_joined(before))


def said(speaker: Speaker, flow: Flow, session: Session, state: State) -> list[str]:
    """The texts without a button since the last answer."""
    return [say_text(speaker, flow, session, state, say) for say in state.said]


def say_text(speaker: Speaker, flow: Flow, session: Session, state: State, say: Say, **more: object) -> str:
    """The text of a `say`; `more` fills in further placeholders."""
    key = f"{say.key}.{state.values[say.by]}" if say.by else f"{say.key}.text"
    return speaker.say(key, other=session.about == "other", **answers_in_words(speaker, flow, state), **more)


def question_text(speaker: Speaker, flow: Flow, session: Session, state: State, ask: Ask) -> str:
    """The question alone, in its re-asked form if it is asked again."""
    key = f"{ask.key}.again" if state.again else f"{ask.key}.ask"
    return speaker.say(key, other=session.about == "other", **answers_in_words(speaker, flow, state))


def draw_answered(speaker: Speaker, flow: Flow, session: Session, state: State, value: Value) -> Screen:
    """The question once it is answered: it keeps its place and loses its buttons."""
    slot = slot_of(session)
    if isinstance(state.open, Ask):
        asked = question_text(speaker, flow, session, state, state.open)
        told = speaker.say("ui.you_said", answer=wording(speaker, state.open, value))
        text = _joined([*subject_line(speaker, session.about, session.subject), asked, told])
    else:
        text = draw_open(speaker, flow, session, state).text
    return speaker.screen(text, role="answered", slot=slot, replace=slot)


def _draw_ask(speaker: Speaker, flow: Flow, session: Session, state: State, ask: Ask, before: list[str]) -> Screen:
    other = session.about == "other"
    parts = [*before, question_text(speaker, flow, session, state, ask)]
    parts += _lines(speaker, ask, state.again, other)
    parts += _optional(speaker, f"{ask.key}.again_help" if state.again else f"{ask.key}.help", other)
    if session.reopened and session.reopened[0].step == ask.id:
        parts.append(speaker.say("ui.you_said", answer=wording(speaker, ask, session.reopened[0].value)))
    if flow.kind == "check":
        parts.append(speaker.say("ui.progress", number=state.number, total=state.total))
    why = _optional(speaker, f"{ask.key}.why", other)
    return speaker.screen(
        _joined(parts),
        _ask_rows(speaker, session, state, ask),
        role="question",
        slot=slot_of(session),
        folded=why[0] if why else None,
    )


def _ask_rows(speaker: Speaker, session: Session, state: State, ask: Ask) -> Rows:
    options = choices(speaker, ask, again=state.again)
    if isinstance(ask.kind, Many):
        groups = _ticking(speaker, session, ask, options)
    else:
        more = Button(speaker.say("ui.more"), press=data.of_question("m", session.id, session.seq))
        shown = [_choice(session, choice) for choice in on_page(ask, options, session.page)]
        groups = [[*shown, more] if has_pages(ask, options) else shown]
    return rows(*groups, link_buttons(speaker, ask.links, ask.key), _ways_out(speaker, session, state))


def _choice(session: Session, choice: Choice) -> Button:
    return Button(choice.label, press=data.of_question("a", session.id, session.seq, choice.value))


def _ticking(speaker: Speaker, session: Session, ask: Ask, options: tuple[Choice, ...]) -> list[list[Button]]:
    numbered = speaker.has(f"{ask.key}.lines.{options[0].value}")
    ticks = [
        _tick(speaker, session, choice, number if numbered else None)
        for number, choice in enumerate((c for c in options if not alone(c.value)), 1)
    ]
    if session.ticks:
        done = Button(speaker.say("ui.done"), data.of_question("d", session.id, session.seq), style="primary")
        clear = Button(speaker.say("ui.clear"), data.of_question("c", session.id, session.seq))
        return [ticks, [done, clear]]
    return [ticks, [_choice(session, choice) for choice in options if alone(choice.value)]]


def _tick(speaker: Speaker, session: Session, choice: Choice, number: int | None) -> Button:
    text = choice.label
    if number is not None:
        text = speaker.say("ui.numbered", number=speaker.own(str(number)), label=speaker.own(text))
    ticked = choice.value in session.ticks
    return Button(
        speaker.say("ui.ticked", label=speaker.own(text)) if ticked else text,
        press=data.of_question("t", session.id, session.seq, choice.value),
        ticked=ticked,
    )


def _lines(speaker: Speaker, ask: Ask, again: bool, other: bool) -> list[str]:
    if not isinstance(ask.kind, Many) or not speaker.has(f"{ask.key}.lines.{ask.kind.options[0]}"):
        return []
    listed = "again_lines" if again and speaker.has(f"{ask.key}.again_lines.{ask.kind.options[0]}") else "lines"
    options = [option for option in ask.kind.options if not alone(option)]
    texts = [speaker.say(f"{ask.key}.{listed}.{option}", other=other) for option in options]
    return ["\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))]


def _optional(speaker: Speaker, key: str, other: bool) -> list[str]:
    return [speaker.say(key, other=other)] if speaker.has(key) else []


def _ways_out(speaker: Speaker, session: Session, state: State) -> list[Button]:
    back = [Button(speaker.say("ui.back"), data.of_question("b", session.id, session.seq))] if state.answers else []
    return [*back, Button(speaker.say("ui.leave"), data.of_question("l", session.id, session.seq))]


def _draw_say(speaker: Speaker, flow: Flow, session: Session, state: State, say: Say, before: list[str]) -> Screen:
    [way_on] = choices(speaker, say)
    go_on = replace(_choice(session, way_on), style="primary")
    text = _joined([*before, say_text(speaker, flow, session, state, say)])
    return speaker.screen(
        text, rows([go_on], link_buttons(speaker, say.links, say.key)), role="question", slot=slot_of(session)
    )


def _draw_confirm(speaker: Speaker, session: Session, state: State, confirm: Confirm, before: Iterable[str]) -> Screen:
    known = [speaker.say("ui.kept.line", question=speaker.words_of(f"{ask.key}.short", f"{ask.key}.ask"),
                         answer=wording(speaker, ask, session.kept[ask.id])) for ask in confirm.steps]  # fmt: skip
    buttons = rows(
        [_choice(session, choice) for choice in choices(speaker, confirm)], _ways_out(speaker, session, state)
    )
    number = speaker.say("ui.progress", number=state.number, total=state.total)
    text = _joined([*before, speaker.say("ui.kept.ask"), "\n".join(known), number])
    return speaker.screen(text, buttons, role="question", slot=slot_of(session))


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(parts)
