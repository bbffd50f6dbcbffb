"""Loading flows: the samples load, and each rule has a file that breaks it with exactly its errors."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flow_samples import INVALID, PICTURES, VALID, flow_in, load, valid

from bonewise.flow import condition as c
from bonewise.flow.load import FlowError
from bonewise.flow.model import AnswerOf, Ask, Do, FollowUp, Level, Many, Number, One, Review, Say

SAYS = "# error: "


@pytest.mark.parametrize("path", sorted(INVALID.glob("*.yml")), ids=lambda path: path.stem)
def test_each_broken_rule_gives_exactly_its_errors(path: Path, tmp_path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    expected = [line.removeprefix(SAYS) for line in lines if line.startswith(SAYS)]
    flows = tmp_path / "flows"
    flows.mkdir()
    shutil.copy(path, flows)
    shutil.copytree(PICTURES, tmp_path / "pictures")
    with pytest.raises(FlowError) as caught:
        load(VALID, flows)
    start = f"{(flows / path.name).as_posix()}:"
    assert [str(fault).removeprefix(start) for fault in caught.value.diagnostics] == expected


def test_all_samples_load() -> None:
    assert set(valid().flows) == {"back", "everything", "home", "learn_link", "plan_visit", "reminders", "watch"}


def test_all_faults_of_all_files_are_reported_together_sorted_by_place(tmp_path: Path) -> None:
    for name in ("when_reads_itself", "kind_unknown", "options_file_single"):
        shutil.copy(INVALID / f"{name}.yml", tmp_path)
    (tmp_path / "kind_unknown.yml").rename(tmp_path / "a.yml")
    text = (tmp_path / "a.yml").read_text(encoding="utf-8").replace("broken", "other")
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    with pytest.raises(FlowError) as caught:
        load(VALID, tmp_path)
    files = [Path(fault.mark.file).stem for fault in caught.value.diagnostics]
    assert files == ["a", "options_file_single", "when_reads_itself"]
    assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.diagnostics]


def test_a_missing_directory_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="no such directory of flows"):
        load(tmp_path / "nowhere")


def test_a_second_flow_of_the_same_name_in_one_directory_is_a_fault(tmp_path: Path) -> None:
    for name in ("one", "two"):
        shutil.copy(VALID / "home.yml", tmp_path / f"{name}.yml")
    with pytest.raises(FlowError, match=r"two\.yml:1:7: a second flow or block `home`"):
        load(VALID, tmp_path)


def test_a_later_directory_replaces_flows_sets_and_sources_by_id(tmp_path: Path) -> None:
    home = "flow: home\nversion: 7\nkind: page\nsteps: [{say: mine, source: my-own}]\n"
    (tmp_path / "mine.yml").write_text(home, encoding="utf-8")
    sources = "sources:\n  my-own: {title: Mine, publisher: Me}\n  seed: {title: Other, publisher: Me}\n"
    (tmp_path / "sources.yml").write_text(sources, encoding="utf-8")
    (tmp_path / "options.yml").write_text('options:\n  new_old: [old, "new"]\n', encoding="utf-8")
    (tmp_path / "levels.yml").write_text(
        "levels: {crisis: {follow_up: {from: plan, after: 5m}}, emergency: {}, same_day: {}, soon: {}, routine: {},"
        " self_care: {}}\n",
        encoding="utf-8",
    )
    with pytest.raises(FlowError, match="unknown answer to `saddle_new`: `new_or_worse`"):
        load(VALID, tmp_path)
    (tmp_path / "options.yml").write_text('options:\n  maybe: ["yes", "no"]\n', encoding="utf-8")
    loaded = load(VALID, tmp_path)
    assert loaded.flows["home"].version == 7
    assert loaded.flows["back"] is not None
    assert loaded.sources["seed"].title == "Other"
    assert loaded.options["maybe"] == ("yes", "no")
    assert loaded.options["yes_no"] == ("yes", "unsure", "no")
    assert loaded.follow_ups[Level.CRISIS] == FollowUp("plan", (300,))


def test_countries_are_left_to_the_room_that_reads_them(tmp_path: Path) -> None:
    (tmp_path / "countries.yml").write_text("anything: [goes]\n", encoding="utf-8")
    assert load(VALID, tmp_path).flows


def test_a_level_says_when_it_is_asked_how_it_went() -> None:
    assert valid().follow_ups == {Level.EMERGENCY: FollowUp("result", (1200, None))}


def test_levels_can_be_a_plain_list_or_absent(tmp_path: Path) -> None:
    shutil.copytree(VALID, tmp_path / "flows")
    shutil.copytree(PICTURES, tmp_path / "pictures")
    listed = "levels: [crisis, emergency, same_day, soon, routine, self_care]\n"
    (tmp_path / "flows" / "levels.yml").write_text(listed, encoding="utf-8")
    assert load(tmp_path / "flows").follow_ups == {}
    (tmp_path / "flows" / "levels.yml").unlink()
    assert load(tmp_path / "flows").follow_ups == {}


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        ("{from: birth, after: [2h]}", "unknown `from` `birth`"),
        ("{from: plan, after: [soon]}", "cannot be `soon`: a whole number with m, h or d, such as 6h, or morning"),
        ("{from: plan}", "after"),
    ],
)
def test_a_follow_up_that_is_none_is_refused(tmp_path: Path, wrong: str, what: str) -> None:
    others = "soon: {}, routine: {}, self_care: {}"
    levels = f"levels: {{crisis: {{}}, emergency: {{}}, same_day: {{follow_up: {wrong}}}, {others}}}"
    (tmp_path / "levels.yml").write_text(levels, encoding="utf-8")
    with pytest.raises(FlowError, match=re.escape(what)):
        load(VALID, tmp_path)


def test_a_block_is_laid_out_under_its_own_name() -> None:
    flow = valid().flows["back"]
    signs = flow.ask("life.signs")
    assert signs is not None
    assert signs.key == "life.signs"
    rule = next(rule for flag in flow.flags for rule in flag.rules if rule.id == "life.RF01b")
    assert (rule.key, rule.when) == ("life.RF01b", c.Is("life.stroke_over", ("over_a_week_ago_and_gone",)))
    assert "spine_nerves.old_sign" in flow.facts
    assert flow.gates == ("life", "spine_nerves")
    assert [flag.id for flag in flow.flags][:2] == ["life.RF01", "life.RF02"]


def test_one_block_serves_many_flows() -> None:
    assert valid().flows["back"].ask("life.signs") == valid().flows["everything"].ask("life.signs")


def test_the_when_of_a_use_joins_that_of_each_step() -> None:
    flow = valid().flows["everything"]
    guard = c.Person("none", ("adult",))
    sign, new = flow.ask("extra.sign"), flow.ask("extra.sign_new")
    assert sign is not None
    assert new is not None
    assert sign.when == guard
    assert new.when == c.All((guard, c.Is("extra.sign", ("yes",))))


def test_everything_of_a_flow_arrives_in_the_model() -> None:
    flow = valid().flows["everything"]
    assert (flow.version, flow.kind, flow.about, flow.fresh) == (3, "check", ("self", "other"), 6 * 3600)
    assert flow.takes == {"level": "level", "reason": "text"}
    assert flow.renamed == {"how_old": "age", "extra.old_sign": "extra.sign"}
    assert flow.reviewed == Review("Dr A. Example", "2026-11-25", "0123456789ab")
    assert [card.id for card in flow.cards] == ["calm", "always"]
    assert [offer.to for offer in flow.offers] == ["plan_visit", "summary", "watch"]
    assert flow.otherwise is Level.SELF_CARE
    assert [(accept.finding, accept.at) for accept in flow.accept] == [("P3", "today_two")]
    assert [(milder.rule, milder.to) for milder in flow.milder] == [("gone", Level.SOON)]


def test_every_kind_of_step_arrives_in_the_model() -> None:
    flow = valid().flows["everything"]
    intro = flow.steps[0]
    assert isinstance(intro, Say)
    assert (intro.button, intro.sources) == ("start", ("seed",))
    asks = {step.id: step for step in flow.steps if isinstance(step, Ask)}
    assert asks["age"].kind == Number(18, 120, "years", "more")
    assert asks["bones"].kind == Many(("weak", "broken", "unsure", "none"), None, "first")
    assert (asks["bones"].keep, asks["bones"].again) == (True, {"unsure"})
    assert asks["seen"].kind == One(("yes", "unsure", "no"), "yes_no", "first")
    assert asks["sure"].edit == {"change": "since"}
    assert [link.to for link in asks["since"].links] == ["learn_link"]
    first, second = (step for step in flow.steps if isinstance(step, Do))
    assert first.arguments["about"] == AnswerOf("since")
    assert first.arguments["loud"] is True
    assert second.arguments["many"] == ("weak",)
    assert first.id != second.id


def test_every_form_of_condition_arrives_in_the_model() -> None:
    facts = valid().flows["everything"].facts
    assert facts["very_old"] == c.All((c.FactIs("old"), c.Between("age", 80, 120)))
    assert facts["several"] == c.Chosen("bones", 2, None)
    both = c.Has("bones", "all", ("weak", "broken"))
    assert facts["two"] == c.Count((c.FactIs("old"), both, c.Is("place", ("skipped",))), 2)
    assert facts["calm"] == c.Not(c.Has("bones", "any", ("weak",)))


def test_a_question_can_be_negated_where_it_is_surely_asked(tmp_path: Path) -> None:
    flow = flow_in(tmp_path, "flow: one\nversion: 1\nkind: task\nsteps:\n  - {ask: a, one: [x, y]}\n"
                   "  - {say: b, when: {not: {a: x}}}\n")  # fmt: skip
    assert flow.steps[1].when == c.Not(c.Is("a", ("x",)))


def test_an_action_may_read_a_question_that_its_own_condition_shows_to_be_asked(tmp_path: Path) -> None:
    flow = flow_in(tmp_path, "flow: one\nversion: 1\nkind: task\nsteps:\n  - {ask: a, one: [x, y]}\n"
                   "  - {ask: b, one: [x, y], when: {a: x}}\n"
                    "  - {do: pause_reminder, with: {id: {answer: b}}, when: {b: y}}\n"
                   "  - {do: pause_reminder, with: {id: {answer: b}}, when: {a: x}}\n")  # fmt: skip
    assert len([step for step in flow.steps if isinstance(step, Do)]) == 2
