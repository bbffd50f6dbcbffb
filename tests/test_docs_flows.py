"""The example of docs/flows.md works as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bonewise.content import checked_world, load_world
from bonewise.flow.answers import Answered
from bonewise.flow.model import Flow, Level, Value
from bonewise.flow.play import play
from bonewise.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "flows.md"
SAFE: tuple[tuple[str, Value], ...] = (("life.signs", ("none",)), ("life.pains", ("none",)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    flow, words = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    flows, locales = tmp_path / "flows", tmp_path / "locales"
    (locales / "sore_heel").mkdir(parents=True)
    flows.mkdir()
    (flows / "sore_heel.yml").write_text(flow, encoding="utf-8")
    (locales / "sore_heel" / "en.yml").write_text(words, encoding="utf-8")
    return Settings(flows_dir=flows, locales_dir=locales)


def level(flow: Flow, *answers: tuple[str, Value]) -> Level | None:
    state = play(flow, tuple(Answered(*answer) for answer in (*SAFE, *answers)))
    assert state.ended
    return state.level


def test_the_example_passes_the_check(settings: Settings) -> None:
    assert not isinstance(checked_world(settings), list)


def test_the_example_leads_to_the_levels_that_it_names(settings: Settings) -> None:
    flow = load_world(settings).flows.flows["sore_heel"]
    days, calm = ("since", "days"), ("pain", 2)
    assert level(flow, days, ("wound", "no"), calm) is Level.SELF_CARE
    assert level(flow, days, ("wound", "no"), ("pain", 7)) is Level.SOON
    assert level(flow, days, ("wound", "yes"), ("signs", ("none",)), calm) is Level.SOON
    twice_unsure = (("wound", "unsure"), ("wound", "unsure"))
    assert level(flow, days, *twice_unsure, ("signs", ("unsure",)), calm) is Level.SAME_DAY
