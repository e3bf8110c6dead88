"""Write the trading days that ship (resources/calendars) from the calendar library.

    python installer/calendars.py

Run it when the library is updated, and once a year: the years move on with the clock.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "desktop"))

from stackwatch.providers.calendars import build_table, write_table  # noqa: E402 - after the path is set

CODES = ("XNYS", "XKRX", "XTKS", "XTAI", "XETR", "XPAR", "XMIL", "XHKG", "XLON", "XAMS", "XSWX", "XTSE")
THIS_YEAR = datetime.now(UTC).year
FIRST_YEAR, LAST_YEAR = THIS_YEAR - 5, THIS_YEAR + 1  # charts go back five years


def main() -> None:
    """Build every calendar and write it."""
    for code in CODES:
        zone, rows = build_table(code, FIRST_YEAR, LAST_YEAR)
        write_table(ROOT / "resources" / "calendars" / f"{code}.json", zone, rows)
        print(f"{code}: {len(rows)} sessions")


if __name__ == "__main__":
    main()
