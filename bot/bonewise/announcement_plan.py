"""The plan of an announcement in words, for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bonewise.dialogue.announcing import Announcement
from bonewise.scheduling.forecast import forecast
from bonewise.scheduling.recurrence import QUIET_FROM, QUIET_UNTIL, in_quiet_hours
from bonewise.service.audience import Audience
from bonewise.service.outbox import FLOOR
from bonewise.service.pace import PER_SECOND

STARS = 0.1  # for a message (https://core.telegram.org/bots/api#paid-broadcasts)


def plan(announcement: Announcement, found: Audience, now: datetime, paid_rate: int | None) -> Iterator[str]:
    """Who gets it, in which language, when it is done at the allowed rate, and what that can cost."""
    yield f"Announcement {announcement.id}, until {announcement.until.isoformat()}"
    yield f"  {found.people} of {found.known} people get it: they agreed to news of the bot."
    yield from _languages(announcement, found)
    if found.tips_only:
        yield f"  {found.tips_only} have tips and did not agree to news, so they do not get it."
    if found.damaged:
        yield f"  {found.damaged} have a row that cannot be read, so they do not get it; see the log of the bot."
    yield from _times(announcement, found, now, paid_rate)


def _languages(announcement: Announcement, found: Audience) -> Iterator[str]:
    for (own, text), count in sorted(found.languages.items(), key=lambda item: (-item[1], item[0])):
        fallback = "" if own.split("-")[0] == text.split("-")[0] else f", in {text}: there is no text in their language"
        yield f"    {'language not known' if own == 'und' else own}: {count}{fallback}"


def _times(announcement: Announcement, found: Audience, now: datetime, paid_rate: int | None) -> Iterator[str]:
    asleep = sum(count for zone, count in found.clocks.items() if in_quiet_hours(now, zone))
    if asleep:
        hours = f"{QUIET_FROM:%H:%M} to {QUIET_UNTIL:%H:%M}"
        yield f"  {asleep} sleep now ({hours} by their own clocks) and get it in their morning."
    if found.at_the_page:
        yield f"  {found.at_the_page} are at the chat page and get it when they are there."
    for words, per_second in _FREE if paid_rate is None else ((f"{paid_rate} a second, paid", paid_rate),):
        seen = forecast(found.clocks, now, per_second, announcement.until)
        left = f"; {seen.left} are not reached by their last day" if seen.left else ""
        yield f"  Done by {seen.done + timedelta(minutes=1):%Y-%m-%d %H:%M} UTC with {words}{left}."
    if paid_rate is not None:
        most = (found.people - found.at_the_page) * STARS
        beyond = f"Telegram says that it charges what is beyond {PER_SECOND} a second"
        yield f"  It can cost {most:,.1f} Stars, {STARS} for each message; {beyond}."


_FREE: tuple[tuple[str, float], ...] = (
    (f"nothing else to send, {PER_SECOND} a second", PER_SECOND),
    (f"replies without end, one message in {FLOOR}", PER_SECOND / FLOOR),
)
