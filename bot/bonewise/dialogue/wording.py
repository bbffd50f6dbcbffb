"""How an answer reads: the label of an option, a day in words, the name of a country."""

from __future__ import annotations

from datetime import date, datetime, time

from bonewise.dialogue.providers import row_words
from bonewise.dialogue.speaker import Speaker
from bonewise.flow.model import SKIPPED, Ask, Date, Flow, Many, One, Place, Text, Time, Value
from bonewise.flow.state import State
from bonewise.i18n import format as formats


def option_key(ask: Ask, option: str) -> str:
    """Where an option's label stands."""
    if option == SKIPPED:
        return "ui.skipped"
    named = ask.kind.named if isinstance(ask.kind, One | Many) else None
    return f"options.{named}.{option}" if named else f"{ask.key}.options.{option}"


def label(speaker: Speaker, ask: Ask, option: str, *, again: bool = False) -> str:
    """An option's label, in the re-ask its own one if it has one."""
    own = f"{ask.key}.again_options.{option}"
    key = own if again and speaker.has(own) else option_key(ask, option)
    return speaker.say(key, other=about_other(speaker))


def line(speaker: Speaker, ask: Ask, option: str, *, again: bool = False) -> str:
    """An option's line in the message, or nothing if its label says it all."""
    keys = (f"{ask.key}.{kind}.{option}" for kind in (("again_lines", "lines") if again else ("lines",)))
    key = next((key for key in keys if speaker.has(key)), None)
    return speaker.say(key, other=about_other(speaker)) if key else ""


def about_other(speaker: Speaker) -> bool:
    """Whether the open check is about somebody else."""
    sessions = speaker.person.sessions
    return bool(sessions) and sessions[-1].about == "other"


def wording(speaker: Speaker, ask: Ask, value: Value) -> str:
    """An answer in the person's language."""
    if value == SKIPPED:
        return speaker.say("ui.skipped")
    match ask.kind:
        case Many() if isinstance(value, tuple):
            return formats.listing([label(speaker, ask, option) for option in value], speaker.tag)
        case One(provider=None):
            return label(speaker, ask, str(value))
        case Date():
            return formats.day(date.fromisoformat(str(value)), speaker.tag)
        case Time():
            return formats.hour(time.fromisoformat(str(value)), speaker.tag)
        case Place():
            return formats.country(str(value), speaker.tag)
        case One(provider=str() as provider):
            return row_words(speaker, provider, str(value))
        case Text() | One():
            return str(value)
        case _:
            return formats.number(value if isinstance(value, int | float) else 0, speaker.tag)


def answers_in_words(speaker: Speaker, flow: Flow, state: State) -> dict[str, object]:
    """What fills in the placeholders named after the flow's own questions."""
    asks = {step.id: step for step in flow.steps if isinstance(step, Ask) and "." not in step.id}
    return {step: wording(speaker, asks[step], value) for step, value in state.values.items() if step in asks}


def day_of(moment: datetime) -> str:
    """The day of a moment as it is kept."""
    return moment.date().isoformat()
