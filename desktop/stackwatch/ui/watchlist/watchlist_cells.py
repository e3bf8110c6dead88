"""What the cells of the list show: values become text, ink and marks here, once per change."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum
from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from stackwatch.domain.move import Move, Rollup, is_unusual
from stackwatch.domain.quote import NOT_JUDGED, HistorySummary, Quote, QuoteState, VolumeSoFar
from stackwatch.domain.words import format as write
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Ink, Role

translate = QCoreApplication.translate

_YEAR_STEPS = 100  # finer than the column has pixels: a price that moves less draws the same mark


class Column(IntEnum):
    """A column of the list."""

    BELL = 0
    SYMBOL = 1
    NAME = 2
    LAST = 3
    CHANGE = 4
    ABNORMAL = 5
    SAR = 6
    YEAR = 7
    DAYS = 8
    NEWS = 9
    POINTS = 10
    VOLUME = 11
    DAY = 12
    EXTENDED = 13
    CURRENCY = 14
    AS_OF = 15


class Mark(Enum):
    """The icon before a price; the value is its glyph."""

    NONE = ""
    STALE = "clock"
    CLOSED = "moon"
    EXTENDED = "circle-half"
    HALTED = "pause"
    WITHHELD = "question"
    INDEX = "clock-counter-clockwise"  # a replayed level that is no price


class Bell(Enum):
    """Whether a rule watches a row, and whether its popups are snoozed; the value is its glyph."""

    NONE = ""
    ARMED = "bell"
    SNOOZED = "bell-z"
    FIRED = "bell-fill"


@dataclass(frozen=True, slots=True)
class Cell:
    """One painted cell. ``short`` replaces a text that does not fit; ``arrow`` is -1, 0 or 1."""

    text: str = ""
    ink: Ink = Ink.T1
    role: Role = Role.BODY
    arrow: int = 0
    hollow: bool = False
    mark: Mark = Mark.NONE
    box: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class SarCell:
    """A standardised move: bar and number; hatched where it is not judged now."""

    text: str
    value: float | None
    ink: Ink = Ink.T2
    role: Role = Role.BODY
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class RangeCell:
    """Where a price stands in a year's range, 0 to 1 in the steps that are drawn; None draws the text."""

    place: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PathCell:
    """The last closes, oldest first."""

    closes: tuple[float, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class BellCell:
    """The alert bell of a row in words; its picture is painted by the row itself."""

    text: str = ""


# Looking a member up costs as much as making half a cell, and a list makes thousands a second.
_T1, _T2, _T3, _UP, _DOWN = Ink.T1, Ink.T2, Ink.T3, Ink.UP, Ink.DOWN
_BODY, _SYMBOL, _STRONG, _CAPTION = Role.BODY, Role.SYMBOL, Role.STRONG, Role.CAPTION

AnyCell = Cell | SarCell | RangeCell | PathCell | BellCell

EMPTY = Cell()
DASH = Cell(write.NOTHING, _T3)
UNKNOWN = Cell(write.NOTHING, _T3, mark=Mark.WITHHELD)
NO_SAR = SarCell(write.NOTHING, None, _T3)
FROZEN_SAR = SarCell(write.NOTHING, None, _T3, hatched=True)
NO_RANGE = RangeCell(None, write.NOTHING)


def quote_cells(
    quote: Quote | None, move: Move | None, history: HistorySummary | None
) -> tuple[AnyCell, AnyCell, AnyCell, AnyCell, AnyCell]:
    """Return last, change, abnormal, SAR and 52 weeks of a listed share."""
    if quote is None or quote.state is QuoteState.UNKNOWN:
        return (DASH if quote is None else UNKNOWN), DASH, DASH, NO_SAR, NO_RANGE
    place = _place(quote, history)
    if quote.state in NOT_JUDGED:
        last, change = _frozen(quote)
        return last, change, DASH, FROZEN_SAR, place
    if (price := quote.extended_now) is not None:
        last, change = _extended(quote, price)
    else:
        last, change = _current(quote), change_cell(quote.change_pct)
    if move is None or quote.early:
        return last, change, DASH, NO_SAR, place
    abnormal, sar = move_cells(move.abnormal_pct, move.sar)
    return last, change, abnormal, sar, place


@dataclass(frozen=True, slots=True)
class ColumnNeeds:
    """What the columns that are not always there need beside a quote; ``columns`` are those shown."""

    columns: frozenset[Column]
    now: datetime
    zone: str


def further_cells(quote: Quote | None, volume: VolumeSoFar | None, wanted: ColumnNeeds) -> list[AnyCell]:
    """Return change in points, volume, day range, extended price, currency and as-of time of a share."""
    if quote is None or quote.state is QuoteState.UNKNOWN:
        return [DASH, DASH, NO_RANGE, DASH, DASH, DASH]
    makers: dict[Column, Callable[[], AnyCell]] = {
        Column.POINTS: lambda: points_cell(quote),
        Column.VOLUME: lambda: volume_cell(volume),
        Column.DAY: lambda: day_cell(quote),
        Column.EXTENDED: lambda: extended_cell(quote),
        Column.CURRENCY: lambda: Cell(quote.currency, _T2),
        Column.AS_OF: lambda: as_of_cell(quote, wanted),
    }
    return [make() if column in wanted.columns else EMPTY for column, make in makers.items()]


def points_cell(quote: Quote) -> Cell:
    """Return the change in money, of the price that is shown."""
    change = shown_points(quote)
    if change is None:
        return DASH
    text = write.change(change, quote.stand_in or quote.price, quote.currency, quote.price_hint)
    if quote.state in NOT_JUDGED or text[0] not in "+" + write.MINUS:
        return Cell(text, _T2)
    return Cell(text, _UP if change > 0 else _DOWN)


def volume_cell(volume: VolumeSoFar | None) -> Cell:
    """Return the session's volume so far as a multiple of what is usual by this time."""
    return DASH if volume is None or volume.times is None else Cell(f"{volume.times:.1f}\u00d7", _T2)


def day_cell(quote: Quote) -> RangeCell:
    """Return where the price stands between the day's low and high."""
    low, high = quote.day_low, quote.day_high
    if low is None or high is None or high <= low or quote.index_level:
        return NO_RANGE
    return _range(quote, low, high)


def extended_cell(quote: Quote) -> Cell:
    """Return the newest price outside regular hours, with its direction against the regular close."""
    price = quote.extended_price
    if price is None or quote.index_level:
        return DASH
    step = round((price / quote.price - 1.0) * 100.0, 2)
    return Cell(_price(quote, price), _T2, arrow=(step > 0) - (step < 0), hollow=True)


def as_of_cell(quote: Quote, wanted: ColumnNeeds) -> Cell:
    """Return when the price that is shown was made, in the exchange's time."""
    return Cell(write.column_time(shown_as_of(quote), wanted.now, wanted.zone, current_language()), _T3)


def shown_change(quote: Quote) -> float | None:
    """Return the percent that the list shows, None where it is withheld."""
    if quote.state in (QuoteState.WITHHELD, QuoteState.UNKNOWN):
        return None
    return quote.shown_change_pct


def shown_points(quote: Quote) -> float | None:
    """Return the change in money that the list shows, None where it shows none."""
    if quote.state is QuoteState.WITHHELD or quote.index_level:
        return None
    price = quote.stand_in
    return quote.change if price is None else price - quote.price


def shown_as_of(quote: Quote) -> datetime:
    """Return when the price that the list shows was made."""
    return (None if quote.stand_in is None else quote.extended_as_of) or quote.as_of


def rollup_cells(rollup: Rollup | None, *, layer: bool) -> tuple[AnyCell, AnyCell, AnyCell, AnyCell]:
    """Return last (the breadth of a layer), change, abnormal and SAR of an average."""
    if rollup is None or rollup.move_pct is None:
        return EMPTY, DASH, DASH, NO_SAR
    breadth = Cell(_breadth(rollup), _T3, _CAPTION) if layer else EMPTY
    role = _SYMBOL if layer else _BODY
    if rollup.stale:
        return breadth, Cell(write.percent(rollup.move_pct), _T2, role), DASH, FROZEN_SAR
    change = change_cell(rollup.move_pct, role, hollow=rollup.early is not None)
    return breadth, change, *move_cells(rollup.abnormal_pct, rollup.sar)


def change_cell(percent: float, role: Role = _BODY, *, hollow: bool = False) -> Cell:
    """Return a signed percentage with its triangle; one that rounds to zero has neither."""
    text = write.percent(percent)
    if text[0] not in "+" + write.MINUS:
        return Cell(text, _T2, role)
    up = percent > 0
    return Cell(text, _UP if up else _DOWN, role, 1 if up else -1, hollow=hollow)


def move_cells(abnormal_pct: float | None, sar: float | None) -> tuple[Cell, SarCell]:
    """Return abnormal move and SAR: quiet inside the usual range, coloured and bold outside."""
    if sar is None or abnormal_pct is None:
        return DASH if abnormal_pct is None else Cell(write.percent(abnormal_pct), _T2), NO_SAR
    ink, role = _T2, _BODY
    if is_unusual(sar):
        ink, role = (_UP if sar > 0 else _DOWN), _STRONG
    return Cell(write.percent(abnormal_pct), ink, role), SarCell(write.sar(sar), sar, ink, role)


def count_cell(count: int, *, private: bool) -> Cell:
    """Return today's number of stories."""
    if count == 0:
        return Cell("\u00b7", _T3)
    return Cell(str(count), _T1 if private else _T2)


def path_cell(history: HistorySummary | None) -> PathCell:
    """Return the last twenty moves of a share."""
    return PathCell(history.closes if history else ())


def kind_word(kind: str) -> str:
    """Return what a private entity is, in the language in use."""
    words = {
        "company": translate("Watchlist", "company"),
        "project": translate("Watchlist", "project"),
        "theme": translate("Watchlist", "theme"),
        "division": translate("Watchlist", "division"),
    }
    return words.get(kind, kind)


def private_cell(kind: str, rollup: Rollup | None) -> Cell:
    """Return kind and number of linked names of a private entity."""
    word = kind_word(kind)
    if rollup is None:
        return Cell(word, _T3)
    if single := _single(rollup):
        return Cell(single, _T3)  # there is no room for both
    if rollup.total == 0:
        linked = translate("Watchlist", "no names")
    elif rollup.total == 1:
        linked = translate("Watchlist", "1 name")
    else:
        linked = translate("Watchlist", "{count} names").format(count=rollup.total)
    return Cell(
        translate("Watchlist", "{kind}, {linked}").format(kind=word, linked=linked), _T3, short=linked
    )


def _current(quote: Quote) -> Cell:
    """Write a price that can be trusted now; a replayed level must not be taken for one."""
    if quote.index_level:
        return Cell(_price(quote, quote.price), _T2, mark=Mark.INDEX)
    mark = Mark.CLOSED if quote.state is QuoteState.CLOSED else Mark.NONE
    box = str(quote.delay_minutes) if quote.state is QuoteState.DELAYED else ""
    return Cell(_price(quote, quote.price), _T1, mark=mark, box=box)


def _frozen(quote: Quote) -> tuple[Cell, Cell]:
    """Write a price that is not to be trusted now: no colour, no triangle."""
    marks = {
        QuoteState.STALE: Mark.STALE,
        QuoteState.HALTED: Mark.HALTED,
        QuoteState.WITHHELD: Mark.WITHHELD,
    }
    last = Cell(_price(quote, quote.price), _T2, mark=marks[quote.state])
    if quote.state is QuoteState.WITHHELD:
        return last, Cell(translate("Watchlist", "withheld"), _T3)
    return last, Cell(write.percent(quote.change_pct), _T2)


def _extended(quote: Quote, price: float) -> tuple[Cell, Cell]:
    """Write a price outside regular hours, against the last regular close."""
    change = (price / quote.price - 1.0) * 100.0
    return Cell(_price(quote, price), _T1, mark=Mark.EXTENDED), change_cell(change, hollow=True)


def _price(quote: Quote, value: float) -> str:
    return write.price(value, quote.currency, quote.price_hint)


def _place(quote: Quote, history: HistorySummary | None) -> RangeCell:
    low, high = quote.year_low, quote.year_high
    if (low is None or high is None) and history is not None:
        low, high = history.year_low, history.year_high
    if low is None or high is None or high <= low or quote.index_level:
        return NO_RANGE
    return _range(quote, low, high)


def _range(quote: Quote, low: float, high: float) -> RangeCell:
    place = min(max((quote.price - low) / (high - low), 0.0), 1.0)
    ends = _range_words(low, high, quote.currency, quote.price_hint)
    return RangeCell(round(place * _YEAR_STEPS) / _YEAR_STEPS, ends)


@lru_cache(maxsize=2_000)
def _range_words(low: float, high: float, currency: str, hint: int | None) -> str:
    return f"{write.price(low, currency, hint)} \u2013 {write.price(high, currency, hint)}"


def _single(rollup: Rollup) -> str:
    """Say that the average is the move of one member: the others, in other markets, went their own way."""
    if rollup.averaged != 1 or rollup.counted == 1:
        return ""
    return translate("Watchlist", "{count} of {total} names").format(count=1, total=rollup.total)


def _breadth(rollup: Rollup) -> str:
    """Say how many members with a price went the way most of them did, or that the average is of one."""
    if single := _single(rollup):
        return single
    if rollup.up == rollup.down == 0:
        template, count = translate("Watchlist", "{total} unchanged"), 0
    elif rollup.falls:
        template, count = translate("Watchlist", "{count} of {total} down"), rollup.down
    else:
        template, count = translate("Watchlist", "{count} of {total} up"), rollup.up
    return template.format(count=count, total=rollup.counted)
