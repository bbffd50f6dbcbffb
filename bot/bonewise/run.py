"""Puts the parts together for one process, which then serves until it is asked to stop."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack

from bonewise.alarm_learning import learn_alarm_odds
from bonewise.content import load_alarms, load_world, missing_texts
from bonewise.dialogue.world import World
from bonewise.matchers import load_matcher
from bonewise.process import Parts, StartError, make_data_folder, open_vault
from bonewise.settings import Settings
from bonewise.store.sqlite import SqliteStore


async def serve(settings: Settings, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; `tell` is told each address once people can come.

    Raises `StartError`, `StoreError` and what `load_world` raises.
    """
    gc.disable()  # what is loaded now stays: to look for garbage in it would take a fifth of the start
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    world, alarms = _world(settings), load_alarms(settings)
    make_data_folder(settings.data_dir, "BOT_DATA_DIR")
    matcher = load_matcher(settings, world.topics)
    learn_alarm_odds(alarms, settings.data_dir)
    async with AsyncExitStack() as opened:
        store = await SqliteStore.open(settings.data_dir / "bonewise.db")
        opened.push_async_callback(store.close)
        vault = open_vault(settings.data_dir, settings.key_bytes)
        await _serve_channel(Parts(settings, world, alarms, matcher, store, vault, tell))


async def _serve_channel(parts: Parts) -> None:
    """Only what is served is imported."""
    if parts.settings.token is None:
        from bonewise.run_page import serve_page

        _collect_from_here()
        await serve_page(parts)
    else:
        from bonewise.run_telegram import serve_telegram

        _collect_from_here()
        await serve_telegram(parts, parts.settings.token)


def _collect_from_here() -> None:
    gc.freeze()
    gc.enable()


def _world(settings: Settings) -> World:
    world = load_world(settings)
    if missing := list(map(str, missing_texts(world))):
        raise StartError("\n".join(missing))
    return world
