"""Another language is offered, once, to who clearly types in it. It is never forced."""

from __future__ import annotations

from bonewise.dialogue import data
from bonewise.dialogue.answering import is_question_open, show_topic
from bonewise.dialogue.common_words import NO, YES
from bonewise.dialogue.event import Text
from bonewise.dialogue.layout import rows
from bonewise.dialogue.opening import HOME, open_link
from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import go_on

MOST = 3  # messages for one text, of which this is the last
_ASK, _YES = "language.offer.ask", "language.offer.yes"


def offer_language(talk: Talk, event: Text, before: Person) -> None:
    """Offer the language of a text that answered no question; `before` is the person before the text."""
    tag = talk.world.spoken.language(event.text) if event.alarm == "none" else None
    catalog = talk.world.catalog
    if tag is None or _base(tag) == _base(talk.languages[0]) or tag in talk.person.offered_languages:
        return
    if talk.new_screens >= MOST or _answered(before, talk.person) or not all(catalog.has(tag, k) for k in (_ASK, _YES)):
        return
    talk.change(offered_languages=(*talk.person.offered_languages, tag))
    answered = event.topics[0] if event.band == "answer" else None
    talk.show(lambda speaker: _draw(speaker.in_language(tag), answered))
    stay = data.own("resume") if is_question_open(talk) else data.go(HOME)
    talk.words = {YES: data.language(tag, answered), NO: stay}


def press_language(talk: Talk, tag: str, topic: str) -> None:
    """Go on in this language: with the open question, or with the answer that was shown in the other one."""
    if tag in talk.world.catalog.languages:
        talk.change(language=tag)
    if is_question_open(talk) and talk.session is not None:
        go_on(talk, talk.session)
    elif topic in talk.world.topics:
        show_topic(talk, talk.world.topics[topic], ())
    else:
        open_link(talk, HOME)


def _answered(before: Person, now: Person) -> bool:
    """Whether an answer was taken, or a flow ended or began."""
    return [one.answers for one in before.sessions] != [one.answers for one in now.sessions] and before.greeted


def _base(tag: str) -> str:
    return tag.partition("-")[0]


def _draw(speaker: Speaker, topic: str | None) -> Screen:
    yes = speaker.button(_YES, data.language(speaker.tag, topic))
    return speaker.screen(speaker.say(_ASK), rows([yes]), role="other_language")
