"""How well typed questions and alarms are understood: `make eval`, or `python -m benchmarks.evaluation [dev|test]`.

The questions of tests/matching/held_out are in no phrasing and no pattern. `dev` is looked at while these are mended,
and bars are chosen by it. `test` is only measured on, so its texts are never printed.
"""
