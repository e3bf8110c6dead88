"""How wide and high the parts of a window usually are."""

from stackwatch.ui.kit.theme import px
from stackwatch.ui.preferences.settings import ViewChoice

SMALLEST = (880, 600)
WIDE_FROM = 1080  # a screen of 1366 pixels at 125 % is wide: below the list a chart would have no room there
_WIDE, _TALL = 1400, 814  # of the window, and of its body
_LIST_WIDTHS = (712, 556)
_LIST_WIDE_SHARE = 0.34  # of a very wide window: names are cut in what is enough for a usual one
_DETAIL_BESIDE_MAP, _DETAIL_SHARE = 560, 0.32  # the share where that is more
_INBOX_HEIGHTS, _INBOX_SHARE = (170, 126), 0.17
_WITH_CHART, _LEAST_INBOX = 405, 80  # what the detail needs beside a list; the heads of the alerts and a row
_LIST_SHARE = 0.42  # of a narrow window: the rest is what the card and a few stories need
_LOWER, _LEAST_LIST = 305, 100  # that need, where large text makes it more; what is left to a list at least
_LOWER_WITH_CHART, _LIST_BESIDE = 480, 180  # what the detail needs with a chart, and the list meanwhile
_ALONE = frozenset({ViewChoice.RULES, ViewChoice.HEADLINES})
_MAPS = frozenset({ViewChoice.HEAT, ViewChoice.EXPOSURE})
_MAP_BESIDE_FROM = 1120  # the width of a low window in which a map can be read beside the detail
_MAP_AND_DETAIL = 620  # the body of a narrower one in which it can be read above it


def stands_alone(width: int, body: int, view: ViewChoice) -> bool:
    """Return whether a view has the whole window: rules and headlines always, a map in a small one."""
    small = width < _MAP_BESIDE_FROM and body < px(_MAP_AND_DETAIL)
    return view in _ALONE or (small and view in _MAPS)


def usual_sizes(width: int, body: int, view: ViewChoice) -> tuple[int, int]:
    """Return the width of the view and the height of what is below it, for a window and its body."""
    if width < WIDE_FROM:
        below = body - round(body * _LIST_SHARE)
        charted = body >= px(_LOWER_WITH_CHART) + px(_LIST_BESIDE)
        needed = px(_LOWER_WITH_CHART) if charted else min(px(_LOWER), body - px(_LEAST_LIST))
        return width, max(below, needed) if view is ViewChoice.LIST else below
    listed = px(_LIST_WIDTHS[0] if width >= px(_WIDE) else _LIST_WIDTHS[1])
    listed = max(listed, round(width * _LIST_WIDE_SHARE))
    if view is not ViewChoice.LIST:
        listed = max(listed, width - max(px(_DETAIL_BESIDE_MAP), round(width * _DETAIL_SHARE)))
    below = px(_INBOX_HEIGHTS[0] if body >= px(_TALL) else _INBOX_HEIGHTS[1])
    below = max(below, round(body * _INBOX_SHARE))
    return listed, min(below, max(body - px(_WITH_CHART), px(_LEAST_INBOX)))
