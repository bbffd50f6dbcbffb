"""Formatted text: Telegram's HTML parse mode, with the error texts of the server that Telegram runs.

The rules are those of https://core.telegram.org/bots/api#html-style; the error texts those of tdlib.
Offsets in errors are bytes of UTF-8, offsets of entities are UTF-16 code units.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.telegram_api.errors import BadCallError, bad_call

Entity = dict[str, Any]

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough", "strike": "strikethrough",
    "del": "strikethrough", "u": "underline", "ins": "underline", "tg-spoiler": "spoiler", "span": "spoiler",
    "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));")
_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_SPACE = " \t\r\n\v\f"


class Formatted(NamedTuple):
    """A text and its entities."""

    text: str
    entities: list[Entity]


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    offset: int


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> Formatted:
    """Parse a text in the HTML parse mode. Raises `BadCallError` with "can't parse entities: …"."""
    return _Parser(source).parse()


def _refused(why: str) -> BadCallError:
    return bad_call(f"can't parse entities: {why}")


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.length = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> Formatted:
        while self.at < len(self.source):
            if self.source[self.at] != "<":
                self._append(self._character())
            elif self.source[self.at + 1 : self.at + 2] == "/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return Formatted("".join(self.text), self.entities)

    def _append(self, character: str) -> None:
        self.text.append(character)
        self.length += utf16_length(character)

    def _character(self) -> str:
        reference = _REFERENCE.match(self.source, self.at)
        decoded = _decoded(reference) if reference else None
        if reference is None or decoded is None:
            self.at += 1
            return self.source[self.at - 1]
        self.at = reference.end()
        return decoded

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _skip_spaces(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self.at += 1

    def _until(self, stops: str) -> str:
        begin = self.at
        while self._peek() and self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _start_tag(self) -> None:
        begin = self._byte(self.at)
        self.at += 1
        tag = self._until(_SPACE + ">").lower()
        if not self._peek():
            raise _refused(f"Unclosed start tag at byte offset {begin}")
        if tag not in _KINDS:
            raise _refused(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes = self._attributes(tag, begin)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.at += 1
        self.open.append(_Open(tag, attributes, self.length))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._skip_spaces()
            if not self._peek():
                raise _refused(f'Unclosed start tag "{tag}" at byte offset {begin}')
            if self._peek() == ">":
                return attributes
            name = self._until(_SPACE + "=>").lower()
            if not name:
                raise _refused(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
            self._skip_spaces()
            attributes[name] = self._value(tag, begin) if self._peek() == "=" else ""

    def _value(self, tag: str, begin: int) -> str:
        self.at += 1
        self._skip_spaces()
        quote = self._peek()
        if quote not in {'"', "'"}:
            return self._token()
        self.at += 1
        value = []
        while self._peek() != quote:
            if not self._peek():
                raise _refused(f'Unclosed start tag "{tag}" at byte offset {begin}')
            value.append(self._character())
        self.at += 1
        return "".join(value)

    def _token(self) -> str:
        begin = self.at
        while self._peek() and (self._peek().isalnum() or self._peek() in ".-"):
            self.at += 1
        if self._peek() and self._peek() not in _SPACE + ">":
            raise _refused(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return self.source[begin : self.at].lower()

    def _end_tag(self) -> None:
        begin = self._byte(self.at)
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        tag = self._until(_SPACE + ">").lower()
        self._skip_spaces()
        if self._peek() != ">":
            raise _refused(f"Unclosed end tag at byte offset {begin}")
        started = self.open.pop()
        if tag and tag != started.tag:
            found = f'expected "</{started.tag}>", found "</{tag}>"'
            raise _refused(f"Unmatched end tag at byte offset {begin}, {found}")
        self.at += 1
        if self.length > started.offset:
            self._close(started)

    def _close(self, started: _Open) -> None:
        content = _utf16_slice("".join(self.text), started.offset, self.length)
        entity = _entity(started, content)
        if entity is None or self._joined_to_pre(started, entity):
            return
        entity |= {"offset": started.offset, "length": self.length - started.offset}
        self.entities.append(entity)

    def _joined_to_pre(self, started: _Open, entity: Entity) -> bool:
        """`<pre><code class="language-x">` is one entity with a language."""
        language = started.attributes.get("class", "").removeprefix("language-")
        if entity["type"] == "code" and self.open and self.open[-1].tag == "pre" and language:
            self.open[-1].attributes["language"] = language
            return True
        return False


def _decoded(reference: re.Match[str]) -> str | None:
    if reference[3] is not None:
        return _NAMED.get(reference[3])
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else None


def _utf16_slice(text: str, begin: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le", "replace")


def _entity(started: _Open, content: str) -> Entity | None:
    attributes, kind = started.attributes, _KINDS[started.tag]
    if kind == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    if kind == "pre" and "language" in attributes:
        return {"type": "pre", "language": attributes["language"]}
    if kind == "text_link":
        url = attributes.get("href") or content
        return {"type": kind, "url": url} if is_link(url) else None
    if kind == "custom_emoji":
        return {"type": kind, "custom_emoji_id": _emoji(attributes.get("emoji-id", ""))}
    return _moment(attributes) if kind == "date_time" else {"type": kind}


def _emoji(identifier: str) -> str:
    if not identifier.isdigit():
        raise _refused("Invalid custom emoji identifier specified")
    return identifier


def _moment(attributes: dict[str, str]) -> Entity:
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not re.fullmatch(r"\d{1,11}", unix) or not _TIME_FORMAT.fullmatch(form):
        raise _refused("Invalid date-time entity specified")
    return {"type": "date_time", "unix_time": int(unix)} | ({"date_time_format": form} if form else {})


def is_link(url: str) -> bool:
    """Whether Telegram takes this as a link: http, https or tg, with a dot in the host of a web address."""
    if url.startswith(("tg://", "tg:", "ton://")):
        return True
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".") and " " not in url
