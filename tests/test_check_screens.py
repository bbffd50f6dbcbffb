"""Faults planted in the screens of the repository are found at their place: P8 cannot be shown, P9 is too much."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bonewise.check_screens import check_screens, with_talks
from bonewise.content import world_of
from bonewise.dialogue.traits import EXCLUSIVE
from bonewise.dialogue.world import World
from bonewise.flow.play import play
from bonewise.proof.finding import Finding
from bonewise.proof.prove import examine
from bonewise.proof.screens.judge import find_stray_marks
from bonewise.proof.screens.unanswered import find_unanswered

ROOT = Path(__file__).parents[1]
FEET = "locales/foot_check/en.yml"
PLANS = ("locales/plan_visit/en.yml", "locales/plan_visit/es.yml")
LEVELS_EN, LEVELS_ES = "locales/levels/en.yml", "locales/levels/es.yml"
LONG = "A long reason stands here. " * 100  # 2700 letters: two of them are more than a message
BLACK = "You told us that part of a foot is black or blue"
UNSURE = "You told us that you can't tell if a foot is black or blue"
CALF = "A calf that is sore and swollen"
CLIMBS = "You told us that numbness or tingling is climbing both legs"
BREAKS = "**Weak bones (osteoporosis) break more easily.**"
Edit = tuple[str, str, str]
"""The file, a text that stands there once, and what stands in its place."""


class Shown:
    """A fault of a screen: code and flow, what the finding says, a part of the line that it names, and the edits."""

    def __init__(self, code: str, flow: str, says: str, line: str, *edits: Edit, tag: str = "en") -> None:
        self.code, self.flow, self.says, self.line, self.edits, self.tag = code, flow, says, line, edits, tag


PICTURE: list[Edit] = [
    ("flows/learn_bone.yml", "  - say: card\n", "  - say: card\n    picture: two_systems.png\n"),
    *(
        (f"locales/learn/{tag}.yml", f'    link: "{link}"\n    card:\n', f'    link: "{link}"\n    card:\n{picture}')
        for tag, link in (("en", "Weak bones"), ("es", "Huesos débiles"))
        for picture in ('      picture: "Two systems."\n',)
    ),
]


def planted(folder: Path, *edits: Edit) -> World:
    """The world of the repository with some texts replaced."""
    for name in ("flows", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copytree(ROOT / "tests" / "flows" / "pictures", folder / "pictures")
    for name, old, new in edits:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{name} has {old!r} {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")
    return world_of([folder / "flows"], [folder / "locales"])


@pytest.mark.long
def test_a_tip_that_is_too_long_with_the_longest_number_to_call_is_found_at_its_text(tmp_path: Path) -> None:
    line = "Do not wait to see if it passes."
    world = planted(tmp_path, ("locales/tips/en.yml", line, f"{line} {'Call now. ' * 10}"))
    [finding] = [one.finding for one in check_screens(world, "en") if "tips.text" in one.finding.message]
    assert (finding.code, finding.at, Path(finding.mark.file).parent.name) == ("P9", "T1", "tips")


def found(world: World, code: str, flow: str, tag: str = "en") -> list[Finding]:
    """The findings of a code in a flow, with the conversations that show them."""
    flows = world.flows.flows
    proofs = {flow: examine(flows[flow], EXCLUSIVE)}
    findings = with_talks(check_screens(world, tag, [flow]), proofs, flows)
    return [finding for finding in findings if finding.code == code]


def place(finding: Finding) -> str:
    """The line that a finding names."""
    return Path(finding.mark.file).read_text(encoding="utf-8").splitlines()[finding.mark.line - 1]


@pytest.mark.parametrize("tag", ["en", "es"])
def test_the_screens_of_the_repository_have_no_fault(tag: str) -> None:
    world = world_of([ROOT / "flows"], [ROOT / "locales"])
    assert [one.finding.message for one in check_screens(world, tag)] == []
    assert list(find_stray_marks(world.catalog)) == []


SHOWN: list[Shown] = [
    Shown(
        "P8",
        "worse",
        "`net.permission` is missing",
        "flow: worse",
        *((file, "    permission:", "    allowed:") for file in (LEVELS_EN, LEVELS_ES)),
    ),
    Shown(
        "P8",
        "worse",
        "is shown in English, because `net.permission` is missing in es",
        "flow: worse",
        (LEVELS_ES, "    permission:", "    disclaimed:"),
        (LEVELS_EN, "  net:", "  net:\n    disclaimed: x"),
        tag="es",
    ),
    Shown(
        "P8",
        "plan_visit",
        "nothing fills in {for_whom}",
        "{for_whom}",
        *((file, "{for_what}", "{for_whom}") for file in PLANS),
        tag="es",
    ),
    Shown("P9", "foot_check", "Telegram takes 4096", BLACK, (FEET, BLACK, LONG * 2 + BLACK)),
    Shown("P9", "foot_check", f"{CALF}”, 33 letters, and 30 are the most", CALF, (FEET, '"Sore calf"', f'"{CALF}"')),
    Shown(
        "P9",
        "home",
        "rows of buttons, and 5 are the most",
        "What would you like to do?",
        ("flows/home.yml", "- learn\n", "- learn\n      - learn_b12\n      - learn_height\n      - learn_questions\n"),
    ),
]


@pytest.mark.parametrize("fault", SHOWN, ids=[f"{fault.code}-{fault.flow}" for fault in SHOWN])
def test_a_fault_of_a_screen_is_found_at_its_place_with_a_conversation_to_it(fault: Shown, tmp_path: Path) -> None:
    world = planted(tmp_path, *fault.edits)
    finding = found(world, fault.code, fault.flow, fault.tag)[0]
    assert fault.says in finding.message
    assert fault.line in place(finding)
    if finding.talk is not None:
        play(world.flows.flows[fault.flow], finding.talk.answers, traits=finding.talk.traits)


def test_a_screen_that_falls_back_is_a_warning_in_its_language_and_none_in_english(tmp_path: Path) -> None:
    fault = SHOWN[1]
    world = planted(tmp_path, *fault.edits)
    assert [finding.severity for finding in found(world, "P8", fault.flow, fault.tag)] == ["warning"]
    assert found(world, "P8", fault.flow) == []


def test_an_answer_that_was_perhaps_not_given_is_found_with_a_conversation_without_it(tmp_path: Path) -> None:
    world = planted(tmp_path, *((file, "{for_what}", "{own_words}") for file in PLANS))
    [finding] = find_unanswered(world.flows.flows["plan_visit"], EXCLUSIVE, world.catalog)
    assert (finding.code, finding.at) == ("P8", "sure")
    assert "`own_words`, which is not asked here" in finding.message
    assert finding.talk is not None
    assert "own_words" not in {answered.step for answered in finding.talk.answers}


def test_a_mark_without_its_partner_is_found(tmp_path: Path) -> None:
    world = planted(tmp_path, (FEET, "**Look once more. Is", "**Look once more. _Is"))
    [finding] = find_stray_marks(world.catalog)
    assert (finding.code, finding.at) == ("P8", "foot_check.skin.ask")
    assert "Look once more" in place(finding)


@pytest.mark.long
def test_reasons_that_fit_alone_and_not_together_are_found(tmp_path: Path) -> None:
    alone, both = [(FEET, UNSURE, LONG + UNSURE)], [(FEET, UNSURE, LONG + UNSURE), (FEET, CLIMBS, LONG + CLIMBS)]
    assert found(planted(tmp_path / "alone", *alone), "P9", "foot_check") == []
    together = found(planted(tmp_path / "both", *both), "P9", "foot_check")
    assert {finding.at for finding in together} == {"RF30_unsure"}
    assert all("Telegram takes 4096; shorten it" in finding.message for finding in together)


def test_a_page_with_a_picture_keeps_the_shorter_limit_of_a_caption(tmp_path: Path) -> None:
    longer = ("locales/learn/en.yml", BREAKS, f"{BREAKS} {LONG[:900]}")
    assert found(planted(tmp_path / "short", *PICTURE), "P9", "learn_bone") == []
    [finding] = found(planted(tmp_path / "long", *PICTURE, longer), "P9", "learn_bone")
    assert "below a picture, and Telegram takes 1024" in finding.message
    assert finding.mark.file == (tmp_path / "long" / longer[0]).as_posix()
