"""Going along a flow: answer, go back, leave, go on. Where a session stands is always folded anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bonewise.dialogue.actions import run
from bonewise.dialogue.confirming import draw_change
from bonewise.dialogue.ending import end
from bonewise.dialogue.layout import rows
from bonewise.dialogue.outcome import Reopen, Then
from bonewise.dialogue.person import Session
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.question import draw_answered, draw_open, slot_of
from bonewise.dialogue.screen import Button
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.unclear_when import Note
from bonewise.dialogue.watching import watch_gate
from bonewise.flow.answers import Answered, Answers
from bonewise.flow.model import Ask, Flow, Level, Many, One, Value
from bonewise.flow.play import answer, back, reopen
from bonewise.flow.state import Open, State


def flow_of(talk: Talk, session: Session) -> Flow:
    """The session's flow as it is now."""
    return talk.world.flows.flows[session.flow]


def show_open(talk: Talk, session: Session, state: State, note: str | Note = "", ticks: tuple[str, ...] = ()) -> None:
    """Put the open step on the screen, as a new question with buttons of its own."""
    if _has_no_row(talk, state):
        _end_without_rows(talk, session, state)
        return
    asked = replace(
        _numbered(session, state.open.id if state.open else ""),
        ticks=ticks,
        page=0,
        touched=talk.now,
        left=False,
        reached=state.level,
        pending=None,
    )
    talk.put(asked)
    flow = flow_of(talk, asked)
    talk.show(lambda speaker: draw_open(speaker, flow, asked, state, _in_words(speaker, note)))
    watch_gate(talk, flow, asked, state)


def _in_words(speaker: Speaker, note: str | Note) -> str:
    if isinstance(note, Note):
        return speaker.say(note.key, other=False, **note.values)
    return note and speaker.say(note)


def _numbered(session: Session, step: str) -> Session:
    """The session with the next number for this step; one from before steps were noted has gaps for the others."""
    gaps = ("",) * (session.seq - len(session.asked))
    return replace(session, seq=session.seq + 1, asked=(*session.asked, *gaps, step))


def _has_no_row(talk: Talk, state: State) -> bool:
    kind = state.open.kind if isinstance(state.open, Ask) else None
    if not isinstance(kind, One) or kind.provider is None:
        return False
    rows_of = PROVIDERS[kind.provider]
    return not talk.read(rows_of)


def _end_without_rows(talk: Talk, session: Session, state: State) -> None:
    if isinstance(state.open, Ask) and isinstance(state.open.kind, One):
        show_no_row(talk, f"{state.open.key}.{state.open.kind.none}")
    talk.drop(session)
    talk.ended = session


def show_no_row(talk: Talk, key: str) -> None:
    """Say that the person has no row to choose from."""
    talk.show(lambda speaker: speaker.screen(speaker.say(key), rows([Button(speaker.say("home.link"), "go:home")])))


def take_answer(talk: Talk, session: Session, value: Value) -> None:
    """The open step is answered. A value that does not fit changes nothing."""
    state = talk.fold(session)
    flow = flow_of(talk, session)
    answers = answer(flow, session.answers, value, kept=session.kept, traits=session.traits, floor=session.floor)
    if answers == session.answers:
        return
    talk.show(lambda speaker: draw_answered(speaker, flow, session, state, value))
    if _takes_back(talk, session, state, value):
        ask_to_confirm(talk, session, value)
        return
    _go_on(talk, replace(session, answers=answers, reopened=_still_reopened(session, state)), state)


def ask_to_confirm(talk: Talk, session: Session, value: Value, note: str = "") -> None:
    """Ask whether a milder answer is to count."""
    ask = talk.fold(session).open
    if not isinstance(ask, Ask):
        return
    waiting = replace(_numbered(session, ask.id), pending=Answered(ask.id, value), touched=talk.now)
    talk.put(waiting)
    talk.show(lambda speaker: draw_change(speaker, waiting, ask, note and speaker.say(note)))


def confirm_change(talk: Talk, session: Session, yes: bool) -> None:
    """The person said whether an answer is to be changed to a milder one."""
    old = _before(session, session.pending.step) if session.pending else None
    if session.pending is None or old is None:
        return
    state = talk.fold(session)
    flow = flow_of(talk, session)
    others = _without(session.reopened, (old,))
    value = session.pending.value if yes else old.value
    answers = answer(flow, session.answers, value, kept=session.kept, traits=session.traits, floor=session.floor)
    if yes:
        stopped = as_it_was(talk, session).stopped
        gone, left = (session.reopened, ()) if stopped else ((old,), others)
        session = replace(session, answers=answers, reopened=left, corrected=(*session.corrected, *gone))
    else:
        session = replace(session, answers=answers, reopened=others)
    _go_on(talk, session, state)


