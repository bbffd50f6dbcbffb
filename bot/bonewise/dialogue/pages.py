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
from bonewise.flow.model import Flow, Say
from bonewise.flow.play import play
from bonewise.flow.shape import is_reviewed
from bonewise.flow.state import State
from bonewise.i18n import format as formats
from bonewise.i18n.markup import plain


def show_page(talk: Talk, flow: Flow, message: str | None = None) -> None:
    """Show a page, in place of the message whose link was pressed if that is given."""
    talk.show(lambda speaker: draw_page(speaker, talk, flow, message))


def draw_page(speaker: Speaker, talk: Talk, flow: Flow, message: str | None) -> Screen:
    """A page with its links; `message` is the one that it replaces."""
    text, shown = page_words(speaker, talk, flow)
    links = page_links(speaker, talk, flow, in_place=True)
    more = [Button(speaker.say("ui.sources"), press=data.sources(flow.id))] if page_sources(flow) else []
    return speaker.screen(text, link_rows(links, *more), role="page", message=message, **shown)


def page_words(speaker: Speaker, talk: Talk, flow: Flow) -> tuple[str, dict[str, str]]:
    """What a page says to this person, and its picture in a screen's own words."""
    state = _read(talk, flow)
    session = Session("", flow.id, flow.version, talk.now, talk.now)
    text = "\n".join(say_text(speaker, flow, session, state, say, **_reviews(speaker)) for say in state.said)
    return text, _picture(speaker, state.said)


def page_links(speaker: Speaker, talk: Talk, flow: Flow, *, in_place: bool = False) -> list[Button]:
    """A page's own links."""
    says = _read(talk, flow).said
    return [button for say in says for button in link_buttons(speaker, say.links, say.key, in_place=in_place)]


def _read(talk: Talk, flow: Flow) -> State:
    return play(flow, (), traits=traits_of(talk.person))


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
        folded = words_of_sources(speaker, sources) if sources else None
        home = Button(speaker.say("home.link"), press=data.go("home"))
        help_now = Button(speaker.say("emergency.link"), press=data.go("emergency"), style="danger")
        return speaker.screen(speaker.say(key), rows([home], [help_now]), role="page", folded=folded)

    talk.show(draw)


def show_sources(talk: Talk, ids: tuple[str, ...]) -> None:
    """Show where a page's or a result's statements come from."""
    talk.show(lambda speaker: speaker.screen(words_of_sources(speaker, ids), role="page"))


def words_of_sources(speaker: Speaker, ids: tuple[str, ...]) -> str:
    """Where statements come from, one source a line."""
    lines = [_source_line(speaker, source) for source in dict.fromkeys(ids)]
    return "\n".join([speaker.say("ui.sources_heading"), *lines])


def _source_line(speaker: Speaker, source: str) -> str:
    found = speaker.world.flows.sources[source]
    parts = [found.title, found.publisher, str(found.year or ""), found.address or ""]
    return speaker.say("ui.source_line", source=", ".join(part for part in parts if part))


def page_sources(flow: Flow) -> tuple[str, ...]:
    """The sources of a page."""
    return tuple(source for step in flow.steps for source in getattr(step, "sources", ()))
