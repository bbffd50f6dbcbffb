"""What can be chosen at a question, in the order of its buttons."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.traits import today_of
from bonewise.dialogue.wording import label, line, wording
from bonewise.flow.model import NONE, PRESSED, SKIPPED, UNSURE, Ask, Date, Many, Number, One, Place, Say, Time
from bonewise.flow.state import CONFIRMATIONS, Confirm, Open
from bonewise.scheduling.recurrence import next_workday

CHANGE, KEEP = "change", "keep"  # a milder answer counts, or the one before it
ROWS_A_PAGE = 5  # with More, Back and Leave they are eight buttons; voice.md, rules of the talk
SCALE = 11  # a number with at most this many values has a button for each


class Choice(NamedTuple):
    """One button: the value it stands for, as it goes into the button's data, and its label."""

    value: str
    label: str
    line: str = ""  # what stands for it in the message, where the label is short

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.label, self.line) if self.line else (self.label,)


def choices(speaker: Speaker, step: Open, *, again: bool = False) -> tuple[Choice, ...]:
    """The choices of a step that waits, without Back and Leave."""
    match step:
        case Say():
            return (Choice(PRESSED, speaker.say(f"{step.key}.button")),)
        case Confirm():
            return tuple(Choice(value, speaker.say(f"ui.kept.{value}")) for value in CONFIRMATIONS)
        case Ask():
            skip = (Choice(SKIPPED, speaker.say("ui.skip")),) if step.skip else ()
            return (*_of_kind(speaker, step, again), *skip)


def on_page(step: Open, options: tuple[Choice, ...], page: int) -> tuple[Choice, ...]:
    """Those of the choices that have a button now: the person's own rows can be more than fit, and come in pages."""
    if not has_pages(step, options):
        return options
    first = page % -(-len(options) // ROWS_A_PAGE) * ROWS_A_PAGE
    return options[first : first + ROWS_A_PAGE]


def has_pages(step: Open, options: tuple[Choice, ...]) -> bool:
    """Whether the choices are more than fit on one screen."""
    own_rows = isinstance(step, Ask) and isinstance(step.kind, One) and step.kind.provider is not None
    return own_rows and len(options) > ROWS_A_PAGE


def alone(value: str) -> bool:
    """Whether an option of a `many` excludes the rest and is sent at once."""
    return value in {NONE, UNSURE, SKIPPED}


def _of_kind(speaker: Speaker, ask: Ask, again: bool) -> tuple[Choice, ...]:
    match ask.kind:
        case One(provider=str() as provider):
            return tuple(Choice(row.id, row.label) for row in PROVIDERS[provider](speaker))
        case One() | Many():
            return tuple(
                Choice(option, label(speaker, ask, option, again=again), line(speaker, ask, option, again=again))
                for option in ask.kind.options
            )
        case Number(low, high) if high - low < SCALE:
            return tuple(Choice(str(n), wording(speaker, ask, n)) for n in range(int(low), int(high) + 1))
        case Date():
            return tuple(_day(speaker, ask, name) for name in ask.kind.offer)
        case Time():
            return tuple(Choice(hour.replace(":", "."), wording(speaker, ask, hour)) for hour in ask.kind.offer)
        case Place():
            return tuple(Choice(code, wording(speaker, ask, code)) for code in _nearest_first(speaker, ask.kind.offer))
    return ()


def _nearest_first(speaker: Speaker, offered: tuple[str, ...]) -> tuple[str, ...]:
    """As many countries as are offered, that of the person's app before the others."""
    nearest = (speaker.person.hinted or "").partition("-")[2].upper()
    if nearest not in speaker.world.countries:
        return offered
    return (nearest, *(code for code in offered if code != nearest))[: len(offered)]


def today(speaker: Speaker) -> date:
    """The person's own day."""
    return today_of(speaker.person, speaker.now)


def is_too_far(speaker: Speaker, kind: Date, day: date) -> bool:
    """Whether a day lies behind the last one that the question takes."""
    return kind.until_days is not None and (day - today(speaker)).days > kind.until_days


def _day(speaker: Speaker, ask: Ask, name: str) -> Choice:
    tomorrow = today(speaker) + timedelta(days=1)
    day = {"today": today(speaker), "tomorrow": tomorrow}.get(name) or next_workday(tomorrow, speaker.person.country)
    value = day.isoformat()
    return Choice(value, speaker.say(f"ui.days.{name}", day=speaker.own(wording(speaker, ask, value))))
