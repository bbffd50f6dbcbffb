"""`python -m bonewise.health`, for a container's health check: exit code 0 if the bot here answers, else 1.

A bot that fetches its updates serves no page, so there is nothing to ask: all that is known is that the container runs.
"""

from __future__ import annotations

import http.client
import os
import sys
from collections.abc import Mapping

PORT = 8080
WAIT = 4.0  # seconds


def is_live(settings: Mapping[str, str]) -> bool:
    """Whether `/live` answers at BOT_PORT of this machine, where the settings say that anything is served."""
    has_token = settings.get("BOT_TOKEN") or settings.get("BOT_TOKEN_FILE")
    if has_token and not settings.get("BOT_WEBHOOK_URL"):
        return True
    asked = http.client.HTTPConnection("127.0.0.1", int(settings.get("BOT_PORT") or PORT), timeout=WAIT)
    try:
        asked.request("GET", "/live")
        return asked.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


if __name__ == "__main__":
    sys.exit(0 if is_live(os.environ) else 1)
