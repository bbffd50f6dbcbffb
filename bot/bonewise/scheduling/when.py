"""Typed days and times in a language's own words. Never a guess: what has two readings is `Unclear`."""

from __future__ import annotations

from datetime import date, time

from bonewise.scheduling.unclear import Reason as Reason
from bonewise.scheduling.unclear import Unclear as Unclear
from bonewise.scheduling.when_day import read_day, time_behind
from bonewise.scheduling.when_time import read_time
from bonewise.scheduling.when_words import WhenWords


def parse_day(text: str, today: date, words: WhenWords) -> date | Unclear:
    """The day that a person typed, today or later: "tomorrow", "next Tuesday", "in 3 days", "3 December", an ISO date.

    A time behind it ("tomorrow at 9") is left for `parse_time`. `today` is the person's own.
    """
    return read_day(words.tokens(text), today)


def parse_time_behind(text: str, words: WhenWords) -> time | None:
    """The time in a text that names a day first: "tomorrow at 9", "Tuesday 16:30". None where none is clear."""
    return time_behind(words.tokens(text))


def parse_time(text: str, words: WhenWords) -> time | Unclear:
    """The time of day that a person typed: "9", "9:30", "9 pm", "half past nine", "noon".

    A bare hour from 7 to 12 is the morning's, or noon; from 1 to 6 it is unclear which half of the day is meant.
    """
    return read_time(words.tokens(text))
