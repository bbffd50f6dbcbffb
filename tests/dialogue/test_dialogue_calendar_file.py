"""What a calendar shows: neutral words, whatever the person planned, at the hour that was chosen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Reminder
from bonewise.scheduling.rule import Rule
from tests.dialogue.conversation import KNOWN, WEDNESDAY, WORLD, Conversation

SECRET = "osteoporosis and numb feet"
WHEN = {"due": WEDNESDAY + timedelta(days=1), "local": "2026-11-26T10:00", "zone": "Europe/London", "note": SECRET}
ROWS = [
    Reminder("r", "plan", about="bone_scan", flow="plan_visit", **WHEN),  # type: ignore[arg-type]
    Reminder("r", "own", rule=Rule("day", date(2026, 11, 26)), **WHEN),  # type: ignore[arg-type]
    Reminder("r", "visit", about="bone_scan", flow="booked", visit="2026-11-29T10:00", **WHEN),  # type: ignore[arg-type]
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.kind)
def test_it_shows_neutral_words_only(row: Reminder, language: str) -> None:
    content = file_of(row, language).replace("\r\n ", "")
    shown = [line for line in content.split("\r\n") if line.partition(":")[0] in {"SUMMARY", "DESCRIPTION"}]
    words = str(WORLD.catalog.text(language, f"calendar.summary.{row.kind}"))
    assert {line.partition(":")[2] for line in shown} == {words}
    for secret in ("osteoporosis", "numb", "scan", "bone_scan", "Maria"):
        assert secret not in content


def test_a_visit_stands_there_at_its_own_hour_and_rings_twice() -> None:
    content = file_of(ROWS[2], "en")
    assert "DTSTART;TZID=Europe/London:20261129T100000\r\n" in content
    assert content.count("BEGIN:VALARM") == 2


def test_what_comes_again_comes_again_there() -> None:
    assert "RRULE:FREQ=DAILY\r\n" in file_of(ROWS[1], "en")


def file_of(row: Reminder, language: str) -> str:
    talk = Conversation({**KNOWN, "reminders": (row,)}, language=language)
    talk.does(e.Press("n:r:calendar"))
    [screen] = talk.new
    assert screen.file is not None
    return screen.file.content
