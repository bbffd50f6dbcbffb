"""The red button for somebody new: the one that stands below the whole chat comes only with the hello."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bonewise.dialogue import data
from bonewise.dialogue.links import EMERGENCY
from bonewise.dialogue.screen import Output, Screen
from bonewise.dialogue.talk import Talk


def with_first_help(talk: Talk, outputs: Sequence[Output]) -> tuple[Output, ...]:
    """The same, with the red button below the last buttons, if the chat of somebody new has no way to help yet."""
    if talk.person.greeted or any(_leads_to_help(output) for output in outputs):
        return tuple(outputs)
    last = next((screen for screen in reversed(outputs) if isinstance(screen, Screen) and any(screen.buttons)), None)
    if last is None:
        return tuple(outputs)
    red = talk.read(lambda speaker: speaker.button("emergency.link", data.go(EMERGENCY), "danger"))
    helped = replace(last, buttons=(*last.buttons, (red,)))
    return tuple(helped if output is last else output for output in outputs)


def _leads_to_help(output: Output) -> bool:
    """Whether it has the red button or is an emergency, or brings the button below the chat."""
    if not isinstance(output, Screen):
        return False
    presses = {button.press for row in output.buttons for button in row}
    return data.go(EMERGENCY) in presses or output.role == "emergency" or not presses
