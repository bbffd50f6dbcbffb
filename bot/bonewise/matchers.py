"""Makes what finds the topic of a typed question: by meaning where the extra `[semantic]` runs, else by letters.

To learn the phrasings takes a minute. What was learnt is kept where the model is installed, by the build step
`python -m bonewise.matchers`, or in the data folder by a running bot, which answers by letters until then.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bonewise.by_meaning import learn_by_meaning
from bonewise.content import folders, load_world
from bonewise.dialogue.topics import Topics
from bonewise.matching.embedding import Embedder
from bonewise.matching.matcher import Match, Matcher
from bonewise.matching.ngrams import NgramMatcher
from bonewise.matching.phrasings import load_phrasings
from bonewise.settings import INSTALLED, Settings

if TYPE_CHECKING:
    from bonewise.matching.learnt import Learnt

log = logging.getLogger(__name__)

FILE = "matching.npz"


class Learner:
    """Matches by letters until the phrasings are learnt, and by meaning from then on."""

    def __init__(self, letters: Matcher) -> None:
        self.matcher = letters
        self.thread: Thread | None = None

    def match(self, text: str) -> Match:
        """What this text is about."""
        return self.matcher.match(text)

    def learnt(self) -> Matcher:
        """Wait for the matcher by meaning; the one by letters if the learning failed."""
        if self.thread is not None:
            self.thread.join()
        return self.matcher


def load_matcher(settings: Settings, topics: Topics) -> Matcher:
    """What finds the topic of a typed question, at once. Raises `StrictYamlError`."""
    return matcher_in(folders("locales", settings.locales_dir), topics, settings.data_dir)


def learnt_matcher(settings: Settings, topics: Topics) -> Matcher:
    """The same; waits until the phrasings are learnt."""
    locales = folders("locales", settings.locales_dir)
    matcher = matcher_in(locales, topics, settings.data_dir, threads=os.cpu_count() or 1)
    return matcher.learnt() if isinstance(matcher, Learner) else matcher


def matcher_in(locales: Sequence[Path], topics: Topics, data_dir: Path, threads: int = 1) -> Matcher:
    """The same from these folders of locales; what is learnt from the phrasings is kept in `data_dir`.

    So many threads learn at once.
    By meaning with the extra `[semantic]`, else by letters; the log says why.
    """
    phrasings = load_phrasings([folder / "matching" for folder in locales], topics)
    learner = Learner(NgramMatcher(phrasings))

    def use(learnt: Learnt, embed: Embedder) -> None:
        from bonewise.matching.semantic import SemanticMatcher  # needs numpy, of the extra

        learner.matcher = SemanticMatcher(phrasings, learnt, embed)
        log.info("typed questions are matched by meaning")

    examples = [(phrasing.label, phrasing.text) for phrasing in phrasings]
    learner.thread = learn_by_meaning(examples, FILE, data_dir, use, "typed questions are matched by letters", threads)
    return learner if learner.thread is not None else learner.matcher


def main() -> None:
    """Learn the phrasings of the package, and keep that where the model is installed."""
    logging.basicConfig(level="INFO", format="%(message)s")
    learnt_matcher(Settings.model_construct(data_dir=INSTALLED), load_world(Settings.model_construct()).topics)


if __name__ == "__main__":
    main()
