"""What the service logs: ids and kinds of errors, never what a person said."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence

from bonewise.service.transport import SendError
from bonewise.store.errors import StoreError

_log = logging.getLogger("bonewise.service")


def ref(person: str) -> str:
    """A short name for a person in the log. It is made of the random id, so it dies with the person's rows."""
    return hashlib.sha256(person.encode()).hexdigest()[:8]


def log_error(where: str, error: BaseException) -> None:
    """Log an error: its words only if they are known to quote nobody, else the place it came from."""
    if isinstance(error, StoreError | SendError):
        _log.error("%s: %s", where, error)
    else:
        _log.error("%s: %s at %s", where, type(error).__name__, _place(error))


def log_order(what: str) -> None:
    """Tell the operator what became of an order that could not be done."""
    _log.warning("announcements: %s", what)


def log_announcement(announcement: str, state: str, counts: Mapping[str, int]) -> None:
    """Count for the operator how far an announcement has come, by the states of its messages."""
    _log.info("announcement %s is %s: %s", announcement, state, in_words(counts))


def log_messages(counts: Mapping[str, int]) -> None:
    """Count for the operator all messages that are kept, by their states: what waits at a closed page is not sent."""
    _log.info("messages: %s, missed %d", in_words(counts), counts.get("missed", 0))


def in_words(counts: Mapping[str, int]) -> str:
    """How many messages came to what."""
    named = {name: sum(counts.get(state, 0) for state in states) for name, states in _ENDS.items()}
    return ", ".join(f"{name} {count}" for name, count in named.items())


_ENDS = {
    "sent": ("sent",),
    "failed": ("failed",),
    "unknown": ("unknown",),
    "skipped": ("skipped", "dropped"),
    "at a closed page": ("waiting",),
    "to be sent": ("pending", "leased", "sending", "postponed", "held"),
}


def log_doubts(states: Sequence[str]) -> None:
    """Count for the operator what was on its way when the last process ended, by the states it is in now."""
    if states:
        _log.warning(
            "the last process ended with messages on their way. They may arrive twice: %d (sent once more); they "
            "may not have arrived: %d (not sent again)",
            *(states.count(state) for state in ("pending", "unknown")),
        )


def _place(error: BaseException) -> str:
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame is not None else "an unknown place"
