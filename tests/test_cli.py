"""The command, as it is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bonewise.cli import app
from tests.end_to_end.process import environment

FLOW = "flow: own_page\nversion: 1\nkind: page\nsteps:\n  - say: hello\n"
WORDS = 'en:\n  own_page:\n    link: "Our own page"\n    hello:\n      text: "Hello."\n'


def bonewise(*arguments: str, folder: Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """What the command says. In this process: one of its own takes a second to start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "environ", environment(folder, **settings))
        done = CliRunner().invoke(app, arguments, input=typed, catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def overlay(folder: Path, flow: str, words: str | None = None) -> dict[str, str]:
    """An operator's own flow and words, as settings."""
    flows, locales = folder / "flows", folder / "locales"
    flows.mkdir()
    (flows / "own_page.yml").write_text(flow)
    if words is None:
        return {"flows_dir": str(flows)}
    (locales / "own_page").mkdir(parents=True)
    (locales / "own_page" / "en.yml").write_text(words)
    return {"flows_dir": str(flows), "locales_dir": str(locales)}


@pytest.mark.long  # explores every flow, as tests/proof/test_proof_shipped.py does one by one
def test_check_is_content_with_what_is_shipped(tmp_path: Path) -> None:
    done = bonewise("check", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no conversation goes wrong" in done.stdout


def test_check_is_content_with_an_operators_own_page(tmp_path: Path) -> None:
    done = bonewise("check", "own_page", folder=tmp_path, **overlay(tmp_path, FLOW, WORDS))
    assert (done.returncode, done.stderr) == (0, "")


def test_check_names_the_place_of_a_fault_in_an_operators_own_flow(tmp_path: Path) -> None:
    done = bonewise("check", folder=tmp_path, **overlay(tmp_path, FLOW.replace("kind: page", "kind: pge")))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{tmp_path}/flows/own_page.yml:3:7: ")
    assert "page" in done.stderr


def test_check_names_a_text_that_is_missing_and_the_step_that_needs_it(tmp_path: Path) -> None:
    done = bonewise("check", folder=tmp_path, **overlay(tmp_path, FLOW))
    assert done.returncode == 1
    assert f"{tmp_path}/flows/own_page.yml:5:5: the text `own_page.hello.text` is missing" in done.stderr


def test_prepared_answers_are_played_to_one_object_a_line(tmp_path: Path) -> None:
    (tmp_path / "cases.yml").write_text("- {id: a, answers: {life.signs: breathing}}\n- {id: b, answers: {}}\n")
    done = bonewise("play", "tingling", "--answers", str(tmp_path / "cases.yml"), "--json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    cases = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(case["id"], case["level"]) for case in cases] == [("a", "emergency"), ("b", "routine")]


def test_an_impossible_answer_stops_and_names_its_case(tmp_path: Path) -> None:
    (tmp_path / "cases.yml").write_text("- {id: a, answers: {life.signs: breathless}}\n")
    done = bonewise("play", "tingling", "--answers", str(tmp_path / "cases.yml"), "--json", folder=tmp_path)
    assert done.returncode == 1
    assert "case a: 'breathless' cannot answer `life.signs`" in done.stderr


def test_a_flow_is_played_by_typing_and_recorded(tmp_path: Path) -> None:
    story = tmp_path / "my_story.yml"
    done = bonewise("play", "tingling", "--record", str(story), folder=tmp_path, typed="2\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert story.read_text().startswith("my story:\n  open: tingling.self\n")
    assert "level: emergency" in story.read_text()


def test_flows_and_questions_are_listed_one_object_a_line(tmp_path: Path) -> None:
    flows = bonewise("flows", "--json", folder=tmp_path).stdout.splitlines()
    assert {"id": "tingling", "kind": "check", "title": "Tingling, numb or burning"} in map(json.loads, flows)
    questions = bonewise("questions", "tingling", "--lang", "es", "--json", folder=tmp_path).stdout.splitlines()
    assert json.loads(questions[1])["id"] == "life.signs"


def test_a_flow_or_language_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert (
        bonewise("questions", "tinglin", folder=tmp_path).stderr == "there is no flow tinglin; see `bonewise flows`\n"
    )
    assert "xx is not served" in bonewise("flows", "--lang", "xx", folder=tmp_path).stderr


def test_check_explores_an_operators_own_check_and_shows_the_conversation_that_goes_wrong(tmp_path: Path) -> None:
    own = (
        "flow: own_page\nversion: 1\nkind: check\nsteps:\n  - {ask: hello, one: yes_no}\n"
        'flags: {odd: {when: {hello: "yes"}, level: soon}}\notherwise: self_care\n'
    )
    words = "en: {own_page: {link: A, title: A, hello: {ask: A}, odd: {why: A, say: A}, otherwise: {why: A, say: A}}}\n"
    done = bonewise("check", "own_page", "--format", "github", folder=tmp_path, **overlay(tmp_path, own, words))
    assert done.returncode == 1
    assert f"::error file={tmp_path}/flows/own_page.yml,line=5,col=5,title=P6 own_page::`unsure`" in done.stdout
    assert "hello=unsure" in done.stdout


def test_run_stops_at_a_fault_in_an_operators_own_flow(tmp_path: Path) -> None:
    done = bonewise("run", folder=tmp_path, **overlay(tmp_path, FLOW + "  - sy: hello\n"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{tmp_path}/flows/own_page.yml:6:5: ")
    assert "Traceback" not in done.stderr


def test_run_stops_at_a_text_that_is_missing(tmp_path: Path) -> None:
    done = bonewise("run", folder=tmp_path, **overlay(tmp_path, FLOW))
    assert done.returncode == 1
    assert "the text `own_page.hello.text` is missing" in done.stderr


def test_run_stops_at_wrong_settings_and_tells_them_all(tmp_path: Path) -> None:
    done = bonewise("run", folder=tmp_path, token="x", port="x")
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["BOT_TOKEN", "BOT_PORT"]


def test_without_a_command_it_says_which_there_are() -> None:
    done = subprocess.run([sys.executable, "-m", "bonewise"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "run" in done.stdout + done.stderr
    assert "check" in done.stdout + done.stderr
