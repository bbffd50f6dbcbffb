"""How a reminder comes again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bonewise.scheduling.rule import EVERY, Rule, next_day

FRIDAY = date(2026, 11, 27)


def days(rule: Rule, most: int, country: str | None = None) -> list[date]:
    found: list[date] = []
    day: date | None = rule.first - timedelta(days=1)
    while day is not None and len(found) < most:
        day = next_day(rule, day, country)
        found += [day] if day else []
    return found


def test_every_day_begins_on_the_first_day() -> None:
    assert days(Rule("day", FRIDAY), 3) == [date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)]


def test_workdays_pass_over_the_weekend_of_the_country() -> None:
    rule = Rule("workday", FRIDAY)
    assert days(rule, 2, "ES") == [FRIDAY, date(2026, 11, 30)]
    assert days(rule, 2, "EG") == [date(2026, 11, 29), date(2026, 11, 30)]  # Friday and Saturday are the weekend there


def test_every_third_week_keeps_its_weekday() -> None:
    assert days(Rule("week", FRIDAY, step=3), 3) == [FRIDAY, date(2026, 12, 18), date(2027, 1, 8)]


def test_the_31st_of_a_shorter_month_is_its_last_day_and_the_31st_again_after_it() -> None:
    rule = Rule("month", date(2027, 1, 31))
    assert days(rule, 4) == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_29_february_comes_on_the_28th_in_other_years() -> None:
    rule = Rule("month", date(2028, 2, 29))
    assert next_day(rule, date(2029, 2, 1)) == date(2029, 2, 28)


def test_the_last_day_is_included_and_none_comes_after_it() -> None:
    assert days(Rule("day", FRIDAY, until=date(2026, 11, 28)), 9) == [FRIDAY, date(2026, 11, 28)]


@pytest.mark.parametrize("every", EVERY)
def test_so_many_times_and_no_more(every: str) -> None:
    assert len(days(Rule(every, FRIDAY, times=3), 9)) == 3


def test_what_was_missed_counts_as_one_of_the_times() -> None:
    assert next_day(Rule("day", FRIDAY, times=3), date(2026, 11, 29)) is None


@pytest.mark.parametrize("wrong", [{"every": "hour"}, {"step": 0}, {"step": 53}, {"times": 0}, {"times": 367}])
def test_what_is_no_rule_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no rule|from 1 to 366"):
        Rule(**{"every": "week", "first": FRIDAY, **wrong})  # type: ignore[arg-type]


RULES = st.builds(
    Rule,
    st.sampled_from(EVERY),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(1, 12),
    st.none() | st.dates(date(2024, 1, 1), date(2033, 1, 1)),
    st.none() | st.integers(1, 40),
)


@given(RULES, st.integers(-10, 200))
def test_the_next_day_is_the_same_whichever_days_were_asked_for_before(rule: Rule, passed: int) -> None:
    after = rule.first + timedelta(days=passed)
    one_by_one = [day for day in days(rule, 260) if day > after]
    assert next_day(rule, after) == (one_by_one[0] if one_by_one else None)