def go_back(talk: Talk, session: Session) -> None:
    """One question back; its old answer is shown with it."""
    flow, before = flow_of(talk, session), talk.fold(session)
    talk.show(lambda speaker: replace(draw_open(speaker, flow, session, before), buttons=(), role="answered",
                                      replace=slot_of(session)))  # fmt: skip
    take_back(talk, session)


def take_back(talk: Talk, session: Session) -> None:
    """The last answer is open again. It is kept beside the question until another one is given."""
    flow, before = flow_of(talk, session), talk.fold(session)
    answers = back(flow, session.answers, kept=session.kept, traits=session.traits, floor=session.floor)
    gone = _without((*before.answers, *before.aside), answers)
    earlier = replace(session, answers=answers, reopened=(*gone, *session.reopened))
    show_open(talk, earlier, talk.fold(earlier))


def change_answer(talk: Talk, session: Session, step: str) -> None:
    """One answer is open again, and all others stay; it is kept beside the question until another one is given."""
    flow, before = flow_of(talk, session), talk.fold(session)
    given = reopen(flow, before.answers, step, kept=session.kept, traits=session.traits, floor=session.floor)
    gone = _without(before.answers, given)
    earlier = replace(session, answers=given, reopened=(*gone, *session.reopened), left=False)
    show_open(talk, earlier, talk.fold(earlier))


def _without(answers: Answers, others: Answers) -> Answers:
    """The answers, less the others; one that stands twice goes once for each."""
    left = list(answers)
    for answered in others:
        if answered in left:
            left.remove(answered)
    return tuple(left)


def as_it_was(talk: Talk, session: Session) -> State:
    """Where the session would stand with the answers that were reopened."""
    return talk.fold(replace(session, answers=(*session.answers, *session.reopened)))


def is_stale(talk: Talk, session: Session) -> bool:
    """Whether so much time has gone by that the gates are to be asked again."""
    fresh = flow_of(talk, session).fresh
    return fresh is not None and talk.since(session.touched) > timedelta(seconds=fresh)


def go_on(talk: Talk, session: Session) -> None:
    """Show the open question again, the gates first if too much time has gone by."""
    if is_stale(talk, session):
        gates = flow_of(talk, session).gates
        answers = tuple(old for old in session.answers if old.step.partition(".")[0] not in gates)
        session = replace(session, answers=answers)
        show_open(talk, session, talk.fold(session), note="ui.welcome_back")
        return
    _updated_or(talk, session)


def _updated_or(talk: Talk, session: Session) -> None:
    flow = flow_of(talk, session)
    note = ""
    if session.version != flow.version:
        note = "ui.flow_updated"
        session = replace(session, version=flow.version, floor=session.floor or session.reached)
    state = talk.fold(session)
    if state.open is None:
        end(talk, flow, session, state)
    else:
        show_open(talk, session, state, note, _ticked(session, state.open))


def _ticked(session: Session, step: Open) -> tuple[str, ...]:
    """What was ticked at the question that was on the screen last, if it is this one."""
    if not isinstance(step, Ask) or not isinstance(step.kind, Many) or session.asked[-1:] != (step.id,):
        return ()
    return tuple(option for option in step.kind.options if option in session.ticks)


def _go_on(talk: Talk, session: Session, before: State) -> None:
    flow = flow_of(talk, session)
    state = talk.fold(session)
    for do in (do for do in state.done if do not in before.done):
        outcome = run(talk, session, state, do)
        if isinstance(outcome, Reopen):
            before_it = back(flow, session.answers, kept=session.kept, traits=session.traits, floor=session.floor)
            session = replace(session, answers=reopen(flow, before_it, outcome.step))
            show_open(talk, session, talk.fold(session), note=outcome.note)
            return
        if isinstance(outcome, Then):
            session = replace(session, then=outcome.to)
    if state.open is None:
        end(talk, flow, session, state)
    else:
        show_open(talk, session, state)


def _takes_back(talk: Talk, session: Session, state: State, value: Value) -> bool:
    """Whether the value is milder than what was said before, there or in what followed from it."""
    old = _before(session, state.open.id) if isinstance(state.open, Ask) else None
    if old is None or old.value == value:
        return False
    others = _without(session.reopened, (old,))
    answers = answer(flow_of(talk, session), session.answers, value, kept=session.kept, traits=session.traits)
    after = talk.fold(replace(session, answers=(*answers, *others)))
    return _urgency(after.level) < _urgency(as_it_was(talk, session).level)


def _before(session: Session, step: str) -> Answered | None:
    """What was said to a question before it was reopened."""
    return next((old for old in session.reopened if old.step == step), None)


def _still_reopened(session: Session, state: State) -> Answers:
    """The reopened answers that are not decided by this one."""
    old = _before(session, state.open.id) if state.open else None
    return _without(session.reopened, (old,)) if old else session.reopened


def _urgency(level: Level | None) -> int:
    return -1 if level is None else level.urgency
