"""The flow mutation score: `python -m tests.mutation [--only TEXT …] [--every N] [--prover N]`.

Every mutant is one small fault in a check or in a block that checks use. It is caught by the loader, the conversations,
the stories or the prover, the cheapest first. One that survives is explained in survivors.yml.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from tests.mutation.judge import Fate, Verdict, all_mutants, judge
from tests.mutation.operators import Mutant
from tests.mutation.report import survivors, table
from tests.mutation.survivors import read_reasons

Task = tuple[Mutant, list[str], bool]
PROCESSES = 2


def main() -> int:
    """Judge them all and print the table; 1 if any survivor has no reason."""
    read = argparse.ArgumentParser(prog="tests.mutation")
    read.add_argument("--only", nargs="*", default=(), help="only mutants with one of these in their names")
    read.add_argument("--every", type=int, default=1, help="only each Nth, to be done sooner")
    read.add_argument("--prover", type=int, default=25, help="ask the prover of each Nth, whoever caught it")
    asked = read.parse_args()
    tasks = list(_tasks(asked.only, asked.every, asked.prover))
    with ProcessPoolExecutor(PROCESSES) as pool:
        verdicts: list[Verdict] = []
        for number, verdict in enumerate(pool.map(_judge, tasks, chunksize=8), 1):
            verdicts.append(verdict)
            if verdict.fate is Fate.SURVIVED or number % 100 == 0:
                sys.stderr.write(f"{number} of {len(tasks)}: {verdict.place} {verdict.name} {verdict.fate}\n")
    lines = [*table(verdicts), "", *survivors(verdicts, read_reasons())]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(any("NO REASON" in line for line in lines))


def _tasks(only: list[str], every: int, prover: int) -> Iterator[Task]:
    named = [(m, checks) for m, checks in all_mutants() if not only or any(part in m.key for part in only)]
    for number, (mutant, checks) in enumerate(named[::every]):
        yield mutant, checks, number % prover == 0


def _judge(task: Task) -> Verdict:
    mutant, checks, ask_prover = task
    return judge(mutant, checks, ask_prover=ask_prover)


if __name__ == "__main__":
    sys.exit(main())
