"""Pages: texts with links, which turn in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bonewise.dialogue import data
from bonewise.dialogue.layout import rows
from bonewise.dialogue.links import link_buttons, link_rows
from bonewise.dialogue.person import Session
from bonewise.dialogue.question import say_text
from bonewise.dialogue.screen import Button, Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.traits import traits_of
from bonewise.flow.model import Flow, Link, Say
from bonewise.flow.play import play
from bonewise.flow.shape import is_reviewed
from bonewise.i18n import format as formats
from bonewise.i18n.markup import plain


def show_page(talk: Talk, flow: Flow, message: str | None = None) -> None:
    """Show a page, in place of the message whose link was pressed if that is given."""
    talk.show(lambda speaker: draw_page(speaker, talk, flow, message))


def draw_page(speaker: Speaker, talk: Talk, flow: Flow, message: str | None, also: tuple[Link, ...] = ()) -> Screen:
    """A page with its links, and those that are `also` wanted here; `message` is the one that it replaces."""
    state = play(flow, (), traits=traits_of(talk.person))
    session = Session("", flow.id, flow.version, talk.now, talk.now)
    text = "\n".join(say_text(speaker, flow, session, state, say, **_reviews(speaker)) for say in state.said)
    own = [b for say in state.said for b in link_buttons(speaker, say.links, say.key, in_place=True)]
    known = {button.press for button in own}
    links = [*own, *(b for b in link_buttons(speaker, also, flow.id, in_place=True) if b.press not in known)]
    sourced = any(say.sources for say in state.said)
    more = [Button(speaker.say("ui.sources"), press=data.sources(flow.id))] if sourced else []
    shown = _picture(speaker, state.said)
    return speaker.screen(text, link_rows(links, *more), role="page", message=message, **shown)


def _picture(speaker: Speaker, said: Iterable[Say]) -> dict[str, str]:
    """The picture of a page, which has one at most, in a screen's own words."""
    for say in said:
        if say.picture is not None:
            return {"picture": say.picture.id, "picture_words": plain(speaker.say(f"{say.key}.picture"))}
    return {}


def _reviews(speaker: Speaker) -> dict[str, object]:
    """Which checks somebody has reviewed as they are now, and which nobody has, by their titles."""
    checks = [flow for flow in speaker.world.flows.flows.values() if flow.kind == "check"]
    return {
        "reviewed": _titles(speaker, [flow for flow in checks if is_reviewed(flow)]),
        "unreviewed": _titles(speaker, [flow for flow in checks if not is_reviewed(flow)]),
    }


def _titles(speaker: Speaker, flows: Sequence[Flow]) -> object:
    if not flows:
        return speaker.own(speaker.say("about_state.none"))
    return speaker.own(formats.listing([f"“{speaker.say(f'{flow.id}.title')}”" for flow in flows], speaker.tag))


def show_page_text(talk: Talk, key: str, sources: tuple[str, ...]) -> None:
    """Show a card of a check, with where it comes from folded below it."""

    def draw(speaker: Speaker) -> Screen:
        folded = _draw_sources(speaker, sources).text if sources else None
        home = Button(speaker.say("home.link"), press=data.go("home"))
        help_now = Button(speaker.say("emergency.link"), press=data.go("emergency"), style="danger")
        return speaker.screen(speaker.say(key), rows([home], [help_now]), role="page", folded=folded)

    talk.show(draw)


def show_sources(talk: Talk, ids: tuple[str, ...]) -> None:
    """Show where a page's or a result's statements come from."""
    talk.show(lambda speaker: _draw_sources(speaker, ids))


def _draw_sources(speaker: Speaker, ids: tuple[str, ...]) -> Screen:
    lines = [_source_line(speaker, source) for source in dict.fromkeys(ids)]
    return speaker.screen("\n".join([speaker.say("ui.sources_heading"), *lines]), role="page")


def _source_line(speaker: Speaker, source: str) -> str:
    found = speaker.world.flows.sources[source]
    parts = [found.title, found.publisher, str(found.year or ""), found.address or ""]
    return speaker.say("ui.source_line", source=", ".join(part for part in parts if part))


def page_sources(flow: Flow) -> tuple[str, ...]:
    """The sources of a page."""
    return tuple(source for step in flow.steps for source in getattr(step, "sources", ()))
