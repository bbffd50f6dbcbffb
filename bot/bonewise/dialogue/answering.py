"""A question of the person's own: the page that answers it, or a choice of topics. An open question comes after it."""

from __future__ import annotations

from collections.abc import Iterable

from bonewise.dialogue.answers import check_button, draw_answer, draw_offer, topic_buttons
from bonewise.dialogue.event import Text
from bonewise.dialogue.links import link_buttons
from bonewise.dialogue.opening import HOME, open_link
from bonewise.dialogue.person import Session
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.topics import OUT_OF_SCOPE, Topic
from bonewise.dialogue.unknown import ask_once, note_unknown, note_unmeant
from bonewise.dialogue.walking import go_on
from bonewise.flow.model import Link

OWN_SYMPTOM = "personal_symptom_check"
"""The topic of a symptom of the person's own: checks are offered for it, and nothing is answered."""

NEAREST = ("tingling", "learn")  # links for a text that is about nothing known


def answer_at_once(talk: Talk, event: Text) -> bool:
    """Show the page that answers the text, if it is sure enough which; whether it was."""
    topics = _known(talk, event.topics)
    if event.band != "answer" or not topics or topics[0].id == OWN_SYMPTOM:
        return False
    show_topic(talk, topics[0], [topic.id for topic in topics[1:]])
    return True


def answer_in_a_check(talk: Talk, event: Text) -> bool:
    """Answer the text or offer topics while a question is open; whether anything was shown.

    A symptom of the person's own is no other question there: it is an answer that was not understood.
    """
    if answer_at_once(talk, event):
        return True
    topics = _known(talk, event.topics)
    if event.band != "offer" or not topics or topics[0].id == OWN_SYMPTOM:
        return False
    others = [topic for topic in topics if topic.id != OWN_SYMPTOM]
    talk.show(lambda speaker: draw_offer(speaker, "ui.not_understood", topic_buttons(speaker, others)))
    return True


def answer_in_between(talk: Talk, event: Text, session: Session) -> None:
    """Answer a text that was said to be a question, and then ask the open question again."""
    if not answer_in_a_check(talk, event):
        note_unknown(talk, event)
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.other_words")))
    go_on(talk, session)


def offer(talk: Talk, event: Text) -> bool:
    """Offer what the text may be about; whether anybody can tell. If not, it counts as not understood."""
    topics = _known(talk, event.topics) if event.band != "unknown" else ()
    if not topics:
        note_unknown(talk, event)
        return False
    own = topics[0].id == OWN_SYMPTOM

    def draw(speaker: Speaker) -> Screen:
        checks = check_button(speaker, topics, OWN_SYMPTOM) if own else []
        text = "ui.own_symptom" if own else "ui.not_understood"
        return draw_offer(speaker, text, [*checks, *topic_buttons(speaker, topics)])

    talk.show(draw)
    return True


def show_not_known(talk: Talk, event: Text) -> None:
    """Say that the text is beyond this guide or was not understood, with the nearest checks and pages."""
    beyond = talk.world.topics.get(OUT_OF_SCOPE) if event.topics[:1] == (OUT_OF_SCOPE,) else None
    if beyond is not None:
        show_topic(talk, beyond, ())
    else:
        talk.show(lambda speaker: draw_offer(speaker, "ui.not_understood", _nearest(speaker)))
    ask_once(talk)


def press_topic(talk: Talk, name: str) -> None:
    """A topic that was offered is the one that was meant."""
    topic = talk.world.topics.get(name)
    if topic is None:
        open_link(talk, HOME)
        return
    show_topic(talk, topic, ())
    session = _open_session(talk)
    if session is not None and not _opens_another(talk, topic):
        go_on(talk, session)


def press_not_meant(talk: Talk, name: str, others: Iterable[str]) -> None:
    """The answer was to another question: offer what else may have been meant, or what people ask next."""
    topic = talk.world.topics.get(name)
    if topic is not None:
        note_unmeant(talk, "not_meant", topic.id)
    named = dict.fromkeys([*others, *(topic.next if topic else ())])
    topics = [one for one in _known(talk, named) if one.id != OWN_SYMPTOM]
    talk.show(
        lambda speaker: draw_offer(speaker, "ui.meant_other", topic_buttons(speaker, topics) or _nearest(speaker))
    )
    session = _open_session(talk)
    if session is not None:
        go_on(talk, session)


def press_none(talk: Talk) -> None:
    """None of the topics that were offered was meant."""
    note_unmeant(talk, "none")
    talk.show(lambda speaker: speaker.screen(speaker.say("ui.other_words")))
    session = _open_session(talk)
    if session is None:
        open_link(talk, HOME)
    else:
        go_on(talk, session)


def _known(talk: Talk, names: Iterable[str]) -> tuple[Topic, ...]:
    return tuple(talk.world.topics[name] for name in names if name in talk.world.topics)


def _open_session(talk: Talk) -> Session | None:
    return talk.session if talk.session is not None and not talk.session.left else None


def is_question_open(talk: Talk) -> bool:
    """Whether a flow is under way that was not left."""
    return _open_session(talk) is not None


def _opens_another(talk: Talk, topic: Topic) -> bool:
    return talk.world.flows.flows[topic.page].kind != "page"


def show_topic(talk: Talk, topic: Topic, others: Iterable[str]) -> None:
    """The answer about a topic; `others` may have been meant as well."""
    if _opens_another(talk, topic) or topic.id == OWN_SYMPTOM:
        open_link(talk, topic.page)
        return
    check = not is_question_open(talk)
    talk.show(lambda speaker: draw_answer(speaker, talk, topic, others, check=check))


def _nearest(speaker: Speaker) -> list[Button]:
    return link_buttons(speaker, [Link(to) for to in NEAREST if to in speaker.world.flows.flows], "home")
