"""`python -m bonewise` is the command `bonewise`."""

from bonewise.cli import main

main()
