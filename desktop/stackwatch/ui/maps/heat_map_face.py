"""What a tile of the heat map shows: values become words, a step of colour and marks here."""

from dataclasses import dataclass

from stackwatch.domain.move import is_unusual
from stackwatch.domain.quote import NOT_JUDGED, QuoteState
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.domain.words.wording import short_name
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.preferences.settings import HeatBy
from stackwatch.ui.watchlist.watchlist_cells import (
    AnyCell,
    Cell,
    Column,
    Mark,
    SarCell,
    shown_change,
    translate,
)
from stackwatch.ui.watchlist.watchlist_nodes import Node, NodeKind
from stackwatch.ui.watchlist.watchlist_spoken import row_words

PERCENT_STEPS = (1.0, 2.0, 4.0)
SAR_STEPS = (1.0, 2.0, 3.0)
_PERCENT = f"{write.NARROW_SPACE}%"


@dataclass(frozen=True, slots=True)
class TileFace:
    """A tile as shown.

    ``step`` is -3 to 3, 0 within the usual range; a ``bare`` tile has no colour but a border, a ``hatched``
    one a price that is not current. ``short`` replaces a ``value`` that does not fit.
    """

    name: str
    value: str
    short: str
    arrow: int = 0
    hollow: bool = False
    detail: str = ""
    step: int = 0
    bare: bool = False
    hatched: bool = False
    unusual: bool = False
    beyond: float | None = None  # the SAR without its sign
    mark: Mark = Mark.NONE
    accessible_text: str = ""
    symbol: str = ""  # empty for a private company or project


def face_of(node: Node, cells: list[AnyCell], by: HeatBy, ecosystem: Ecosystem) -> TileFace:
    """Return what the tile of a row shows, from the row's own cells."""
    name = short_name(node.id, ecosystem, current_language())
    full = ecosystem.names_of(node.id).get(current_language())
    last, change, abnormal, sar = (
        cells[c] for c in (Column.LAST, Column.CHANGE, Column.ABNORMAL, Column.SAR)
    )
    assert isinstance(last, Cell)
    assert isinstance(change, Cell)
    assert isinstance(abnormal, Cell)
    assert isinstance(sar, SarCell)
    judged = sar.value is not None and abnormal.text != write.NOTHING
    state = None if node.quote is None else node.quote.state
    frozen = state in NOT_JUDGED or _is_stale(node)
    withheld = state is QuoteState.WITHHELD
    # A change that is not current stands in for no other figure: the list has a dash there, too.
    by_change = by is HeatBy.CHANGE or (not judged and (withheld or not frozen))
    shown = change if by_change else abnormal
    number = _change_of(node) if by_change else _abnormal_of(node) if judged else None
    private = node.kind is NodeKind.PRIVATE
    priced = change.text != write.NOTHING
    bare = private or frozen or not priced or (by is not HeatBy.CHANGE and not judged)
    detail = _detail(node, sar, judged=judged, priced=priced)
    return TileFace(
        name=name,
        value=shown.text.removesuffix(_PERCENT),
        short=shown.text if number is None else write.signed(number, 1),
        arrow=0 if frozen else _arrow(shown.text),
        hollow=change.hollow and by_change,
        detail=detail,
        step=0 if bare else _step(number, sar.value, by),
        bare=bare,
        hatched=frozen,
        unusual=is_unusual(sar.value),
        beyond=None if sar.value is None else abs(sar.value),
        mark=last.mark if frozen or not priced else Mark.NONE,
        accessible_text=_accessible_text(full, node, cells, detail),
        symbol="" if private else node.id,
    )


def step_of(value: float, steps: tuple[float, float, float]) -> int:
    """Return how many of ``steps`` a value reaches, with its sign."""
    reached = sum(abs(value) >= step for step in steps)
    return reached if value > 0 else -reached


def _step(number: float | None, sar: float | None, by: HeatBy) -> int:
    """Return the step of a figure as it is written: a tile that says 4.00 has the colour of 4."""
    if by is HeatBy.SAR:
        return 0 if sar is None else step_of(write.rounded_sar(sar), SAR_STEPS)
    return 0 if number is None else step_of(round(number, 2), PERCENT_STEPS)


def _change_of(node: Node) -> float | None:
    """Return the percentage that the list shows as change, None where it shows none."""
    quote = node.quote
    if node.kind is NodeKind.PRIVATE:
        return node.rollup.move_pct if node.rollup else None
    return None if quote is None else shown_change(quote)


def _is_stale(node: Node) -> bool:
    """Whether it is an average that no current price stands behind."""
    return node.kind is NodeKind.PRIVATE and node.rollup is not None and node.rollup.stale


def _abnormal_of(node: Node) -> float | None:
    of = node.rollup if node.kind is NodeKind.PRIVATE else node.move
    return of.abnormal_pct if of else None


def _arrow(text: str) -> int:
    return 1 if text.startswith("+") else -1 if text.startswith(write.MINUS) else 0


def _detail(node: Node, sar: SarCell, *, judged: bool, priced: bool) -> str:
    """Say what stands under the figure: the SAR, or why there is none."""
    if node.kind is NodeKind.PRIVATE:
        if node.rollup is None:  # nobody has counted yet
            return translate("HeatMap", "no price")
        if not node.rollup.total:
            return translate("HeatMap", "no names")
        if _is_stale(node):
            return translate("HeatMap", "stale")
        if not node.rollup.averaged:
            return translate("HeatMap", "no price")
        return translate("HeatMap", "average of {count}").format(count=node.rollup.averaged)
    if node.quote is not None and node.quote.state in NOT_JUDGED:
        words = {
            QuoteState.STALE: translate("HeatMap", "stale"),
            QuoteState.HALTED: translate("HeatMap", "halted"),
            QuoteState.WITHHELD: "",  # its figure says so
        }
        return words[node.quote.state]
    if not priced:
        return translate("HeatMap", "no price")
    return f"SAR {sar.text}" if judged else translate("HeatMap", "change only")


def _accessible_text(full: str, node: Node, cells: list[AnyCell], detail: str) -> str:
    """Return the tile as the list says its row, and why it is not judged."""
    said = row_words(node, full, cells)
    known = node.kind is NodeKind.PRIVATE or detail.startswith("SAR") or detail in said
    return said if known else f"{said}, {detail}"
