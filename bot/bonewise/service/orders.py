"""What an operator's command asks of the bot's process: files in a folder of the data directory, in their order.

Only one process may write to a database on SQLite, so the command writes none of its rows. A file is there whole or
not at all, and stays until what it asks for is committed; done twice it changes nothing more.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from bonewise.dialogue.announcing import Announcement

Do: TypeAlias = Literal["send", "pause", "resume", "stop"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done with the announcement `id`; to send it, the whole of it."""

    do: Do
    id: str
    announcement: Announcement | None = None


class UnreadableOrder(ValueError):  # noqa: N818 - the name says what it is
    """A file that holds no order."""


_ORDER = TypeAdapter(Order)
_ENDING = ".json"
_UNREADABLE = ".unreadable"


def folder_of(data: Path, bot: str) -> Path:
    """Where the orders for a bot lie."""
    return data / "announcements" / bot


def hand_over(folder: Path, order: Order) -> None:
    """Put an order behind those that lie there. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = f"{time.time_ns():020d}"
    draft = folder / f"{name}.draft"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(_ORDER.dump_json(order))
        file.flush()
        os.fsync(file.fileno())
    draft.rename(folder / f"{name}{_ENDING}")
    _flush(folder)


def lying(folder: Path) -> list[Path]:
    """The files of orders, the oldest first. Raises `OSError`."""
    return sorted(folder.glob(f"*{_ENDING}"))


def read(path: Path) -> Order:
    """The order in a file. Raises `UnreadableOrder` and `OSError`."""
    try:
        order = _ORDER.validate_json(path.read_bytes())
    except ValidationError:
        raise UnreadableOrder(f"{path} holds no order; it is set aside as {path.stem}{_UNREADABLE}") from None
    if (order.do == "send") != (order.announcement is not None and order.announcement.id == order.id):
        raise UnreadableOrder(f"{path} does not say what is to be sent; it is set aside as {path.stem}{_UNREADABLE}")
    return order


def set_aside(path: Path) -> None:
    """Keep a file that holds no order for a look, and out of the way. Raises `OSError`."""
    path.rename(path.with_suffix(_UNREADABLE))


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
