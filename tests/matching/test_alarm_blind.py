"""How much the alarm book hears of phrases that are not in it.

The phrases of held_out/dev/alarms_<tag>.yml were written, and committed, before the patterns. But one author wrote
both within the hour, so they flatter. On strangers' words (leaflets, stories of patients, emergency calls, lists of
warning phrases) the first patterns heard 36 of 64 in English and 19 of 38 in Spanish. After they were widened, new
strangers' words gave 13 of 18 and 8 of 10, and rang softly on 4 of 60 and 2 of 40 ordinary sentences, never hard.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bonewise import strict_yaml
from bonewise.matching.alarm import AlarmBook

HERE = Path(__file__).parent
BOOK = AlarmBook.load([HERE.parents[1] / "locales" / "alarm"])


def phrases(tag: str) -> Any:
    return strict_yaml.plain(strict_yaml.load(HERE / "held_out" / "dev" / f"alarms_{tag}.yml"))


def share(strength: set[str], texts: list[str]) -> float:
    return sum(BOOK.hear(str(text)).strength in strength for text in texts) / len(texts)


@pytest.mark.parametrize("tag", ["en", "es"])
def test_nine_of_ten_alarms_are_heard(tag: str) -> None:
    texts = [text for sign in phrases(tag)["must_hear"].values() for text in sign]
    assert len(texts) >= 60
    assert share({"soft", "hard"}, texts) >= 0.9


@pytest.mark.parametrize("tag", ["en", "es"])
def test_no_kind_of_alarm_is_mostly_missed(tag: str) -> None:
    missed = {sign: share({"none"}, texts) for sign, texts in phrases(tag)["must_hear"].items()}
    assert {sign for sign, part in missed.items() if part > 0.35} == set()


@pytest.mark.parametrize("tag", ["en", "es"])
def test_ordinary_questions_seldom_ring(tag: str) -> None:
    ordinary = phrases(tag)["ordinary"]
    assert len(ordinary) >= 60
    assert share({"soft", "hard"}, ordinary) <= 0.15
    assert share({"hard"}, ordinary) <= 0.01


@pytest.mark.parametrize("tag", ["en", "es"])
def test_look_alikes_never_ring_hard(tag: str) -> None:
    look_alikes = phrases(tag)["look_alikes"]
    assert len(look_alikes) >= 30
    assert share({"hard"}, look_alikes) <= 0.01
