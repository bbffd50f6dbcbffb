"""The examples of the classifier: there are enough in each language, and the faults of a file are told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bonewise.content import folders, load_alarms
from bonewise.matching.alarm_examples import LABELS, load_examples
from bonewise.settings import Settings
from bonewise.strict_yaml import StrictYamlError

FOLDERS = [folder / "alarm_examples" for folder in folders("locales")]
LEAST = {"emergency": 300, "crisis": 40, "no_alarm": 300}


@pytest.mark.parametrize("tag", [language.tag for language in load_alarms(Settings()).languages])
def test_every_language_has_enough_examples(tag: str) -> None:
    number = Counter(one.label for one in load_examples(FOLDERS) if Path(one.mark.file).stem == tag)
    assert {label: number[label] >= LEAST[label] for label in LABELS} == dict.fromkeys(LABELS, True)


def test_no_example_stands_there_twice() -> None:
    often = Counter(one.text for one in load_examples(FOLDERS))
    assert [text for text, times in often.items() if times > 1 and len(text) > 6] == []


def test_faults_of_a_file_are_reported_together(tmp_path: Path) -> None:
    lines = [
        "xx:",
        '  emergncy: {stroke: ["a b"]}',
        "  crisis: [x]",
        '  emergency: {stroke: "a", heart: ["!", 5, "one two"]}',
        '  no_alarm: {heart: ["One, two!"]}',
    ]
    (tmp_path / "xx.yml").write_text("\n".join(lines), "utf-8")
    column = lines[3].index('"one two"') + 1
    with pytest.raises(StrictYamlError) as caught:
        load_examples([tmp_path])
    assert [str(fault.message) for fault in caught.value.diagnostics] == [
        "unknown key `emergncy`; did you mean `emergency`?",
        "must be a mapping (`key: value`)",
        "`stroke` must be a list of lines",
        "must be a text with a word in it; put it in quotes",
        "must be a text with a word in it; put it in quotes",
        f"stands under `emergency` too ({tmp_path}/xx.yml:4:{column}); keep one",
    ]


def test_a_file_without_its_language_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "xx.yml").write_text("[a]", "utf-8")
    with pytest.raises(StrictYamlError, match="must be a mapping"):
        load_examples([tmp_path])
