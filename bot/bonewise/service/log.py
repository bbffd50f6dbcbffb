"""What the service logs: ids and kinds of errors, never what a person said."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence

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
