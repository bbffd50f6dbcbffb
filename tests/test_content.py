"""Flows and words as they are shipped, and an operator's own over them."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest

from bonewise.content import checked_world, load_alarms, load_world
from bonewise.dialogue.event import Press
from bonewise.dialogue.world import World
from bonewise.flow.load_pictures import pictures_of
from bonewise.i18n.words import Words
from bonewise.settings import Settings
from tests.dialogue.conversation import Conversation

PICTURE = Path(__file__).parent / "flows" / "pictures" / "two_systems.png"
FLOW = "flow: own_page\nversion: 1\nkind: page\nsteps:\n  - say: hello\n"


def own(folder: Path, **files: str) -> Settings:
    """The settings of an operator with these files of their own, `__` for each slash of a path."""
    for name, content in files.items():
        file = folder / f"{name.replace('__', '/')}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    there = {f"{part}_dir": folder / part for part in ("flows", "locales") if (folder / part).is_dir()}
    return Settings.model_validate(there)


def the_fault(settings: Settings) -> str:
    faults = checked_world(settings)
    assert isinstance(faults, list)
    [fault] = faults
    return str(fault)


def test_everything_that_is_shipped_loads_without_a_fault() -> None:
    assert isinstance(checked_world(Settings()), World)


def test_the_shipped_alarm_words_are_heard() -> None:
    assert load_alarms(Settings()).hear("I can't breathe").strength == "hard"
    assert load_alarms(Settings()).hear("no puedo respirar").strength == "hard"


def test_english_and_spanish_are_served() -> None:
    assert {"en", "es"} <= set(load_world(Settings()).catalog.languages)


def test_spanish_is_complete() -> None:
    catalog = load_world(Settings()).catalog
    assert [key for key in catalog.keys("en") if not catalog.has("es", key)] == []


def test_an_operators_own_words_win_and_the_others_stay(tmp_path: Path) -> None:
    settings = own(tmp_path, locales__own__en='en:\n  home:\n    link: "Our front page"\n')
    assert isinstance(checked_world(settings), World)
    words = Words(load_world(settings).catalog, ("en",))
    assert words.say("home.link") == "Our front page"
    assert words.say("page.send") == "Send"


def test_an_operators_own_page_stands_beside_those_of_the_project(tmp_path: Path) -> None:
    page = "en:\n  own_page:\n    link: Ours\n    hello:\n      text: Hello.\n"
    settings = own(tmp_path, flows__own_page=FLOW, locales__own__en=page)
    assert isinstance(checked_world(settings), World)
    assert {"own_page", "tingling"} <= set(load_world(settings).flows.flows)


def illustrated(folder: Path, *tags: str) -> Settings:
    """An operator's page with a picture, whose words are there in these languages."""
    (folder / "pictures").mkdir()
    shutil.copy(PICTURE, folder / "pictures" / "two.png")
    page = "  own_page:\n    link: Ours\n    hello:\n      text: Hello.\n"
    words = {tag: f"{tag}:\n{page}" + ("      picture: A **bone**.\n" if tag in tags else "") for tag in ("en", "es")}
    flow = FLOW + "    picture: two.png\n"
    return own(folder, flows__own_page=flow, **{f"locales__own__{tag}": text for tag, text in words.items()})


def test_an_operators_page_shows_its_picture_and_says_what_it_shows(tmp_path: Path) -> None:
    settings = illustrated(tmp_path, "en", "es")
    assert isinstance(checked_world(settings), World)
    world = load_world(settings)
    talk = Conversation(world=world)
    talk.does(Press("go:own_page"))
    [screen] = talk.new
    assert (screen.text, screen.picture_words) == ("Hello.", "A bone.")
    assert pictures_of(world.flows) == {screen.picture: tmp_path / "pictures" / "two.png"}


def test_what_a_picture_shows_must_be_said_in_every_language(tmp_path: Path) -> None:
    fault = the_fault(illustrated(tmp_path, "en"))
    where, _, what = fault.partition(": ")
    assert where == f"{tmp_path}/flows/own_page.yml:5:5"
    assert what == "the text `own_page.hello.picture` is missing; write it in locales/<part>/es.yml"


def test_a_fault_in_an_operators_own_flow_has_its_place(tmp_path: Path) -> None:
    settings = own(tmp_path, flows__own_page=FLOW + "  - {say: more, when: {nothing: 1}}\n")
    assert the_fault(settings).startswith(f"{tmp_path}/flows/own_page.yml:6:")


def test_a_fault_in_an_operators_own_words_has_its_place(tmp_path: Path) -> None:
    settings = own(tmp_path, locales__own__en='en:\n  home:\n    link: "{nmae"\n')
    assert the_fault(settings).startswith(f"{tmp_path}/locales/own/en.yml:3:11: ")


