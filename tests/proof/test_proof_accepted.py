"""What a flow accepts with a reason is not reported, and what it accepts in vain is (P14)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.proof.prove import prove
from tests.proof.repository import edited, line_of

FOOT, BONES, TINGLING = "foot_check.yml", "bone_risk.yml", "tingling.yml"
Edit = tuple[str, str, str]

MENDED: list[tuple[str, Edit]] = [
    ("toes", (FOOT, "{bear: skipped}]}", "{bear: skipped}, {toes: skipped}]}")),
    ("hot_cold", (FOOT, "{feel: unsure}, {hot_cold: unsure}, ", "{feel: unsure}, ")),
    ("parent_hip", (BONES, "{life: unsure}]}", "{life: unsure}, {parent_hip: unsure}]}")),
    ("birth_sex", (BONES, "{life: unsure}]}", "{life: unsure}, {birth_sex: unsure}]}")),
]
"""Edits after which a finding that is accepted is found no more."""


def test_what_is_accepted_with_a_reason_is_not_reported(tmp_path: Path) -> None:
    accept = "otherwise: self_care\naccept:\n  - {finding: P6, at: medicines, because: It is so.}\n"
    edits = (TINGLING, "        - {medicines: unsure}\n", ""), (TINGLING, "otherwise: self_care\n", accept)
    assert prove(edited(tmp_path, *edits).flows["tingling"]) == []


@pytest.mark.parametrize(("at", "edit"), MENDED, ids=[at for at, _ in MENDED])
def test_what_is_accepted_and_found_no_more_is_told(at: str, edit: Edit, tmp_path: Path) -> None:
    name = edit[0].removesuffix(".yml")
    findings = prove(edited(tmp_path, edit).flows[name])
    [finding] = [finding for finding in findings if (finding.code, finding.at) == ("P14", at)]
    assert str(finding.mark).startswith(line_of(tmp_path, edit[0], f"at: {at},"))
