"""`bonewise run`, but for the pace of 30 messages a second that Telegram asks for and a benchmark would measure."""

from bonewise.service import pace

pace.TELEGRAM = pace.UNPACED  # before anybody imports it

from bonewise.cli import main  # noqa: E402

main()
