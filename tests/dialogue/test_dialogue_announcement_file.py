"""The file of an announcement is read strictly, and each fault names its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bonewise.dialogue.announcement_file import LONGEST, load_announcement
from bonewise.dialogue.announcing import Announcement
from bonewise.flow.faults import FlowError
from bonewise.strict_yaml import StrictYamlError

TODAY = date(2026, 11, 27)
GOOD = 'id: week\ntexts:\n  en: "**Bone week.**"\n  es: "Hola"\nuntil: 2026-12-05\n'


def read(folder: Path, text: str) -> Announcement:
    path = folder / "news.yml"
    path.write_text(text)
    return load_announcement(path, ("en", "es"), TODAY)


def test_it_has_an_id_texts_and_a_last_day(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == Announcement("week", {"en": "**Bone week.**", "es": "Hola"}, date(2026, 12, 5))


def test_today_is_a_last_day(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD.replace("2026-12-05", "2026-11-27")).until == TODAY


@pytest.mark.parametrize(
    ("right", "wrong", "place", "what"),
    [
        ("id: week", "id: Bone Week", "1:5", "`id` cannot be `Bone Week`"),
        ("id: week\n", "", "1:1", "needs the key `id`"),
        ("until: 2026-12-05\n", "", "1:1", "needs the key `until`"),
        ("until:", "til:", "5:1", "unknown key"),
        ("2026-12-05", "2026-11-26", "5:8", "`until` is over: today is 2026-11-27"),
        ("2026-12-05", "5.12.2026", "5:8", "a day is YYYY-MM-DD"),
        ("2026-12-05", "2026-13-05", "5:8", "`until` must be a day"),
        ("  en:", "  es-ES:", "2:1", "`texts` needs `en`"),
        ("  es:", "  ess:", "4:3", "unknown language `ess`; did you mean `es`?"),
        ('"Hola"', '" "', "4:7", "the text `es` cannot be"),
        ('"Hola"', "[Hola]", "4:7", "the text `es` must be text"),
        ('"Hola"', '"**Hola"', "4:7", "`**` would be seen as it is"),
        ('"Hola"', '"<b>Hola"', "4:7", "`<b>` would be seen as it is"),
        ('"Hola"', '"Llame al {number}"', "4:7", "`{number}` would be seen as it is"),
        ('"Hola"', '"' + "x" * (LONGEST + 1) + '"', "4:7", "1001 letters; at most 1000"),
    ],
)
def test_a_fault_names_its_place(tmp_path: Path, right: str, wrong: str, place: str, what: str) -> None:
    with pytest.raises(FlowError) as faults:
        read(tmp_path, GOOD.replace(right, wrong))
    lines = str(faults.value).splitlines()
    assert any(line.startswith(f"{tmp_path}/news.yml:{place}: ") and what in line for line in lines), lines


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FlowError) as faults:
        read(tmp_path, GOOD.replace("week", "W 1").replace("Hola", "**Hola"))
    assert len(faults.value.diagnostics) == 2


def test_a_key_that_stands_twice_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StrictYamlError, match=r"news.yml:6:1: the key `id` stands twice"):
        read(tmp_path, GOOD + "id: other\n")
