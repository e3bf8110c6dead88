"""The heads of the list's columns in words, and how they are aligned."""

from PySide6.QtCore import Qt

from stackwatch.ui.kit.tips import abnormal_help, sar_help
from stackwatch.ui.watchlist.watchlist_cells import Column, translate
from stackwatch.ui.watchlist.watchlist_sort import Sort

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


def spoken_head(column: Column, sort: Sort | None) -> str:
    """Return the head of a column as it is read out: its whole name, and whether rows are sorted by it."""
    name = column_name(column)
    if sort is None or sort.column is not column:
        return name
    falling, rising = translate("Watchlist", "sorted descending"), translate("Watchlist", "sorted ascending")
    return f"{name}, {falling if sort.descending else rising}"


def column_help(column: Column) -> str:
    """Return the tip of a head: its whole name, and what a figure is that no other list has."""
    helps = {Column.ABNORMAL: abnormal_help, Column.SAR: sar_help}
    return helps[column]() if column in helps else column_name(column)


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Return how head and cells of a column are aligned."""
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
