"""In a group nobody's health is talked about: only learn pages are shown, and the way to the private chat."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.pages import draw_page
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.flow.model import Flow

LEARN = "learn"  # the first learn page, and how the ids of the others begin


def answer_group(talk: Talk, text: str) -> None:
    """Answer a command, a mention or a press in a group."""
    page = _page(talk, text)
    if page is None:
        talk.show(lambda speaker: speaker.screen(speaker.say("ui.group.text"), rows(_private(speaker)), role="page"))
    else:
        talk.show(lambda speaker: _draw(speaker, talk, page))


def _page(talk: Talk, text: str) -> Flow | None:
    flow = talk.world.flows.flows.get(_named(text))
    return flow if flow is not None and flow.kind == "page" and flow.id.startswith(LEARN) else None


def _named(text: str) -> str:
    if text.strip() == f"/{LEARN}":
        return LEARN
    pressed = data.parse(text)
    return pressed.parts[0] if pressed and pressed.kind in {"in", "go"} else ""


def _draw(speaker: Speaker, talk: Talk, page: Flow) -> Screen:
    """The page with those of its links that open another learn page."""
    screen = draw_page(speaker, talk, page, None)
    links = [b for row in screen.buttons for b in row if b.press is not None and _page(talk, b.press) is not None]
    return replace(screen, buttons=rows(links, _private(speaker)))


def _private(speaker: Speaker) -> list[Button]:
    name = speaker.world.bot_name
    return [Button(speaker.say("ui.group.button"), url=f"https://t.me/{name}?start=go-check_menu")] if name else []
