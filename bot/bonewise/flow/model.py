"""What a flow is once it is loaded: plain frozen data, with every name already checked.

A block that a flow uses is flattened into the flow: its steps, facts and flags stand in the flow's own
tuples with the block's name in front (`life.signs`). So whoever walks a flow never meets a block.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bonewise.flow.condition import Condition
from bonewise.flow.picture import Picture
from bonewise.flow.tip import Tip
from bonewise.strict_yaml import Mark as Mark

Value: TypeAlias = str | int | float | tuple[str, ...]
"""An answer as it is kept. `one`: an option id. `many`: option ids in declared order. `number`: a number.
`date`: YYYY-MM-DD. `time`: HH:MM. `text`: the text. `place`: an id. Any step with `skip`: `SKIPPED`."""

SKIPPED = "skipped"
UNSURE = "unsure"
NONE = "none"
PRESSED = "pressed"
"""The value that a `say` with a button gets when the button was pressed."""

FUNCTIONS = ("summary", "share")
"""The result's own functions, which an offer can name instead of a flow."""

EMERGENCY = "emergency"
"""What a link names to open the emergency card, which is not a flow, so that no flow can break it."""

DAYS = ("today", "tomorrow", "next_workday")
"""The days that a question for a date can offer on buttons."""


class Level(StrEnum):
    """How soon to get help (clinical basis: the table of levels in docs/clinical.md). The ids are fixed."""

    CRISIS = "crisis"
    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"
    ROUTINE = "routine"
    SELF_CARE = "self_care"

    @property
    def urgency(self) -> int:
        """0 for self-care up to 5 for a crisis: the higher, the sooner."""
        return _URGENCY[self]

    @property
    def stops(self) -> bool:
        """Whether the level ends all questions at once."""
        return self in {Level.CRISIS, Level.EMERGENCY}


_URGENCY = {level: urgency for urgency, level in enumerate(reversed(Level))}


@dataclass(frozen=True, slots=True)
class Link:
    """A stateless button of a page: it opens flow `to`, and stays valid for ever."""

    to: str
    style: str = "plain"  # plain | primary | danger
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class One:
    """One option of a list, or one of the person's own rows when `provider` is set."""

    options: tuple[str, ...]
    named: str | None = None  # the option set, whose texts stand at options.<named>.<id>
    worst: str | None = None  # "first" when the order of the options says which is worse
    provider: str | None = None
    none: str | None = None  # with a provider: the text that is shown, and ends the flow, when there is no row


@dataclass(frozen=True, slots=True)
class Many:
    """Any number of options. `none` and `unsure` exclude the rest and submit at once."""

    options: tuple[str, ...]
    named: str | None = None
    worst: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number between `min` and `max`, both included. `worse` says in which direction it is worse."""

    min: float
    max: float
    unit: str | None = None
    worse: str | None = None  # more | less


@dataclass(frozen=True, slots=True)
class Date:
    """A day from `from_day` ("today") until `until_days` days later; `offer` names the days on buttons."""

    from_day: str | None = None
    until_days: int | None = None
    offer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, HH:MM in 24 hours; `offer` are the times on buttons."""

    offer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """Free text of at most `max` characters. No condition can read it."""

    max: int


@dataclass(frozen=True, slots=True)
class Place:
    """A country, chosen, typed or shared; `offer` are country codes (ISO 3166) on buttons."""

    offer: tuple[str, ...] = ()


Kind: TypeAlias = One | Many | Number | Date | Time | Text | Place


@dataclass(frozen=True, slots=True)
class Say:
    """A text. It waits only if it has a button; without one it is joined to the next screen."""

    id: str
    key: str  # where its texts stand: tingling.intro, or life.intro in a block
    mark: Mark
    when: Condition | None = None
    button: str | None = None
    picture: Picture | None = None
    sources: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    by: str | None = None  # the question whose answer picks one of the texts <key>.<answer>


