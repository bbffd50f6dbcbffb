"""Alarms are heard by meaning once that is learnt; what was learnt is used again; without it words alone count."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy", reason="belongs to the extra [semantic]")

from bonewise import by_meaning  # noqa: E402 - needs numpy
from bonewise.alarm_learning import learn_alarm_odds  # noqa: E402
from bonewise.matching.alarm import AlarmBook  # noqa: E402
from bonewise.matching.alarm_examples import NO_ALARM, Example  # noqa: E402
from bonewise.matching.embedding import ModelError  # noqa: E402
from bonewise.strict_yaml import Mark  # noqa: E402
from tests.matching.test_semantic import embed  # noqa: E402

HERE = Mark("here", 1, 1)
TOLD = [("emergency", "my arm hangs down"), ("emergency", "arm hangs"), (NO_ALARM, "milk"), (NO_ALARM, "cheese please")]
TEXT = "an army of men"  # of which the words are not sure


def book() -> AlarmBook:
    return AlarmBook([], [Example(label, text, HERE) for label, text in TOLD])


@pytest.fixture(autouse=True)
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were read by the model."""
    read: list[str] = []

    def reads(text: str) -> Any:
        read.append(text)
        return embed(text)

    monkeypatch.setattr(by_meaning, "INSTALLED", tmp_path / "installed")
    monkeypatch.setattr(by_meaning, "is_installed", lambda: True)
    monkeypatch.setattr(by_meaning, "shared_embedder", lambda: reads)
    return read


def test_what_was_learnt_is_kept_and_used_again(tmp_path: Path, model: list[str]) -> None:
    thread = learn_alarm_odds(first := book(), tmp_path)
    assert thread is not None
    thread.join()
    assert sorted(model) == sorted(text for _, text in TOLD)
    model.clear()
    assert learn_alarm_odds(again := book(), tmp_path) is None
    assert model == []
    assert first.hear(TEXT, by_meaning=True) == again.hear(TEXT, by_meaning=True)
    assert model == [TEXT, TEXT]


def test_where_learning_fails_words_alone_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_text: str) -> Any:
        raise MemoryError

    monkeypatch.setattr(by_meaning, "shared_embedder", lambda: fails)
    thread = learn_alarm_odds(alarms := book(), tmp_path)
    assert thread is not None
    thread.join()
    assert alarms.hear(TEXT, by_meaning=True) == alarms.hear(TEXT)
    assert "the examples could not be learnt" in caplog.text


def test_where_the_model_does_not_run_words_alone_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Any:
        raise ModelError("this processor has no AVX2")

    monkeypatch.setattr(by_meaning, "shared_embedder", broken)
    with caplog.at_level(logging.WARNING):
        assert learn_alarm_odds(book(), tmp_path) is None
    assert "alarms are heard by words alone: this processor has no AVX2" in caplog.text


def test_without_the_extra_or_examples_nothing_is_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert learn_alarm_odds(AlarmBook([]), tmp_path) is None
    monkeypatch.setattr(by_meaning, "is_installed", lambda: False)
    assert learn_alarm_odds(book(), tmp_path) is None
