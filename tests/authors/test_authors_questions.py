"""The lists of flows and questions hold all that is needed to prepare answers."""

from __future__ import annotations

import json

import pytest

from bonewise.authors.conditions import as_written
from bonewise.authors.questions import flow_rows, question_rows
from bonewise.flow import condition as c
from bonewise.flow.model import Ask
from tests.dialogue.conversation import WORLD


@pytest.mark.parametrize("tag", ["en", "es"])
def test_every_question_of_every_flow_is_listed_in_each_language(tag: str) -> None:
    for flow in WORLD.flows.flows.values():
        rows = list(question_rows(WORLD, flow, tag))
        assert [row["id"] for row in rows] == [step.id for step in flow.steps if isinstance(step, Ask)]
        assert json.loads(json.dumps(rows)) == rows


def test_a_question_has_its_options_in_words_and_its_condition() -> None:
    rows = {row["id"]: row for row in question_rows(WORLD, WORLD.flows.flows["tingling"], "en")}
    risk = rows["someone.risk"]
    assert [option["id"] for option in risk["options"]] == ["yes", "unsure", "no"]
    assert risk["when"] == {"someone.signs": {"has_any": ["fit"]}}
    assert rows["life.signs"]["options"][1]["text"] == WORLD.catalog.text("en", "life.signs.lines.breathing")
    assert rows["life.signs"]["when"] is None


def test_every_flow_is_listed_with_its_kind_and_title() -> None:
    rows = {row["id"]: row for row in flow_rows(WORLD, "es")}
    assert rows.keys() == WORLD.flows.flows.keys()
    assert rows["tingling"]["kind"] == "check"
    assert rows["tingling"]["title"] == WORLD.catalog.text("es", "tingling.title")


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        (c.Is("a", ("x",)), {"a": "x"}),
        (c.Is("a", ("x", "y")), {"a": ["x", "y"]}),
        (c.Between("n", 3, None), {"n": {"min": 3}}),
        (c.Has("m", "none", ("x",)), {"m": {"has_none": ["x"]}}),
        (c.Chosen("m", 2, None), {"m": {"count": {"min": 2}}}),
        (c.Person("any", ("adult",)), {"person": {"has_any": ["adult"]}}),
        (c.LevelBelow("soon"), {"level": {"below": "soon"}}),
        (c.Not(c.FactIs("f")), {"not": {"fact": "f"}}),
        (c.All((c.FactIs("f"), c.Any((c.FactIs("g"),)))), {"all": [{"fact": "f"}, {"any": [{"fact": "g"}]}]}),
        (c.Count((c.FactIs("f"), c.FactIs("g")), 1), {"count": {"of": [{"fact": "f"}, {"fact": "g"}], "min": 1}}),
    ],
)
def test_a_condition_stands_as_it_would_in_a_file(condition: c.Condition, written: dict[str, object]) -> None:
    assert as_written(condition) == written
