"""The faults of flow files: all of them are gathered, then raised together."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from bonewise.strict_yaml import Diagnostic, Mark


class FlowError(Exception):
    """Flow files that cannot be used. `diagnostics` are sorted by place, and the message has one line for each."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__("\n".join(map(str, self.diagnostics)))


class Faults:
    """Gathers faults, so that an author sees every one at once."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []

    def add(self, mark: Mark, message: str) -> None:
        """Note one fault."""
        self.found.append(Diagnostic(mark, message))

    def unknown(self, mark: Mark, what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that nothing has, with the name that was probably meant."""
        near = get_close_matches(name, sorted(known), n=1)
        hint = f"; did you mean `{near[0]}`?" if near else ""
        self.add(mark, f"unknown {what} `{name}`{hint}")

    def raise_if_any(self) -> None:
        """Raise `FlowError` if there is a fault."""
        if self.found:
            raise FlowError(self.found)
