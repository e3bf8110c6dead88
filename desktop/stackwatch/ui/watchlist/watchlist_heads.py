"""The heads of the list's columns in words, and how they are aligned."""

from PySide6.QtCore import Qt

from stackwatch.ui.watchlist.watchlist_cells import Column, translate

_RIGHT = frozenset(
    {
        *(Column.LAST, Column.CHANGE, Column.ABNORMAL, Column.SAR, Column.NEWS),
        *(Column.POINTS, Column.VOLUME, Column.EXTENDED, Column.AS_OF),
    }
)


def heads() -> tuple[str, ...]:
    """Return the heads, one per Column."""
    return (
        "",
        translate("Watchlist", "Symbol"),
        translate("Watchlist", "Name"),
        translate("Watchlist", "Last"),
        translate("Watchlist", "Change"),
        translate("Watchlist", "Abnormal"),
        "SAR",
        translate("Watchlist", "52 weeks"),
        translate("Watchlist", "20 days"),
        translate("Watchlist", "News"),
        translate("Watchlist", "Points"),
        translate("Watchlist", "Volume"),
        translate("Watchlist", "Day"),
        translate("Watchlist", "Ext. hours"),
        translate("Watchlist", "Currency"),
        translate("Watchlist", "As of"),
    )


def column_name(column: Column) -> str:
    """Return the whole name of a column, for a reader who does not see it."""
    names = {
        Column.BELL: translate("Watchlist", "Alert"),
        Column.CHANGE: translate("Watchlist", "Change in percent"),
        Column.ABNORMAL: translate("Watchlist", "Abnormal move"),
        Column.SAR: translate("Watchlist", "SAR: abnormal move in standard errors"),
        Column.YEAR: translate("Watchlist", "Place in its 52 weeks"),
        Column.DAYS: translate("Watchlist", "Last 20 days"),
        Column.NEWS: translate("Watchlist", "Stories today"),
        Column.POINTS: translate("Watchlist", "Change in points"),
        Column.VOLUME: translate("Watchlist", "Volume so far, times what is usual by this time"),
        Column.DAY: translate("Watchlist", "Place in its day"),
        Column.EXTENDED: translate("Watchlist", "Price outside regular hours"),
        Column.AS_OF: translate("Watchlist", "Time of the price, where it trades"),
    }
    return names.get(column, heads()[column])


def column_help(column: Column) -> str:
    """Return the tip of a head: its whole name, and what a figure is that no other list has."""
    helps = {
        Column.ABNORMAL: translate(
            "Watchlist", "what is left of the change without what its usual relation to the market predicts"
        ),
        Column.SAR: translate("Watchlist", "at 2 or more, either way, the move is unusual for the share"),
    }
    told = helps.get(column)
    return column_name(column) if told is None else f"{column_name(column)}\n{told}"


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Return how head and cells of a column are aligned."""
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
