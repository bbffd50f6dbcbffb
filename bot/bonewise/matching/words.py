"""A folded text as words, cut into sentences and clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bonewise.matching.folding import fold

_PIECE = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"  # no blanks between words there: each its own word
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff][\w\u0900-\u0dff\u0e00-\u0e7f]{0,39}"
    r"|[.!?¿¡;:,()\n\u2026\u3002\u3001\u061f\u060c\u0964\u2013\u2014]"
)
_SENTENCE_ENDS = frozenset(".!?¿¡;\n\u2026\u3002\u061f\u0964")
_QUESTION_MARKS = frozenset("?\u061f")
_OPENING_QUESTION = "¿"


@dataclass(slots=True)
class Words:
    """The words of a text. `clause` and `sentence` say for each word in which one it stands."""

    words: list[str]
    clause: list[int]
    sentence: list[int]
    asked: set[int]  # the clauses that a question mark closes or opens

    def cut(self, starts: set[int]) -> None:
        """Begin a new clause at each of these words."""
        for at in sorted(starts):
            old, new = self.clause[at], max(self.clause) + 1
            if old in self.asked:
                self.asked.add(new)
            for follower in range(at, len(self.words)):
                if self.clause[follower] != old:
                    break
                self.clause[follower] = new


def split(text: str) -> Words:
    """Fold a text and cut it into words. Linear in the length of the text."""
    found = Words([], [], [], set())
    clause = sentence = 0
    for piece in _PIECE.findall(fold(text)):
        if piece[0].isalnum():
            found.words.append(piece)
            found.clause.append(clause)
            found.sentence.append(sentence)
            continue
        if piece in _QUESTION_MARKS:
            found.asked.add(found.clause[-1] if found.clause else clause)
        clause += 1
        if piece in _SENTENCE_ENDS:
            sentence += 1
        if piece == _OPENING_QUESTION:
            found.asked.add(clause)
    return found
