"""The screens that belong to no flow: cards, nudges, commands, notices; each brought about by an event."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property, partial

from bonewise.dialogue import data
from bonewise.dialogue import event as e
from bonewise.dialogue.care_inviting import draw_invitation
from bonewise.dialogue.care_links import payload
from bonewise.dialogue.care_news import PRESSES as CARE_PRESSES
from bonewise.dialogue.commands import COMMANDS
from bonewise.dialogue.emergency import show_card
from bonewise.dialogue.falling_due import draw_dropout
from bonewise.dialogue.nudging import PRESSES, REASONS
from bonewise.dialogue.person import Person, Reminder, Result, Session
from bonewise.dialogue.pressing import OWN
from bonewise.dialogue.react import dispatch, draw_apology
from bonewise.dialogue.talk import Talk
from bonewise.dialogue.tipping import PRESSES as TIP_PRESSES
from bonewise.dialogue.tipping import show_tip
from bonewise.dialogue.unsaid import draw_unsaid
from bonewise.flow.model import Flow, Level
from bonewise.i18n.tags import SOURCE
from bonewise.proof.screens.longest import WIDEST
from bonewise.proof.screens.rehearsal import Play, Scene
from bonewise.proof.screens.stage import ID, Stage
from bonewise.scheduling.rule import Rule
from bonewise.strict_yaml import Mark

_SIGN = "alarm.signs."
_UNKNOWN = "?"
_NOTE = WIDEST * 200
_DAILY = Rule("day", date(2028, 1, 1))
_TOKEN = "0" * 32
_NOWHERE = Mark("locales", 1, 1)
_KINDS = ("edited", "forward", "voice")
_PLACES = ((51.5, -0.1), (0.0, -160.0))  # London, and the open sea
_UNDER_RESULT = ("sources", "mistake")


class Bot:
    """All that the bot says of its own."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    def scenes(self) -> Iterator[Scene]:
        """Each event that a stranger, or a person in the middle of a check, can bring about."""
        for event in self._events():
            for person in (Person("", "telegram", language=self.stage.tag), *self._busy):
                yield self._scene(_called(event), person, partial(dispatch, event=event))
        for kind, sign in (("crisis", None), *(("emergency", sign) for sign in self._signs)):
            yield self._scene("card", self._called, partial(show_card, kind=kind, told=sign))
        for tip in self.stage.world.flows.tips.values():
            yield replace(self._scene(f"tip {tip.id}", self._called, partial(show_tip, tip=tip)), mark=tip.mark)
        for channel in ("telegram", "web"):
            inviter = self.stage.person(channel=channel)
            yield self._scene("invitation", inviter, lambda talk: talk.show(lambda one: draw_invitation(one, _TOKEN)))
        of_unknown_age = self.stage.person(adult=None, people=())
        for check in self._checks:
            yield self._scene(check.id, of_unknown_age, partial(dispatch, event=e.Press(data.go(check.id))))
        for other in (False, True):
            yield self._scene("dropout", self._called, partial(_say_dropout, other=other))
        yield self._scene("unsaid", self._called, lambda talk: talk.show(draw_unsaid))
        yield self._scene("apology", self._called, lambda talk: talk.show(draw_apology))

    def _events(self) -> Iterator[e.Event]:
        yield from (e.Command(name) for name in COMMANDS)
        yield from (e.Press(data.own(name)) for name in OWN)
        yield from (e.Press(data.of_reminder(ID, what)) for what in (*PRESSES, *REASONS))
        yield from (e.Press(data.of_reminder(kind, what)) for kind in ("own", "visit") for what in PRESSES)
        yield from (e.Press(data.of_tip(_UNKNOWN.replace("?", "x"), what)) for what in TIP_PRESSES)
        yield from (e.Press(data.of_care_link(one.id, what)) for one in self.stage.care_links for what in CARE_PRESSES)
        yield from self._news()
        yield from (e.Press(data.of_result(ID, what)) for what in _UNDER_RESULT)
        yield from (e.Due(reminder.id) for reminder in self._reminders)
        yield from (e.Press(data.go(flow.id)) for flow in self._flows if flow.kind != "page")
        yield from (e.Press(data.go(f"{flow.id}.{about}")) for flow in self._checks for about in flow.about)
        yield from (e.Press(data.topic(topic)) for topic in self.stage.world.topics)
        yield from (e.Press(data.keep(1, answer)) for answer in ("yes", "no"))
        yield from (e.Press(data.language(tag, None)) for tag in self.stage.world.catalog.languages)
        yield from (e.Press(data.not_meant(topic, self._topics)) for topic in self._topics[:1])
        yield from (e.Text(_UNKNOWN, band=band, topics=self._topics) for band in ("offer", "unknown"))
        yield from (e.Text(_UNKNOWN, alarm="soft", alarm_kind=kind) for kind in ("emergency", "crisis"))
        yield from (e.Unreadable(kind) for kind in _KINDS)
        yield from (e.Position(*place) for place in _PLACES)
        yield e.Press(data.of_question("l", ID, 1))
        yield e.Press(data.of_question("a", ID, 0, _UNKNOWN.replace("?", "x")))
        yield from (e.Group(text) for text in ("", "/learn"))

    def _news(self) -> Iterator[e.Event]:
        """What the other one of a link can have done, and an invitation that is opened."""
        name = self.stage.people[0].name
        for link in self.stage.care_links:
            for what in ("accepted", "confirmed", "ended", "copy"):
                yield e.Linked(link.id, what, name, "plan")
            yield e.Invited(link.id, until=self.stage.now)
        yield e.Linked(ID, "ended")
        yield e.Invited()
        yield e.Invited("new", "somebody", name, until=self.stage.now)
        yield e.Command("start", payload(_TOKEN))

    @property
    def _signs(self) -> list[str]:
        """The texts of all signs that the alarm layer can hear."""
        return [key for key in self.stage.world.catalog.keys(SOURCE) if key.startswith(_SIGN)]

    @property
    def _topics(self) -> tuple[str, ...]:
        """The topics with the longest buttons first."""

        def longest(name: str) -> int:
            page = self.stage.world.topics[name].page
            return max(self.stage.length(key, False) for key in (f"topics.{name}.link", f"{page}.link"))

        return tuple(sorted(self.stage.world.topics, key=longest, reverse=True))

    @property
    def _flows(self) -> list[Flow]:
        return list(self.stage.world.flows.flows.values())

    @property
    def _checks(self) -> list[Flow]:
        return [flow for flow in self._flows if flow.kind == "check"]

    @cached_property
    def _busy(self) -> list[Person]:
        """Somebody with a result and reminders, in the middle of a check about each subject, or of none."""
        busy = self.stage.person(results=self._results, reminders=self._reminders)
        checks = [(flow, about) for flow in self._checks[:1] for about in flow.about]
        return [busy, *(replace(busy, sessions=(self._session(flow, about),)) for flow, about in checks)]

    @cached_property
    def _called(self) -> Person:
        """Somebody in a country with all lines, whose numbers can be copied."""
        served = (one.code for one in self.stage.world.countries.values() if one.crisis is not None)
        return self.stage.person(country=next(served, None))

    def _session(self, flow: Flow, about: str) -> Session:
        return replace(self.stage.session(flow, about), seq=1)

    @property
    def _results(self) -> tuple[Result, ...]:
        ends = [Result(self._session(flow, "self"), Level.SAME_DAY, self.stage.now) for flow in self._checks[:1]]
        return tuple(ends)

    @property
    def _reminders(self) -> tuple[Reminder, ...]:
        plan = Reminder(
            ID,
            "plan",
            self.stage.now,
            whom="other",
            subject=self.stage.people[0],
            note=_NOTE,
            flow="plan_visit",
            local="2028-01-01T12:00",
            zone="UTC",
        )
        own = Reminder("own", "own", self.stage.now, note=_NOTE, local="2028-01-01T12:00", zone="UTC", rule=_DAILY)
        visit = replace(plan, id="visit", kind="visit", flow="booked", visit="2100-01-01T12:00")
        helped = Reminder("help-card", "check_in", self.stage.now, about="crisis")
        left = Reminder(f"dropout-{ID}", "dropout", self.stage.now, session=ID)
        return plan, own, visit, helped, left

    def _scene(self, at: str, person: Person, play: Play) -> Scene:
        return Scene("", at, _NOWHERE, "self", person, self.stage.now, play)


def _called(event: e.Event) -> str:
    """An event in a few words, such as "Press s:forget"."""
    known = (getattr(event, name, None) for name in ("data", "name", "reminder", "kind", "alarm_kind", "band"))
    return f"{type(event).__name__} {next((word for word in known if word), '')}".strip()


def _say_dropout(talk: Talk, other: bool) -> None:
    talk.show(lambda speaker: draw_dropout(speaker, "nudge.dropout_unsaid", other))
