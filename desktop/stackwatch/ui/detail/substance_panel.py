"""What a company earns, spends and costs, and its layer side by side, each figure with its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from stackwatch.domain.events import SubstanceLoaded
from stackwatch.domain.market import program_day
from stackwatch.domain.substance import CompanyFigure, Measure, Substance, Trend
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words import format as text
from stackwatch.domain.words import substance_words as say
from stackwatch.domain.words import wording
from stackwatch.ui.detail.private_page import PrivatePage
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.paint import figure, words
from stackwatch.ui.kit.row_list import ListRow, RowDelegate, RowList
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.snapshot import Snapshot

# The columns of the layer's table, the first to stay where there is little room first.
COLUMNS = (
    Measure.GROWTH,
    Measure.OPERATING_MARGIN,
    Measure.FORWARD_PRICE_TO_EARNINGS,
    Measure.FREE_CASH_FLOW,
    Measure.CAPEX,
    Measure.GROSS_MARGIN,
    Measure.PRICE_TO_SALES,
    Measure.PRICE_TO_EARNINGS,
)
_NAME, _COLUMN, _DAY = 84, 74, 88
_VALUE = 380  # at most from the names to the right edge of the values
_APART = 14
_LEAST_POINTS = 2
_EARLIER = "*"  # beside a figure that is not of the statement whose day ends its row


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One measure of a company; ``trend`` are its values, oldest first."""

    key: str
    name: str
    value: str
    period: str
    trend: tuple[float, ...]
    before: str
    known: bool
    accessible_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyRow:
    """One company beside its peers; a value per column, in the order of COLUMNS, or ``why`` there is none."""

    key: str
    who: str
    values: tuple[str, ...]
    day: str
    selected: bool
    accessible_text: str
    why: str = ""


