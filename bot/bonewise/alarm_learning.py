"""Has the alarm layer learn its examples: by words, and by their meaning too where the extra `[semantic]` runs.

The meaning takes a minute. What was learnt is kept where that of the matcher is; until then it goes by words.
"""

from __future__ import annotations

import logging
import os
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from bonewise.by_meaning import learn_by_meaning
from bonewise.content import ALARM_WORDS, load_alarms
from bonewise.matching.alarm import AlarmBook
from bonewise.matching.embedding import Embedder
from bonewise.settings import INSTALLED, Settings

if TYPE_CHECKING:
    from bonewise.matching.learnt import Learnt

FILE = "alarms.npz"


def learn_alarm_odds(alarms: AlarmBook, data_dir: Path, threads: int = 1) -> Thread | None:
    """Let `alarms` go by meaning: at once if that was learnt before, else when the thread that is given back has ended.

    What is learnt is kept in `data_dir`. So many threads learn at once.
    """

    def use(learnt: Learnt, embed: Embedder) -> None:
        from bonewise.matching.alarm_odds import AlarmOdds  # needs numpy, of the extra

        alarms.use_odds(AlarmOdds(learnt, embed))

    return learn_by_meaning(alarms.examples, FILE, data_dir, use, "alarms are heard by words alone", threads)


def load_learnt_alarms(settings: Settings) -> AlarmBook:
    """The alarm layer once all is learnt. Raises what `load_alarms` raises."""
    alarms = load_alarms(settings)
    if thread := learn_alarm_odds(alarms, settings.data_dir, threads=os.cpu_count() or 1):
        thread.join()
    return alarms


def main() -> None:
    """Learn the examples of the package, and keep that where the model is installed."""
    logging.basicConfig(level="INFO", format="%(message)s")
    settings = Settings.model_construct(data_dir=INSTALLED)
    load_alarms(settings).keep(ALARM_WORDS)
    load_learnt_alarms(settings)


if __name__ == "__main__":
    main()
