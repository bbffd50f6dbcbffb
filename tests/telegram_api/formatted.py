"""A text on its way in: parse mode, entities, trimming and limits; and back to HTML for whoever looks."""

from __future__ import annotations

import html
from typing import Any

from tests.telegram_api.errors import bad_call
from tests.telegram_api.markup_text import Entity, Formatted, parse_html, utf16_length

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_LIMIT = 32768  # bytes, before entities are parsed
ENTITY_LIMIT = 100


def text_of(arguments: dict[str, Any]) -> Formatted:
    """The text of a message: 1 to 4096 code points after entity parsing."""
    source = arguments["text"]
    if not source:
        raise bad_call("message text is empty")
    formatted = _formatted(source, arguments.get("parse_mode"), arguments.get("entities"))
    if not formatted.text:
        raise bad_call("text must be non-empty")
    if len(formatted.text) > TEXT_LIMIT:
        raise bad_call("message is too long")
    return formatted


def caption_of(arguments: dict[str, Any]) -> Formatted:
    """The caption of a file: at most 1024 code points after entity parsing."""
    formatted = _formatted(arguments.get("caption", ""), arguments.get("parse_mode"), arguments.get("caption_entities"))
    if len(formatted.text) > CAPTION_LIMIT:
        raise bad_call("message caption is too long")
    return formatted


def _formatted(source: str, mode: str | None, entities: list[Entity] | None) -> Formatted:
    if len(source.encode("utf-8", "replace")) > RAW_LIMIT:
        raise bad_call("text is too long")
    if any("\ud800" <= character <= "\udfff" for character in source):
        raise bad_call("strings must be encoded in UTF-8")
    if not mode:
        formatted = Formatted(source, [dict(entity) for entity in entities or []])
    elif mode.lower() == "html":
        formatted = parse_html(source)
    else:
        raise bad_call(f"parse_mode {mode!r} is not known to this local Bot API: use HTML or entities")
    return _within(_trimmed(formatted))


def _trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.rstrip()
    first = min((entity["offset"] for entity in formatted.entities), default=len(text))
    lead = min(len(text) - len(text.lstrip()), first)
    text, entities = text[lead:], []
    for entity in formatted.entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], utf16_length(text) - offset)
        if length > 0:
            entities.append(entity | {"offset": offset, "length": length})
    return Formatted(text, entities)


def _within(formatted: Formatted) -> Formatted:
    size = utf16_length(formatted.text)
    for entity in formatted.entities:
        if entity["offset"] < 0 or entity["offset"] + entity["length"] > size:
            raise bad_call("entity beyond the end of the text")
    if len(formatted.entities) > ENTITY_LIMIT:
        raise bad_call("too many entities: the rest would be dropped")
    return formatted


_TAGS = {
    "bold": "b", "italic": "i", "underline": "u", "strikethrough": "s", "spoiler": "tg-spoiler", "code": "code",
    "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip


def as_html(formatted: Formatted) -> str:
    """The text as HTML in Telegram's tags."""
    units = formatted.text.encode("utf-16-le")
    marks: list[tuple[int, int, int, str]] = []
    for entity in formatted.entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        opening, closing = _pair(entity)
        marks += [(begin, 1, -end, opening), (end, 0, -begin, closing)] if opening else []
    out, last = [], 0
    for at, _, _, tag in sorted(marks, key=lambda mark: mark[:3]):
        out += [_escaped(units, last, at), tag]
        last = at
    return "".join([*out, _escaped(units, last, len(units) // 2)])


def _escaped(units: bytes, begin: int, end: int) -> str:
    return html.escape(units[2 * begin : 2 * end].decode("utf-16-le", "replace"), quote=False)


def _pair(entity: Entity) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "date_time":
        return f'<tg-time unix="{entity["unix_time"]}" format="{entity.get("date_time_format", "")}">', "</tg-time>"
    tag = _TAGS.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
