"""What the signs in a pattern mean: `>` in this order, `&` in one clause, `+` nearby, ` - ` without."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.matching.alarm import AlarmBook


@pytest.mark.parametrize(
    ("pattern", "text", "heard"),
    [
        ("one > two", "one two", True),
        ("one > two", "one a b c d two", True),
        ("one > two", "one a b c d e two", False),
        ("one > two", "two one", False),
        ("one > two", "one, two", False),
        ("one & two", "two a b one", True),
        ("one & two", "two, one", False),
        ("one & two", "two but one", False),
        ("one + two", "two. One", True),
        ("one + two", "two" + " a" * 20 + " one", False),
        ("one & two + three", "three. one two", True),
        ("one & two + three", "one two", False),
        ("one - three", "one two", True),
        ("one - three", "one two three", False),
        ("one - three", "one, three", True),
        ("begun", "beginning", True),
        ("begun", "bog", False),
    ],
)
def test_a_pattern(tmp_path: Path, pattern: str, text: str, heard: bool) -> None:
    words = "words: {one: [one], two: [two], three: [three], begun: [begin*]}"
    signs = f"signs: {{a: {{kind: emergency, hard: [{pattern}]}}}}"
    (tmp_path / "xx.yml").write_text(f"xx:\n  guards: {{begins: [but]}}\n  {words}\n  {signs}\n", "utf-8")
    assert (AlarmBook.load([tmp_path]).hear(text).strength == "hard") is heard
