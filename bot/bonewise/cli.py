"""The command `bonewise`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable

import typer

from bonewise.cli_authors import add_to
from bonewise.content import ContentErrors, faults_of
from bonewise.process import StartError
from bonewise.run import serve
from bonewise.settings import Settings, SettingsError, read_settings
from bonewise.store.errors import StoreError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def run() -> None:
    """Talk to people: on Telegram with BOT_TOKEN, else on the chat page."""
    settings = _settings()
    try:
        asyncio.run(serve(settings, lambda address: typer.echo(f"Bonewise is open at {address}")))
    except (*ContentErrors, StoreError, StartError) as error:
        _stop(str(error).splitlines())
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def check() -> None:
    """Check all flows and words: what is wrong, where, and what to do."""
    faults = list(faults_of(_settings()))
    if faults:
        _stop(faults)
    typer.echo("All flows load, and every text is there.")


add_to(app)


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        _stop(error.faults)
        raise


def _stop(faults: Iterable[str]) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    sys.exit(1)


def main() -> None:
    """Run the command."""
    app()
