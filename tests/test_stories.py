"""Plays the stories of tests/stories: people in plain words, and the level that the clinical evidence base gives them.

A file is named by its check and holds a list: who it is (`id`), `about` whom, the `level` and `because` of which rules
of that level, and the `answers` by question; what is left out gets the mildest answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bonewise import strict_yaml
from bonewise.authors.cases import play_file
from bonewise.flow.model import Flow, Level
from tests.dialogue.conversation import WORLD

FILES = sorted((Path(__file__).parent / "stories").glob("*.yml"))
CASE = ("id", "about", "answers")

Story = Mapping[str, Any]


def told() -> Iterator[tuple[str, Story]]:
    """Every story, with its check."""
    for file in FILES:
        for story in _read(file):
            yield file.stem, story


@cache
def _read(file: Path) -> Any:
    return strict_yaml.plain(strict_yaml.load(file))


def outcome(check: str, story: Story, folder: Path) -> dict[str, Any]:
    """What the story comes to."""
    file = folder / f"{check}.yml"
    file.write_text(yaml.safe_dump([{key: story[key] for key in CASE if key in story}], allow_unicode=True))
    [played] = play_file(file, WORLD.flows.flows[check])
    return played


def reasons(flow: Flow, played: Mapping[str, Any]) -> set[str]:
    """The rules that were raised at the level reached."""
    level = Level(played["level"])
    of_level = {rule.id for flag in flow.flags for rule in flag.rules if rule.level is level}
    return of_level & set(played["flags"])


def check_outcome(story: Story, played: Mapping[str, Any], flow: Flow) -> None:
    """Raises `AssertionError` if the story came to something else than it tells."""
    assert not played["unused"], "answers to questions that nobody asks this person"
    assert (played["level"], reasons(flow, played)) == (story["level"], set(story["because"]))


@pytest.mark.parametrize(("check", "story"), [pytest.param(check, story, id=story["id"]) for check, story in told()])
def test_a_story_comes_to_its_level_for_its_reasons(check: str, story: Story, tmp_path: Path) -> None:
    check_outcome(story, outcome(check, story, tmp_path), WORLD.flows.flows[check])
