"""Named points at which a test can kill the process, to show that nothing is lost there.

`BONEWISE_CRASH_AT=<name>:<hit>` in the environment kills the process the n-th time it comes to the point. Without it
a point does nothing. `before_ack` and `after_ack` belong to the channel that confirms what it fetched.
"""

from __future__ import annotations

import os
import signal

NAMES = (
    *("received", "before_ack", "after_ack", "before_commit", "after_commit"),
    *("leased", "sending", "written", "marked"),
)
ANNOUNCING = ("obeyed", "announcing", "announced")

_name, _, _hit = os.environ.get("BONEWISE_CRASH_AT", "").partition(":")
_hits = dict.fromkeys((*NAMES, *ANNOUNCING), 0)


def point(name: str) -> None:
    """Come to the point `name`, one of `NAMES` or `ANNOUNCING`."""
    if name == _name:
        _hits[name] += 1
        if _hits[name] == int(_hit):
            os.kill(os.getpid(), signal.SIGKILL)
