"""The list as a screen reader hears it: a row in one sentence, and cells whose picture is the value."""

from stackwatch.domain.words import format as write
from stackwatch.ui.kit.announce import aloud
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.watchlist.watchlist_cells import (
    AnyCell,
    Cell,
    Column,
    Mark,
    PathCell,
    RangeCell,
    translate,
)
from stackwatch.ui.watchlist.watchlist_heads import heads
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind

_PLAIN = frozenset({Column.BELL, Column.SYMBOL, Column.NAME})
_NO_STORIES = "\u00b7"


def row_words(node: Node, name: str, cells: list[AnyCell]) -> str:
    """Say a row: what it is, its price and moves, why a price is not current, its alert and stories."""
    both = current_language().say(f"{name} ({node.id})", f"{name}({node.id})")
    said = [both if node.kind is NodeKind.SHARE and name != node.id else name]
    if node.kind is not NodeKind.SHARE:
        said.append(cells[Column.NAME].text)
    said += _price(node, cells)
    for column in (Column.CHANGE, Column.ABNORMAL, Column.SAR):
        if cells[column].text not in ("", write.NOTHING):
            said.append(f"{heads()[column]} {cells[column].text}")
    said += [_mark(cells[Column.LAST]), cells[Column.BELL].text]
    if node.stories:
        one = node.stories == 1
        template = translate("ExposureMap", "1 story") if one else translate("ExposureMap", "{count} stories")
        said.append(template.format(count=node.stories))
    return ", ".join(part for part in said if part)


def cell_words(column: Column, cell: AnyCell) -> str:
    """Say one cell with its head; a mark in a range and a path of prices in figures."""
    text = _shown(cell)
    if not text or column in _PLAIN:
        return text
    return f"{heads()[column]} {text}"


def _price(node: Node, cells: list[AnyCell]) -> list[str]:
    last = cells[Column.LAST].text
    if node.kind is not NodeKind.SHARE:
        return [last]  # how many of a layer went the same way
    if node.quote is None or last == write.NOTHING:
        return [translate("HeatMap", "no price")]
    return [f"{last} {node.quote.currency}"]


def _shown(cell: AnyCell) -> str:
    if isinstance(cell, RangeCell) and cell.place is not None:
        return f"{cell.place * 100:.0f}{write.NARROW_SPACE}%, {cell.text}"
    if isinstance(cell, PathCell) and len(cell.closes) > 1 and cell.closes[0]:
        return write.percent((cell.closes[-1] / cell.closes[0] - 1.0) * 100.0)
    if cell.text == _NO_STORIES:
        return "0"
    mark = _mark(cell)
    return f"{cell.text}, {mark}" if mark else aloud(cell.text)


def _mark(cell: AnyCell) -> str:
    """Say what the icon or box beside a price says."""
    if not isinstance(cell, Cell) or cell.text == write.NOTHING:
        return ""
    if cell.box:
        return translate("Tip", "Delayed by {minutes} minutes").format(minutes=cell.box)
    return {
        Mark.STALE: translate("HeatMap", "stale"),
        Mark.CLOSED: translate("Watchlist", "market closed"),
        Mark.EXTENDED: translate("Watchlist", "outside regular hours"),
        Mark.HALTED: translate("HeatMap", "halted"),
        Mark.INDEX: translate("Watchlist", "level, not a price"),
    }.get(cell.mark, "")
