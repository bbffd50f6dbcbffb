"""What is called dead is reached by nobody (P4): a text that an answer picks, too."""

from __future__ import annotations

from pathlib import Path

from bonewise.flow.load import load_flows
from bonewise.proof.prove import prove

PICKED = """
flow: notes
version: 1
kind: check
steps:
  - {ask: started, one: [today, never]}
  - {ask: where, one: [feet, unsure], when: {started: today}}
  - {ask: pain, one: ["yes", "no"]}
  - {say: hint, by: where}
flags:
  pain: {when: {pain: "yes"}, level: soon, id: sore, source: editorial}
otherwise: routine
"""
SOURCES = "sources: {editorial: {title: A choice, publisher: Bonewise}}"


def test_a_text_that_an_earlier_answer_picks_is_reached(tmp_path: Path) -> None:
    (tmp_path / "notes.yml").write_text(PICKED, encoding="utf-8")
    (tmp_path / "sources.yml").write_text(SOURCES, encoding="utf-8")
    flow = load_flows([tmp_path], actions={}, providers=frozenset(), traits=frozenset()).flows["notes"]
    assert [finding.at for finding in prove(flow) if finding.code == "P4"] == []
