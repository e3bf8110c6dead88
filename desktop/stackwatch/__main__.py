"""Run the command line with ``python -m stackwatch``."""

import sys

try:
    from stackwatch.cli import main

    code = main()
except KeyboardInterrupt:  # before there is anything that could say so
    code = 130
sys.exit(code)
