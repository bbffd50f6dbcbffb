"""What all runs share."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What goes wrong is logged thousands of times; the tests that follow hear everything again."""
    with caplog.at_level(logging.CRITICAL, logger="bonewise"):
        yield
