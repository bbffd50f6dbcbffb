"""The screens of a flow's questions and texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, partial

from bonewise.dialogue.care_links import MOST as MOST_LINKS
from bonewise.dialogue.choices import alone
from bonewise.dialogue.confirming import draw_change
from bonewise.dialogue.ending import end
from bonewise.dialogue.person import Person, Reminder, Session
from bonewise.dialogue.providers import NOTE
from bonewise.dialogue.question import draw_open
from bonewise.dialogue.reminding import MOST_REMINDERS
from bonewise.dialogue.screen import Screen
from bonewise.dialogue.speaker import Speaker
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.walking import show_no_row
from bonewise.dialogue.wording import wording
from bonewise.flow.answers import Answered
from bonewise.flow.model import Ask, Date, Flow, Many, One, Place, Say, Value
from bonewise.flow.state import Confirm, State
from bonewise.i18n import format as formats
from bonewise.i18n.template import holes
from bonewise.proof.on_the_way import name_of
from bonewise.proof.screens.longest import WIDEST, units
from bonewise.proof.screens.rehearsal import Play, Scene
from bonewise.proof.screens.stage import ID, Stage, state

_NOTES = (
    "ui.welcome_back",
    "ui.flow_updated",
    "ui.reminders_full",
    "ui.when.past",
    "ui.when.ends_before",
    "tips.quiet",
    "ui.one_of_these",
)
"""What can stand above a question; `.invalid` of the question itself is the last."""


@dataclass
class Questions:
    """All that a flow asks and says before it ends, to one subject."""

    stage: Stage
    flow: Flow
    about: str

    def scenes(self) -> Iterator[Scene]:
        """Each question and text; what stands before a question, and what was answered, is on the same screen."""
        for step in self.flow.steps:
            if isinstance(step, Ask):
                yield from self._ask(step)
            elif isinstance(step, Say):
                yield from self._say(step)
        if self.flow.kind == "check":
            yield from self._kept()
            yield from self._changed()
        else:
            yield from self._last_words()

    def _ask(self, ask: Ask) -> Iterator[Scene]:
        for again in (False, True) if ask.again else (False,):
            for ticks in ((), _together(ask.kind)) if isinstance(ask.kind, Many) else ((),):
                for person in self._people(ask):
                    yield from self._asked(ask, again, ticks, person)
        if isinstance(ask.kind, One) and ask.kind.none is not None:
            yield self._scene(ask, partial(show_no_row, key=f"{ask.key}.{ask.kind.none}"))

    def _asked(self, ask: Ask, again: bool, ticks: tuple[str, ...], person: Person) -> Iterator[Scene]:
        given = self.stage.answers(self.flow, person, ask)
        said = self._said_before(ask)
        before = (Answered(ask.id, self.stage.answers(self.flow, person)[ask.id]),)
        session = replace(self._session, ticks=ticks, reopened=before)
        now = state(self.flow, {**given, **self._by(said)}, open=ask, again=again, said=said)
        note = self._note(ask)

        def draw(speaker: Speaker) -> Screen:
            return draw_open(speaker, self.flow, session, now, speaker.say(note))

        same = (ask.key, self.about, again, bool(ticks), person.country, self.flow.kind, note, *(s.key for s in said))
        for moment in self.stage.moments if isinstance(ask.kind, Date) else (self.stage.now,):
            scene = self._scene(ask, lambda talk: talk.show(draw), person)
            yield replace(scene, now=moment, same=(moment, *same) if self._is_alike(ask) else None)

    def _changed(self) -> Iterator[Scene]:
        """The question whether a milder answer is to count, with the longest of all answers."""
        asks = [step for step in self.flow.steps if isinstance(step, Ask)]
        given = self.stage.answers(self.flow, self._person)
        speaker = self.stage.speaker(self._person)
        for ask in sorted(asks, key=lambda ask: units(wording(speaker, ask, given[ask.id])))[-1:]:
            value = Answered(ask.id, given[ask.id])
            session = replace(self._session, reopened=(value,), pending=value)
            change = partial(draw_change, session=session, ask=ask)
            yield self._scene(ask, lambda talk, change=change: talk.show(change))  # type: ignore[misc]

    def _say(self, say: Say) -> Iterator[Scene]:
        for values in self._values(say):
            now = state(self.flow, values, open=say) if say.button else state(self.flow, values, said=(say,))
            yield self._scene(say, self._shown(now))

    def _shown(self, now: State) -> partial[None]:
        return partial(_show, flow=self.flow, session=self._session, now=now)

    def _values(self, say: Say) -> Iterator[dict[str, Value]]:
        given = self.stage.answers(self.flow, self._person, say)
        picking = self.flow.ask(say.by) if say.by else None
        if picking is None or not isinstance(picking.kind, One):
            yield given
            return
        for option in picking.kind.options:
            yield {**given, picking.id: option}

    def _kept(self) -> Iterator[Scene]:
        """The one card for all kept answers."""
        asks = tuple(step for step in self.flow.steps if isinstance(step, Ask) and step.keep)
        if asks:
            kept = self.stage.answers(self.flow, self._person)
            session = replace(self._session, kept=kept)
            now = state(self.flow, {}, open=Confirm(asks))
            yield self._scene(asks[0], partial(_show, flow=self.flow, session=session, now=now))

    def _last_words(self) -> Iterator[Scene]:
        """All texts after the last question at once, which is more than anybody is told."""
        last = max((place for place, step in enumerate(self.flow.steps) if isinstance(step, Ask)), default=-1)
        said = tuple(step for step in self.flow.steps[last:] if isinstance(step, Say) and step.button is None)
        if said:
            now = state(self.flow, {**self.stage.answers(self.flow, self._person), **self._by(said)}, said=said)
            yield self._scene(said[0], lambda talk: end(talk, self.flow, self._session, now))

    def _said_before(self, ask: Ask) -> tuple[Say, ...]:
        """All texts that can stand on the screen of a question: those since the last one that is always asked."""
        said: list[Say] = []
        for step in reversed(self.flow.steps[: self.flow.steps.index(ask)]):
            if isinstance(step, Say) and step.button is None:
                said.insert(0, step)
            elif step.when is None and isinstance(step, Ask | Say):
                break
        return tuple(said)

    def _by(self, said: tuple[Say, ...]) -> dict[str, Value]:
        """The answers that pick the longest of the texts that an answer picks."""
        picked: dict[str, Value] = {}
        for say in said:
            picking = self.flow.ask(say.by) if say.by else None
            if picking is not None and isinstance(picking.kind, One):
                keys = {option: f"{say.key}.{option}" for option in picking.kind.options}
                picked[picking.id] = self.stage.longest(keys, self.about == "other")
        return picked

    def _note(self, ask: Ask) -> str:
        own = f"{ask.key}.invalid"
        return self.stage.longest({key: key for key in (*_NOTES, own)}, self.about == "other")

    def _people(self, ask: Ask) -> Iterator[Person]:
        """For whom the question has the longest buttons."""
        provider = ask.kind.provider if isinstance(ask.kind, One) else None
        if provider == "my_zones":
            yield replace(self._person, country=self.stage.country_of_longest_zone)
        elif provider == "my_links":
            for link in self.stage.care_links:
                yield replace(self._person, care_links=(link,) * MOST_LINKS)
        elif provider is not None:
            for subject in (None, self.stage.people[0]):
                plan = Reminder(ID, "plan", self.stage.now, whom="other", subject=subject)
                yield replace(self._person, reminders=(plan,) * MOST_REMINDERS)
            own = Reminder(ID, "own", self.stage.now, note=WIDEST * (NOTE + 1))
            visit = replace(plan, kind="visit", whom="self", visit="2100-12-31T12:00")
            for one in (own, replace(own, state="paused"), replace(plan, whom="self"), visit):
                yield replace(self._person, reminders=(one,) * MOST_REMINDERS)
        elif isinstance(ask.kind, Place):
            served = self.stage.world.countries
            nearest = max(served, key=lambda code: units(formats.country(code, self.stage.tag)), default="")
            yield replace(self._person, hinted=f"{self.stage.tag.partition('-')[0]}-{nearest}")
        else:
            yield self._person

    def _is_alike(self, ask: Ask) -> bool:
        """Whether the question looks the same in each flow that asks it: it names no answer and lists no rows."""
        if isinstance(ask.kind, One) and ask.kind.provider is not None:
            return False
        catalog, tag = self.stage.world.catalog, self.stage.tag
        keys = (key for key in (f"{ask.key}.ask", f"{ask.key}.again") if catalog.has(tag, key))
        texts = (text for key in keys if isinstance(text := catalog.text(tag, key), str))
        named = frozenset[str]().union(*map(holes, texts))
        return not any(isinstance(step, Ask) and step.id in named for step in self.flow.steps)

    @cached_property
    def _session(self) -> Session:
        return self.stage.session(self.flow, self.about)

    @cached_property
    def _person(self) -> Person:
        return self.stage.person(self._session)

    def _scene(self, step: Ask | Say, play: Play, person: Person | None = None) -> Scene:
        who = person or self._person
        return Scene(self.flow.id, step.id, step.mark, self.about, who, self.stage.now, play, name_of(step))


def _show(talk: Talk, flow: Flow, session: Session, now: State) -> None:
    talk.show(lambda speaker: draw_open(speaker, flow, session, now))


def _together(kind: Many) -> tuple[str, ...]:
    return tuple(option for option in kind.options if not alone(option))
