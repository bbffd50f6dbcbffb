"""Reads the file of an announcement: its id, its texts by language, and the last day on which it is sent."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from bonewise.dialogue.announcing import Announcement
from bonewise.flow.faults import Faults
from bonewise.flow.fields import Fields, word
from bonewise.flow.grammar import DAY, Key, Keys
from bonewise.i18n.markup import length, stray_mark
from bonewise.i18n.tags import SOURCE
from bonewise.strict_yaml import Item, load

LONGEST = 1000  # letters that are seen; a longer message is held back by Telegram earlier than a short one

_KEYS: Keys = {"id": Key("id", True), "texts": Key("texts", True), "until": Key("day", True)}
_ANY = re.compile(r"(?s).*\S.*")
_HOLE = re.compile(r"\{[^}\n]*\}")


def load_announcement(path: Path, languages: Collection[str], today: date) -> Announcement:
    """The announcement in a file. `languages` are those that are served.

    Raises `FlowError` with all faults, `StrictYamlError` for what is no YAML, and `OSError`.
    """
    faults = Faults()
    fields = Fields(load(path), _KEYS, "an announcement", faults)
    read = Announcement(fields.id("id"), _texts(fields, languages), _until(fields, today))
    faults.raise_if_any()
    return read


def _texts(fields: Fields, languages: Collection[str]) -> dict[str, str]:
    items = list(fields.items("texts"))
    if "texts" in fields and SOURCE not in {item.key for item in items}:
        fields.faults.add(fields.key_mark("texts"), f"`texts` needs `{SOURCE}`: who has no text gets that one")
    return {item.key: _text(item, languages, fields.faults) for item in items}


def _text(item: Item, languages: Collection[str], faults: Faults) -> str:
    if item.key not in languages:
        faults.unknown(item.mark, "language", item.key, languages)
    found = word(item.value, f"the text `{item.key}`", faults, _ANY)
    if found is None:
        return ""
    for fault in _faults_of(found.text):
        faults.add(found.mark, fault)
    return found.text.strip()


def _faults_of(text: str) -> list[str]:
    faults = []
    if (points := length(text).points) > LONGEST:
        faults.append(f"the text has {points} letters; at most {LONGEST} can be sent: shorten it")
    if (stray := stray_mark(text)) is not None:
        faults.append(f"`{stray}` would be seen as it is: only **bold** and _italic_ are known")
    if (hole := _HOLE.search(text)) is not None:
        faults.append(f"`{hole[0]}` would be seen as it is: nothing is filled in here")
    return faults


def _until(fields: Fields, today: date) -> date:
    found = fields.word("until", DAY)
    if found is None:
        return today
    try:
        day = date.fromisoformat(found.text)
    except ValueError:
        fields.faults.add(found.mark, f"`until` must be a day, such as {today.isoformat()}")
        return today
    if day < today:
        fields.faults.add(found.mark, f"`until` is over: today is {today.isoformat()}")
    return day
