"""Days, times, numbers and lists as each language writes them."""

from datetime import date, datetime, time, timedelta

import pytest

from bonewise.i18n import format as formats

DAY = date(2026, 12, 1)
MOMENT = datetime(2026, 12, 1, 16, 5)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "Tuesday, 1 December"),
        ("es", "martes, 1 de diciembre"),
        ("de", "Dienstag, 1. Dezember"),
        ("zh-Hant", "12月1日 星期二"),
        ("ar-EG", "الثلاثاء، ١ ديسمبر"),
        ("hi", "मंगलवार, 1 दिसंबर"),
    ],
)
def test_a_day_has_its_full_weekday_and_month(tag: str, expected: str) -> None:
    assert formats.day(DAY, tag) == expected


def test_a_moment_is_the_day_and_the_time() -> None:
    assert formats.moment(MOMENT, "en") == "Tuesday, 1 December, 16:05"
    assert formats.moment(MOMENT, "es") == "martes, 1 de diciembre, 16:05"
    assert formats.weekday_and_hour(MOMENT, "en") == "Tuesday, 16:05"


def test_days_of_the_week_stand_in_a_row_with_the_time() -> None:
    assert formats.weekdays_and_hour((1, 4), time(10), "en") == "Tuesday and Friday, 10:00"
    assert formats.weekdays_and_hour((0,), time(10), "es") == "lunes, 10:00"


def test_a_date_has_its_year() -> None:
    assert formats.date_of(DAY, "en") == "1 December 2026"
    assert formats.date_of(DAY, "es") == "1 de diciembre de 2026"


def test_digits_are_the_languages_own() -> None:
    assert formats.hour(time(10, 0), "fa") == "۱۰:۰۰"
    assert formats.number(1234.5, "ar-EG") == "١٬٢٣٤٫٥"
    assert formats.number(1234.5, "es") == "1234,5" or formats.number(1234.5, "es") == "1.234,5"
    assert formats.digits("12", "ne") == "१२"
    assert formats.digits("12", "hi") == "12"


@pytest.mark.parametrize(
    ("minutes", "english", "spanish"),
    [
        (0, "0 minutes", "0 minutos"),
        (1, "1 minute", "1 minuto"),
        (20, "20 minutes", "20 minutos"),
        (90, "1 hour and 30 minutes", "1 hora y 30 minutos"),
        (23 * 60 + 59, "23 hours and 59 minutes", "23 horas y 59 minutos"),
        (10 * 1440 + 61, "10 days and 1 hour", "10 días y 1 hora"),
        (-5, "0 minutes", "0 minutos"),
    ],
)
def test_a_length_of_time_has_its_two_largest_units(minutes: int, english: str, spanish: str) -> None:
    assert formats.duration(timedelta(minutes=minutes), "en") == english
    assert formats.duration(timedelta(minutes=minutes), "es") == spanish


@pytest.mark.parametrize("tag", ["fa", "zh-Hant", "ne", "my"])
def test_no_length_of_time_falls_back_to_english(tag: str) -> None:
    assert not any(letter.isascii() and letter.isalpha() for letter in formats.duration(timedelta(minutes=90), tag))


def test_lists() -> None:
    assert formats.listing(["a", "b", "c"], "en") == "a, b and c"
    assert formats.listing(["a", "b"], "es", either=True) == "a o b"
    assert formats.listing([], "en") == ""


def test_countries_and_places() -> None:
    assert formats.country("ES", "es") == "España"
    assert formats.country("QQ", "es") == "QQ"
    assert formats.city("America/Argentina/Buenos_Aires", "en") == "Buenos Aires"
    assert formats.city("Europe/London", "es") == "Londres"
    assert formats.zone_and_hour("Europe/London", MOMENT, "es") == "Londres, 16:05"


def test_a_moment_on_a_button_is_short() -> None:
    assert formats.short_moment(MOMENT, "en") == "1 Dec, 16:05"
    assert formats.short_moment(MOMENT, "es") == "1 dic, 16:05"
