"""`bonewise run` with a clock that is ahead: `python -m tests.end_to_end.ahead SECONDS`."""

from __future__ import annotations

import sys
import time

if __name__ == "__main__":
    right_time, ahead = time.time, float(sys.argv.pop(1))
    time.time = lambda: right_time() + ahead
    sys.argv.append("run")
    from bonewise.cli import main

    main()
