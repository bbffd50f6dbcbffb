"""The same bot inside somebody else's python-telegram-bot `Application`, beside its own handlers: docs/plugin.md.

AttachError   what stands in the way, and what to do
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeAlias

from telegram.ext import Application

from bonewise.alarm_learning import learn_alarm_odds
from bonewise.attached import Attached as Attached
from bonewise.attached_parts import AttachError as AttachError
from bonewise.attached_parts import Parts
from bonewise.channel.telegram.hosted import Do
from bonewise.channel.telegram.hosted import Order as Order
from bonewise.channel.telegram.sorting import PREFIX
from bonewise.content import alarms_in, folders, missing_texts, world_of
from bonewise.dialogue.actions import ACTIONS
from bonewise.dialogue.world import World
from bonewise.flow.load_do import OPTIONAL, TYPES
from bonewise.matchers import matcher_in
from bonewise.settings import PAID_RATES

Folders: TypeAlias = Sequence[Path]
_ONE_RECEIVER = (
    'with receive="own" Bonewise fetches the updates and Telegram serves only one: build the application with '
    '`.updater(None)`, or attach with receive="host"'
)


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the host's that its flows can name under `do:`.

    `takes` are its arguments and their types: text, many, number, date, time or flag; a `?` behind a type marks one
    that can be left out. `do` is awaited once for each time that the step is passed, within 20 seconds. If it raises,
    or a kill leaves open whether it was done, it is awaited once more with the same `Order.number`.
    """

    takes: Mapping[str, str]
    do: Do


def attach(
    application: Application[Any, Any, Any, Any, Any, Any],
    *,
    data_dir: Path,
    flows: Folders = (),
    locales: Folders = (),
    actions: Mapping[str, Action] = MappingProxyType({}),
    receive: Literal["own", "host"] = "own",
    prefix: str = "",
    allowed_updates: Sequence[str] = (),
    key: bytes | None = None,
    report_to: str | None = None,
    paid_rate: int | None = None,
    inline: bool = False,
) -> Attached:
    """Put the bot into an application that is built and not yet running.

    `flows` and `locales` are folders that lie over those of the bot, each over the ones before it. `prefix` (a to z,
    digits and _, at most 8) stands before the bot's commands and button data. `allowed_updates` are further kinds
    that the host wants with `receive="own"`; without any it gets those that Telegram sends by default. `key` (32
    bytes) wraps the people's keys; without it a file `key` in `data_dir` does. `report_to` is where a reader can
    report a mistake. With `paid_rate` (31 to 970) tips and announcements go at so many a second, for Stars.
    With `inline` questions that somebody types in another chat (`@bot question`) are ours, and the host gets none.

    Raises `AttachError`, and what stands in `content.ContentErrors` for faults in flows and words.
    """
    if receive == "own" and application.updater is not None:
        raise AttachError(_ONE_RECEIVER)
    if not PREFIX.fullmatch(prefix):
        raise AttachError(f"prefix: {prefix!r} is not a letter and at most 7 of a to z, 0 to 9 and _")
    if paid_rate is not None and paid_rate not in PAID_RATES:
        raise AttachError(f"paid_rate: write {PAID_RATES[0]} to {PAID_RATES[-1]} messages a second, or leave it out")
    _check(actions)
    words = folders("locales", *locales)
    world = _world(folders("flows", *flows), words, actions, report_to)
    parts = Parts(
        world=world,
        alarms=alarms_in(words),
        matcher=matcher_in(words, world.topics, data_dir),
        actions={name: action.do for name, action in actions.items()},
        data_dir=data_dir,
        key=key,
        prefix=prefix,
        paid_rate=paid_rate,
        inline=inline,
    )
    learn_alarm_odds(parts.alarms, data_dir)
    attached = Attached(application, parts, receive == "own", allowed_updates)
    attached.install()
    return attached


def _world(flows: Folders, locales: Folders, actions: Mapping[str, Action], report_to: str | None) -> World:
    types = {name: action.takes for name, action in actions.items()}
    world = world_of(flows, locales, report_to=report_to, actions=types)
    if missing := list(map(str, missing_texts(world))):
        raise AttachError("\n".join(missing))
    return world


def _check(actions: Mapping[str, Action]) -> None:
    for name, action in actions.items():
        if name in ACTIONS:
            raise AttachError(f"actions: `{name}` is an action of the bot's own; give yours another name")
        for argument, kind in action.takes.items():
            if kind.removesuffix(OPTIONAL) not in TYPES:
                raise AttachError(f"actions: `{name}` takes `{argument}` as {kind!r}; it must be one of {TYPES}")
