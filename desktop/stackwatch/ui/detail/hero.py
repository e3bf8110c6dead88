"""The first two lines of the detail side: who, how much, when, and against what."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from stackwatch.domain.currency import major_unit
from stackwatch.domain.move import Rollup
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.words import action_words, hours_words, wording
from stackwatch.domain.words import format as text
from stackwatch.ui.kit import paint
from stackwatch.ui.kit.chips import ElidedText, MoveText
from stackwatch.ui.kit.icons import Glyph
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.kit.tips import set_tip
from stackwatch.ui.snapshot import MARKET, Snapshot
from stackwatch.ui.watchlist.watchlist_cells import kind_word

_INSET, _GAP, _PAIR = 12, 8, 2
_LEAST_TOLD = 90  # of what a company does: less says nothing
_UNTRUSTED = (QuoteState.STALE, QuoteState.HALTED)


class RangeMark(QWidget):
    """Where a price stands in a range: word, low, mark, high."""

    _BAR = 38

    def __init__(self) -> None:
        super().__init__()
        self._word, self._low_text, self._high_text = "", "", ""
        self._low, self._high, self._value = 0.0, 0.0, 0.0
        self.known = False
        self.hide()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def put(self, word: str, low: float | None, high: float | None, quote: Quote) -> None:
        """Take the range of a quote, if it is known; where it fits, the line it stands in shows it."""
        self.known = low is not None and high is not None
        if low is None or high is None:
            return
        before = self.sizeHint()
        self._word = word
        self._low, self._high, self._value = low, high, quote.price
        self._low_text = text.price(low, quote.currency, quote.price_hint)
        self._high_text = text.price(high, quote.currency, quote.price_hint)
        self.setAccessibleName(f"{word} {self._low_text} {text.NOTHING} {self._high_text}")
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of the words and the bar."""
        metrics = QFontMetrics(current_theme().font(Role.CAPTION))
        words = sum(metrics.horizontalAdvance(part) for part in (self._word, self._low_text, self._high_text))
        return QSize(words + self._BAR + 26, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the range."""
        painter, theme = QPainter(self), current_theme()
        font = theme.font(Role.CAPTION)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        left = 0
        align = int(Qt.AlignmentFlag.AlignVCenter)
        for part, gap, ink in ((self._word, 10, theme.t2), (self._low_text, 7, theme.t2)):
            painter.setPen(ink)
            painter.drawText(QRect(left, 0, 200, self.height()), align, part)
            left += metrics.horizontalAdvance(part) + gap
        bar = QRect(left, 0, self._BAR, self.height())
        paint.range_mark(painter, bar, self._low, self._high, self._value, theme.t1, theme)
        painter.setPen(theme.t2)
        painter.drawText(QRect(left + self._BAR + 7, 0, 200, self.height()), align, self._high_text)


class Hero(QWidget):
    """Symbol, name, price, change and its state; the market's moves and ranges at the right."""

    def __init__(self, snapshot: Snapshot, parent: QWidget) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._symbol, self._name, self._place = ElidedText(fixed=True), ElidedText(), ElidedText()
        self._places: tuple[str, ...] = ("", "")  # whole, and short for where there is no room
        self._business = ElidedText()
        self._business.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # has what is left
        self._market = ElidedText(fixed=True)
        self._price = ElidedText(fixed=True)
        self._change, self._percent = MoveText(), ElidedText(fixed=True)
        self._mark, self._state = Glyph(12), ElidedText()
        self._extended = MoveText()
        self._day, self._year = RangeMark(), RangeMark()
        column = QVBoxLayout()
        column.setContentsMargins(_INSET, 8, _INSET, 2)
        column.setSpacing(0)
        top = _row(20, self._symbol, self._name, self._place, self._business, None, self._market)
        top.setStretchFactor(self._business, 1)
        column.addLayout(top)
        column.addLayout(
            _row(
                30,
                self._price,
                self._change,
                self._percent,
                (self._mark, self._state),
                self._extended,
                None,
                self._day,
                self._year,
            )
        )
        self.setLayout(column)

    def render_entity(self, entity_id: str) -> None:
        """Show an instrument or a private entity."""
        ecosystem = self._snapshot.ecosystem
        names = ecosystem.names_of(entity_id).get(current_language())
        instrument = ecosystem.instruments.get(entity_id)
        self._symbol.put(entity_id if instrument else names, Ink.T1, Role.VERDICT)
        self._name.put(names if instrument and names != entity_id else "", Ink.T2)
        if instrument is not None:
            quote = self._snapshot.quotes.get(entity_id)
            level = quote is not None and quote.index_level
            index = self.tr("index, close before the replay = 100"), self.tr("index")
            unit = ecosystem.currency_of(entity_id) if quote is None else quote.currency
            units = index if level else (unit, unit)
            self._places = tuple(
                " \u00b7 ".join((instrument.exchange, each, *beside))
                for each, beside in zip(units, self._beside(quote), strict=True)
            )
        else:
            self._places = (kind_word(ecosystem.kind_of(entity_id)),) * 2
        business = ecosystem.business_of(entity_id)
        self._business.put(business.get(current_language()) if business else "", Ink.T2, Role.CAPTION)
        self._market.put(self._market_words(entity_id), Ink.T3, Role.CAPTION)
        self._day.known = self._year.known = False
        if instrument is not None:
            self._show_quote(entity_id)
        else:
            self._show_basket(entity_id)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the ranges out where they would cut figures."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self._fit_place()
        figures = (self._price, self._change, self._percent, self._mark, self._state, self._extended)
        taken = sum(part.sizeHint().width() + _GAP for part in figures if not part.isHidden())
        room = self.width() - 2 * _INSET - taken
        for mark in (self._day, self._year):
            room -= mark.sizeHint().width() + 2 * _GAP
            mark.setVisible(mark.known and room >= 0)

    def _fit_place(self) -> None:
        """Leave to the tip what would cut the name or the report day: the rate of money, what an index is."""
        whole, short = self._places
        font = current_theme().font(Role.CAPTION)
        others = (self._symbol, self._name, self._market)
        taken = sum(part.sizeHint().width() + _GAP for part in others) + 2 * _GAP
        fits = QFontMetrics(font).horizontalAdvance(whole) <= self.width() - 2 * _INSET - taken
        self._place.put(whole if fits else short, Ink.T3, Role.CAPTION)
        set_tip(self._place, "" if fits or whole == short else whole)
        left = self.width() - 2 * _INSET - taken - self._place.sizeHint().width()
        told = self._business.sizeHint().width()
        roomy = left >= min(told, px(_LEAST_TOLD))
        self._business.setVisible(roomy and bool(self._business.text()))
        set_tip(self._name, "" if roomy else self._business.text())

    def _beside(self, quote: Quote | None) -> tuple[list[str], list[str]]:
        """Say, whole and short, what a price is at home, and what the company did to its share today."""
        if quote is None or quote.index_level or quote.state is QuoteState.UNKNOWN:
            return [], []
        snapshot, language = self._snapshot, current_language()
        rate = snapshot.rates.get(major_unit(quote.currency)[0])
        zone = wording.zone_of(quote.symbol, snapshot.ecosystem)
        at_home = "" if rate is None else wording.home_words(quote, rate, zone, snapshot.now, language)
        money = "" if rate is None else wording.home_money(quote, rate, language)
        report = action_words.report_words(quote, snapshot.now, zone, language)
        rest = [*action_words.today_words(quote, language), *([report] if report else [])]
        return [at_home, *rest] if at_home else rest, [money, *rest] if money else rest

    def _market_words(self, entity_id: str) -> str:
        """Write the broad market's and the benchmark's own moves."""
        parts = []
        market = next((self._snapshot.quotes[s] for s in MARKET if s in self._snapshot.quotes), None)
        if market is not None and market.state is not QuoteState.WITHHELD:
            name = wording.short_name(market.symbol, self._snapshot.ecosystem, current_language())
            parts.append(f"{name} {text.percent(market.change_pct)}")
        move = self._snapshot.moves.get(entity_id)
        if move is not None and move.benchmark_move_pct is not None and move.benchmark not in MARKET:
            name = wording.market_name(move, self._snapshot.ecosystem, current_language())
            parts.append(f"{name} {text.percent(move.benchmark_move_pct)}")
        return "   ".join(parts)

    def _show_quote(self, symbol: str) -> None:
        quote = self._snapshot.quotes.get(symbol)
        if quote is None or quote.state is QuoteState.UNKNOWN:
            self._show_nothing(symbol, known=quote is None)
            self._show_refused(symbol, priced=quote is not None)
            return
        doubtful = quote.state in _UNTRUSTED
        self._price.put(
            text.price(quote.price, quote.currency, quote.price_hint),
            Ink.T2 if doubtful else Ink.T1,
            Role.HERO,
        )
        if quote.state is QuoteState.WITHHELD:
            self._change.put(None, "", Ink.T2)
            self._percent.put(self.tr("change withheld"), Ink.T2)
        else:
            ink = Ink.T2 if doubtful else Ink.of(quote.change)
            change = text.change(quote.change, quote.price, quote.currency, quote.price_hint)
            self._change.put(None if doubtful else quote.change, change, ink, Role.TITLE)
            percent = text.percent(quote.change_pct)
            self._percent.put(percent, Ink.T2 if text.shows_zero(percent) else ink, Role.TITLE)
        icon, words, warns = self._state_words(quote)
        self._mark.put(icon, Ink.TRUST if warns else Ink.T3)
        self._state.put(words, Ink.TRUST if warns else Ink.T2, Role.CAPTION)
        self._show_refused(symbol, priced=True)
        self._show_extended(quote)
        self._day.put(self.tr("Day"), quote.day_low, quote.day_high, quote)
        self._year.put(self.tr("52 wk"), *self._year_range(quote), quote)

    def _year_range(self, quote: Quote) -> tuple[float | None, float | None]:
        known = self._snapshot.history.get(quote.symbol)
        if quote.year_low is not None and quote.year_high is not None:
            return quote.year_low, quote.year_high
        return (known.year_low, known.year_high) if known else (None, None)

    def _state_words(self, quote: Quote) -> tuple[str, str, bool]:
        """Return the icon, the words and whether they warn."""
        zone = wording.zone_of(quote.symbol, self._snapshot.ecosystem)
        when = text.day_clock(quote.as_of, self._snapshot.now, zone, current_language())
        place = text.zone_label(zone, current_language())
        closed = self.tr("at close {0} {1}").format(when, place)
        quiet = self.tr("no trades since {0} {1}").format(when, place)
        halted = self.tr("halted since {0} {1}").format(when, place)
        untrusted = {
            QuoteState.STALE: ("clock", self.tr("price from {0} {1}; rules wait").format(when, place), True),
            QuoteState.HALTED: ("pause", quiet if quote.no_trades else halted, False),
            QuoteState.WITHHELD: ("question", self._doubt(quote), True),
            QuoteState.DELAYED: (
                "hourglass",
                self.tr("{0} min delayed, {1} {2}").format(quote.delay_minutes, when, place),
                False,
            ),
        }
        if quote.state in untrusted:
            return untrusted[quote.state]
        if quote.extended_now is not None:
            return "circle-half", closed, False
        if quote.state is QuoteState.CLOSED or quote.session is not Session.REGULAR:
            return "moon", closed, False
        return "", text.placed(when, zone, current_language()), False

    def _doubt(self, quote: Quote) -> str:
        if quote.split is None:
            return self.tr("split not confirmed")
        split = action_words.like_factor(quote.split, current_language())
        return self.tr("looks like {0}, not confirmed").format(split)

    def _show_extended(self, quote: Quote) -> None:
        if quote.extended_price is None or quote.state is QuoteState.WITHHELD:
            self._extended.put(None, "", Ink.T2)
            set_tip(self._extended, "")
            return
        change = (quote.extended_price / quote.price - 1.0) * 100.0
        words = (
            f"{text.price(quote.extended_price, quote.currency, quote.price_hint)}  {text.percent(change)}"
        )
        self._extended.put(change, words, Ink.of(change), filled=False)
        zone, now = wording.zone_of(quote.symbol, self._snapshot.ecosystem), self._snapshot.now
        set_tip(self._extended, hours_words.extended_words(quote, zone, now, current_language()))

    def _show_nothing(self, symbol: str, *, known: bool) -> None:
        self._price.put(text.NOTHING, Ink.T3)
        self._change.put(None, "", Ink.T2)
        self._percent.put("", Ink.T2)
        words = self.tr("no price yet") if known else self.tr("{0} is not known to the source").format(symbol)
        self._mark.put("hourglass" if known else "question", Ink.T3)
        self._state.put(words, Ink.T2, Role.CAPTION)
        self._extended.put(None, "", Ink.T2)

    def _show_refused(self, symbol: str, *, priced: bool) -> None:
        """Say why the source gives nothing of a share; beside a price that arrives its tip does."""
        snapshot = self._snapshot
        zone = wording.zone_of(symbol, snapshot.ecosystem)
        told = [
            wording.refusal_words(refusal, zone, snapshot.now, current_language(), priced=priced)
            for refusal in snapshot.refusals
            if refusal.symbol == symbol
        ]
        set_tip(self._state, "\n".join(told))
        quote = snapshot.quotes.get(symbol)
        if told and (quote is None or quote.state in (QuoteState.STALE, QuoteState.UNKNOWN)):
            self._mark.put("question", Ink.TRUST)
            self._state.put(told[0], Ink.TRUST, Role.CAPTION)

    def _show_basket(self, entity_id: str) -> None:
        """Show the average of the listed names that a private entity is tied to."""
        known = self._snapshot.rollups.get(entity_id)
        rollup = known.shown if known else None
        move = rollup.move_pct if rollup else None
        self._extended.put(None, "", Ink.T2)
        set_tip(self._state, "")
        self._price.put("", Ink.T1, Role.HERO)
        stale = rollup is not None and rollup.stale
        ink = Ink.T3 if move is None else Ink.T2 if stale else Ink.of(move)
        shown = "" if move is None else text.percent(move)  # a large dash would lie on the line's foot
        early = rollup is not None and rollup.early is not None
        self._change.put(None if stale else move, shown, ink, Role.HERO, filled=not early)
        self._percent.put("", Ink.T2)
        self._mark.put("clock" if stale else "circle-half" if early else "", Ink.TRUST if stale else Ink.T2)
        if rollup is None or rollup.counted == 0:
            linked = self._snapshot.linked_symbols(entity_id)
            words = self.tr("no price yet") if linked else self.tr("its news reaches no listed name")
            self._state.put(words, Ink.T2, Role.CAPTION)
            return
        self._state.put(self._basket_words(rollup), Ink.T2, Role.CAPTION)

    def _basket_words(self, rollup: Rollup) -> str:
        """Say whose average it is, how its names went, and how many are not in it."""
        if rollup.early is not None:
            early = self.tr("before the open: average of {0} of {1} linked names, {2} down, {3} up")
            return early.format(rollup.counted, rollup.total, rollup.down, rollup.up)
        if rollup.averaged < rollup.counted:  # the others trade in another market
            one = self.tr("move of 1 name of one market; of all {1} linked, {2} down, {3} up")
            many = self.tr("average of {0} names of one market; of all {1} linked, {2} down, {3} up")
            words = (one if rollup.averaged == 1 else many).format(
                rollup.averaged, rollup.total, rollup.down, rollup.up
            )
        elif rollup.counted > 1:
            words = self.tr("average of {0} linked names, {1} down, {2} up").format(
                rollup.counted, rollup.down, rollup.up
            )
        else:
            only = rollup.total == 1
            words = self.tr("move of the 1 linked name") if only else self.tr("move of 1 linked name")
        unpriced = rollup.total - rollup.counted
        return self.tr("{0}, {1} without a price").format(words, unpriced) if unpriced else words


def _row(height: int, *parts: QWidget | tuple[QWidget, QWidget] | None) -> QHBoxLayout:
    """Lay widgets out side by side, pairs close together; None stretches, what is hidden leaves no gap."""
    row = QHBoxLayout()
    row.setSpacing(_GAP)
    row.addStrut(height)
    for part in parts:
        if part is None:
            row.addStretch()
            continue
        place = row
        if isinstance(part, tuple):
            place = QHBoxLayout()
            place.setSpacing(_PAIR)
            row.addLayout(place)
        for widget in part if isinstance(part, tuple) else (part,):
            place.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return row
