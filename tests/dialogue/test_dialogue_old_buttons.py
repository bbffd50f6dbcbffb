"""An old button belongs to the question that it stood under, or to none that is known."""

from __future__ import annotations

from dataclasses import replace

from bonewise.dialogue import event as e
from tests.dialogue.conversation import Conversation
from tests.dialogue.rules import buttons_of


def test_a_session_from_before_steps_were_noted_offers_no_wrong_question_to_change() -> None:
    talk = Conversation()
    talk.does(e.Press("go:tingling.self"))
    talk.answers("life.signs", "none")
    talk.person = replace(talk.person, sessions=(replace(talk.session, asked=()),))
    talk.answers("life.pains", "none")
    name = talk.session.id
    talk.does(e.Press(f"a:{name}:1:none"))
    assert not [b for b in buttons_of(talk.new[-1]) if (b.press or "").startswith("e:")]
    talk.answers("spine_nerves.saddle", "no")
    talk.does(e.Press(f"a:{name}:3:yes"))
    assert f"e:{name}:spine_nerves.saddle" in [b.press for b in buttons_of(talk.new[-1])]
