"""The log names ids and kinds, never what somebody said."""

from __future__ import annotations

import pytest

from bonewise.service.log import log_error, log_messages, ref
from bonewise.service.transport import NotSent
from bonewise.store.errors import Locked


def test_a_person_has_a_short_name_that_is_not_their_id() -> None:
    assert ref("0123456789abcdef") == ref("0123456789abcdef")
    assert ref("0123456789abcdef") != ref("0123456789abcdee")
    assert len(ref("0123456789abcdef")) == 8
    assert ref("0123456789abcdef") not in "0123456789abcdef"


@pytest.mark.parametrize("error", [Locked("the file is locked: end it"), NotSent("no connection")])
def test_errors_of_store_and_channel_are_told_in_their_words(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    log_error("message 5", error)
    [record] = caplog.records
    assert (record.levelname, record.getMessage()) == ("ERROR", f"message 5: {error}")


def test_of_any_other_error_only_kind_and_place_are_told(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int("my secret")
    except ValueError as error:
        log_error("event 5", error)
    [record] = caplog.records
    assert record.getMessage().startswith("event 5: ValueError at ")
    assert record.getMessage().split(":")[-2].endswith("test_service_log.py")
    assert "secret" not in caplog.text


def test_an_error_that_was_never_raised_has_no_place(caplog: pytest.LogCaptureFixture) -> None:
    log_error("event 5", ValueError("my secret"))
    assert caplog.records[0].getMessage() == "event 5: ValueError at an unknown place"


def test_what_waits_at_a_closed_page_is_counted_apart_from_what_was_sent(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    log_messages({"sent": 5, "waiting": 2, "missed": 1, "dropped": 1, "pending": 3})
    [record] = caplog.records
    assert record.getMessage() == (
        "messages: sent 5, failed 0, unknown 0, skipped 1, at a closed page 2, to be sent 3, missed 1"
    )
