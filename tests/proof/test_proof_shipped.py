"""The flows of the repository have no fault that the prover knows."""

from __future__ import annotations

import pytest

from bonewise.proof.prove import prove
from tests.proof.repository import shipped

OPEN = {"foot_check": "toes, hot_cold", "bone_risk": "birth_sex, parent_hip"}
"""Flows with findings that wait for their authors."""


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.xfail(reason=OPEN[n])) if n in OPEN else n for n in sorted(shipped().flows)],
)
def test_a_shipped_flow_has_no_finding(name: str) -> None:
    assert ["\n".join(finding.lines()) for finding in prove(shipped().flows[name])] == []
