"""Typed times in English and Spanish."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from when_rows import WORDS

from bonewise.scheduling.when import Reason, Unclear, parse_time, parse_time_behind

ENGLISH = {
    "9": "09:00",
    "at 9": "09:00",
    "9 o'clock": "09:00",
    "nine o’clock": "09:00",
    "9:30": "09:30",
    "9.30": "09:30",
    "09:30": "09:30",
    "9h30": "09:30",
    "9 am": "09:00",
    "9AM": "09:00",
    "9 a.m.": "09:00",
    "9 pm": "21:00",
    "9:30 p.m.": "21:30",
    "09:30 pm": "21:30",
    "around 9": "09:00",
    "half past nine": "09:30",
    "half-past 9": "09:30",
    "quarter past 9": "09:15",
    "a quarter to ten": "09:45",
    "ten to ten": "09:50",
    "20 minutes to ten": "09:40",
    "10 past 9": "09:10",
    "quarter to one": "12:45",
    "half past twelve": "12:30",
    "half past 3 in the afternoon": "15:30",
    "nine thirty": "09:30",
    "nine forty-five": "09:45",
    "noon": "12:00",
    "at midday": "12:00",
    "12 noon": "12:00",
    "midnight": "00:00",
    "12": "12:00",
    "12:30": "12:30",
    "12 pm": "12:00",
    "9 in the morning": "09:00",
    "3 in the morning": "03:00",
    "3 pm": "15:00",
    "15:00": "15:00",
    "1530": "15:30",
    "0930": "09:30",
    "03:00": "03:00",
    "0:30": "00:30",
    "15:00 in the afternoon": "15:00",
    "8 in the evening": "20:00",
    "this evening at 8": "20:00",
    "tonight at 8": "20:00",
    "9 at night": "21:00",
    "12 at night": "00:00",
    "9 am in the morning": "09:00",
    "٩:٣٠": "09:30",
    "९": "09:00",
    "９：３０": "09:30",
}

SPANISH = {
    "9": "09:00",
    "a las 9": "09:00",
    "las 9": "09:00",
    "a las nueve": "09:00",
    "sobre las 9": "09:00",
    "a las 9 en punto": "09:00",
    "9:30": "09:30",
    "9.30": "09:30",
    "9h30": "09:30",
    "21 h": "21:00",
    "21:30 horas": "21:30",
    "a las 9 y media": "09:30",
    "nueve y media": "09:30",
    "9 y cuarto": "09:15",
    "9 y 10": "09:10",
    "diez y veinte": "10:20",
    "10 menos cuarto": "09:45",
    "once menos diez": "10:50",
    "una menos cuarto": "12:45",
    "cuarto para las 10": "09:45",
    "diez para las once": "10:50",
    "9 am": "09:00",
    "9 a. m.": "09:00",
    "9 p.m.": "21:00",
    "a las 9 de la mañana": "09:00",
    "a las 9 de la manana": "09:00",
    "a las 9 de la noche": "21:00",
    "a las 3 de la tarde": "15:00",
    "a las 3 y media de la tarde": "15:30",
    "a la 1 de la tarde": "13:00",
    "a la una de la tarde": "13:00",
    "8 de la tarde": "20:00",
    "a las 2 de la madrugada": "02:00",
    "12 del mediodía": "12:00",
    "12 de la noche": "00:00",
    "12": "12:00",
    "doce y media": "12:30",
    "mediodía": "12:00",
    "al mediodia": "12:00",
    "a medianoche": "00:00",
    "esta noche a las 8": "20:00",
    "esta mañana a las 9": "09:00",
    "15:00": "15:00",
    "０９：３０": "09:30",
    "٩ de la mañana": "09:00",
}

UNCLEAR = {
    "en": {
        "": "not_understood",
        "late": "not_understood",
        "half nine": "not_understood",
        "half to nine": "not_understood",
        "9 or 10": "not_understood",
        "9-10": "not_understood",
        "9 - 10": "not_understood",
        "9, 10": "not_understood",
        "9. 10": "not_understood",
        "between 9 and 10": "not_understood",
        "before 9": "not_understood",
        "after 9": "not_understood",
        "not 9": "not_understood",
        "in 9 hours": "not_understood",
        "9 hours": "not_understood",
        "10 minutes": "not_understood",
        "tomorrow at 9": "not_understood",
        "tomorrow": "not_understood",
        "930": "not_understood",
        "9:5": "not_understood",
        "9:30:00": "not_understood",
        "9/30": "not_understood",
        "am": "not_understood",
        "99999999999": "not_understood",
        "soon": "vague",
        "in the morning": "vague",
        "this afternoon": "vague",
        "3": "ambiguous",
        "3:30": "ambiguous",
        "half past six": "ambiguous",
        "12 am": "ambiguous",
        "2 in the evening": "ambiguous",
        "9 am in the evening": "ambiguous",
        "15 am": "contradiction",
        "0:30 pm": "contradiction",
        "24:00": "impossible",
        "25": "impossible",
        "9:75": "impossible",
        "2575": "impossible",
        "half past 13": "impossible",
    },
    "es": {
        "": "not_understood",
        "mañana": "not_understood",
        "mañana a las 9": "not_understood",
        "entre 9 y 10": "not_understood",
        "9 o 10": "not_understood",
        "9 y las 10": "not_understood",
        "en punto": "not_understood",
        "en 9 horas": "not_understood",
        "10 menos media": "not_understood",
        "pronto": "vague",
        "más tarde": "vague",
        "por la tarde": "vague",
        "por la mañana": "vague",
        "a las 3": "ambiguous",
        "a la una y media": "ambiguous",
        "12 de la mañana": "ambiguous",
        "15 de la mañana": "contradiction",
        "25:00": "impossible",
    },
}


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [(tag, *row) for tag, rows in (("en", ENGLISH), ("es", SPANISH)) for row in rows.items()],
)
def test_a_time_is_understood(tag: str, text: str, expected: str) -> None:
    assert parse_time(text, WORDS[tag]) == time.fromisoformat(expected)


@pytest.mark.parametrize(
    ("tag", "text", "reason"), [(tag, *row) for tag, rows in UNCLEAR.items() for row in rows.items()]
)
def test_what_is_unclear_is_not_guessed(tag: str, text: str, reason: str) -> None:
    found = parse_time(text, WORDS[tag])
    assert isinstance(found, Unclear)
    assert found.reason == Reason(reason)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("3", ["03:00", "15:00"]),
        ("quarter to 4", ["03:45", "15:45"]),
        ("12 am", ["00:00", "12:00"]),
        ("2 in the evening", ["02:00", "14:00"]),
        ("in the morning", ["09:00", "10:00", "11:00"]),
        ("in the evening", ["18:00", "19:00", "20:00"]),
    ],
)
def test_an_unclear_time_comes_with_its_readings(text: str, choices: list[str]) -> None:
    found = parse_time(text, WORDS["en"])
    assert isinstance(found, Unclear)
    assert [f"{choice:%H:%M}" for choice in found.choices] == choices


@given(st.times())
def test_a_time_of_24_hours_is_that_time(at: time) -> None:
    minute = at.replace(second=0, microsecond=0)
    for words in WORDS.values():
        assert parse_time(f"{at:%H:%M}", words) == minute
        assert parse_time(f"{at:%H%M}", words) == minute


# fmt: off
PIECES = [
    "at", "9", "3", "12", "0", "13", "930", "1530", "9:30", "9:75", "am", "pm", "half", "quarter", "past",
    "to", "noon", "morning", "night", "oclock", "y", "menos", "this", "tomorrow", "the", "-", ",", "\u0663",
]
# fmt: on


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.text(max_size=40))
def test_any_text_is_a_time_or_unclear(text: str) -> None:
    for words in WORDS.values():
        assert isinstance(parse_time(text, words), time | Unclear)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("tomorrow at 9", time(9)),
        ("in 3 days at half past nine", time(9, 30)),
        ("Tuesday 16:30", time(16, 30)),
        ("next Tue 4 pm", time(16)),
        ("3 May", None),
        ("tomorrow", None),
        ("9", None),
        ("tomorrow at 3", None),
        ("tomorrow afternoon", None),
    ],
)
def test_a_time_behind_a_day_is_read_if_it_is_clear(text: str, hour: time | None) -> None:
    assert parse_time_behind(text, WORDS["en"]) == hour
