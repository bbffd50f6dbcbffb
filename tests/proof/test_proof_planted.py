"""Faults planted in the flows and gates of the repository are found, each with its code and its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.flow.play import play
from bonewise.proof.compiled import Compiled
from bonewise.proof.finding import Finding
from bonewise.proof.prove import prove
from tests.proof.repository import edited, line_of, shipped

LIFE, SPINE, SOMEONE, TINGLING = "gates/life.yml", "gates/spine_nerves.yml", "gates/someone.yml", "tingling.yml"
Edit = tuple[str, str, str]
Fault = tuple[str, str, Edit]
"""The code, what it is at, and the edit: file, text, and what stands in its place."""

IN_GATES: list[Fault] = [
    (
        "P1",
        "someone.risk",
        (
            SOMEONE,
            "ask: risk, one: yes_no,",
            'ask: risk, one: yes_no, edit: {"yes": signs, unsure: signs, "no": signs},',
        ),
    ),
    (
        "P1",
        "spine_nerves.both_legs_new",
        (
            SPINE,
            "    worst: first",
            "    edit: {old_eases: bladder_new}\n    worst: first",
        ),
    ),
    (
        "P1",
        "spine_nerves.row",
        (
            SPINE,
            "  - {ask: both_legs, one",
            "  - {ask: row, one: {from: my_reminders, none: none_there}}\n  - {ask: both_legs, one",
        ),
    ),
    (
        "P2",
        "life.RF04b_today",
        (LIFE, "level: same_day, id: RF04b_today", "level: same_day, stop: true, id: RF04b_today"),
    ),
    ("P2", "life.RF01b", (LIFE, "level: same_day, id: RF01b", "level: same_day, stop: true, id: RF01b")),
    (
        "P2",
        "spine_nerves.old_checked",
        (
            SPINE,
            "    level: routine\n    source: editorial",
            "    level: routine\n    stop: true\n    source: editorial",
        ),
    ),
    ("P3", "spine_nerves.bowel_new", (SPINE, "{bowel_new: [new_or_worse, unsure]}", "{bowel_new: unsure}")),
    ("P3", "someone.risk", (SOMEONE, '{risk: ["yes", unsure]}', "{risk: unsure}")),
    ("P3", "spine_nerves.both_legs_new", (SPINE, "{both_legs_new: [new_or_worse, unsure]}", "{both_legs_new: unsure}")),
    (
        "P4",
        "life.RF02",
        (LIFE, "{signs: {has_any: [breathing]}}", "{all: [{signs: {has_any: [breathing]}}, {signs: none}]}"),
    ),
    (
        "P4",
        "spine_nerves.bladder_long",
        (
            SPINE,
            "{all: [{fact: bladder_unchecked}, {fact: bladder_alone}]}",
            "{all: [{fact: bladder_unchecked}, {bladder: unsure}]}",
        ),
    ),
    (
        "P4",
        "spine_nerves.U1_two",
        (
            SPINE,
            "unsure_twice: {count: {of: [{saddle: unsure}",
            'unsure_twice: {all: [{saddle: unsure}, {saddle: "yes"}]}\n  spare: {count: {of: [{saddle: unsure}',
        ),
    ),
    (
        "P6",
        "spine_nerves.saddle",
        (
            SPINE,
            "of: [{saddle: unsure}, {bladder: unsure}, {bowel: unsure}, {both_legs: unsure}], min: 1",
            "of: [{bladder: unsure}, {bowel: unsure}, {both_legs: unsure}], min: 1",
        ),
    ),
    ("P6", "someone.risk", (SOMEONE, 'risk: ["yes", unsure]', 'risk: "yes"')),
    (
        "P6",
        "spine_nerves.bladder_long",
        (
            SPINE,
            '{bladder_long: ["no", unsure]}',
            '{bladder_long: "no"}',
        ),
    ),
    ("P13", "life.RF04b", (LIFE, "[sore_only]}}, level: soon", "[sore_only]}}, level: self_care")),
    ("P13", "spine_nerves.RF11d", (SPINE, "level: routine, id: RF11d", "level: self_care, id: RF11d")),
    ("P13", "spine_nerves.RF07c_long", (SPINE, "level: soon, id: RF07c_long", "level: self_care, id: RF07c_long")),
]

IN_TINGLING: list[Fault] = [
    (
        "P1",
        "explained",
        (
            TINGLING,
            "one: [known, pressed, unsure, none], when",
            "one: [known, pressed, unsure, none], "
            "edit: {known: where, pressed: where, unsure: where, none: where}, when",
        ),
    ),
    (
        "P1",
        "climbing",
        (
            TINGLING,
            'one: [weak_too, numb_only, unsure, "no"], again',
            'one: [weak_too, numb_only, unsure, "no"], edit: {"no": one_side}, again',
        ),
    ),
    (
        "P2",
        "cord_more",
        (
            TINGLING,
            "when: {all: [{fact: cord_two}, {level: {below: same_day}}",
            "when: {all: [{fact: cord_two}, {level: {below: soon}}",
        ),
    ),
    ("P3", "weak", (TINGLING, "{weak: [one_side, unsure]}, level", "{weak: unsure}, level")),
    (
        "P4",
        "toes_first",
        (
            TINGLING,
            "{pattern: toes_first}, level: routine",
            "{all: [{pattern: toes_first}, {pattern: none}]}, level: routine",
        ),
    ),
    (
        "P4",
        "shingles",
        (
            TINGLING,
            "{also: {has_any: [rash_new, rash_old]}}, source",
            "{all: [{also: {has_any: [rash_new]}}, {also: none}]}, source",
        ),
    ),
    ("P4", "nobody_reads", (TINGLING, "  new: {started", "  nobody_reads: {cancer: unsure}\n  new: {started")),
    ("P6", "medicines", (TINGLING, "        - {medicines: unsure}\n", "")),
    ("P6", "course", (TINGLING, "        - {course: unsure}\n", "")),
    ("P13", "worse", (TINGLING, "{fact: getting_worse}, level: routine", "{fact: getting_worse}, level: self_care")),
    (
        "P14",
        "cord",
        (
            TINGLING,
            "otherwise: self_care\n",
            "otherwise: self_care\naccept:\n  - {finding: P6, at: cord, because: It was so.}\n",
        ),
    ),
]


def found(findings: list[Finding], code: str, at: str) -> Finding:
    return next(finding for finding in findings if (finding.code, finding.at) == (code, at))


@pytest.mark.parametrize(("code", "at", "edit"), IN_GATES, ids=[f"{code}-{at}" for code, at, _ in IN_GATES])
def test_a_fault_in_a_gate_is_found_in_a_check_that_uses_it(code: str, at: str, edit: Edit, tmp_path: Path) -> None:
    flow = edited(tmp_path, edit).flows["foot_check"]
    finding = found(prove(flow), code, at)
    assert finding.mark.file == (tmp_path / edit[0]).as_posix()
    named = at.partition(".")[2]
    line = (tmp_path / edit[0]).read_text(encoding="utf-8").splitlines()[finding.mark.line - 1]
    assert named in line or code in {"P2", "P4", "P13"}
    if finding.talk is not None:
        play(flow, finding.talk.answers, traits=finding.talk.traits)


@pytest.mark.long
def test_all_faults_of_a_flow_are_found_in_one_run(tmp_path: Path) -> None:
    flow = edited(tmp_path, *(edit for _, _, edit in IN_TINGLING)).flows["tingling"]
    findings = prove(flow)
    for code, at, _ in IN_TINGLING:
        assert found(findings, code, at).flow == "tingling"


def test_a_gate_that_not_everybody_passes_is_found(tmp_path: Path) -> None:
    guarded = "{use: spine_nerves, gate: true, when: {fact: adult.child}}"
    flow = edited(tmp_path, (TINGLING, "{use: spine_nerves, gate: true}", guarded)).flows["tingling"]
    finding = found(prove(flow), "P2", "spine_nerves.saddle")
    assert str(finding.mark).startswith(line_of(tmp_path, SPINE, "ask: saddle, one"))


def test_the_conversation_of_a_finding_is_the_shortest_that_shows_it(tmp_path: Path) -> None:
    flow = edited(tmp_path, (SPINE, "{saddle_new: [new_or_worse, unsure]}", "{saddle_new: unsure}")).flows["foot_check"]
    finding = found(prove(flow), "P3", "spine_nerves.saddle_new")
    assert finding.talk is not None
    assert finding.other is not None
    steps = [answered.step for answered in finding.other.answers]
    assert steps == ["life.signs", "life.pains", "spine_nerves.saddle", "spine_nerves.saddle_new"]
    worse = play(flow, finding.talk.answers, traits=finding.talk.traits)
    better = play(flow, finding.other.answers, traits=finding.other.traits)
    assert worse.level is not None
    assert better.level is not None
    assert worse.level.urgency < better.level.urgency


def test_traits_that_exclude_each_other_are_not_taken_together() -> None:
    flow = shipped().flows["tingling"]
    sets = Compiled(flow, exclusive=EXCLUSIVE).traits()
    assert {frozenset[str](), frozenset({"adult"}), frozenset({"about_other"})} <= set(sets)
    assert not [some for some in sets if len(some) > 1]
