"""The command that lists typed questions which were not understood. It only reads the database (docs/operating.md)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import typer

from bonewise.process import StartError, known_vault
from bonewise.service.unknown import kept
from bonewise.settings import Settings, SettingsError, read_settings
from bonewise.store import unknown
from bonewise.store.errors import StoreError
from bonewise.store.reading import Reading, reading

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

_WHAT = {
    "unknown": "not understood",
    "none": "none of the topics that were offered",
    "not_meant": "the answer was not what was meant: {topic}",
}


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command(name="unknown")(show_unknown)


def show_unknown(as_json: AsJson = False) -> None:
    """List typed questions that were not understood: how many, and the words of those that may be kept."""
    try:
        settings = read_settings()
        with reading(settings.data_dir / "bonewise.db") as store:
            for found in _found(settings, store):
                typer.echo(json.dumps(found, ensure_ascii=False) if as_json else _in_words(found))
    except (SettingsError, StartError, StoreError) as error:
        typer.echo(str(error), err=True)
        sys.exit(1)


def _found(settings: Settings, store: Reading) -> Iterator[dict[str, Any]]:
    """The counts, newest day first, then the words."""
    bot = settings.bot
    yield from store.rows(unknown.counts(bot))
    vault = known_vault(settings.data_dir, settings.key_bytes)
    if vault is not None:
        yield from (asdict(one) for one in kept(store.rows, vault, bot))
    elif store.rows(unknown.texts(bot)):
        raise StoreError(f"{settings.data_dir / 'key'}: there is no key to read kept words with; restore it")


def _in_words(found: dict[str, Any]) -> str:
    if "text" in found:
        return f"{found['day']} {found['language']}: {' '.join(found['text'].split())}"
    return f"{found['day']} {found['language']}: {found['count']} {_WHAT[found['what']].format(topic=found['topic'])}"
