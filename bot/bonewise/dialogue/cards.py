"""Cards for a question that is typed in another chat: an answer that can be shared there. Nothing of it is kept.

Who asks is nobody we know: no country, no check that is open, and only their app's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bonewise.dialogue.answering import OWN_SYMPTOM
from bonewise.dialogue.event import Text
from bonewise.dialogue.layout import Rows, rows
from bonewise.dialogue.pages import page_sources, page_words, words_of_sources
from bonewise.dialogue.person import Person
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.topics import COURTESY, OUT_OF_SCOPE, Topic
from bonewise.dialogue.world import World
from bonewise.i18n.markup import plain

MOST = 3
_NO_CARD = {OWN_SYMPTOM, COURTESY, OUT_OF_SCOPE}
_HOME, _CHECKS = "go-home", "go-check_menu"


@dataclass(frozen=True, slots=True)
class Card:
    """One card: how it is offered, and what is shared."""

    id: str
    title: str
    description: str
    screen: Screen


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards for one question, best first; `ask` is the label of the way to the private chat, `start` where to."""

    cards: tuple[Card, ...]
    ask: str
    start: str


def draw_cards(world: World, event: Text, language: str | None, now: datetime) -> Cards:
    """What can be shared for a text. Words that may not wait bring what to do in an emergency first.

    `language` is what the app says; a text that is clearly in a served language is answered in that one.
    """
    spoken = world.spoken.language(event.text)
    talk = Talk(world, Person("", "telegram", language=spoken, hinted=language), now, "")
    kind = event.alarm_kind or "emergency"
    alarm = [_card(talk, kind, partial(_alarm, kind=kind), "inline.now")] if event.alarm != "none" else []
    topics = _answered(world, event.topics if event.band != "unknown" and event.alarm != "hard" else ())
    answers = [_card(talk, one.id, partial(_answer, talk=talk, topic=one), f"topics.{one.id}.link") for one in topics]
    own = OWN_SYMPTOM in event.topics[:1]
    return Cards((*alarm, *answers)[:MOST], plain(talk.read(lambda s: s.say("inline.ask"))), _CHECKS if own else _HOME)


def _answered(world: World, names: Iterable[str]) -> list[Topic]:
    topics = [world.topics[name] for name in names if name in world.topics and name not in _NO_CARD]
    return [topic for topic in topics if world.flows.flows[topic.page].kind == "page"]


def _card(talk: Talk, name: str, draw: partial[Screen], description: str) -> Card:
    screen = talk.drawn(draw)
    told = talk.read(lambda speaker: speaker.say(description) if speaker.has(description) else "")
    return Card(name, plain(screen.text).partition("\n")[0], plain(told), screen)


def _alarm(speaker: Speaker, kind: str) -> Screen:
    more = "emergency.worse" if kind == "emergency" else "emergency.crisis_more"
    parts = [f"{speaker.say(f'levels.{kind}.lead')}\n{speaker.say(f'levels.{kind}.do')}", speaker.say(more)]
    return speaker.screen("\n".join(parts), _below(speaker), role="emergency")


def _answer(speaker: Speaker, talk: Talk, topic: Topic) -> Screen:
    page = talk.world.flows.flows[topic.page]
    text, _ = page_words(speaker, talk, page)
    key = f"topics.{topic.id}.question"
    asked = [f"**{speaker.say(key)}**"] if speaker.has(key) else []
    ids = page_sources(page)
    folded = words_of_sources(speaker, ids) if ids else None
    return speaker.screen(
        "\n".join([*asked, text, speaker.say("inline.from")]), _below(speaker), role="page", folded=folded
    )


def _below(speaker: Speaker) -> Rows:
    name = speaker.world.bot_name
    return rows([Button(speaker.say("inline.more"), url=f"https://t.me/{name}?start={_HOME}")]) if name else ()
