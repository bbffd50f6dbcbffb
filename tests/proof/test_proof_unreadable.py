"""What keeps a flow of the repository from being explored at all is told at its place (P0)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bonewise.check import check_all
from bonewise.settings import Settings
from tests.proof.repository import FLOWS

Edit = tuple[str, str]

UNREADABLE: list[tuple[str, str, Edit]] = [
    (
        "tingling",
        "unknown option of `where`: `both_feet`; did you mean `both_legs`?",
        ("limb: {any: [{where: {has_any: [both_legs,", "limb: {any: [{where: {has_any: [both_feet,"),
    ),
    (
        "back",
        "`since`",
        ("one: yes_no, when: {now: {has_any: [fever]}}}", "one: yes_no, when: {since: longer}}"),
    ),
    (
        "falls",
        "did you mean `emergency`?",
        ("level: emergency, stop: true, id: RF26_unsure,", "level: emergncy, stop: true, id: RF26_unsure,"),
    ),
    (
        "foot_check",
        "the text `foot_check.skin.options.wet` is missing",
        ("many: [hot_swollen, sore, unhealed, calf,", "many: [hot_swollen, sore, unhealed, calf, wet,"),
    ),
]
"""The flow, what is said of it, and the edit: a text that stands there once, and what stands in its place."""


@pytest.mark.parametrize(("name", "says", "edit"), UNREADABLE, ids=[name for name, _, _ in UNREADABLE])
def test_a_fault_that_keeps_a_flow_from_being_explored_is_told_with_its_line(
    name: str, says: str, edit: Edit, tmp_path: Path
) -> None:
    own = tmp_path / f"{name}.yml"
    shutil.copy(FLOWS / own.name, own)
    text = own.read_text(encoding="utf-8")
    assert text.count(edit[0]) == 1
    own.write_text(text.replace(*edit), encoding="utf-8")
    findings = check_all(Settings(flows_dir=tmp_path))
    assert {finding.code for finding in findings} == {"P0"}
    finding = findings[0]
    assert says in finding.message
    assert finding.mark.file == str(own)
    line = own.read_text(encoding="utf-8").splitlines()[finding.mark.line - 1]
    assert edit[1] in line or "ask: skin" in line
