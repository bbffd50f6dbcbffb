"""The commands for those who write and review flows."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml

from bonewise.authors.cases import CaseError, play_file
from bonewise.authors.chart import as_svg
from bonewise.authors.in_words import Wording
from bonewise.authors.questions import flow_rows, question_rows
from bonewise.authors.table import as_csv, as_html
from bonewise.authors.terminal import Terminal
from bonewise.binding import understand
from bonewise.content import ContentErrors, load_alarms, load_world
from bonewise.dialogue.world import World
from bonewise.flow.model import Flow
from bonewise.matchers import load_matcher
from bonewise.settings import Settings, SettingsError, read_settings
from bonewise.strict_yaml import StrictYamlError

Name = Annotated[str, typer.Argument(metavar="FLOW", help="The flow's id: see `bonewise flows`.")]
Lang = Annotated[str, typer.Option("--lang", help="The language of the texts.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Answers = Annotated[Path | None, typer.Option("--answers", help="A file of cases to play, instead of asking.")]
Record = Annotated[Path | None, typer.Option("--record", help="Write what was played as a conversation test.")]
Out = Annotated[Path, typer.Option("--out", help="The folder to write to.")]
About = Annotated[str, typer.Option("--about", help="self or other, where a check can be about both.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (flows, questions, play, draw):
        app.command()(command)


def flows(lang: Lang = "en", as_json: AsJson = False) -> None:
    """List the flows with their kind and title."""
    world = _world(lang)
    _print(flow_rows(world, lang), as_json, "{kind:6} {id:24} {title}")


def questions(flow: Name, lang: Lang = "en", as_json: AsJson = False) -> None:
    """List a flow's questions, those of its blocks included, and what each takes."""
    world = _world(lang)
    _print(question_rows(world, _flow(world, flow), lang), as_json, "{id:32} {kind:6} {text}")


def play(
    flow: Name,
    answers: Answers = None,
    lang: Lang = "en",
    about: About = "self",
    record: Record = None,
    as_json: AsJson = False,
) -> None:
    """Play a flow in the terminal; or play a file of cases, and print what each comes to."""
    world = _world(lang)
    found = _flow(world, flow)
    if answers is not None:
        _play_cases(answers, found, as_json)
        return
    link = f"{flow}.{about}" if len(found.about) > 1 else flow
    settings = read_settings()
    heard = partial(understand, load_alarms(settings), load_matcher(settings, world.topics))
    terminal = Terminal(world, heard, lang, say=typer.echo, ask=_ask)
    moves = terminal.play(link)
    if record is not None:
        _record(record, link, lang, moves)


def _ask() -> str:
    try:
        return input("> ")
    except EOFError:
        return ""


def draw(flow: Name, lang: Lang = "en", out: Out = Path()) -> None:
    """Draw a flow's chart (SVG), and write its table for a clinician (HTML and CSV)."""
    world = _world(lang)
    wording = Wording(world, _flow(world, flow), lang)
    out.mkdir(parents=True, exist_ok=True)
    for ending, content in (("svg", as_svg(wording)), ("html", as_html(wording)), ("csv", as_csv(wording))):
        path = out / f"{flow}.{ending}"
        path.write_text(content, encoding="utf-8")
        typer.echo(str(path))


def _play_cases(path: Path, flow: Flow, as_json: bool) -> None:
    try:
        _print(play_file(path, flow), as_json, "{id}: {level} {flags}")
    except (CaseError, StrictYamlError, OSError) as error:
        _stop(str(error))


def _record(path: Path, link: str, lang: str, moves: list[dict[str, Any]]) -> None:
    typed = {"in": [lang]} if any("type" in move for move in moves) else {}
    story = {path.stem.replace("_", " "): {**typed, "open": link, "talk": moves}}
    path.write_text(yaml.safe_dump(story, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")
    typer.echo(f"written to {path}: give it a name that says the rule, and put it in tests/conversations")


def _print(rows: Iterable[dict[str, Any]], as_json: bool, form: str) -> None:
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else form.format(**row))


def _world(lang: str) -> World:
    try:
        world = load_world(_settings())
    except ContentErrors as error:
        _stop(str(error))
        raise
    if lang not in world.catalog.languages:
        _stop(f"{lang} is not served; there is {', '.join(world.catalog.languages)}")
    return world


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        _stop("\n".join(error.faults))
        raise


def _flow(world: World, name: str) -> Flow:
    found = world.flows.flows.get(name)
    if found is None:
        _stop(f"there is no flow {name}; see `bonewise flows`")
        raise KeyError(name)
    return found


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    sys.exit(1)
