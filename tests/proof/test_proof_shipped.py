"""The flows of the repository have no fault that the prover knows."""

from __future__ import annotations

import pytest

from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.proof.prove import prove
from tests.proof.repository import shipped


@pytest.mark.parametrize("name", sorted(shipped().flows))
def test_a_shipped_flow_has_no_finding(name: str) -> None:
    assert ["\n".join(finding.lines()) for finding in prove(shipped().flows[name], EXCLUSIVE)] == []
