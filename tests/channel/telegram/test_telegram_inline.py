"""Inline mode over real HTTP: cards for a question in any chat, and nothing kept of it."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.hosting import MODES, builder, hosted, serving
from tests.telegram_api import TOKEN, TelegramApi
from tests.telegram_talk import PATIENCE, talking

QUESTION = "what is osteoporosis"


def texts(answer: dict[str, object]) -> list[str]:
    results = answer["results"]
    assert isinstance(results, list)
    return [one["input_message_content"]["message_text"] for one in results]


def rows(folder: Path) -> int:
    counts = ("SELECT count(*) FROM person", "SELECT count(*) FROM inbox", "SELECT count(*) FROM outbox")
    with closing(sqlite3.connect(folder / "bonewise.db")) as store:
        return sum(store.execute(count).fetchone()[0] for count in counts)


def stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_a_question_in_another_chat_brings_a_card_that_can_be_shared(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        answer = await user.sees_cards(await user.asks_inline(QUESTION))
        card = answer["results"][0]
        assert card["title"] == "What are weak bones (osteoporosis)?"
        assert texts(answer)[0].startswith("<b>What are weak bones")
        assert "blockquote" in texts(answer)[0]  # the sources, folded
        assert "t.me/bonewise_test_bot?start=go-home" in str(card["reply_markup"])
        assert (answer["is_personal"], answer["button"]["start_parameter"]) == (True, "go-home")
        assert api.faults == []


async def test_nothing_of_a_query_is_kept_or_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "bonewise")
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Marigold", "en")
        await user.sees_cards(await user.asks_inline("purple osteoporosis"))
        assert rows(tmp_path) == 0
    assert "purple" not in caplog.text
    assert "Marigold" not in caplog.text
    assert b"purple" not in stored(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"), [("I can't breathe", "emergency help now"), ("I want to die", "deserve help")]
)
async def test_words_that_cannot_wait_bring_advice_alone(text: str, said: str, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        [card] = texts(await user.sees_cards(await user.asks_inline(text)))
        assert said in card
        assert "112" in card


async def test_words_that_may_be_an_emergency_bring_advice_before_the_answer(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        query = await user.asks_inline("link between back pain and bladder problems")
        first, second, *_ = texts(await user.sees_cards(query))
        assert "emergency help now" in first
        assert "emergency help now" not in second.partition("\n")[0]


async def test_a_question_is_answered_in_the_language_it_is_in(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        answer = await user.sees_cards(await user.asks_inline("¿La osteoporosis puede causar neuropatía?"))
        assert texts(answer)[0].startswith("<b>¿Los huesos débiles")


@pytest.mark.parametrize("text", ["qu'est-ce que la neuropathie", "mi serve un esame per la neuropatia"])
async def test_a_question_in_a_language_that_is_not_served_brings_cards_in_that_of_the_app(
    text: str, tmp_path: Path
) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        for app, ask in (("fr", "Ask in private"), ("es", "Preguntar en privado")):
            user = api.user(len(app + ask), "Maria", app)
            answer = await user.sees_cards(await user.asks_inline(text))
            assert answer["button"]["text"] == ask


@pytest.mark.parametrize(
    "text", ["", "   ", "the moon is purple", "🦴" * 120, "1234", "\u202egnihton", "my feet tingle"]
)
async def test_what_has_no_card_has_the_way_to_the_private_chat(text: str, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", None)
        answer = await user.sees_cards(await user.asks_inline(text))
        assert answer["button"]["start_parameter"] in {"go-home", "go-check_menu"}
        assert api.faults == []


async def test_a_refused_answer_ends_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        api.fail_next("answerInlineQuery", status=400, description="Bad Request: query is too old")
        await api.user(8, "Rosa", "en").asks_inline(QUESTION)
        async with asyncio.timeout(PATIENCE):
            while "answerInlineQuery: BadRequest" not in caplog.text:  # noqa: ASYNC110 - the log tells nobody
                await asyncio.sleep(0.02)
        assert await user.sees_cards(await user.asks_inline(QUESTION))


async def test_of_one_person_the_newest_query_counts(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        typed = [await user.asks_inline(QUESTION[:length]) for length in range(1, len(QUESTION) + 1)]
        assert texts(await user.sees_cards(typed[-1]))[0].startswith("<b>What are weak bones")
        assert api.faults == []


async def test_telegram_is_told_that_queries_are_wanted(tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api, talking(api, tmp_path):
        user = api.user(7, "Maria", "en")
        await user.sees_cards(await user.asks_inline(QUESTION))
        assert "inline_query" in api.state.updates.allowed


@pytest.mark.parametrize("receive", MODES)
async def test_in_a_host_that_wants_it_queries_are_ours(receive: str, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        host = hosted(builder(api, receive).build(), tmp_path, receive=receive, inline=True)
        async with serving(host, receive):
            user = api.user(7, "Maria", "en")
            answer = await user.sees_cards(await user.asks_inline(QUESTION))
        assert answer["button"]["start_parameter"] == "bw_go-home"
        assert "start=bw_go-home" in str(answer["results"][0]["reply_markup"])
        assert "inline_query" not in host.kinds()


@pytest.mark.parametrize("receive", MODES)
async def test_in_a_host_that_says_nothing_queries_are_its_own(receive: str, tmp_path: Path) -> None:
    async with TelegramApi(TOKEN) as api:
        host = hosted(builder(api, receive).build(), tmp_path, receive=receive)
        async with serving(host, receive):
            user = api.user(7, "Maria", "en")
            query = await user.asks_inline(QUESTION)
            await user.types("/bw_help")
            await user.next_message(10)
        assert "inline_query" in host.kinds()
        assert api.state.inline[query] is None
