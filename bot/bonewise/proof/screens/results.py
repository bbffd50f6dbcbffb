"""The screens of how a check ends: each reason alone, and the longest of what can stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property, partial
from itertools import islice

from bonewise.dialogue.emergency import show_again, show_stop
from bonewise.dialogue.pages import show_page_text
from bonewise.dialogue.person import Person, Result, Session
from bonewise.dialogue.reasons import draw_reasons
from bonewise.dialogue.result import NET_DAYS, REASONS, draw_why, show_result, show_share, show_summary
from bonewise.dialogue.talk import Talk
from bonewise.flow.answers import Answered
from bonewise.flow.model import FUNCTIONS, Ask, Card, Flow, Level, Mark, Offer, Rule, Value
from bonewise.flow.state import State
from bonewise.proof.on_the_way import name_of
from bonewise.proof.screens.rehearsal import Play, Scene
from bonewise.proof.screens.stage import Stage, state

_LIST = 3  # messages for what is a list: a person's own answers, and sources
_STEPS = 2  # next steps below a result


@dataclass
class Results:
    """All ends of a check about one subject."""

    stage: Stage
    flow: Flow
    about: str

    def scenes(self) -> Iterator[Scene]:
        """Each end at its longest, and each of its parts."""
        for level in self._levels:
            yield from self._reasons(level)
        if any(level.stops for level in self._levels):
            yield from self._stop()
        for level in (level for level in self._levels if not level.stops):
            yield from self._result(level)
        yield from self._below()
        yield from map(self._card, self.flow.cards)
        yield from self._functions()

    def _reasons(self, level: Level) -> Iterator[Scene]:
        """Each reason alone on the card that says to call, or first with the longest other one of its level."""
        longest = self._longest_of(level, "why")
        for rule in self._rules(level):
            if level.stops:
                yield self._of_rule(rule, partial(show_again, session=self._ended(level), state=self._raised([rule])))
                continue
            others = [other for other in longest if other is not rule][: REASONS - 1]
            why = partial(_show_why, flow=self.flow, now=self._raised([rule, *others]), other=self.about == "other")
            yield replace(self._of_rule(rule, why), same=("why", self.about, rule.key, *(one.key for one in others)))

    def _stop(self) -> Iterator[Scene]:
        """All cards that one answer can bring, without a country, and with the longest numbers to copy."""
        stops = [rule for level in (Level.EMERGENCY, Level.CRISIS) for rule in self._longest_of(level, "why")[:1]]
        session = self._ended(stops[0].level)
        for country in (None, *islice(self._with_crisis_line, 1)):
            play = partial(show_stop, flow=self.flow, session=session, state=self._raised(stops))
            scene = self._scene(str(stops[0].level), self.flow.mark, play, stops[0])
            yield replace(scene, person=replace(self._person, country=country))

    def _result(self, level: Level) -> Iterator[Scene]:
        """All three messages at once, with the longest reasons."""
        longest = self._longest_of(level, "why")
        cards = sorted(self.flow.cards, key=lambda card: self._length(f"{card.key}.title"), reverse=True)[:1]
        now = self._raised(longest[:REASONS], level=level, cards=tuple(cards), offers=self._longest_offers)
        yield self._shown(level, str(level), self.flow.mark, now, longest[0] if longest else None)
        if level is self.flow.otherwise:
            yield self._shown(level, "otherwise", self.flow.mark, state(self.flow, {}, level))

    def _below(self) -> Iterator[Scene]:
        """The buttons below a result: each card and each next step once."""
        level = next((level for level in reversed(self._levels) if not level.stops), None)
        functions = tuple(offer for offer in self.flow.offers if offer.to in FUNCTIONS)
        parts: list[tuple[tuple[Card, ...], tuple[Offer, ...]]] = [((card,), functions) for card in self.flow.cards]
        parts += [((), (offer, *functions)) for offer in self._next_steps]
        for cards, offers in parts if level is not None else ():
            part = cards[0] if cards else offers[0]
            at = part.id if isinstance(part, Card) else part.to
            now = state(self.flow, {}, level, cards=cards, offers=offers)
            yield self._shown(level or Level.ROUTINE, at, part.mark, now, part)

    def _card(self, card: Card) -> Scene:
        play = partial(show_page_text, key=f"{card.key}.text", sources=card.sources)
        return replace(self._scene(card.id, card.mark, play, card), messages=_LIST)

    def _functions(self) -> Iterator[Scene]:
        """What the functions below a result show, of all answers and all reasons at once."""
        flow, level = self.flow, self._levels[0]
        answers = self.stage.answers(flow, self._person)
        session = replace(self._ended(level), corrected=tuple(Answered(*item) for item in islice(answers.items(), 1)))
        result = Result(session, level, self.stage.now, tuple(rule.id for rule in self._longest_of(level, "say")[:1]))
        summary = partial(show_summary, flow=flow, result=result, state=state(flow, answers))
        yield replace(self._scene("summary", flow.mark, summary), messages=_LIST)
        for other in self._levels:
            rules = tuple(rule.id for rule in self._longest_of(other, "say")[:1])
            shared = replace(result, level=other, rules=rules)
            yield self._scene("share", flow.mark, partial(show_share, flow=flow, result=shared))
        reasons = partial(_show_reasons, flow=flow, answers=answers, other=self.about == "other")
        yield replace(self._scene("reasons", flow.mark, reasons), messages=_LIST)

    def _shown(self, level: Level, at: str, mark: Mark, now: State, part: Rule | Card | Offer | None = None) -> Scene:
        play = partial(show_result, flow=self.flow, session=self._ended(level), state=now, level=level)
        scene = self._scene(at, mark, play, part)
        return replace(scene, now=scene.now - timedelta(days=NET_DAYS[level]))

    def _of_rule(self, rule: Rule, play: Play) -> Scene:
        return replace(self._scene(rule.id, rule.mark, play, rule), same=(self.about, rule.level, rule.key))

    def _scene(self, at: str, mark: Mark, play: Play, part: Rule | Card | Offer | None = None) -> Scene:
        shows = "" if part is None else name_of(part)
        return Scene(self.flow.id, at, mark, self.about, self._person, self.stage.now, play, shows)

    def _raised(self, rules: Iterable[Rule], **more: object) -> State:
        raised = tuple(rules)
        level = raised[0].level if raised else self.flow.otherwise
        return state(self.flow, {}, **{"level": level, "raised": raised, **more})  # type: ignore[arg-type]

    def _rules(self, level: Level) -> list[Rule]:
        return [rule for flag in self.flow.flags for rule in flag.rules if rule.level is level]

    def _longest_of(self, level: Level, part: str) -> list[Rule]:
        """The rules of a level, those first of which a part is the longest."""
        return sorted(self._rules(level), key=lambda rule: self._length(f"{rule.key}.{part}"), reverse=True)

    def _length(self, key: str) -> int:
        return self.stage.length(key, self.about == "other")

    @cached_property
    def _levels(self) -> list[Level]:
        """The levels in which the check can end, the most urgent first."""
        raised = {rule.level for flag in self.flow.flags for rule in flag.rules}
        return [level for level in Level if level in {*raised, self.flow.otherwise}]

    @cached_property
    def _next_steps(self) -> list[Offer]:
        return [offer for offer in self.flow.offers if offer.to not in FUNCTIONS]

    @cached_property
    def _longest_offers(self) -> tuple[Offer, ...]:
        """All functions, and the next steps with the longest labels."""
        longest = sorted(self._next_steps, key=lambda offer: self._length(f"{offer.to}.link"), reverse=True)[:_STEPS]
        return tuple(offer for offer in self.flow.offers if offer in longest or offer.to in FUNCTIONS)

    @cached_property
    def _with_crisis_line(self) -> list[str]:
        """The countries in which a crisis line can be called, that with the longest numbers first."""
        countries = self.stage.world.countries.values()
        served = [one for one in countries if one.crisis is not None]
        served.sort(key=lambda one: len(f"{one.emergency}{one.crisis}"), reverse=True)
        return [one.code for one in served]

    @cached_property
    def _session(self) -> Session:
        return self.stage.session(self.flow, self.about)

    def _ended(self, level: Level) -> Session:
        return replace(self._session, reached=level)

    @cached_property
    def _person(self) -> Person:
        return self.stage.person(self._session)


def _show_reasons(talk: Talk, flow: Flow, answers: Mapping[str, Value], other: bool) -> None:
    """All answers, and the sources of as many rules as a result names, of those that have the most."""
    given = [(step, answers[step.id]) for step in flow.steps if isinstance(step, Ask) and step.id in answers]
    rules = sorted((rule for flag in flow.flags for rule in flag.rules), key=lambda rule: len(rule.sources))[-REASONS:]
    sources = tuple(source for rule in rules for source in rule.sources)
    talk.show(lambda speaker: draw_reasons(speaker, given, sources, other))


def _show_why(talk: Talk, flow: Flow, now: State, other: bool) -> None:
    talk.show(lambda speaker: draw_why(speaker, flow, now, other))
