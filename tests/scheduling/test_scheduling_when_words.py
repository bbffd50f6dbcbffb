"""Tables of words: every fault is found, with its place."""

from datetime import date
from pathlib import Path

import pytest

from bonewise.scheduling.when import parse_day
from bonewise.scheduling.when_tokens import fold
from bonewise.scheduling.when_words import WhenWordsError, load_when


def write(directory: Path, tag: str, text: str) -> Path:
    (directory / "when").mkdir(parents=True, exist_ok=True)
    (directory / "when" / f"{tag}.yml").write_text(text, encoding="utf-8")
    return directory


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("es: {}", "1:1", "one first key, `en:`"),
        ("[1]", "1:1", "one first key, `en:`"),
        ("en: [1]", "1:5", "a mapping must stand here"),
        ("en: {days: {}}", "1:6", "did you mean `day`?"),
        ('en: {day: {todday: ["x"]}}', "1:12", "did you mean `today`?"),
        ("en: {day: {today: x}}", "1:19", "must be a list of words"),
        ("en: {day: {today: [1]}}", "1:20", "must be a text in double quotes"),
        ('en: {day: {today: ["!"]}}', "1:20", "must be a text in double quotes"),
        ('en: {day: {today: ["x"], tomorrow: ["X"]}}', "1:37", "`X` has another meaning above"),
        ("en: {a: 1, a: 2}", "1:12", "stands twice"),
    ],
)
def test_a_fault_is_named_with_its_place(tmp_path: Path, text: str, place: str, message: str) -> None:
    with pytest.raises(WhenWordsError) as caught:
        load_when([write(tmp_path, "en", text)])
    (fault,) = caught.value.diagnostics
    assert str(fault).startswith(f"{tmp_path.as_posix()}/when/en.yml:{place}: ")
    assert message in fault.message


def test_a_later_directory_replaces_a_table(tmp_path: Path) -> None:
    first = write(tmp_path / "a", "en", 'en: {day: {today: ["x"]}}')
    second = write(tmp_path / "b", "en", 'en: {day: {tomorrow: ["x"]}}')
    words = load_when([first, second])["en"]

    assert parse_day("x", date(2026, 11, 25), words) == date(2026, 11, 26)


def test_a_directory_without_tables_gives_none(tmp_path: Path) -> None:
    assert load_when([tmp_path]) == {}


def test_the_longest_phrase_is_taken() -> None:
    locales = Path(__file__).parents[2] / "locales"
    words = load_when([locales])["es"]
    assert [token.kind for token in words.tokens("pasado mañana por la mañana")] == ["day", "part"]


def test_case_accents_width_digits_and_invisible_letters_make_no_difference() -> None:
    assert fold("MIÉRCOLES") == fold("mie\u0301rcoles") == fold("ｍｉｅｒｃｏｌｅｓ") == "miercoles"
    assert fold("\u2067٣\u200f") == fold("３") == "3"
    assert fold("o’clock") == "oclock"
