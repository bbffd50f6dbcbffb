import json
import shutil
from pathlib import Path

import pytest
from tests.telegram_api import TelegramApi

from bonewise.channel.telegram.bot import TelegramBot
from bonewise.channel.telegram.setup import GROUP, PRIVATE, codes, set_up
from bonewise.i18n.catalog import Catalog, load_catalog

LOCALES = Path(__file__).parents[3] / "locales"
SETTERS = ("setMyCommands", "setMyDescription", "setMyShortDescription")
TEXTS = ("description", "short_description")


def write(folder: Path, tag: str, *, left_out: str = "", mark: str = "") -> None:
    texts = {key: f"{mark}{tag} {key}" for key in TEXTS} | {"commands": {key: f"{mark}{tag} {key}" for key in PRIVATE}}
    texts.pop(left_out, None)
    for part, content in (("telegram", texts), ("places", {"default": {"emergency_number": f"{tag} 112"}})):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / f"{tag}.yml").write_text(json.dumps({tag: {part: content}}, ensure_ascii=False))


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    for tag in ("en", "es"):
        write(tmp_path, tag)
    return load_catalog([tmp_path])


def shown(api: TelegramApi, scope: str, language: str) -> list[tuple[str, str]]:
    kept = api.state.commands[json.dumps({"type": scope}), language]
    return [(command["command"], command["description"]) for command in kept]


async def test_private_chats_and_groups_get_their_commands_in_every_language(
    api: TelegramApi, bot: TelegramBot, catalog: Catalog
) -> None:
    await set_up(bot, catalog)
    assert shown(api, "all_private_chats", "") == [(name, f"en {name}") for name in PRIVATE]
    assert shown(api, "all_group_chats", "") == [(name, f"en {name}") for name in GROUP]
    assert shown(api, "all_private_chats", "es") == [(name, f"es {name}") for name in PRIVATE]
    assert api.state.descriptions["description", ""] == "en description"
    assert api.state.descriptions["short_description", "es"] == "es short_description"


async def test_what_has_not_changed_is_not_set_again(
    api: TelegramApi, bot: TelegramBot, catalog: Catalog, tmp_path: Path
) -> None:
    await set_up(bot, catalog)
    before = len(api.calls_of(*SETTERS))
    await set_up(bot, catalog)
    assert len(api.calls_of(*SETTERS)) == before == 8
    write(tmp_path, "es", mark="new ")
    await set_up(bot, load_catalog([tmp_path]))
    assert {call.params["language_code"] for call in api.calls_of(*SETTERS)[before:]} == {"es"}


def test_only_two_letter_codes_are_used_and_the_plain_language_wins(tmp_path: Path) -> None:
    for tag in ("en", "pt", "pt-BR", "zh-Hans", "fil"):
        write(tmp_path, tag)
    assert codes(load_catalog([tmp_path])) == {None: "en", "pt": "pt", "zh": "zh-Hans"}


def test_a_language_that_lacks_a_text_is_left_to_english(tmp_path: Path) -> None:
    write(tmp_path, "en")
    write(tmp_path, "es", left_out="description")
    assert codes(load_catalog([tmp_path])) == {None: "en"}


async def test_markup_and_escapes_do_not_reach_plain_texts(api: TelegramApi, bot: TelegramBot, tmp_path: Path) -> None:
    write(tmp_path, "en", mark="**See** ")
    await set_up(bot, load_catalog([tmp_path]))
    assert api.state.descriptions["description", ""] == "See en description"


@pytest.mark.parametrize("trouble", [{"status": 502, "html": True}, {"retry_after": 900}, {"status": 400}])
async def test_the_bot_starts_even_if_telegram_takes_none_of_it(
    api: TelegramApi,
    bot: TelegramBot,
    catalog: Catalog,
    caplog: pytest.LogCaptureFixture,
    trouble: dict[str, object],
) -> None:
    api.fail_next("setMyCommands", **trouble)
    await set_up(bot, catalog)
    assert "are not set" in caplog.text
    await set_up(bot, catalog)
    assert len(shown(api, "all_private_chats", "es")) == len(PRIVATE)


async def test_our_own_texts_keep_to_telegrams_limits(api: TelegramApi, bot: TelegramBot, tmp_path: Path) -> None:
    for part in ("telegram", "places"):
        shutil.copytree(LOCALES / part, tmp_path / part)
    texts = load_catalog([tmp_path])
    number = len(str(texts.text("en", "places.default.emergency_number")))
    for tag in {path.stem for path in (LOCALES / "telegram").glob("*.yml")}:
        assert len(str(texts.text(tag, "telegram.description"))) + number <= 512
        assert len(str(texts.text(tag, "telegram.short_description"))) <= 120
        assert all(len(str(texts.text(tag, f"telegram.commands.{name}"))) <= 40 for name in PRIVATE)
    await set_up(bot, texts)
    assert "(112 in much of Europe" in api.state.descriptions["description", ""]
