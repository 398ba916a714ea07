"""`python -m concord` is `concord`."""

from concord.cli.main import main

main()
