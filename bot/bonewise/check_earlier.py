"""The flows of an earlier version, from a git revision or a directory."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bonewise.dialogue.actions import ACTIONS
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.traits import TRAITS
from bonewise.flow.load import FlowError, load_flows
from bonewise.flow.model import Flow


class EarlierError(Exception):
    """There are no flows to compare with; the message says why."""


def load_earlier(where: str, flows: Path) -> Mapping[str, Flow]:
    """The flows of before by id: of a directory (or its folder `flows`), or as `flows` was at a git revision.

    Raises `EarlierError`.
    """
    folder = Path(where)
    if folder.is_dir():
        return _load(folder / "flows" if (folder / "flows").is_dir() else folder)
    with TemporaryDirectory() as temporary:
        _extract(where, flows, Path(temporary))
        return _load(Path(temporary))


def _load(folder: Path) -> Mapping[str, Flow]:
    try:
        loaded = load_flows([folder], actions=ACTIONS, providers=frozenset(PROVIDERS), traits=TRAITS)
    except FlowError as error:
        raise EarlierError(f"the flows of before cannot be read any more:\n{error}") from None
    return loaded.flows


def _extract(revision: str, flows: Path, target: Path) -> None:
    command = ["git", "-C", str(flows), "archive", "--format=tar", "--end-of-options", revision, "."]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except OSError as error:
        raise EarlierError(f"git cannot be run: {error.strerror}; name a directory instead") from None
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip()
        raise EarlierError(f"`{revision}` is neither a directory nor a revision that git knows: {why}")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(target, filter="data")
