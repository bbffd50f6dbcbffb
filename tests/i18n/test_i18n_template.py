"""Placeholders: `{name}` and nothing else in braces."""

import pytest

from bonewise.i18n.template import Hole, TemplateError, holes, parse


def test_text_and_holes_come_in_order() -> None:
    assert parse("a {b_1} {{c}}") == ("a ", Hole("b_1"), " ", "{", "c", "}")


def test_the_names_of_the_holes() -> None:
    assert holes("{a} {b} {a} {{c}}") == {"a", "b"}


@pytest.mark.parametrize(
    "text", ["{}", "{A}", "{0}", "{a.b}", "{a!r}", "{a:>10}", "{ a }", "{a", "a}", "{{a}", "{1a}", "{é}"]
)
def test_anything_else_in_braces_is_an_error(text: str) -> None:
    with pytest.raises(TemplateError, match=r"write a placeholder as \{name\}"):
        parse(text)
