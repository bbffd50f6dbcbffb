"""What `do:` can do. Each action takes typed arguments and changes the turn in the making."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bonewise.dialogue.booking import BOOKING, BOOKS
from bonewise.dialogue.care_actions import CARE_ACTIONS, DOES_CARE
from bonewise.dialogue.clocks import set_country, set_zone
from bonewise.dialogue.outcome import Arguments, Outcome, Then
from bonewise.dialogue.person import Session
from bonewise.dialogue.reminding import REMINDING, REMINDS
from bonewise.dialogue.screen import Call
from bonewise.dialogue.subjects import called, key_of, remember
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tip_actions import DOES_TIPS, TIP_ACTIONS
from bonewise.dialogue.unknown import DOES_KEEPING, KEEPING
from bonewise.dialogue.wording import day_of
from bonewise.flow.model import SKIPPED, AnswerOf, Do
from bonewise.flow.state import State
from bonewise.scheduling.zones import is_zone

ACTIONS: Mapping[str, Mapping[str, str]] = {
    "agree": {"keep": "text"},
    "set_adult": {"adult": "text"},
    "set_country": {"country": "text"},
    "set_zone": {"zone": "text"},
    "set_language": {"language": "text"},
    "name_subject": {"name": "text"},
    **REMINDING,
    **TIP_ACTIONS,
    **BOOKING,
    **CARE_ACTIONS,
    **KEEPING,
}
"""Each action's arguments and their types, which the loader of flows checks; one with a `?` can be left out."""


def run(talk: Talk, session: Session, state: State, do: Do) -> Outcome:
    """Do one action with the answers it names."""
    given = {
        name: state.values.get(value.step) if isinstance(value, AnswerOf) else value
        for name, value in do.arguments.items()
    }
    if do.action in talk.world.host_actions:
        talk.call(Call(do.action, given))
        return None
    return _DOES[do.action](talk, session, do, given)


def _agree(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    agreed = given["keep"] == "yes"
    talk.change(consent=day_of(talk.now) if agreed else None)
    return None


def _set_adult(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    if given["adult"] is not None:
        talk.change(adult=given["adult"] == "yes")
    return None


def _set_country(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    country = given["country"]
    if isinstance(country, str) and country != SKIPPED:
        set_country(talk, country)
    return None


def _set_zone(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    zone = given["zone"]
    if isinstance(zone, str) and is_zone(zone):
        set_zone(talk, zone)
    return None


def _set_language(talk: Talk, _session: Session, _do: Do, given: Arguments) -> Outcome:
    if given["language"] in talk.world.catalog.languages:
        talk.change(language=given["language"])
    return None


def _name_subject(talk: Talk, session: Session, _do: Do, given: Arguments) -> Outcome:
    """What waits for the name opens about the one who has it."""
    typed = given["name"]
    subject = called(talk.person, typed, talk.fresh_id()) if isinstance(typed, str) and typed != SKIPPED else None
    talk.person = remember(talk.person, subject)
    return Then(f"{session.then}.{key_of('other', subject)}") if session.then else None


_DOES: Mapping[str, Callable[[Talk, Session, Do, Arguments], Outcome]] = {
    "agree": _agree,
    "set_adult": _set_adult,
    "set_country": _set_country,
    "set_zone": _set_zone,
    "set_language": _set_language,
    "name_subject": _name_subject,
    **REMINDS,
    **DOES_TIPS,
    **BOOKS,
    **DOES_CARE,
    **DOES_KEEPING,
}
