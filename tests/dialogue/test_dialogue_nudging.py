"""A plan from before it was asked whom it is for."""

from __future__ import annotations

from datetime import timedelta

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Reminder
from tests.dialogue.calm import calm
from tests.dialogue.conversation import KNOWN, WEDNESDAY, Conversation

OLD = Reminder("r", "plan", WEDNESDAY + timedelta(days=1), about="gp", flow="plan_visit")


def test_it_is_for_whom_all_checks_were_about() -> None:
    talk = Conversation({**KNOWN, "reminders": (OLD,)})
    talk.does(e.Press("go:tingling.other"))
    calm(talk, "end")
    talk.falls_due("plan")
    talk.presses("n:not_yet")
    talk.presses("n:worse")
    assert (talk.session.flow, talk.session.about) == ("tingling", "other")


def test_where_both_were_checked_it_is_asked() -> None:
    talk = Conversation({**KNOWN, "reminders": (OLD,)})
    for whom in ("self", "other"):
        talk.does(e.Press(f"go:tingling.{whom}"))
        calm(talk, "end")
    talk.falls_due("plan")
    talk.presses("n:not_yet")
    talk.presses("n:worse")
    assert talk.person.sessions == ()
    talk.presses("go:tingling.someone")
    assert talk.session.flow == "their_name"
