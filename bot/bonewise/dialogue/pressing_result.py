"""A button under a result was pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bonewise.dialogue.data import Data
from bonewise.dialogue.emergency import show_again
from bonewise.dialogue.leaving import show_stale
from bonewise.dialogue.person import Result
from bonewise.dialogue.reasons import show_reasons
from bonewise.dialogue.result import show_share, show_summary
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import flow_of, take_back


def press_result(talk: Talk, pressed: Data) -> None:
    """Show what belongs to a result, or take it back as a mistake."""
    name, what = pressed.parts
    result = next((result for result in talk.person.results if result.ended.id == name), None)
    if result is None or result.ended.flow not in talk.world.flows.flows or what not in _BUTTONS:
        show_stale(talk)
    else:
        _BUTTONS[what](talk, result)


def show_summary_of(talk: Talk, result: Result) -> None:
    """The person's own answers of this result, for the doctor."""
    show_summary(talk, flow_of(talk, result.ended), result, talk.fold(result.ended))


def _share(talk: Talk, result: Result) -> None:
    show_share(talk, flow_of(talk, result.ended), result)


def _reasons(talk: Talk, result: Result) -> None:
    show_reasons(talk, flow_of(talk, result.ended), result.ended, talk.fold(result.ended))


def _again(talk: Talk, result: Result) -> None:
    """The card once more, for who answers it in words."""
    if result.level.stops:
        show_again(talk, result.ended, talk.fold(result.ended))


def _mistake(talk: Talk, result: Result) -> None:
    session = result.ended
    state = talk.fold(session)
    if state.answers and state.open is None:
        others = tuple(other for other in talk.person.results if other is not result)
        talk.change(results=others)
        talk.unplan(f"help-{session.id}")
        take_back(talk, session)


_BUTTONS: Mapping[str, Callable[[Talk, Result], None]] = {
    "summary": show_summary_of,
    "share": _share,
    "sources": _reasons,
    "mistake": _mistake,
    "again": _again,
}
