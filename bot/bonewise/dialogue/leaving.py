"""Leaving a flow, and coming upon a button that is no longer asked for."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.ending import end
from bonewise.dialogue.layout import rows
from bonewise.dialogue.person import Session
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.unsaid import end_unsaid, is_sign_unsaid
from bonewise.dialogue.walking import as_it_was, flow_of
from bonewise.flow.state import State
from bonewise.i18n.markup import plain


def leave(talk: Talk, session: Session) -> None:
    """The person leaves: what is kept, that there is no result, and the signs that cannot wait.

    Whoever leaves with a sign of their own gets the card for it instead.
    """
    check = flow_of(talk, session).kind == "check"
    if check and _was_an_emergency(talk, session):
        return
    if check and is_sign_unsaid(talk, session):
        end_unsaid(talk, session)
        return
    if check:
        talk.put(replace(session, left=True, touched=talk.now))
    else:
        talk.drop(session)
        talk.ended = replace(session, then=None)
    talk.show(lambda speaker: _draw_left(speaker, check, session.about == "other"))


def _was_an_emergency(talk: Talk, session: Session) -> bool:
    """A sign that was reopened reads as the worse of its answers."""
    state = as_it_was(talk, session)
    if state.stopped:
        end(talk, flow_of(talk, session), replace(session, answers=state.answers, reopened=()), state)
    return state.stopped


def _draw_left(speaker: Speaker, check: bool, other: bool) -> Screen:
    home = Button(speaker.say("home.link"), press=data.go("home"))
    if not check:
        return speaker.screen(speaker.say("ui.left.task"), rows([home]))
    go_on = speaker.button("ui.go_on", data.own("check"), "primary")
    text = f"{speaker.say('ui.left.check')}\n{speaker.say('net.signs', other=other)}"
    return speaker.screen(text, rows([go_on], [home]))


def show_stale(talk: Talk, pressed: tuple[str, int] | None = None) -> None:
    """An old or unknown button: nothing was changed. `pressed`: its session and the number of its question, if any."""
    talk.toast = plain(talk.drawn(lambda speaker: speaker.screen(speaker.say("ui.stale.toast"))).text)
    session = talk.session
    of_open_check = session and pressed and pressed[0] == session.id and flow_of(talk, session).kind == "check"
    if session and pressed and of_open_check:
        step = session.asked[pressed[1] - 1] if 0 < pressed[1] <= len(session.asked) else ""
        talk.show(lambda speaker: _draw_stale(speaker, session, talk.fold(session), step))
    else:
        talk.show(_draw_of_another)


def _draw_stale(speaker: Speaker, session: Session, state: State, step: str) -> Screen:
    answered = any(given.step == step for given in state.answers)
    buttons = rows(
        [speaker.button("ui.go_on", data.own("resume"), "primary")],
        [speaker.button("ui.stale.change", data.change(session.id, step))] if answered else [],
        [speaker.button("ui.stale.restart", data.restart(session.id))],
    )
    return speaker.screen(speaker.say("ui.stale.text", number=state.number, total=state.total), buttons)


def _draw_of_another(speaker: Speaker) -> Screen:
    """The button belongs to another talk than the one that is open, or none is."""
    go_on = speaker.button("ui.go_on", data.own("resume"), "primary")
    home = Button(speaker.say("home.link"), press=data.go("home"), style="primary")
    is_open = bool(speaker.person.sessions)
    return speaker.screen(speaker.say("ui.stale.another"), rows([go_on if is_open else home]))
