"""`bonewise run`, but for the pace of 30 messages a second that Telegram asks for and a benchmark would measure."""

import bonewise.run_telegram
from bonewise.cli import main
from bonewise.service.pace import UNPACED

bonewise.run_telegram.TELEGRAM = UNPACED  # type: ignore[attr-defined]
main()
