"""The command `bonewise`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from bonewise import cli_announce, cli_ask, cli_authors, cli_unknown
from bonewise.check_form import Form, printed
from bonewise.content import ContentErrors
from bonewise.process import StartError
from bonewise.settings import Settings, SettingsError, read_settings
from bonewise.store.errors import StoreError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def run() -> None:
    """Talk to people: on Telegram with BOT_TOKEN, else on the chat page."""
    from bonewise.run import serve  # the other commands do not wait for the channels

    settings = _settings()
    try:
        asyncio.run(serve(settings, lambda address: typer.echo(f"Bonewise is open at {address}")))
    except (*ContentErrors, StoreError, StartError) as error:
        _stop(str(error).splitlines())
    except KeyboardInterrupt:
        sys.exit(130)


@app.command()
def check(
    flows: Annotated[list[str] | None, typer.Argument(help="Explore only these flows. Without any: all.")] = None,
    form: Annotated[Form, typer.Option("--format", help="How the findings are printed.")] = Form.TEXT,
    against: Annotated[str | None, typer.Option(help="A git revision, or a directory, to compare with.")] = None,
) -> None:
    """Check all flows and words, by exploring every conversation: what is wrong, where, and what to do."""
    from bonewise.check import check_all  # the start of the bot does not wait for the prover
    from bonewise.check_earlier import EarlierError

    try:
        findings = check_all(_settings(), against, flows or ())
    except EarlierError as error:
        _stop(str(error).splitlines())
        raise
    for line in printed(findings, form):
        typer.echo(line, err=form is Form.TEXT and bool(findings))
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)


cli_authors.add_to(app)
cli_ask.add_to(app)
cli_announce.add_to(app)
cli_unknown.add_to(app)


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
