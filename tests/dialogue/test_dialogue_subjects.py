"""What is known of one person is never taken for another's, and a name is only letters."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bonewise.dialogue import event as e
from bonewise.dialogue.person import Person, Subject
from bonewise.dialogue.subjects import MOST, called, key_of, named, remember
from tests.dialogue.calm import calm
from tests.dialogue.conversation import Conversation

MUM, DAD = Subject("0a", "Mum"), Subject("0b", "Dad")
SOMEBODY = Person("p", "telegram", people=(MUM, DAD), profile={"self": {}, "other": {}, "0a": {"age": "from_75"}})


def test_each_person_has_a_key_of_their_own() -> None:
    keys = [key_of("self", None), key_of("other", None), key_of("other", MUM), key_of("other", DAD)]
    assert keys == ["self", "other", "0a", "0b"]


def test_a_name_of_before_is_the_same_person_and_another_is_somebody_new() -> None:
    assert called(SOMEBODY, " MUM ", "new") == MUM
    assert called(SOMEBODY, "Aunt  Jo", "new") == Subject("new", "Aunt Jo")
    assert called(SOMEBODY, "\u200f \u2063", "new") is None


def test_an_id_that_is_not_known_is_nobody() -> None:
    assert named(SOMEBODY, "0b") == DAD
    assert named(SOMEBODY, "self") is None
    assert named(SOMEBODY, "Mum") is None


def test_who_was_used_last_comes_first_and_nobody_is_there_twice() -> None:
    assert remember(SOMEBODY, DAD).people == (DAD, MUM)
    assert remember(SOMEBODY, None) is SOMEBODY


def test_with_a_name_that_makes_way_go_the_answers_that_were_kept_of_it() -> None:
    person = SOMEBODY
    for number in range(MOST):
        person = remember(person, Subject(str(number), f"name {number}"))
    assert len(person.people) == MOST
    assert person.profile == {"self": {}, "other": {}}


@given(st.text(max_size=14))
def test_a_name_is_one_line_that_can_be_seen_and_turns_no_text_round(typed: str) -> None:
    subject = called(SOMEBODY, typed, "new")
    if subject is not None:
        kinds = {unicodedata.category(letter) for letter in subject.name if letter not in "\u200c\u200d"}
        assert subject.name == " ".join(subject.name.split()) != ""
        assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
        assert called(replace(SOMEBODY, people=(subject,)), typed, "newer") == subject


HEALTH = ("bone_jab", "neck_gland", "kidney", "b12")


@settings(max_examples=8, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["self", "other", "Mum", "Dad", "other one"]), st.sampled_from(HEALTH)), max_size=5
    )
)
def test_a_check_knows_of_a_person_what_was_said_of_that_person_alone(checks: list[tuple[str, str]]) -> None:
    talk = Conversation()
    said: dict[str, tuple[str]] = {}
    for whom, ill in checks:
        if whom in {"self", "other"}:
            talk.does(e.Press(f"go:tingling.{whom}"))
        else:
            talk.does(e.Press("go:tingling.someone"))
            talk.types(whom)
        assert talk.session.kept.get("health") == said.get(whom)
        calm(talk, "end", {"profile": "same"} if whom in said else {"health": (ill,)})
        said.setdefault(whom, (ill,))
