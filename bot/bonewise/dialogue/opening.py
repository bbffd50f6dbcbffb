"""Opening a flow, by a link, a command, or because another has ended."""

from __future__ import annotations

from collections.abc import Mapping

from bonewise.dialogue import data
from bonewise.dialogue.emergency import show_card
from bonewise.dialogue.layout import rows
from bonewise.dialogue.links import EMERGENCY, target
from bonewise.dialogue.pages import show_page
from bonewise.dialogue.person import Session, Subject
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import SOMEONE, key_of, named, remember
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import traits_of
from bonewise.dialogue.walking import go_on, show_open
from bonewise.flow.answers import Answers
from bonewise.flow.model import Do, Flow, Value
from bonewise.flow.state import State
from bonewise.i18n.markup import escape

MOST_OPEN = 3  # flows that wait below each other
CONSENT_FIRST = "consent_first"
START = "start"
THEIR_NAME = "their_name"
HOME = "home"
SECONDS_A_QUESTION = 12
ADULT, UNDER_18 = "adult", "under_18"  # at the end of a link: the reader, who says so whether they are an adult
_KEEPS = frozenset({"remind", "book_visit", "name_subject", "start_tips", "invite_caregiver", "accept_invitation"})


def open_link(talk: Talk, to: str, message: str | None = None) -> None:
    """Open what a link names: a flow, a flow about somebody (`tingling.other`, `key_of`), or the emergency card."""
    to = target(talk.world, to)
    name, _, whom = to.partition(".")
    flow = talk.world.flows.flows.get(name)
    if name == EMERGENCY:
        show_card(talk)
    elif name == HOME and not talk.person.greeted:
        _greet(talk)
    elif flow is None:
        open_link(talk, HOME)
    elif flow.kind == "page":
        show_page(talk, flow, message)
    elif _needs_consent(flow) and talk.person.consent is None and name != CONSENT_FIRST:
        then = (
            f"{name}.self" if whom in {ADULT, UNDER_18} else to
        )  # the age is asked there, and the later answer counts
        begin(talk, talk.world.flows.flows[CONSENT_FIRST], then=then)
    elif len(flow.about) > 1:
        _open_about(talk, flow, whom)
    else:
        begin(talk, flow)


def _open_about(talk: Talk, flow: Flow, whom: str) -> None:
    subject = named(talk.person, whom)
    if whom == SOMEONE:
        begin(talk, talk.world.flows.flows[THEIR_NAME], then=flow.id)
    elif subject is not None:
        begin(talk, flow, about="other", subject=subject)
    elif whom in {ADULT, UNDER_18}:
        talk.change(adult=whom == ADULT)
        begin(talk, flow)
    elif whom in flow.about:
        begin(talk, flow, about=whom)
    else:
        talk.show(lambda speaker: _draw_about(speaker, flow))


def begin(
    talk: Talk,
    flow: Flow,
    *,
    about: str = "self",
    subject: Subject | None = None,
    then: str | None = None,
    takes: Mapping[str, Value] | None = None,
    answers: Answers = (),
) -> None:
    """Start a flow, with the `answers` that are known already; what was under way waits below it."""
    talk.person = remember(talk.person, subject)
    session = Session(
        id=talk.fresh_id(),
        flow=flow.id,
        version=flow.version,
        started=talk.now,
        touched=talk.now,
        about=about,
        subject=subject,
        kept=talk.person.profile.get(key_of(about, subject), {}),
        traits=traits_of(talk.person, about),
        takes=takes or {},
        answers=answers,
        then=then,
    )
    talk.change(sessions=(*_waiting(talk, session), session))
    state = talk.fold(session)
    if flow.kind == "check":
        talk.show(lambda speaker: _draw_intro(speaker, session, state))
    show_open(talk, session, state)


def _waiting(talk: Talk, new: Session) -> tuple[Session, ...]:
    """What waits below a new flow, but for the same one about the same person. Where that is too much, a task makes
    way before a check does."""
    waiting = [other for other in talk.person.sessions if _what_for(other) != _what_for(new)]
    while len(waiting) >= MOST_OPEN:
        tasks = (other for other in waiting if talk.world.flows.flows[other.flow].kind != "check")
        waiting.remove(next(tasks, waiting[0]))
    return tuple(waiting)


def _what_for(session: Session) -> tuple[str, str]:
    return session.flow, key_of(session.about, session.subject)


def start(talk: Talk) -> None:
    """The first hello."""
    begin(talk, talk.world.flows.flows[START])


def _greet(talk: Talk) -> None:
    """The way home leads through the first questions."""
    if talk.session is None:
        start(talk)
    else:
        go_on(talk, talk.session)


def after_task(talk: Talk, task: Session) -> None:
    """A task is over: open what it was for, or go on with what was waiting, or go home."""
    talk.change(greeted=talk.person.greeted or task.flow == START)
    then = talk.world.flows.flows.get((task.then or "").partition(".")[0])
    if task.then and then and not (_needs_consent(then) and talk.person.consent is None):
        open_link(talk, task.then)
    elif talk.session and not talk.session.left:
        go_on(talk, talk.session)
    elif task.flow == START or not _has_last_words(talk):
        open_link(talk, HOME)


def _has_last_words(talk: Talk) -> bool:
    return any(isinstance(screen, Screen) and screen.role == "notice" for screen in talk.turn().screens)


def _needs_consent(flow: Flow) -> bool:
    """Whether the flow keeps an answer about health, or a name."""
    return flow.kind == "check" or any(isinstance(step, Do) and step.action in _KEEPS for step in flow.steps)


def _draw_about(speaker: Speaker, flow: Flow) -> Screen:
    me = [speaker.button(f"ui.about.{whom}", data.go(f"{flow.id}.{whom}")) for whom in _ways_to_be_me(speaker, flow)]
    people = [Button(escape(one.name), press=data.go(f"{flow.id}.{one.id}")) for one in speaker.person.people]
    someone = speaker.button("ui.about.another" if people else "ui.about.other", data.go(f"{flow.id}.{SOMEONE}"))
    home = Button(speaker.say("ui.back"), press=data.go(HOME))
    return speaker.screen(speaker.say("ui.about.ask"), rows([*me, *people, someone], [home]), role="question")


def _ways_to_be_me(speaker: Speaker, flow: Flow) -> tuple[str, ...]:
    """A check for adults asks the age in the same breath, which saves a tap; beside names there is no room for that."""
    asks_age = any(isinstance(step, Do) and step.action == "set_adult" for step in flow.steps)
    unknown = speaker.person.adult is None and not speaker.person.people
    return (ADULT, UNDER_18) if asks_age and unknown else ("self",)


def _draw_intro(speaker: Speaker, session: Session, state: State) -> Screen:
    minutes = max(1, round(state.total * SECONDS_A_QUESTION / 60))
    stay = [speaker.say("ui.about.stay_near")] if session.about == "other" else []
    return speaker.screen("\n".join([*stay, speaker.say("ui.intro", count=state.total, minutes=minutes)]))


def is_check_open(talk: Talk) -> bool:
    """Whether a check is under way and has an answer."""
    flows = talk.world.flows.flows
    return any(flows[s.flow].kind == "check" and s.answers for s in talk.person.sessions if s.flow in flows)
