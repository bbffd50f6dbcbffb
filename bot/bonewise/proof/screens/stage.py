"""Who sees the screens and when: everything about a person is as long as it can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from bonewise.dialogue.care_links import MAY
from bonewise.dialogue.opening import THEIR_NAME
from bonewise.dialogue.person import CareLink, Person, Session, Subject, Subscription
from bonewise.dialogue.providers import PROVIDERS
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.subjects import MOST
from bonewise.dialogue.world import World
from bonewise.flow.answers import Answered
from bonewise.flow.model import Ask, Flow, Level, Say, Text, Value
from bonewise.flow.state import Open, State
from bonewise.i18n.words import needed_key
from bonewise.proof.screens.longest import NAME, WIDEST, longest_answer, longest_moments, units, with_longest_places

ID = "0" * 12  # as long as the ids that `Talk.fresh_id` makes
_QUESTIONS = 100  # asked so far, with all that were asked again: the number stands in the buttons
_TIPS = Subscription(days=tuple(range(7)))
_ANSWERED = (Answered("", ""),)  # Back is shown once anything was answered


@dataclass
class Stage:
    """One language. `plain` is the world as it is; `world` has the longest words for each place."""

    plain: World
    tag: str

    @cached_property
    def world(self) -> World:
        """The world with the longest words for each place."""
        return with_longest_places(self.plain, self.tag)

    @cached_property
    def moments(self) -> tuple[datetime, ...]:
        """When today, tomorrow or the next workday have the longest name."""
        return longest_moments(self.tag)

    @property
    def now(self) -> datetime:
        """A day with the longest name."""
        return self.moments[0]

    def session(self, flow: Flow, about: str, **more: Any) -> Session:
        """A flow under way."""
        subject = self.people[0] if about == "other" else None
        known = {"about": about, "subject": subject, "seq": _QUESTIONS, **more}
        return Session(ID, flow.id, flow.version, self.now, self.now, **known)

    @cached_property
    def people(self) -> tuple[Subject, ...]:
        """As many as a person can care for, with the longest names that can be given."""
        asking = self.world.flows.flows.get(THEIR_NAME)
        kinds = [step.kind for step in asking.steps if isinstance(step, Ask)] if asking else []
        longest = max((kind.max for kind in kinds if isinstance(kind, Text)), default=0)
        return tuple(Subject(f"{number:0{len(ID)}}", WIDEST * longest) for number in range(MOST))

    @cached_property
    def care_links(self) -> tuple[CareLink, ...]:
        """A link of each role and state, with the longest name that can be given."""
        standing = [(role, state, copies) for role, state in MAY for copies in {False, state == "on"}]
        return tuple(
            CareLink(f"{number:0{len(ID)}}", role, state, self.now, "", name=self.people[0].name, copies=copies)
            for number, (role, state, copies) in enumerate(standing)
        )

    def person(self, session: Session | None = None, **more: Any) -> Person:
        """A person who has agreed and can be shown everything."""
        known: dict[str, Any] = {
            "language": self.tag,
            "name": NAME,
            "greeted": True,
            "consent": "2028-01-01",
            "tips": _TIPS,
            "care_links": self.care_links,
        }
        sessions = (session,) if session is not None else ()
        return Person(
            "", **{"channel": "telegram", "people": self.people, "adult": True, "sessions": sessions, **known, **more}
        )

    def speaker(self, person: Person) -> Speaker:
        """What says the texts to this person."""
        return Speaker(self.world, person, self.tag, self.now)

    def answers(self, flow: Flow, person: Person, until: Open | None = None) -> dict[str, Value]:
        """The longest answer to each question before a step, or to all."""
        about = person.sessions[-1].about if person.sessions else ""
        place = flow.steps.index(until) if isinstance(until, Ask | Say) else len(flow.steps)
        asks = [step for step in flow.steps[:place] if isinstance(step, Ask)]
        return {ask.id: self._answer(ask, about, person) for ask in asks}

    def _answer(self, ask: Ask, about: str, person: Person) -> Value:
        """The longest answer; a question of a block has the same one in each flow."""
        key = (ask.key, about, person.country)
        if key not in self._answers:
            self._answers[key] = longest_answer(self.speaker(person), ask)
        return self._answers[key]

    @cached_property
    def _answers(self) -> dict[tuple[str, str, str | None], Value]:
        return {}

    @cached_property
    def country_of_longest_zone(self) -> str | None:
        """The country with the time zone that reads the longest."""

        def longest(code: str) -> int:
            rows = PROVIDERS["my_zones"](self.speaker(self.person(country=code)))
            return max((units(row.label) for row in rows), default=0)

        return max(self.world.countries, key=longest, default=None)

    def longest(self, keys: Mapping[str, str], other: bool) -> str:
        """The name whose text, under its key, is the longest."""
        return max(keys, key=lambda name: self.length(keys[name], other))

    def length(self, key: str, other: bool) -> int:
        """The length of a text as it stands in the file; 0 if there is none."""
        catalog = self.world.catalog
        needed = needed_key(catalog, self.tag, key, other)
        text = catalog.text(self.tag, needed) if catalog.has(self.tag, needed) else ""
        return units(text) if isinstance(text, str) else 0


def state(flow: Flow, values: Mapping[str, Value], level: Level | None = None, **more: Any) -> State:
    """A state in which these answers were given; the number of the question is the highest that there can be."""
    number = sum(isinstance(step, Ask) for step in flow.steps)
    blank = State(
        answers=_ANSWERED, aside=(), kept=(), values=values, open=None, again=False, said=(), done=(), raised=(),
        level=level, stopped=False, facts=frozenset(), cards=(), offers=(), number=number, total=number,
    )  # fmt: skip
    return replace(blank, **more)
