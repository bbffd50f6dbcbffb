"""The flows of the repository, as they are or with edits, as the bot loads them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from bonewise.dialogue.actions import ACTIONS
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.traits import TRAITS
from bonewise.flow.load import Flows, load_flows

FLOWS = Path(__file__).parents[2] / "flows"


def load(folder: Path = FLOWS) -> Flows:
    """The flows of a folder."""
    return load_flows([folder], actions=ACTIONS, providers=frozenset(PROVIDERS), traits=TRAITS)


@cache
def shipped() -> Flows:
    """The flows of the repository."""
    return load()


def edited(folder: Path, *edits: tuple[str, str, str]) -> Flows:
    """The flows of the repository with some texts replaced: the file, the text and what stands in its place."""
    shutil.copytree(FLOWS, folder, dirs_exist_ok=True)
    for name, old, new in edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return load(folder)


def line_of(folder: Path, name: str, text: str) -> str:
    """Where a text stands in a file, as a finding names it."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    (line,) = (number for number, line in enumerate(lines, 1) if text in line)
    return f"{(folder / name).as_posix()}:{line}:"
