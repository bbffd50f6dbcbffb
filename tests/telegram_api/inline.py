"""Inline queries and their answers."""

from __future__ import annotations

from typing import Any

from tests.telegram_api.errors import bad_call, bad_request
from tests.telegram_api.formatted import text_of
from tests.telegram_api.keyboards import checked
from tests.telegram_api.sending import Files
from tests.telegram_api.state import State

MOST_RESULTS = 50
LONGEST_ID = 64  # bytes
LONGEST_START = 64


def answer(state: State, arguments: dict[str, Any], files: Files) -> bool:
    """`answerInlineQuery`. Raises `ApiError` for a query that is unknown or answered, and for what cannot be shared."""
    query, results = arguments["inline_query_id"], arguments["results"]
    if len(results) > MOST_RESULTS or len({one["id"] for one in results}) < len(results):
        raise bad_call("RESULT_ID_DUPLICATE or too many results")
    if any(not 1 <= len(one["id"].encode()) <= LONGEST_ID for one in results):
        raise bad_call("RESULT_ID_INVALID")
    for one in results:
        content = one["input_message_content"]
        text_of({"text": content["message_text"], "parse_mode": content.get("parse_mode")})
        checked(one.get("reply_markup"), private=True)
    start = arguments.get("button", {}).get("start_parameter", "")
    if len(start) > LONGEST_START or not start.replace("_", "").replace("-", "").isalnum():
        raise bad_call("START_PARAM_INVALID")
    if state.inline.get(query, arguments) is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    state.inline[query] = arguments
    state.tell_of_inline()
    return True
