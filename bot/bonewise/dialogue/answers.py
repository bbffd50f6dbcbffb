"""The answer to a typed question: the question it answers, a page, its sources, what people ask next, and a way out."""

from __future__ import annotations

from collections.abc import Iterable

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.links import link_buttons, link_rows
from bonewise.dialogue.pages import page_links, page_sources, page_words, words_of_sources
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.topics import Topic
from bonewise.flow.model import Link

MOST_OFFERED = 3


def draw_answer(speaker: Speaker, talk: Talk, topic: Topic, others: Iterable[str], *, check: bool) -> Screen:
    """The page of a topic as an answer. `others` are the topics that may have been meant instead, best first; `check`
    is False while a check is open, where no other one is offered."""
    page = talk.world.flows.flows[topic.page]
    text, shown = page_words(speaker, talk, page)
    ids = page_sources(page)
    key = f"topics.{topic.id}.question"
    asked = [f"**{speaker.say(key)}**"] if speaker.has(key) else []
    way_out = Button(speaker.say("ui.not_meant"), press=data.not_meant(topic.id, others))
    return speaker.screen(
        "\n".join([*asked, text]),
        link_rows(_ways_on(speaker, talk, topic, check), way_out),
        role="page",
        folded=words_of_sources(speaker, ids) if ids else None,
        **shown,
    )


def draw_offer(speaker: Speaker, text: str, buttons: list[Button]) -> Screen:
    """At most three buttons, and one for none of them."""
    none = Button(speaker.say("ui.none_of_these"), press=data.own("none_of_these"))
    return speaker.screen(speaker.say(text), rows(*([button] for button in [*buttons[:MOST_OFFERED], none])))


def topic_buttons(speaker: Speaker, topics: Iterable[Topic]) -> list[Button]:
    """One button for each page: two topics may have the same."""
    named = list(topics)
    by_page = {topic.page: topic for topic in reversed(named)}
    return [_topic_button(speaker, topic) for topic in named if by_page[topic.page] is topic]


def check_button(speaker: Speaker, topics: Iterable[Topic], key: str) -> list[Button]:
    """The check of the nearest topic that has one; `key` is where a label of its own stands."""
    check = next((topic.check for topic in topics if topic.check), None)
    return link_buttons(speaker, [Link(check, "primary")], key) if check else []


def _ways_on(speaker: Speaker, talk: Talk, topic: Topic, check: bool) -> list[Button]:
    """The check that fits, what people ask next (else the page's own links), and the page's red button."""
    known = talk.world.topics
    first = check_button(speaker, [topic], topic.page) if check else []
    own = page_links(speaker, talk, talk.world.flows.flows[topic.page])
    if not topic.next:
        links = [button for button in own if button.press not in {button.press for button in first}]
        return [*first, *links]
    following = [
        _topic_button(speaker, known[name]) if name in known else link_buttons(speaker, [Link(name)], topic.page)[0]
        for name in topic.next
    ]
    return [*first, *following, *(button for button in own if button.style == "danger")]


def _topic_button(speaker: Speaker, topic: Topic) -> Button:
    own = f"topics.{topic.id}.link"
    return Button(speaker.say(own if speaker.has(own) else f"{topic.page}.link"), press=data.topic(topic.id))
