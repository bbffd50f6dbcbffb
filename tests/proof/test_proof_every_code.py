"""Every property of `bonewise check` is told to authors, and catches at least three faults planted in shipped flows."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from tests.proof.test_proof_accepted import MENDED
from tests.proof.test_proof_against import MILDER
from tests.proof.test_proof_lengths import LENGTHENED
from tests.proof.test_proof_planted import IN_GATES, IN_TINGLING
from tests.proof.test_proof_size import TOO_LARGE
from tests.proof.test_proof_unreadable import UNREADABLE
from tests.test_check_screens import SHOWN

ROOT = Path(__file__).parents[2]

PLANTED = Counter(
    {
        "P0": len(UNREADABLE),
        **Counter(code for code, _, _ in (*IN_GATES, *IN_TINGLING)),
        **Counter(fault.code for fault in SHOWN),
        "P10": len(MILDER),
        "P14": len(MENDED),
        "P15": len(TOO_LARGE),
        "P16": len(LENGTHENED),
    }
)
"""How many faults are planted for each code."""


def codes() -> set[str]:
    """The codes that a finding can have."""
    files = [*(ROOT / "bot" / "bonewise" / "proof").rglob("*.py"), *(ROOT / "bot" / "bonewise").glob("check*.py")]
    return {code for file in files for code in re.findall(r'"(P[0-9]+)"', file.read_text(encoding="utf-8"))}


def test_the_page_for_authors_tells_what_each_code_means() -> None:
    page = (ROOT / "docs" / "flows.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| (P[0-9]+) \|", page, re.MULTILINE)) == codes()


def test_each_code_catches_at_least_three_faults_planted_in_shipped_flows() -> None:
    assert {code: PLANTED[code] for code in sorted(codes()) if PLANTED[code] < 3} == {}