def test_what_is_no_yaml_has_its_place(tmp_path: Path) -> None:
    settings = own(tmp_path, flows__own_page="flow: own_page\n  steps: [\n")
    assert the_fault(settings).startswith(f"{tmp_path}/flows/own_page.yml:2:")


def test_a_fault_in_an_operators_own_alarm_words_has_its_place(tmp_path: Path) -> None:
    settings = own(tmp_path, locales__alarm__en="en:\n  hrad: []\n")
    assert the_fault(settings).startswith(f"{tmp_path}/locales/alarm/en.yml:2:")


def test_a_text_that_no_file_has_is_told_with_the_step_that_needs_it(tmp_path: Path) -> None:
    page = "en:\n  own_page:\n    link: Ours\n"
    settings = own(tmp_path, flows__own_page=FLOW, locales__own__en=page)
    assert the_fault(settings) == (
        f"{tmp_path}/flows/own_page.yml:5:5: the text `own_page.hello.text` is missing; "
        "write it in locales/<part>/en.yml"
    )


ALARMS = """{tag}:
  words: {{air: [luft], faint: [flau], die: [sterben], sad: [traurig]}}
  signs:
    breathing: {{kind: emergency, hard: [air], soft: [faint], must_hit: {{hard: [luft], soft: [flau]}}}}
    ending_life: {{kind: crisis, hard: [die], soft: [sad], must_hit: {{hard: [sterben], soft: [traurig]}}}}
"""
GERMAN = "{tag}:\n  home:\n    link: Anfang\n"


def served(settings: Settings) -> tuple[str, ...]:
    return load_world(settings).catalog.languages


@pytest.mark.parametrize("alarms", ["", "de: {}\n", ALARMS.format(tag="de").replace("soft: [traurig]", "soft: [air]")])
def test_a_language_whose_alarms_are_not_heard_is_not_served(
    tmp_path: Path, alarms: str, caplog: pytest.LogCaptureFixture
) -> None:
    files = {"locales__own__de": GERMAN.format(tag="de"), **({"locales__alarm__de": alarms} if alarms else {})}
    settings = own(tmp_path, **files)
    with caplog.at_level(logging.WARNING):
        assert served(settings) == ("en", "es")
    [warning] = caplog.messages
    faults = checked_world(settings)
    assert isinstance(faults, list)
    assert warning in map(str, faults)
    assert warning.startswith(f"{tmp_path}/locales/alarm/de.yml:1:1: `de` is not served: ")
    assert ("hard emergency" in warning) == ("traurig" not in alarms)
    assert "soft crisis" in warning
    assert "must_hit" in warning


@pytest.mark.parametrize(("tag", "alarm"), [("de", "de"), ("de-AT", "de"), ("es-MX", "es"), ("zh-Hant", "zh-TW")])
def test_a_language_whose_alarms_are_heard_is_served(tmp_path: Path, tag: str, alarm: str) -> None:
    heard = {f"locales__alarm__{alarm}": ALARMS.format(tag=alarm)} if alarm != "es" else {}
    settings = own(tmp_path, **{f"locales__own__{tag}": GERMAN.format(tag=tag)}, **heard)
    assert tag in served(settings)
    faults = checked_world(settings)
    assert isinstance(faults, list)  # of tips, which must be there in every language
    assert [fault for fault in faults if "is missing" not in fault.message] == []


def test_another_script_wants_alarm_words_of_its_own(tmp_path: Path) -> None:
    words = {"locales__own__zh-Hant": GERMAN.format(tag="zh-Hant"), "locales__alarm__zh": ALARMS.format(tag="zh")}
    assert served(own(tmp_path, **words)) == ("en", "es")


def test_a_phrase_that_its_own_alarm_patterns_miss_has_its_place(tmp_path: Path) -> None:
    alarms = ALARMS.format(tag="de").replace("hard: [luft], soft: [flau]}", "hard: [luft, atem], soft: [flau]}")
    fault = the_fault(own(tmp_path, locales__own__de=GERMAN.format(tag="de"), locales__alarm__de=alarms))
    assert fault.startswith(f"{tmp_path}/locales/alarm/de.yml:4:")
    assert "`atem` must be heard as hard emergency" in fault


def test_questions_in_a_language_without_alarm_examples_make_no_alarm_quieter(tmp_path: Path) -> None:
    told = "there is a strange dead feeling between the thighs"
    assert load_alarms(Settings()).hear(told).strength == "soft"
    asked = "".join(f'    - "{told} {number}"\n' for number in range(40))
    settings = own(tmp_path, locales__matching__de=f"de:\n  link_direct:\n{asked}")
    assert load_alarms(settings).hear(told).strength == "soft"
