"""Days as they are given on the command line."""

from datetime import date

from stackwatch.domain.errors import BadInputError

_YEARS = range(1900, 2200)  # the year before and the day after such a day are days, too


def day_given(option: str, text: str) -> date:
    """Read the day that an option was given; raises BadInputError."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year not in _YEARS:
        raise BadInputError(f"{option} {text!r}: expected a day such as 2025-07-22")
    return day
