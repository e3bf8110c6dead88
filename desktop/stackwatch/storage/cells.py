"""Cells of the tables that are written and read: a spreadsheet takes none of them for a formula."""

# Also the minus sign, and the wide forms that East Asian spreadsheets take for the narrow ones.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\u2212", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cell(value: object) -> object:
    """Keep a spreadsheet from taking text for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value


def uncell(text: str) -> str:
    """Return what ``cell`` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
