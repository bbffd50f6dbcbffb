"""The phrases of an alarm file prove its patterns."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.matching.alarm import AlarmBook
from bonewise.matching.alarm_file import Language, read
from bonewise.matching.alarm_phrases import WANTED, broken_phrases, unheard

SHIPPED = AlarmBook.load([Path(__file__).parents[2] / "locales" / "alarm"]).languages

WHOLE = """xx:
  words: {air: [air], faint: [faint], die: [die], sad: [sad]}
  signs:
    breath: {kind: emergency, hard: [air], soft: [faint], must_hit: {hard: [air], soft: [faint]}, must_not_hit: [sun]}
    dying: {kind: crisis, hard: [die], soft: [sad], must_hit: {hard: [die], soft: [sad]}, must_not_hit: [sun]}
"""


def read_text(folder: Path, text: str) -> list[Language]:
    (folder / "xx.yml").write_text(text, "utf-8")
    return [read(folder / "xx.yml")]


def told(folder: Path, text: str) -> list[str]:
    return [str(one).removeprefix(f"{folder}/") for one in broken_phrases(read_text(folder, text))]


@pytest.mark.parametrize("language", SHIPPED, ids=[language.tag for language in SHIPPED])
def test_every_shipped_language_hears_both_kinds_in_both_strengths_by_itself(language: Language) -> None:
    assert unheard([language]) == []
    assert list(broken_phrases([language])) == []


def test_a_language_that_hears_everything_it_must_is_whole(tmp_path: Path) -> None:
    assert unheard(read_text(tmp_path, WHOLE)) == []
    assert told(tmp_path, WHOLE) == []


@pytest.mark.parametrize("text", ["xx: {}\n", "xx:\n  guards: {}\n  words: {}\n  signs: {}\n"])
def test_a_file_without_signs_hears_nothing(tmp_path: Path, text: str) -> None:
    assert unheard(read_text(tmp_path, text)) == list(WANTED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("must_hit: {hard: [die], soft: [sad]}", "must_hit: {soft: [sad]}"),
        ("must_hit: {hard: [die], soft: [sad]}", "must_hit: {hard: [sun], soft: [sad]}"),
        ("kind: crisis, hard: [die], ", "kind: crisis, "),
    ],
)
def test_without_a_phrase_that_is_heard_a_kind_is_not_heard(tmp_path: Path, old: str, new: str) -> None:
    assert unheard(read_text(tmp_path, WHOLE.replace(old, new))) == [("hard", "crisis")]


def test_a_phrase_that_the_patterns_miss_has_its_place(tmp_path: Path) -> None:
    missed = WHOLE.replace("hard: [die], soft: [sad]}, must", "hard: [die, moon], soft: [sad]}, must")
    assert told(tmp_path, missed) == [
        "xx.yml:5:76: `moon` must be heard as hard crisis, and is heard as nothing; mend the patterns of `dying`, "
        "or move it"
    ]


def test_a_phrase_that_is_heard_more_softly_than_it_must_has_its_place(tmp_path: Path) -> None:
    softer = WHOLE.replace("hard: [air], soft: [faint]}", "hard: [air, faint]}")
    [one] = told(tmp_path, softer)
    assert one.startswith("xx.yml:4:")
    assert "must be heard as hard emergency, and is heard as soft emergency" in one


def test_a_phrase_that_is_heard_though_it_must_not_has_its_place(tmp_path: Path) -> None:
    [one] = told(tmp_path, WHOLE.replace("must_not_hit: [sun]}\n    dying", "must_not_hit: [air]}\n    dying"))
    assert "`air` must not be heard, and is heard as hard emergency; narrow the patterns of `breath`" in one
