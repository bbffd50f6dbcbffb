"""The points at which a test can kill the process, and only a test."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import bonewise
from bonewise.service.points import ANNOUNCING, NAMES

COME = """
import sys
from bonewise.service.points import point
for name in sys.argv[1:]:
    point(name)
    print(name, flush=True)
"""


def come(crash: str, *names: str) -> tuple[int, list[str]]:
    """Come to points one after the other: how the process ended, and which it passed."""
    ended = subprocess.run(
        [sys.executable, "-c", COME, *names],
        env={**os.environ, "BONEWISE_CRASH_AT": crash},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout.split()


def test_the_process_dies_at_the_named_point_at_the_named_hit() -> None:
    assert come("leased:2", "leased", "sending", "leased", "marked") == (-signal.SIGKILL, ["leased", "sending"])


def test_without_the_setting_a_point_does_nothing() -> None:
    assert come("", *NAMES) == (0, list(NAMES))


def test_every_name_is_a_point_of_the_code_and_every_point_has_a_name() -> None:
    files = Path(bonewise.__file__).parent.rglob("*.py")
    used = {name for file in files for name in re.findall(r'\bpoint\("(\w+)"\)', file.read_text())}
    assert used == {*NAMES, *ANNOUNCING}
