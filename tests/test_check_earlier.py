"""Where `bonewise check --against` finds the flows of before."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bonewise.check_earlier import EarlierError, load_earlier

FLOW = "flow: own_page\nversion: 1\nkind: page\nsteps:\n  - say: hello\n"


@pytest.fixture
def flows(tmp_path: Path) -> Path:
    """A repository whose only commit has the flow, which the working copy does not have any more."""
    folder = tmp_path / "flows"
    folder.mkdir()
    (folder / "own_page.yml").write_text(FLOW)
    (folder / "levels.yml").write_text("levels: [crisis, emergency, same_day, soon, routine, self_care]\n")
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "First"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    (folder / "own_page.yml").unlink()
    return folder


def test_a_revision_has_the_flows_as_they_were(flows: Path) -> None:
    assert set(load_earlier("HEAD", flows)) == {"own_page"}


def test_a_directory_is_read_as_it_is_or_by_its_folder_of_flows(flows: Path) -> None:
    assert set(load_earlier(str(flows), flows)) == set(load_earlier(str(flows.parent), flows)) == set()


def test_what_is_neither_is_told(flows: Path) -> None:
    with pytest.raises(EarlierError, match="`nothing` is neither a directory nor a revision that git knows"):
        load_earlier("nothing", flows)
    with pytest.raises(EarlierError, match="neither a directory nor a revision"):
        load_earlier("--output=x", flows)


def test_flows_that_cannot_be_read_any_more_are_told(flows: Path) -> None:
    (flows / "own_page.yml").write_text(FLOW.replace("say", "sy"))
    with pytest.raises(EarlierError, match=r"cannot be read any more:\n.*own_page\.yml:5:5"):
        load_earlier(str(flows), flows)
