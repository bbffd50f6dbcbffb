"""The command that announces something to all who agreed to news. It only reads the database (docs/operating.md)."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bonewise.announcement_plan import plan
from bonewise.content import ContentErrors, load_world
from bonewise.dialogue.announcement_file import load_announcement
from bonewise.dialogue.announcing import Announcement
from bonewise.dialogue.world import World
from bonewise.process import StartError, known_vault
from bonewise.service import orders
from bonewise.service.audience import audience
from bonewise.service.log import in_words
from bonewise.service.orders import Do, Order, UnreadableOrder
from bonewise.settings import Settings, SettingsError, read_settings
from bonewise.store import announcements
from bonewise.store.errors import StoreError
from bonewise.store.reading import Reading, reading
from bonewise.store.vault import Vault

File = Annotated[Path | None, typer.Argument(metavar="FILE.yml", help="What is announced: {id, texts, until}.")]
Send = Annotated[bool, typer.Option("--send", help="Begin. Without it the plan is shown and nothing is changed.")]
List = Annotated[bool, typer.Option("--list", help="Show all announcements, and how far they have come.")]
Pause = Annotated[str | None, typer.Option(metavar="ID", help="Send no more of this one for now.")]
Resume = Annotated[str | None, typer.Option(metavar="ID", help="Go on with it.")]
Stop = Annotated[str | None, typer.Option(metavar="ID", help="Send no more of it, for good.")]

_FROM: dict[Do, tuple[str, ...]] = {"pause": ("sending",), "resume": ("paused",), "stop": ("sending", "paused")}
_TO: dict[Do, str] = {"send": "sending", "pause": "paused", "resume": "sending", "stop": "stopped"}


class AnnounceError(Exception):
    """It cannot be done; the message says why and what to do."""


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(announce)


def announce(
    file: File = None,
    send: Send = False,
    show: List = False,
    pause: Pause = None,
    resume: Resume = None,
    stop: Stop = None,
) -> None:
    """Announce something to all who agreed to news of the bot: first the plan, then with --send."""
    moves: dict[Do, str | None] = {"pause": pause, "resume": resume, "stop": stop}
    chosen = [(do, name) for do, name in moves.items() if name is not None]
    if len(chosen) + show + (file is not None) != 1 or (send and file is None):
        _end(["give FILE.yml (and --send to begin), or one of --list, --pause ID, --resume ID, --stop ID"])
    try:
        settings = read_settings()
        with reading(settings.data_dir / "bonewise.db") as store:
            desk = Desk(settings, store)
            if file is not None:
                _say(desk.announce(file, send=send))
            for do, name in chosen:
                _say(desk.move(do, name))
            if show:
                _say(desk.listed())
    except (AnnounceError, SettingsError, StartError, StoreError, UnreadableOrder, *ContentErrors) as error:
        _end(str(error).splitlines())
    except OSError as error:
        _end([f"{error.filename}: {error.strerror}; check its name and rights"])


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an operator's announcements are kept: the rows of the bot's process, and the orders that wait for it."""

    settings: Settings
    store: Reading

    @property
    def folder(self) -> Path:
        """Where orders are left."""
        return orders.folder_of(self.settings.data_dir, self.settings.bot)

    def announce(self, file: Path, *, send: bool) -> Iterator[str]:
        """The plan, and with `send` the order to begin. Raises `AnnounceError` for an id that was used."""
        world, now = load_world(self.settings), datetime.now(UTC)
        announcement = load_announcement(file, world.catalog.languages, now.date())
        if announcement.id in self._states():
            raise AnnounceError(f"{file}: the id {announcement.id} was used, see --list; nobody gets one twice")
        yield from self._plan(world, announcement, now)
        if send:
            orders.hand_over(self.folder, Order("send", announcement.id, announcement))
            yield "Handed over: the bot begins in a few seconds, or when it is started."
        else:
            yield f"Nothing is sent yet. To begin: bonewise announce {file} --send"

    def _plan(self, world: World, announcement: Announcement, now: datetime) -> Iterator[str]:
        found = audience(self.store.rows, self._vault(), self.settings.bot, world, announcement)
        return plan(announcement, found, now, self.settings.paid_rate)

    def _vault(self) -> Vault:
        vault = known_vault(self.settings.data_dir, self.settings.key_bytes)
        if vault is None:
            file = self.settings.data_dir / "key"
            raise AnnounceError(f"{file}: there is no key to read the people's rows with; restore it, or set BOT_KEY")
        return vault

    def move(self, do: Do, name: str) -> Iterator[str]:
        """Leave the order. Raises `AnnounceError` where it makes no sense."""
        state = self._states().get(name)
        if state is None:
            raise AnnounceError(f"there is no announcement {name}; see --list")
        if state not in _FROM[do]:
            raise AnnounceError(f"the announcement {name} is {state}, so there is nothing to {do}")
        orders.hand_over(self.folder, Order(do, name))
        yield f"Handed over: {name} will be {_TO[do]} in a few seconds, or when the bot is started."

    def listed(self) -> Iterator[str]:
        """A line for each announcement."""
        known = self.store.rows(announcements.every(self.settings.bot))
        for row in known:
            counts = self.store.rows(announcements.counts(self.settings.bot, row["id"]))
            words = in_words({one["state"]: one["count"] for one in counts})
            begun = datetime.fromtimestamp(row["begun_at"], UTC)
            yield f"{row['id']}: {row['state']}, begun {begun:%Y-%m-%d %H:%M} UTC, until {row['last_day']}; {words}"
        for order in self._waiting():
            yield f"{order.id}: the order to {order.do} it waits for the bot to take it up"
        if not known and not self._waiting():
            yield "There are no announcements."

    def _states(self) -> dict[str, str]:
        """The state of each announcement, once the orders that wait are done."""
        states = {row["id"]: row["state"] for row in self.store.rows(announcements.every(self.settings.bot))}
        return {**states, **{order.id: _TO[order.do] for order in self._waiting()}}

    def _waiting(self) -> list[Order]:
        return [order for path in orders.lying(self.folder) if (order := _unless_gone(path)) is not None]


def _unless_gone(path: Path) -> Order | None:
    """The order in a file, unless the bot has taken it up meanwhile."""
    try:
        return orders.read(path)
    except FileNotFoundError:
        return None


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _end(faults: Iterable[str]) -> None:
    for fault in faults:
        typer.echo(fault, err=True)
    sys.exit(1)
