"""P8: screens that do not render."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from bonewise.dialogue.screen import Screen
from bonewise.i18n.catalog import Catalog
from bonewise.i18n.entry import Plural
from bonewise.i18n.markup import stray_mark
from bonewise.i18n.tags import SOURCE
from bonewise.i18n.words import MissingText, MissingValue
from bonewise.proof.finding import Finding
from bonewise.proof.screens.rehearsal import Rehearsal, Scene
from bonewise.proof.screens.stage import Stage
from bonewise.strict_yaml import Mark

_TROUBLE = (LookupError, ValueError, TypeError)
"""What a text or a value can raise that the dialogue does not expect."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A scene as it was played: its screens, the toast, and the texts that were said by their keys."""

    scene: Scene
    tag: str
    screens: tuple[Screen, ...]
    toast: str
    said: dict[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass
class Rehearsals:
    """Plays scenes in one language, those that look alike once."""

    stage: Stage
    _played: set[object] = field(default_factory=set)

    def play(self, scenes: Iterable[Scene]) -> Iterator[Drawn]:
        """Each scene, with the P8 findings of it."""
        for scene in scenes:
            if scene.same is None or scene.same not in self._played:
                self._played.add(scene.same)
                yield self._play(scene)

    def _play(self, scene: Scene) -> Drawn:
        talk = Rehearsal(self.stage.world, scene, self.stage.tag)
        found: list[Finding] = []
        try:
            scene.play(talk)
        except (MissingText, MissingValue) as error:
            talk.noted.missing.append(error)
        except _TROUBLE as error:
            found.append(self._finding(scene, scene.mark, f"this cannot be shown in {self.stage.tag}: {error}"))
        found += [finding for error in talk.noted.missing for finding in self._missing(scene, error)]
        return Drawn(scene, self.stage.tag, tuple(talk.screens), talk.toast, talk.noted.said, tuple(found))

    def _missing(self, scene: Scene, error: MissingText | MissingValue) -> Iterator[Finding]:
        tag, catalog = self.stage.tag, self.stage.world.catalog
        part = error.key.partition(".")[0]
        where = f"write it in locales/{part}/{tag}.yml"
        if isinstance(error, MissingValue):
            what = (
                f"nothing fills in {{{error.name}}} of `{error.key}` here; take it out, or name what is known by then"
            )
            yield self._finding(scene, place_of(catalog, tag, error.key) or scene.mark, what)
        elif tag == SOURCE:
            yield self._finding(scene, scene.mark, f"the text `{error.key}` is missing; {where}")
        elif part in self._translated:
            what = f"this is shown in English, because `{error.key}` is missing in {tag}; {where}"
            mark = None if scene.flow else place_of(catalog, SOURCE, error.key)
            yield self._finding(scene, mark or scene.mark, what, "warning")

    @cached_property
    def _translated(self) -> frozenset[str]:
        """The parts of which the language has any text. Of the others all screens are meant to fall back to English."""
        return frozenset(key.partition(".")[0] for key in self.stage.world.catalog.keys(self.stage.tag))

    def _finding(self, scene: Scene, mark: Mark, what: str, severity: str = "error") -> Finding:
        return Finding("P8", scene.flow, scene.at, mark, what, severity=severity, about=what)


def place_of(catalog: Catalog, tag: str, key: str) -> Mark | None:
    """Where a text stands; of a variant that is not there the text itself."""
    known = next((name for name in (key, key.removesuffix("@other")) if catalog.has(tag, name)), None)
    return None if known is None else catalog.mark(tag, known)


def find_stray_marks(catalog: Catalog) -> Iterator[Finding]:
    """P8: texts of which a mark would be seen, because it has no partner or is none of ours."""
    for tag in catalog.languages:
        for key in catalog.keys(tag):
            text = catalog.text(tag, key)
            for form in text.forms.values() if isinstance(text, Plural) else (text,):
                if stray := stray_mark(form):
                    what = f"`{key}` shows `{stray}`; close it in the same line, or write a backslash before it"
                    yield Finding("P8", "", key, catalog.mark(tag, key), what)
