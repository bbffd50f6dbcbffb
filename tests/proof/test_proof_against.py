"""A change that makes any answers come to a milder level is found, unless it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.flow.model import Flow
from bonewise.flow.play import play
from bonewise.proof.against import compare
from bonewise.proof.finding import Finding
from tests.proof.repository import edited, shipped

LIFE, SPINE, FOOT = "gates/life.yml", "gates/spine_nerves.yml", "foot_check.yml"
Edit = tuple[str, str, str]


def changed(folder: Path, *edits: Edit) -> tuple[Flow, list[Finding]]:
    now = edited(folder, *edits).flows["foot_check"]
    return now, list(compare(shipped().flows["foot_check"], now))


MILDER: list[tuple[str, str, Edit]] = [
    ("life.RF01", "same_day", (LIFE, "[stroke]}}, level: emergency, stop: true", "[stroke]}}, level: same_day")),
    ("RF46", "soon", (FOOT, "{skin: {has_any: [calf]}}, level: same_day", "{skin: {has_any: [calf]}}, level: soon")),
    (
        "spine_nerves.RF11c",
        "self_care",
        (
            SPINE,
            "- {when: {both_legs_new: old_and_same}, level: soon",
            "- {when: {all: [{both_legs_new: old_and_same}, {bladder: unsure}]}, level: soon",
        ),
    ),
]
"""The rule that is missed, the level that comes instead, and the edit."""


@pytest.mark.parametrize(("at", "to", "edit"), MILDER)
def test_a_milder_level_is_found_with_the_conversation_and_the_rule(
    at: str, to: str, edit: Edit, tmp_path: Path
) -> None:
    now, findings = changed(tmp_path, edit)
    finding = next(finding for finding in findings if (finding.at, finding.about) == (at, to))
    assert finding.code == "P10"
    assert finding.talk is not None
    assert finding.other is not None
    before = play(shipped().flows["foot_check"], finding.other.answers, traits=finding.other.traits)
    after = play(now, finding.other.answers, traits=finding.other.traits)
    assert before.level is not None
    assert after.open is not None or (after.level is not None and after.level.urgency < before.level.urgency)
    assert play(now, finding.talk.answers, traits=finding.talk.traits).level == to


def test_nothing_is_found_between_a_flow_and_itself(tmp_path: Path) -> None:
    assert changed(tmp_path)[1] == []


def test_a_change_that_is_more_urgent_is_none(tmp_path: Path) -> None:
    edit = (
        FOOT,
        "{skin: {has_any: [calf]}}, level: same_day",
        "{skin: {has_any: [calf]}}, level: same_day, stop: true",
    )
    assert changed(tmp_path, edit)[1] != []  # who stops there is not asked what was more urgent further on
    edit = (FOOT, "{colour: unsure}, level: same_day, id", "{colour: unsure}, level: emergency, stop: true, id")
    assert changed(tmp_path / "other", edit)[1] == []


def test_questions_under_another_name_are_no_change(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "flows" / FOOT).read_text(encoding="utf-8")
    whole = text.replace("ask: told,", "ask: said,").replace("{told:", "{said:") + "renamed: {told: said}\n"
    now = edited(tmp_path, (FOOT, text, whole)).flows["foot_check"]
    assert list(compare(shipped().flows["foot_check"], now)) == []


def test_what_the_change_lists_as_milder_is_not_reported_and_what_it_lists_in_vain_is(tmp_path: Path) -> None:
    milder = (FOOT, "{skin: {has_any: [calf]}}, level: same_day", "{skin: {has_any: [calf]}}, level: soon")
    listed = (
        "milder:\n  - {rule: RF46, to: soon, because: So it is.}\n  - {rule: RF30, to: soon, because: So it was.}\n"
    )
    _, findings = changed(tmp_path, milder, (FOOT, "accept:\n", f"{listed}accept:\n"))
    assert [(finding.code, finding.at, finding.severity) for finding in findings] == [("P14", "RF30", "warning")]


def test_answers_that_are_set_aside_are_named(tmp_path: Path) -> None:
    edit = (FOOT, "one: [never, over_a_year, unsure, checked]", "one: [never, over_two_years, unsure, checked]")
    used = (FOOT, "[never, over_a_year, unsure]}", "[never, over_two_years, unsure]}")
    _, findings = changed(tmp_path, edit, used)
    [lost] = [finding for finding in findings if finding.severity == "warning"]
    assert (lost.at, "`over_a_year`" in lost.message) == ("last_check", True)


def test_a_change_that_is_too_large_says_which_questions_make_it_so(tmp_path: Path) -> None:
    now = edited(tmp_path, (FOOT, "[calf]}}, level: same_day", "[calf]}}, level: soon")).flows["foot_check"]
    finding = list(compare(shipped().flows["foot_check"], now, most=50))[-1]
    assert finding.code == "P15"
    assert "more than 50 pairs of states" in finding.message
