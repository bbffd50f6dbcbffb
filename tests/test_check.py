"""How the findings of `bonewise check` are printed."""

from __future__ import annotations

import json

from bonewise.check_form import Form, printed
from bonewise.flow.answers import Answered
from bonewise.flow.model import Mark
from bonewise.proof.finding import Finding, Talk

TALK = Talk((Answered("signs", ("red", "hot")), Answered("pain", 7)), frozenset({"adult"}))
OTHER = Talk((Answered("signs", ("none",)),))
FINDING = Finding("P3", "sore_heel", "signs", Mark("flows/a,b.yml", 3, 5), "is 100% wrong", TALK, OTHER)


def test_as_text_it_says_where_and_what_and_shows_the_conversations() -> None:
    assert list(printed([FINDING], Form.TEXT)) == [
        "flows/a,b.yml:3:5: P3 sore_heel: is 100% wrong",
        "    (adult) → signs=red+hot → pain=7",
        "    against signs=none",
    ]


def test_as_json_it_has_all_parts() -> None:
    [line] = printed([FINDING], Form.JSON)
    assert json.loads(line) == [
        {
            "code": "P3",
            "severity": "error",
            "file": "flows/a,b.yml",
            "line": 3,
            "column": 5,
            "flow": "sore_heel",
            "at": "signs",
            "message": "is 100% wrong",
            "talk": {"person": ["adult"], "answers": [["signs", ["red", "hot"]], ["pain", 7]]},
            "against": {"person": [], "answers": [["signs", ["none"]]]},
        }
    ]
    assert list(printed([], Form.JSON)) == ["[]"]


def test_as_a_github_annotation_what_has_a_meaning_there_is_escaped() -> None:
    assert list(printed([FINDING], Form.GITHUB)) == [
        "::error file=flows/a%2Cb.yml,line=3,col=5,title=P3 sore_heel::is 100%25 wrong"
        "%0A    (adult) → signs=red+hot → pain=7%0A    against signs=none"
    ]
    assert list(printed([], Form.GITHUB)) == []
