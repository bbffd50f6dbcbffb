"""What is known of a person, and what one turn of the talk makes of it. Frozen: a turn returns a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bonewise.dialogue.event import Linked
from bonewise.dialogue.screen import Output
from bonewise.flow.answers import Answered, Answers
from bonewise.flow.model import Level, Value
from bonewise.scheduling.rule import Rule


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody whom the person cares for, by the name that the person chose."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Session:
    """A flow under way. There is no current step: it is folded from the answers (`flow.play`)."""

    id: str
    flow: str
    version: int
    started: datetime
    touched: datetime
    about: str = "self"  # self | other
    subject: Subject | None = None  # of another, if a name was given
    answers: Answers = ()
    seq: int = 0  # the number of the question on the screen; a button of an older number is stale
    asked: tuple[str, ...] = ()  # the step of each number, the first at 0
    ticks: tuple[str, ...] = ()  # chosen so far in an open `many`
    page: int = 0  # how often More was pressed at the open question
    floor: Level | None = None  # fixed by a stop flag or a flow update
    reached: Level | None = None  # the level when it was last on the screen
    corrected: Answers = ()  # answers that were taken back after a confirmation
    reopened: Answers = ()  # taken back by Back or a mistake and not yet given anew, in their order
    pending: Answered | None = None  # a milder answer that waits for a confirmation
    kept: Mapping[str, Value] = field(default_factory=dict)  # the profile as it was at the start
    traits: frozenset[str] = frozenset()  # what held of the person at the start
    takes: Mapping[str, Value] = field(default_factory=dict)
    then: str | None = None  # the link that opens when this one ends
    left: bool = False  # the person left it; it can go on


CHOSEN = frozenset({"plan", "own", "visit"})
"""The kinds that the person made, at moments that they chose."""

LISTED = CHOSEN | {"follow_up", "watch"}
"""The kinds that stand in the reminder book: those, and what the person agreed to."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something that will be said at a moment. `local` and `zone` say which moment the person meant."""

    id: str
    kind: str  # plan | own | visit | follow_up | watch | tips | check_in | dropout
    due: datetime  # UTC
    state: str = "pending"  # pending | queued | shown | missed | skipped | paused | done | stopped
    local: str | None = None  # YYYY-MM-DDTHH:MM
    zone: str | None = None  # IANA name
    about: str | None = None  # an option of the flow that made it, such as gp; of a card emergency or crisis
    note: str | None = None  # in the person's own words
    whom: str | None = None  # self | other; None where it was not asked
    subject: Subject | None = None  # of another, if a name was given
    flow: str | None = None  # the flow that made it
    session: str | None = None
    urgent: str | None = None  # after an emergency or a same-day result: urgent, by night too; or urgent_by_day
    rule: Rule | None = None  # how it comes again
    visit: str | None = None  # YYYY-MM-DDTHH:MM of the booked visit that it is about, by the same clock
    moments: tuple[str, ...] = ()  # all its local times, if it has several: YYYY-MM-DDTHH:MM, in order


@dataclass(frozen=True, slots=True)
class Result:
    """How a check ended."""

    ended: Session
    level: Level
    on: datetime
    rules: tuple[str, ...] = ()  # the ids of the rules that were raised, most urgent first


@dataclass(frozen=True, slots=True)
class Agreed:
    """To what a person said yes when they asked us to write to them, or said that we may."""

    day: str  # YYYY-MM-DD, the last time
    terms: int  # the version of the flow whose words were agreed to


@dataclass(frozen=True, slots=True)
class Subscription:
    """Tips for caregivers: what is wanted, and what came so far. It is kept when they are stopped, for `sent`."""

    agreed: str | None = None  # the day (YYYY-MM-DD) on which tips were agreed to; None once they are stopped
    terms: int = 0  # the version of the flow whose words were agreed to
    topics: tuple[str, ...] = ()  # none: all
    days: tuple[int, ...] = (1, 4)  # of the week, Monday is 0
    hour: str = "10:00"
    news: bool = False  # an operator's announcements were agreed to as well
    paused: bool = False
    sent: Mapping[str, str] = field(default_factory=dict)  # tip -> the day (YYYY-MM-DD) on which it was last sent
    unwanted: frozenset[str] = frozenset()  # tips that are not for them

    @property
    def is_on(self) -> bool:
        """Whether tips come: they were agreed to, and have no break."""
        return self.agreed is not None and not self.paused


