"""How many alarms are heard, and how often one rings for nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from benchmarks.evaluation import held_out
from benchmarks.evaluation.held_out import share
from bonewise.alarm_learning import load_learnt_alarms
from bonewise.content import load_alarms
from bonewise.matching.alarm import AlarmBook
from bonewise.settings import Settings

OWN_SYMPTOM = "personal_symptom_check"
"""Its questions tell of symptoms, so that a soft line is right with some of them: they are not counted as ordinary."""


def alarms(part: str, tag: str) -> list[str]:
    """The messages that must be heard."""
    return [str(text) for texts in held_out.alarms(part, tag)["must_hear"].values() for text in texts]


def look_alikes(part: str, tag: str) -> list[str]:
    """The messages with words of an alarm that tell of none."""
    return [str(text) for text in held_out.alarms(part, tag)["look_alikes"]]


def ordinary(part: str, tag: str) -> list[str]:
    """All other messages, with the questions about topics."""
    questions = held_out.topics(part, tag).items()
    asked = [text for topic, texts in questions if topic != OWN_SYMPTOM for text in texts]
    return [*map(str, held_out.alarms(part, tag)["ordinary"]), *asked]


def patterns() -> AlarmBook:
    """The alarm layer without its classifier."""
    return AlarmBook(load_alarms(Settings()).languages)


def by_words() -> AlarmBook:
    """With the classifier, which goes by words alone."""
    return load_alarms(Settings())


def by_meaning() -> AlarmBook:
    """With the classifier, which goes by meaning too where the extra `[semantic]` is installed."""
    return load_learnt_alarms(Settings())


def milliseconds(book: AlarmBook, part: str, tag: str) -> dict[str, float]:
    """The processor time for a message: the median, and what one of a hundred exceeds."""
    texts = [*alarms(part, tag), *look_alikes(part, tag), *ordinary(part, tag)]
    took = sorted(_seconds(book, text) for text in texts)
    return {"ms, p50": 1000 * took[len(took) // 2], "ms, p99": 1000 * took[len(took) * 99 // 100]}


def _seconds(book: AlarmBook, text: str) -> float:
    begun = time.process_time()
    book.hear(text, by_meaning=True)
    return time.process_time() - begun


def shares(book: AlarmBook, part: str, tag: str) -> dict[str, float]:
    """The figures of the table, each a share of the messages of its kind."""
    must, alike, plain = alarms(part, tag), look_alikes(part, tag), ordinary(part, tag)
    return {
        "alarms heard hard": _share(book, must, "hard"),
        "alarms heard": _share(book, must, "hard", "soft"),
        "look-alikes, hard": _share(book, alike, "hard"),
        "look-alikes, hard or soft": _share(book, alike, "hard", "soft"),
        "ordinary, hard": _share(book, plain, "hard"),
        "ordinary, hard or soft": _share(book, plain, "hard", "soft"),
    }


def _share(book: AlarmBook, texts: Iterable[str], *strengths: str) -> float:
    return share(book.hear(text, by_meaning=True).strength in strengths for text in texts)


def faults(book: AlarmBook, part: str, tag: str) -> Iterator[str]:
    """The messages that were missed, and those for which an alarm rang, in words."""
    for text in alarms(part, tag):
        if book.hear(text, by_meaning=True).strength == "none":
            yield f"missed: {text}"
    for kind, texts in (("look-alike", look_alikes(part, tag)), ("ordinary", ordinary(part, tag))):
        for text in texts:
            heard = book.hear(text, by_meaning=True)
            if heard.strength == "hard" or (kind == "ordinary" and heard.strength == "soft"):
                yield f"{heard.strength} on {kind} ({heard.sign}): {text}"
