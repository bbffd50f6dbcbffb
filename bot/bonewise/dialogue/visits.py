"""A booked visit: asking for its date, what is said before it, and what is pressed then."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.following_up import newest
from bonewise.dialogue.layout import rows
from bonewise.dialogue.opening import HOME, begin, open_link
from bonewise.dialogue.person import Reminder
from bonewise.dialogue.recurring import moment_of_visit
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import key_of
from bonewise.dialogue.talk import Talk
from bonewise.flow.answers import Answered
from bonewise.flow.model import SKIPPED

BOOKED = "booked"
PLAN = "plan_visit"


def ask_for_date(talk: Talk, plan: Reminder) -> None:
    """The call was made: when is the visit?"""
    _open(talk, BOOKED, plan)


def rebook(talk: Talk, visit: Reminder) -> None:
    """The person can't go: a plan for the call that brings another date."""
    talk.unplan(visit.id)
    talk.show(lambda speaker: speaker.screen(speaker.say("visit.cant_go")))
    _open(talk, PLAN, visit)


def _open(talk: Talk, name: str, known: Reminder) -> None:
    """Begin a task about the same person and the same matter, as far as they are known."""
    flow = talk.world.flows.flows.get(name)
    whom = known.whom and key_of(known.whom, known.subject)
    if flow is None or whom is None or talk.person.consent is None:
        open_link(talk, f"{name}.{whom}" if whom else name)
        return
    same = known.about is not None and known.flow in {BOOKED, PLAN}
    matter = (Answered("for_what", str(known.about)), Answered("own_words", known.note or SKIPPED)) if same else ()
    begin(talk, flow, about=known.whom or "self", subject=known.subject, answers=matter)


def is_ahead(talk: Talk, reminder: Reminder) -> bool:
    """Whether this is about a visit that is still to come."""
    visit = moment_of_visit(talk.person, reminder)
    return visit is not None and visit > talk.now


def note_visit(talk: Talk, reminder: Reminder) -> None:
    """The person knows of the visit; the other touch still comes."""
    when = moment_of_visit(talk.person, reminder) or reminder.due

    def draw(speaker: Speaker) -> Screen:
        home = Button(speaker.say("home.link"), press=data.go(HOME))
        return speaker.screen(speaker.say("visit.noted", when=speaker.moment(when)), rows([home]))

    talk.show(draw)


def visit_details(speaker: Speaker, reminder: Reminder, about: object) -> list[str]:
    """When the visit is, what for, and what to take along."""
    when = moment_of_visit(speaker.person, reminder) or reminder.due
    key = "visit.detail_by_name" if speaker.person.name else "visit.detail"
    told = speaker.say(key, name=speaker.person.name, about=about, when=speaker.moment(when))
    return [told, speaker.say("visit.take_along")]


def take_along(speaker: Speaker, reminder: Reminder) -> list[Button]:
    """The list of questions, and the summary of the newest check if there is one about the same person."""
    whom = key_of(reminder.whom or "self", reminder.subject)
    result = newest(speaker.person, reminder)
    summary = [speaker.button("visit.summary", data.of_result(result.ended.id, "summary"))] if result else []
    return [Button(speaker.say("visit.questions"), press=data.go(f"visit_notes.{whom}")), *summary]