@dataclass(frozen=True, slots=True)
class Ask:
    """A question."""

    id: str
    key: str
    mark: Mark
    kind: Kind
    when: Condition | None = None
    again: frozenset[str] = frozenset()  # answers after which it is asked once more, with the text <key>.again
    skip: bool = False
    edit: Mapping[str, str] = field(default_factory=dict)  # answer -> the question it reopens
    keep: bool = False
    links: tuple[Link, ...] = ()  # pages to look at before answering


@dataclass(frozen=True, slots=True)
class AnswerOf:
    """An argument that is the answer to a question of the flow, or None if that was not asked."""

    step: str


@dataclass(frozen=True, slots=True)
class Do:
    """An action. `arguments` are literals or `AnswerOf`."""

    id: str
    action: str
    mark: Mark
    arguments: Mapping[str, Value | bool | AnswerOf] = field(default_factory=dict)
    when: Condition | None = None


Step: TypeAlias = Say | Ask | Do


@dataclass(frozen=True, slots=True)
class Rule:
    """One level that a flag can raise."""

    id: str  # the flag's id, or the rule's own
    key: str  # where its texts stand: tingling.RF03 (.why, .say)
    when: Condition
    level: Level
    stop: bool
    sources: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Flag:
    """A warning sign; its rules stand most urgent first."""

    id: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Something that the result explains when `when` holds."""

    id: str
    key: str
    when: Condition | None
    sources: tuple[str, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class Offer:
    """A next step under a result: it opens the flow `to` (a flow id), or is one of the result's own functions."""

    to: str
    when: Condition | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Accept:
    """A finding of the prover that a clinician accepted, with the reason."""

    finding: str
    at: str
    because: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Milder:
    """Answers that used to come to a level by a rule may come to a milder one now: `to` at mildest, with the reason."""

    rule: str
    to: Level
    because: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Review:
    """Who reviewed the flow, when (YYYY-MM-DD), and which shape it had then (`flow.shape`)."""

    by: str
    date: str
    shape: str


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """A whole flow, blocks included. Equal only to itself, so that what is worked out from it can be kept by it."""

    id: str
    version: int
    kind: str  # check | page | task
    mark: Mark
    steps: tuple[Step, ...]
    about: tuple[str, ...] = ("self",)
    fresh: int | None = None  # seconds after which a resumed check asks its gates again
    takes: Mapping[str, str] = field(default_factory=dict)  # name -> level | text
    gates: tuple[str, ...] = ()  # the blocks used with `gate: true`
    facts: Mapping[str, Condition] = field(default_factory=dict)
    flags: tuple[Flag, ...] = ()
    cards: tuple[Card, ...] = ()
    otherwise: Level | None = None
    offers: tuple[Offer, ...] = ()
    accept: tuple[Accept, ...] = ()
    milder: tuple[Milder, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)  # old step id -> new step id
    reviewed: Review | None = None

    def ask(self, step: str) -> Ask | None:
        """The question with this id, or None."""
        return next((s for s in self.steps if isinstance(s, Ask) and s.id == step), None)


@dataclass(frozen=True, slots=True)
class Source:
    """What a statement rests on; `year` is None for an undated page, `address` for what is not on the web.

    `looked_at` is the day, YYYY-MM-DD, on which its text was last read, or None while it is cited unread.
    """

    id: str
    title: str
    publisher: str
    year: int | None
    address: str | None
    looked_at: str | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class FollowUp:
    """When it is asked how it went: seconds after the result, or after the moment of the plan; None is the next
    morning."""

    origin: str  # result | plan
    after: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Flows:
    """Every flow, and what flows share. `follow_ups` has what levels.yml says of a level; tips as
    they stand in their file."""

    flows: Mapping[str, Flow]
    options: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    follow_ups: Mapping[Level, FollowUp]
    tips: Mapping[str, Tip] = field(default_factory=dict)
