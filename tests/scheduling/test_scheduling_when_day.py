"""Typed days in English and Spanish; today is Wednesday, 25 November 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from when_rows import WORDS

from bonewise.scheduling.when import Reason, Unclear, parse_day

TODAY = date(2026, 11, 25)

ENGLISH = {
    "today": "2026-11-25",
    "Tomorrow!": "2026-11-26",
    "tommorow, please": "2026-11-26",
    "the day after tomorrow": "2026-11-27",
    "tonight": "2026-11-25",
    "this evening": "2026-11-25",
    "tomorrow morning": "2026-11-26",
    "tomorrow at 9": "2026-11-26",
    "tomorrow at half past nine": "2026-11-26",
    "Tuesday at 3": "2026-12-01",
    "tomorrow 9am": "2026-11-26",
    "tomorrow 9:30": "2026-11-26",
    "Tuesday": "2026-12-01",
    "on tues.": "2026-12-01",
    "FRI": "2026-11-27",
    "this Friday": "2026-11-27",
    "this Wednesday": "2026-11-25",
    "next Tuesday": "2026-12-01",
    "next Wednesday": "2026-12-02",
    "Tuesday next week": "2026-12-01",
    "in 3 days": "2026-11-28",
    "in three days": "2026-11-28",
    "3 days from now": "2026-11-28",
    "in a week": "2026-12-02",
    "in two weeks": "2026-12-09",
    "in a fortnight": "2026-12-09",
    "in a month": "2026-12-25",
    "3 December": "2026-12-03",
    "December 3": "2026-12-03",
    "3rd of December": "2026-12-03",
    "the 3rd of dec": "2026-12-03",
    "Dec. 3rd, 2026": "2026-12-03",
    "3 december 26": "2026-12-03",
    "25 November": "2026-11-25",
    "3 March": "2027-03-03",
    "29 February 2028": "2028-02-29",
    "Tuesday 1 December": "2026-12-01",
    "1 December, Tuesday": "2026-12-01",
    "Tuesday the 1st": "2026-12-01",
    "Thursday 3/12": "2026-12-03",
    "the 3rd": "2026-12-03",
    "the 30th": "2026-11-30",
    "13/12": "2026-12-13",
    "12/13": "2026-12-13",
    "12/12": "2026-12-12",
    "13.12.2026": "2026-12-13",
    "2026-12-03": "2026-12-03",
    "2026/12/3": "2026-12-03",
    "٣ December": "2026-12-03",
    "१३/१२": "2026-12-13",
    "２０２６－１２－０３": "2026-12-03",
    "to\u200bmorrow": "2026-11-26",
}

SPANISH = {
    "hoy": "2026-11-25",
    "Mañana": "2026-11-26",
    "manana": "2026-11-26",
    "man\u0303ana": "2026-11-26",
    "pasado mañana": "2026-11-27",
    "mañana por la mañana": "2026-11-26",
    "mañana a las 9": "2026-11-26",
    "mañana a las 9 y media de la noche": "2026-11-26",
    "esta mañana": "2026-11-25",
    "esta tarde": "2026-11-25",
    "esta noche": "2026-11-25",
    "martes": "2026-12-01",
    "el martes": "2026-12-01",
    "el martes por la tarde": "2026-12-01",
    "este viernes": "2026-11-27",
    "SABADO": "2026-11-28",
    "el sábado, por favor": "2026-11-28",
    "mié próximo": "2026-12-02",
    "el próximo martes": "2026-12-01",
    "el martes que viene": "2026-12-01",
    "el martes de la semana que viene": "2026-12-01",
    "dentro de 3 días": "2026-11-28",
    "en tres dias": "2026-11-28",
    "en una semana": "2026-12-02",
    "de aquí a dos semanas": "2026-12-09",
    "dentro de un mes": "2026-12-25",
    "3 de diciembre": "2026-12-03",
    "el 3 de diciembre": "2026-12-03",
    "el día 3 de diciembre": "2026-12-03",
    "3 de diciembre de 2026": "2026-12-03",
    "3 dic": "2026-12-03",
    "diciembre 3": "2026-12-03",
    "1.º de diciembre": "2026-12-01",
    "primero de diciembre": "2026-12-01",
    "uno de diciembre": "2026-12-01",
    "3 de marzo": "2027-03-03",
    "el 3": "2026-12-03",
    "el día 30": "2026-11-30",
    "martes 1": "2026-12-01",
    "martes 1 de diciembre": "2026-12-01",
    "jueves 3/12": "2026-12-03",
    "13/12": "2026-12-13",
    "13-12-2026": "2026-12-13",
    "2026-12-03": "2026-12-03",
    "１３／１２": "2026-12-13",
    "٣ de diciembre": "2026-12-03",
}

UNCLEAR = {
    "en": {
        "": "not_understood",
        "9": "not_understood",
        "maybe": "not_understood",
        "not tomorrow": "not_understood",
        "tomorrow or Tuesday": "not_understood",
        "Monday-Tuesday": "not_understood",
        "a Tuesday": "not_understood",
        "3, 4 December": "not_understood",
        "3 - 4 December": "not_understood",
        "in -3 days": "not_understood",
        "3 december 999": "not_understood",
        "3/12-2026": "not_understood",
        "Tuesday " * 20: "not_understood",
        "soon": "vague",
        "some time": "vague",
        "next week": "vague",
        "in the morning": "vague",
        "next month": "vague",
        "in a few days": "vague",
        "3/12": "ambiguous",
        "03.12.2026": "ambiguous",
        "Wednesday": "ambiguous",
        "next Friday": "ambiguous",
        "Sunday next week": "ambiguous",
        "Tuesday 2 December": "contradiction",
        "tomorrow Tuesday": "contradiction",
        "31 February": "impossible",
        "30/2": "impossible",
        "29 February 2027": "impossible",
        "2026-13-01": "impossible",
        "the 32nd": "impossible",
        "in 99999999 days": "impossible",
        "in 99999999 months": "impossible",
        "1 January 99999999": "not_understood",
        "yesterday": "past",
        "3 days ago": "past",
        "24 November": "past",
        "24 November 2026": "past",
        "2020-01-01": "past",
    },
    "es": {
        "": "not_understood",
        "mar": "not_understood",
        "martes pasado": "not_understood",
        "las 9": "not_understood",
        "la una": "not_understood",
        "mañana o pasado mañana": "not_understood",
        "un martes": "not_understood",
        "pronto": "vague",
        "la semana que viene": "vague",
        "por la tarde": "vague",
        "3/12": "ambiguous",
        "el miércoles": "ambiguous",
        "el viernes que viene": "ambiguous",
        "martes 2 de diciembre": "contradiction",
        "31 de febrero": "impossible",
        "ayer": "past",
        "hace 3 días": "past",
    },
}


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [(tag, *row) for tag, rows in (("en", ENGLISH), ("es", SPANISH)) for row in rows.items()],
)
def test_a_day_is_understood(tag: str, text: str, expected: str) -> None:
    assert parse_day(text, TODAY, WORDS[tag]) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("tag", "text", "reason"), [(tag, *row) for tag, rows in UNCLEAR.items() for row in rows.items()]
)
def test_what_is_unclear_is_not_guessed(tag: str, text: str, reason: str) -> None:
    found = parse_day(text, TODAY, WORDS[tag])
    assert isinstance(found, Unclear)
    assert found.reason == Reason(reason)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("3/12", ["2026-12-03", "2027-03-12"]),
        ("Wednesday", ["2026-11-25", "2026-12-02"]),
        ("next Friday", ["2026-11-27", "2026-12-04"]),
        ("Sunday next week", ["2026-11-29", "2026-12-06"]),
        ("3 November", ["2027-11-03"]),
    ],
)
def test_an_ambiguous_day_comes_with_its_readings(text: str, choices: list[str]) -> None:
    found = parse_day(text, TODAY, WORDS["en"])
    assert isinstance(found, Unclear)
    assert [str(choice) for choice in found.choices] == choices


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 21), date(2026, 11, 24)),  # Saturday: in 3 days, whichever day weeks begin on
        (date(2026, 11, 22), None),  # Sunday: in 2 days or in 9
        (date(2026, 11, 23), None),  # Monday: tomorrow or in 8 days
        (date(2026, 11, 24), date(2026, 12, 1)),
        (date(2026, 11, 25), date(2026, 12, 1)),
    ],
)
def test_next_tuesday_is_clear_only_if_all_mean_the_same(today: date, expected: date | None) -> None:
    found = parse_day("next Tuesday", today, WORDS["en"])
    assert (found if isinstance(found, date) else None) == expected


def test_months_end_where_they_end() -> None:
    assert parse_day("in a month", date(2027, 1, 31), WORDS["en"]) == date(2027, 2, 28)
    assert parse_day("in two months", date(2026, 12, 31), WORDS["en"]) == date(2027, 2, 28)
    assert parse_day("the 31st", date(2027, 2, 1), WORDS["en"]) == date(2027, 3, 31)
    assert parse_day("the 31st", date(2027, 3, 31), WORDS["en"]) == date(2027, 3, 31)
    assert parse_day("the 31st", date(2026, 11, 1), WORDS["en"]) == date(2026, 12, 31)


# fmt: off
PIECES = [
    "in", "a", "3", "3/12", "12", "31", "week", "days", "tuesday", "next", "this", "december", "at", "the",
    "9:30", "2026", "am", "tomorrow", "morning", "of", "th", "-", ",", "ago", "2026-12-03", "half", "past",
    "\u0663",
]
# fmt: on


@given(
    st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join) | st.text(max_size=40),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
def test_no_text_gives_a_day_gone_by(text: str, today: date) -> None:
    for words in WORDS.values():
        found = parse_day(text, today, words)
        if not isinstance(found, Unclear):
            assert today <= found
        else:
            assert all(isinstance(day, date) and day >= today for day in found.choices)


@given(st.integers(0, 260))
def test_a_day_written_out_is_that_day(distance: int) -> None:
    day = TODAY + timedelta(days=distance)
    assert parse_day(f"{day:%A} {day.day} {day:%B}", TODAY, WORDS["en"]) == day
    assert parse_day(day.isoformat(), TODAY, WORDS["en"]) == day
