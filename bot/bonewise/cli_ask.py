"""The command that tells what the matching and the alarm layer make of a typed question."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from bonewise.alarm_learning import load_learnt_alarms
from bonewise.content import ContentErrors, load_world
from bonewise.matchers import learnt_matcher
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.matcher import Matcher
from bonewise.settings import SettingsError, read_settings

MOST_CANDIDATES = 5
Question = Annotated[str | None, typer.Argument(metavar="TEXT", help="A question, as a person would type it.")]
Lang = Annotated[str, typer.Option("--lang", help="The language of the text. It changes nothing: the bot is not told.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Lines = Annotated[Path | None, typer.Option("--file", help="Questions, one JSON object {id, text, lang} a line.")]


class LinesError(Exception):
    """The file of questions cannot be read; the message says what to do."""


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(ask)


def ask(text: Question = None, lang: Lang = "en", as_json: AsJson = False, file: Lines = None) -> None:
    """Tell what a typed question is taken to be about, and whether it sounds like an emergency."""
    if (text is None) == (file is None):
        _stop("give one TEXT, or --file with one JSON object {id, text, lang} a line")
    try:
        questions = list(_read(file)) if file is not None else [{"id": "1", "text": text, "lang": lang}]
        settings = read_settings()
        alarms, world = load_learnt_alarms(settings), load_world(settings)
        matcher = learnt_matcher(settings, world.topics)
    except (LinesError, SettingsError, *ContentErrors, OSError) as error:
        _stop(str(error))
        raise
    _print((judged(alarms, matcher, question) for question in questions), as_json or file is not None)


def judged(alarms: AlarmBook, matcher: Matcher, question: dict[str, Any]) -> dict[str, Any]:
    """What is made of one question. The alarm layer hears it first, as in a conversation."""
    begun = time.perf_counter()
    heard = alarms.hear(question["text"], by_meaning=True)
    match = matcher.match(question["text"])
    passed = time.perf_counter() - begun
    return {
        "id": question["id"],
        "topic": match.topics[0] if match.topics else None,
        "band": match.band,
        "candidates": list(match.topics[:MOST_CANDIDATES]),
        "score": round(match.score, 3),
        "alarm": heard.strength,
        "alarm_kind": heard.kind,
        "ms": round(passed * 1000, 2),
    }


def _read(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise LinesError(f"{path}: not UTF-8; save it as UTF-8") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _question(line, f"{path}:{number}", number)


def _question(line: str, place: str, number: int) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise LinesError(f"{place}: no JSON ({error}); write one object {{id, text, lang}} a line") from None
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise LinesError(f'{place}: there is no "text"; write one object {{id, text, lang}} a line')
    return {"id": number, **fields}


def _print(rows: Iterable[dict[str, Any]], as_json: bool) -> None:
    for row in rows:
        plain = "{topic} ({band}, {score}); alarm: {alarm}; next: {candidates}"
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else plain.format(**row))


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    sys.exit(1)