class MeasureDelegate(RowDelegate):
    """Draws name, value, period, trend and where it came from."""

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw a measure."""
        assert isinstance(row, MeasureRow)
        theme, top, height = current_theme(), rect.top(), rect.height()
        value_right = 12 + min(round((rect.width() - 24) * 0.44), px(_VALUE))
        name = QRect(12, top, value_right - px(84) - 12, height)
        words(painter, name, row.name, theme.t1 if row.known else theme.t2, theme.font())
        ink = theme.t1 if row.known else theme.t3
        figure(painter, QRect(0, top, value_right, height), row.value, ink, theme.font(Role.STRONG))
        left = value_right + 14
        drawn = len(row.trend) >= _LEAST_POINTS
        room = px(156) if drawn else rect.right() - left - 12
        period = words(painter, QRect(left, top, room, height), row.period, theme.t2, theme.font())
        if not drawn:
            return
        spark = QRect(max(left + px(160), period + 10), top + (height - 16) // 2, 60, 16)
        paint.sparkline(painter, spark, row.trend, theme)
        rest = QRect(spark.right() + 10, top, rect.right() - spark.right() - 18, height)
        caption = theme.font(Role.CAPTION)
        if QFontMetrics(caption).horizontalAdvance(row.before) <= rest.width():  # a figure is never cut
            words(painter, rest, row.before, theme.t3, caption)


class CompanyDelegate(RowDelegate):
    """Draws a company and its figures under their heads."""

    widest = 0  # pixels of the widest figure

    def draw(self, painter: QPainter, rect: QRect, row: ListRow) -> None:
        """Draw a company."""
        assert isinstance(row, CompanyRow)
        theme, top, height = current_theme(), rect.top(), rect.height()
        font = theme.font(Role.STRONG if row.selected else Role.SYMBOL)
        words(painter, QRect(12, top, px(_NAME) - 8, height), row.who, theme.t1, font)
        if row.why:
            left = 12 + px(_NAME)
            words(
                painter, QRect(left, top, rect.width() - left - 12, height), row.why, theme.t3, theme.font()
            )
            return
        rights = rights_of(rect.width(), self.widest)
        for right, value in zip(rights, row.values, strict=False):
            ink = theme.t3 if value == text.NOTHING else theme.t1 if row.selected else theme.t2
            figure(painter, QRect(0, top, right, height), value, ink, theme.font())
        figure(painter, QRect(0, top, rect.width() - 12, height), row.day, theme.t3, theme.font())


def rights_of(width: int, widest: int) -> tuple[int, ...]:
    """Return the right edges of the columns that have room; those that have none are left out, not cut."""
    left = 12 + px(_NAME)
    room = (width - left - px(_DAY) - 12) // max(px(_COLUMN), widest + _APART)
    count = max(min(room, len(COLUMNS)), 1)
    pitch = (width - left - px(_DAY) - 12) / count
    return tuple(round(left + pitch * (place + 1)) for place in range(count))


class _Heads(QWidget):
    """The heads of the layer's table, over the cells of ``rows`` with or without its scroll bar."""

    def __init__(self, rows: QWidget) -> None:
        super().__init__()
        self._rows = rows
        rows.installEventFilter(self)
        self._labels: tuple[str, ...] = ()
        self._first, self._last = "", ""
        self._widest = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def put(self, labels: tuple[str, ...], widest: int) -> None:
        """Name the columns: the first, the measures, and the last."""
        self._first, *measures, self._last = labels
        self._labels, self._widest = tuple(measures), widest
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a column head."""
        return QSize(100, px(22))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the rows' width."""
        if event.type() is QEvent.Type.Resize:
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the heads over their columns."""
        painter = QPainter(self)
        theme, height, width = current_theme(), self.height(), self._rows.width()
        font = theme.font(Role.CAPTION)
        words(painter, QRect(12, 0, px(_NAME), height), self._first, theme.t3, font)
        rights = rights_of(width, self._widest)
        for right, label in zip(rights, self._labels, strict=False):
            figure(painter, QRect(0, 0, right, height), label, theme.t3, font)
        figure(painter, QRect(0, 0, width - 12, height), self._last, theme.t3, font)


class SubstancePanel(QWidget):
    """A company's figures, and its layer's side by side; Enter or a double click goes to a company."""

    entity_activated = Signal(str)

    def __init__(self, snapshot: Snapshot, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._loaded: SubstanceLoaded | None = None
        self.views = Segments(2)
        self._note = ElidedText()
        self.company = RowList(MeasureDelegate())
        self._table = CompanyDelegate()
        self.layer_list = RowList(self._table)
        self._heads = _Heads(self.layer_list.viewport())
        self.private = PrivatePage()
        self._stack = QStackedWidget()
        self.views.chosen.connect(self._turn_to)
        self.layer_list.opened.connect(self.entity_activated)
        self._lay_out()

    def _lay_out(self) -> None:
        head = hbox((self.views, self._note, None), gap=10, margins=(12, 0, 12, 0))
        table = QWidget()
        vbox((self._heads, self.layer_list), into=table)
        self._stack.addWidget(self.company)
        self._stack.addWidget(table)
        self._stack.addWidget(self.private)
        vbox((head, self._stack), gap=2, into=self)

    def render_entity(self, entity_id: str) -> None:
        """Show what is known of a company's substance, or why nothing is."""
        self.views.label((self.tr("Company"), self.tr("Layer")), self.tr("What is compared"))
        self.company.setAccessibleName(self.tr("Figures of the company"))
        self.layer_list.setAccessibleName(self.tr("Companies of the layer"))
        listed = entity_id in self._snapshot.ecosystem.instruments
        loaded = self._snapshot.substance.get(entity_id)
        self.views.setVisible(listed and loaded is not None and loaded.offered)
        self._show_company(entity_id, loaded)
        self._show_layer(entity_id, loaded)
        self._loaded = loaded if listed else None
        self._write_note()
        if listed:
            self._stack.setCurrentIndex(self.views.current)
        else:
            self.views.choose(0)
            self.private.put(self._snapshot.ecosystem.private.get(entity_id), self._snapshot)
            self._stack.setCurrentWidget(self.private)

    def _turn_to(self, view: int) -> None:
        self._stack.setCurrentIndex(view)
        self._write_note()

    def _show_company(self, entity_id: str, loaded: SubstanceLoaded | None) -> None:
        known = None if loaded is None else _of(loaded, entity_id)
        rows = [] if known is None or _is_bare(known) else [self._measure_row(t) for t in known.trends]
        self.company.set_rows(rows, "stack", self._empty_words(entity_id, loaded))

    def _empty_words(self, entity_id: str, loaded: SubstanceLoaded | None) -> str:
        if loaded is None:
            return self.tr("Waiting for statements")
        if not loaded.offered:
            return self.tr("Statements are not part of a replay")
        if entity_id in loaded.waiting:
            return self.tr("Waiting for statements")
        if entity_id in loaded.failed:
            return self.tr("The source did not answer; open this tab in an hour to ask again")
        return self.tr("The source has no statements of it")

    def _measure_row(self, trend: Trend) -> MeasureRow:
        language, last = current_language(), trend.last
        name = say.MEASURES[trend.measure].get(language)
        value = say.figure_text(trend.measure, last, language)
        if last is None:
            assert trend.missing is not None
            missing = say.missing_text(trend.missing, language)
            return MeasureRow(
                key=trend.measure.value, name=name, value=value, period=missing, trend=(), before="",
                known=False, accessible_text=f"{name}: {value}, {missing}",
            )  # fmt: skip
        earlier = trend.figures[:-1]
        said = [
            f"{say.figure_text(trend.measure, each, language)} ({say.period_text(each, language)})"
            for each in reversed(trend.figures)
        ]
        first = earlier[0] if earlier else None
        return MeasureRow(
            key=trend.measure.value,
            name=name,
            value=value,
            period=say.period_text(last, language),
            trend=tuple(each.value for each in trend.figures),
            before="" if first is None else self._before(trend.measure, first, last),
            known=True,
            accessible_text=f"{name}: {', '.join(said)}",
        )

    def _before(self, measure: Measure, first: CompanyFigure, last: CompanyFigure) -> str:
        """Say where a trend began: on which day, and of how long a period where that is another's."""
        language = current_language()
        alike = first.months == last.months
        when = say.day_text(first.end, language) if alike else say.period_text(first, language)
        return self.tr("from {0}, {1}").format(say.figure_text(measure, first, language), when)

    def _show_layer(self, entity_id: str, loaded: SubstanceLoaded | None) -> None:
        heads = tuple(say.HEADS[measure].get(current_language()) for measure in COLUMNS)
        symbols: Sequence[str] = loaded.layer if loaded is not None else ()
        rows = [self._company_row(symbol, entity_id, loaded) for symbol in symbols if loaded is not None]
        figures = [*heads, *(value for row in rows for value in row.values)]
        metrics = QFontMetrics(current_theme().font())
        self._table.widest = max(metrics.horizontalAdvance(shown) for shown in figures)
        self._heads.put((self.tr("Who"), *heads, self.tr("Statement")), self._table.widest)
        earlier = self.tr("* of an earlier statement; the tip of its row dates every figure")
        set_tip(self._heads, earlier if any(value.endswith(_EARLIER) for value in figures) else "")
        self._heads.setVisible(bool(rows))
        self.layer_list.set_rows(rows, "stack", self.tr("Waiting for statements"))

    def _company_row(self, symbol: str, selected: str, loaded: SubstanceLoaded | None) -> CompanyRow:
        language, ecosystem = current_language(), self._snapshot.ecosystem
        known = None if loaded is None else _of(loaded, symbol)
        names = ecosystem.names_of(symbol).get(language)
        if known is None:
            why = self._empty_words(symbol, loaded)
            return CompanyRow(
                key=symbol, who=wording.short_name(symbol, ecosystem, language), values=(), day="",
                selected=symbol == selected, accessible_text=f"{names}: {why}", why=why,
            )  # fmt: skip
        trends = [known.trend(measure) for measure in COLUMNS]
        said = [self._said(trend) for trend in trends]
        ends = [each.end for trend in known.trends for each in trend.figures if each.months]
        day = max(ends, default=None)
        return CompanyRow(
            key=symbol,
            who=wording.short_name(symbol, ecosystem, language),
            values=tuple(_beside(trend, day, language) for trend in trends),
            day=text.NOTHING if day is None else say.day_text(day, language),
            selected=symbol == selected,
            accessible_text="\n".join((f"{names}:", *said)),
        )

    def _said(self, trend: Trend) -> str:
        language = current_language()
        name = say.MEASURES[trend.measure].get(language)
        value = say.figure_text(trend.measure, trend.last, language)
        if trend.last is None:
            assert trend.missing is not None
            return f"{name} {value} ({say.missing_text(trend.missing, language)})"
        return f"{name} {value} ({say.period_text(trend.last, language)})"

    def _write_note(self) -> None:
        """Say of which day the figures that are shown are: a company's own, or the oldest of its layer."""
        note = "" if self._loaded is None else self._note_words(self._loaded)
        self._note.put(note, Ink.T3, Role.CAPTION)

    def _note_words(self, loaded: SubstanceLoaded) -> str:
        if not loaded.offered:
            return ""
        if loaded.waiting:
            count = len(loaded.waiting)
            return self.tr("asking for {0} more").format(count)
        whole = bool(self.views.current)
        asked = [each.fetched for each in loaded.companies if whole or each.symbol == loaded.symbol]
        if not asked:
            return ""
        day = say.day_text(program_day(min(asked)), current_language())
        set_tip(self._note, self.tr("Statements are asked for once a week, in their own currency"))
        return self.tr("as Yahoo had it on {0}").format(day)


def _of(loaded: SubstanceLoaded, symbol: str) -> Substance | None:
    return next((each for each in loaded.companies if each.symbol == symbol), None)


def _beside(trend: Trend, day: date | None, language: Language) -> str:
    """Write the newest figure of a measure, marked where it is of a statement before that of ``day``."""
    last = trend.last
    shown = say.beside_text(trend.measure, last, language)
    return shown + _EARLIER if last is not None and last.months and last.end != day else shown


def _is_bare(substance: Substance) -> bool:
    """Whether there is no figure at all."""
    return not any(trend.figures for trend in substance.trends)
