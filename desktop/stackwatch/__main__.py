"""Run the command line with ``python -m stackwatch``."""

import sys

from stackwatch.cli import main

sys.exit(main())
