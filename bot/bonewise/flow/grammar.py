"""Which keys each part of a flow file has, and what stands under each: for the loader and for editors alike."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from bonewise.flow.model import Level


class Key(NamedTuple):
    """What stands under a key: the name of a shape in `schema.SHAPES`, and whether the key must be there."""

    shape: str
    required: bool = False


Keys: TypeAlias = Mapping[str, Key]

ID = re.compile(r"[a-z][a-z0-9_]{0,31}")
OPTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
FLAG = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}")
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
REFERENCE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,31}(\.[A-Za-z][A-Za-z0-9_]{0,31})?")
DURATION = re.compile(r"([1-9][0-9]{0,5})([mhd])")
MORNING = "morning"
MOMENT = re.compile(rf"{DURATION.pattern}|{MORNING}")
ORIGINS = ("result", "plan")
"""What a follow-up counts from."""

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
COUNTRY = re.compile(r"[A-Z]{2}")
PICTURE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.(png|jpg|webp)")
ADDRESS = re.compile(r"https?://\S+")

LEVELS = tuple(str(level) for level in Level)
FLOW_KINDS = ("check", "page", "task")
ABOUT = ("self", "other")
STYLES = ("plain", "primary", "danger")
TAKES = ("level", "text")
STEP_KINDS = ("say", "ask", "use", "do")
ASK_KINDS = ("one", "many", "number", "date", "time", "text", "place")
CONDITION_WORDS = ("all", "any", "not", "count", "fact", "level", "person")
RESERVED_STEPS = (*CONDITION_WORDS, "profile", "title", "link", "cards", "levels", "otherwise")
"""Ids that no step may have: they begin a condition, or the key of another text."""

RESERVED_FLOWS = ("options", "levels", "net", "places", "alarm", "topics", "tips", "ui")
"""Ids that no flow or block may have: other texts stand under them."""

FLOW: Keys = {
    "flow": Key("id", True),
    "version": Key("positive", True),
    "kind": Key("flow_kind", True),
    "about": Key("about"),
    "fresh": Key("duration"),
    "takes": Key("takes"),
    "steps": Key("steps", True),
    "facts": Key("facts"),
    "flags": Key("flags"),
    "cards": Key("cards"),
    "otherwise": Key("level"),
    "offers": Key("offers"),
    "accept": Key("accept"),
    "milder": Key("milder"),
    "renamed": Key("renamed"),
    "reviewed": Key("reviewed"),
}
BLOCK: Keys = {
    "block": Key("id", True),
    "steps": Key("block_steps", True),
    "facts": Key("facts"),
    "flags": Key("flags"),
}
USE: Keys = {"use": Key("id", True), "when": Key("condition"), "gate": Key("flag")}
SAY: Keys = {
    "say": Key("id", True),
    "when": Key("condition"),
    "button": Key("id"),
    "picture": Key("picture"),
    "source": Key("sources"),
    "sources": Key("sources"),
    "links": Key("links"),
    "by": Key("id"),
}
ASK: Keys = {
    "ask": Key("id", True),
    "one": Key("one"),
    "many": Key("many"),
    "number": Key("number"),
    "date": Key("date"),
    "time": Key("time"),
    "text": Key("text"),
    "place": Key("place"),
    "worst": Key("worst"),
    "when": Key("condition"),
    "again": Key("options"),
    "skip": Key("flag"),
    "edit": Key("edit"),
    "keep": Key("flag"),
    "links": Key("links"),
}
DO: Keys = {"do": Key("id", True), "with": Key("with"), "when": Key("condition")}
STEPS: Mapping[str, Keys] = {"say": SAY, "ask": ASK, "use": USE, "do": DO}

LINK: Keys = {"to": Key("id", True), "style": Key("style"), "when": Key("condition")}
ROWS: Keys = {"from": Key("id", True), "none": Key("id")}
NUMBER: Keys = {
    "min": Key("number_value", True),
    "max": Key("number_value", True),
    "unit": Key("id"),
    "worse": Key("worse"),
}
DATE: Keys = {"from": Key("from"), "until": Key("until"), "offer": Key("days")}
UNTIL: Keys = {"days": Key("positive", True)}
TIME: Keys = {"offer": Key("hours")}
TEXT: Keys = {"max": Key("positive", True)}
PLACE: Keys = {"offer": Key("countries")}
ANSWER: Keys = {"answer": Key("id", True)}

RULE: Keys = {
    "when": Key("condition", True),
    "level": Key("level", True),
    "stop": Key("flag"),
    "id": Key("flag_id"),
    "source": Key("sources"),
    "sources": Key("sources"),
}
CARD: Keys = {"when": Key("condition"), "source": Key("sources"), "sources": Key("sources")}
OFFER: Keys = {"when": Key("condition")}
ACCEPT: Keys = {"finding": Key("flag_id", True), "at": Key("reference", True), "because": Key("sentence", True)}
MILDER: Keys = {"rule": Key("reference", True), "to": Key("level", True), "because": Key("sentence", True)}
REVIEW: Keys = {"by": Key("sentence", True), "date": Key("day", True), "shape": Key("sentence", True)}

OPTIONS: Keys = {"options": Key("option_sets", True)}
SOURCES: Keys = {"sources": Key("source_book", True)}
SOURCE_ENTRY: Keys = {
    "title": Key("sentence", True),
    "publisher": Key("sentence", True),
    "year": Key("positive"),
    "address": Key("address"),
    "looked_at": Key("day"),
}
LEVEL: Keys = {"follow_up": Key("follow_up")}
FOLLOW_UP: Keys = {"from": Key("origin", True), "after": Key("moments", True)}
LEVEL_BOOK: Keys = {"levels": Key("level_book", True)}
TIP_BOOK: Keys = {"tips": Key("tip_book", True)}
TIP: Keys = {
    "topic": Key("id", True),
    "source": Key("sources"),
    "sources": Key("sources"),
    "more": Key("id", True),
}
