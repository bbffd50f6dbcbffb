"""A check's chart and table show every question and every sign, in each language, and need nothing else to be read."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as Tree

import pytest

from bonewise.authors.chart import as_svg
from bonewise.authors.in_words import Wording
from bonewise.authors.levels import COLOURS
from bonewise.authors.table import as_csv, as_html, rows
from bonewise.dialogue.traits import TRAITS
from bonewise.flow.model import Ask, Level
from tests.dialogue.conversation import WORLD

CHECKS = [flow for flow in WORLD.flows.flows.values() if flow.kind == "check"]
each_check = pytest.mark.parametrize("flow", CHECKS, ids=[flow.id for flow in CHECKS])
each_language = pytest.mark.parametrize("tag", ["en", "es"])


@each_check
@each_language
def test_the_chart_shows_every_question_and_every_sign(flow: object, tag: str) -> None:
    wording = Wording(WORLD, flow, tag)  # type: ignore[arg-type]
    drawn = Tree.fromstring(as_svg(wording))  # noqa: S314 - it is ours
    text = "\n".join(element.text or "" for element in drawn.iter("{http://www.w3.org/2000/svg}text"))
    wanted = [step.id for step in wording.flow.steps if isinstance(step, Ask)]
    wanted += [rule.id for flag in wording.flow.flags for rule in flag.rules]
    assert [name for name in wanted if f"{name}:" not in text] == []
    boxed = (element for element in drawn.iter("{http://www.w3.org/2000/svg}text") if element.get("fill"))
    assert not [element.text for element in boxed if len(element.text or "") > 64]


@each_check
@each_language
def test_the_table_tells_of_every_sign_its_answers_and_its_reason(flow: object, tag: str) -> None:
    wording = Wording(WORLD, flow, tag)  # type: ignore[arg-type]
    found = list(rows(wording))
    rules = [rule for flag in wording.flow.flags for rule in flag.rules]
    assert len(found) == len(rules) + 1
    assert all(row.answers and row.why for row in found)
    assert [row.level.urgency for row in found[:-1]] == sorted((r.level.urgency for r in rules), reverse=True)
    [head, *lines] = csv.reader(io.StringIO(as_csv(wording)))
    assert [line[1] for line in lines] == [row.flag for row in found]
    assert len(head) == 5


@each_check
@each_language
def test_two_signs_of_one_level_never_have_the_same_answers_in_the_table(flow: object, tag: str) -> None:
    found = [(row.level, row.answers) for row in rows(Wording(WORLD, flow, tag))]  # type: ignore[arg-type]
    assert [one for one in found if found.count(one) > 1] == []


def test_the_page_of_the_table_loads_nothing_and_shows_answers_as_text() -> None:
    page = as_html(Wording(WORLD, WORLD.flows.flows["tingling"], "en"))
    for what in ("http:", "https:", "<script", "<img", "<link", "{emergency_number}."):
        assert what not in page
    assert "RF03" in page


@pytest.mark.parametrize("level", list(Level))
def test_white_words_can_be_read_on_the_colour_of_each_level(level: Level) -> None:
    channels = [int(COLOURS[level][at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5


@each_language
def test_every_trait_of_a_person_has_words(tag: str) -> None:
    assert [trait for trait in TRAITS if not WORLD.catalog.has(tag, f"chart.person.{trait}")] == []