@dataclass(frozen=True, slots=True)
class CareLink:
    """A link between one who is reminded and one who helps, as this person of the two has it."""

    id: str
    role: str  # this person's: person (is reminded) | caregiver
    state: str  # invited | opened | accepted (both by the caregiver) | on (confirmed by the one who is reminded)
    until: datetime  # UTC; what is not on by then is over
    token_hash: str  # SHA-256 of the token that the invitation was sent with, hex
    other: str | None = None  # the other one's id; None until the invitation was opened
    shown: str = ""  # the name under which the other one knows this person
    name: str = ""  # the name under which this person knows the other one
    copies: bool = False  # whether the caregiver gets a copy of a reminder
    agreed: str | None = None  # the day (YYYY-MM-DD) on which this person agreed to copies
    terms: int = 0  # the version of the flow whose words were agreed to
    copied: str | None = None  # the day (YYYY-MM-DD, theirs) of the last copy


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the person said to something that they were asked to agree to."""

    day: str | None  # YYYY-MM-DD on which they agreed; None if they did not
    terms: int  # the version of the flow whose words they were asked in


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked last outside of a flow's own questions: the button's data for what may be typed."""

    labels: Mapping[str, str] = field(default_factory=dict)  # each button's words
    places: tuple[str, ...] = ()  # of a list of links, in its order; empty for a button that is not pressed
    words: Mapping[str, str] = field(default_factory=dict)  # yes | no | unsure
    urgent: Mapping[str, str] = field(default_factory=dict)  # the same after a card; none | number | a number, too


@dataclass(frozen=True, slots=True)
class Unknown:
    """A typed question that was not understood."""

    what: str  # unknown | none (of the topics that were offered) | not_meant (the answer about a topic)
    language: str  # BCP-47
    topic: str = ""
    text: str | None = None  # its words, where the person agreed that they are kept


@dataclass(frozen=True, slots=True)
class Person:
    """Everything the dialogue knows of one person, kept under that person's own key."""

    id: str
    channel: str  # telegram | web
    language: str | None = None  # chosen
    hinted: str | None = None  # what the app said
    offered_languages: tuple[str, ...] = ()  # that were offered because of a typed text
    name: str | None = None
    country: str | None = None  # ISO 3166
    zone: str | None = None  # IANA name
    greeted: bool = False
    consent: str | None = None  # the day (YYYY-MM-DD) on which keeping answers was agreed to
    adult: bool | None = None
    messages: bool = True  # False after /stop: we do not write first
    agreed: Mapping[str, Agreed] = field(default_factory=dict)  # flow (one for each purpose) -> yes; none after /stop
    gone: bool = False  # the person blocked us
    people: tuple[Subject, ...] = ()  # whom they care for, used last first
    profile: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)  # subject (`key_of`) -> kept answers
    sessions: tuple[Session, ...] = ()  # the last is the open one; those below wait
    results: tuple[Result, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    missed: tuple[datetime, ...] = ()  # the moments of reminders that could not be sent in time, and are to be told of
    tips: Subscription | None = None
    care_links: tuple[CareLink, ...] = ()
    guesses: tuple[datetime, ...] = ()  # when invitations were opened that do not exist
    crisis: datetime | None = None  # when the card for a crisis was last shown
    nudged: str | None = None  # the day (YYYY-MM-DD, theirs) on which they were last reminded of something
    keeps_questions: Agreement | None = None  # whether typed questions that were not understood may be kept
    asked: Asked = field(default_factory=Asked)
    asking: bool = False  # the next text is a question, and no answer to an open one
    unclear: int = 0  # typed texts in a row that were not understood
    pressed: str | None = None  # the data of the last button
    pressed_on: datetime | None = None

    @property
    def invitation(self) -> CareLink | None:
        """The invitation to help somebody that was opened last, and not answered."""
        links = (link for link in reversed(self.care_links) if link.role == "caregiver")
        return next((link for link in links if link.state == "opened"), None)


@dataclass(frozen=True, slots=True)
class Turn:
    """The outcome of one event."""

    person: Person
    screens: tuple[Output, ...] = ()
    toast: str = ""
    forget: bool = False
    told: tuple[Linked, ...] = ()  # what the other one of a link is to hear of
    unknown: tuple[Unknown, ...] = ()  # questions that were not understood, to be counted
