"""Flows and words as they are shipped, and an operator's own over them."""

from __future__ import annotations

import shutil
from pathlib import Path

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
