"""The heat map as a view: what colours it, the tiles, and the legend."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from stackwatch.domain.events import Event, MarketValuesChanged, QuotesChanged, RollupsChanged
from stackwatch.domain.fault_events import UnknownSymbols
from stackwatch.domain.list_events import WatchlistChanged
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.domain.words import format as write
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role
from stackwatch.ui.kit.tips import abnormal_help, sar_help
from stackwatch.ui.maps.heat_map_canvas import HeatCanvas
from stackwatch.ui.maps.heat_map_face import PERCENT_STEPS, SAR_STEPS, TileFace
from stackwatch.ui.maps.heat_map_paint import Legend, LegendItem, ToolRow
from stackwatch.ui.maps.heat_map_unusual import UnusualNames
from stackwatch.ui.preferences.settings import HeatBy, HeatSize
from stackwatch.ui.watchlist.watchlist_model import WatchlistModel

_BY, _SIZES = tuple(HeatBy), tuple(HeatSize)


class HeatMap(QWidget):
    """Every row of the list as a tile, in blocks by layer."""

    entity_chosen = Signal(str)
    entity_opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    look_chosen = Signal()

    def __init__(self, model: WatchlistModel, ecosystem: Ecosystem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by = HeatBy.ABNORMAL
        self._title, self._size, self._usual = ElidedText(fixed=True), ElidedText(fixed=True), ElidedText()
        self.unusual = UnusualNames()
        self.segments, self.sizes = Segments(len(_BY)), Segments(len(_SIZES))
        self.canvas = HeatCanvas(model, ecosystem)
        self._legend = Legend()
        self._lay_out()
        self.segments.chosen.connect(self._choose)
        self.sizes.chosen.connect(self._choose_size)
        self.canvas.chosen.connect(self.entity_chosen)
        self.canvas.opened.connect(self.entity_opened)
        self.canvas.menu_wanted.connect(self.menu_wanted)
        self.canvas.drawn.connect(self._count)
        self.unusual.chosen.connect(self.entity_chosen)
        self.retranslate()
        self.show_by(self.by)

    def _lay_out(self) -> None:
        self._tools = ToolRow()
        sizes = (self._size, self.sizes)
        parts = (self._title, self.segments, *sizes, None, (self._usual, 100), (self.unusual, 100))
        hbox(parts, gap=12, margins=(12, 0, 12, 0), into=self._tools)
        for widget in sizes:
            widget.hide()  # until a value is known
        vbox((self._tools, self.canvas, self._legend), into=self)

    def apply(self, event: Event) -> None:
        """Take in one event of the core, after the list has."""
        match event:
            case QuotesChanged():
                self.canvas.note({quote.symbol for quote in event.quotes})
                self.canvas.note({move.symbol for move in event.moves})
            case RollupsChanged():
                self.canvas.note(rollup.id for rollup in event.rollups)
            case MarketValuesChanged():
                self.canvas.set_values(dict(event.values))
                self.sizes.setVisible(bool(event.values))
                self._write_title()
                self._write_legend()
            case WatchlistChanged():
                self.canvas.renew()
            case UnknownSymbols():
                self.canvas.note(symbol for symbol, _ in event.since)

    def set_current(self, entity_id: str) -> None:
        """Mark the tile of an entity."""
        self.canvas.set_current(entity_id)

    def setFocus(self, *_reason: object) -> None:
        """Give the keyboard to the tiles; a focus proxy would hide what stands before them from Tab."""
        self.canvas.setFocus()

    def show_by(self, by: HeatBy) -> None:
        """Colour by another figure."""
        self.by = by
        self.segments.choose(_BY.index(by))
        self._write_legend()
        self.canvas.colour_by(by)

    @property
    def size_by(self) -> HeatSize:
        """What the size of a tile says, where values are known."""
        return _SIZES[self.sizes.current]

    def show_size(self, size: HeatSize) -> None:
        """Let the size of tiles say something else."""
        self.sizes.choose(_SIZES.index(size))
        self.canvas.set_size(size)
        self._write_legend()

    def retranslate(self) -> None:
        """Word everything anew."""
        self.segments.label((self.tr("Change"), self.tr("Abnormal"), "SAR"), self.tr("Colour by"))
        self.segments.explain(("", abnormal_help(), sar_help()))
        self.sizes.label((self.tr("\u221a market value"), self.tr("Equal")), self.tr("Size of a tile"))
        self._write_title()
        self._write_legend()
        self._count()

    def _choose(self, index: int) -> None:
        self.show_by(_BY[index])
        self.look_chosen.emit()

    def _choose_size(self, index: int) -> None:
        self.show_size(_SIZES[index])
        self.look_chosen.emit()

    def _write_title(self) -> None:
        self._title.put(self.tr("Heat map"), Ink.T1, Role.TITLE)
        size = "" if self.sizes.isHidden() else self.tr("Size")
        self._size.put(size, Ink.T2)

    def _count(self) -> None:
        """Say who is beyond the usual range, the furthest first: every tile that has the frame of it."""
        faces = {entity: face for entity, face, _ in self.canvas.shown}
        judged = [(face.beyond, e) for e, face in faces.items() if face.beyond is not None and _counts(face)]
        unusual = [e for _, e in sorted(judged, key=lambda pair: -pair[0]) if faces[e].unusual]
        self.unusual.put_faces([(entity, faces[entity]) for entity in unusual])
        # nothing is known without a price, nor of the session before hours outside it
        known = judged and not unusual and not any(face.hollow for face in faces.values())
        self._usual.put(self.tr("No share beyond its usual range") if known else "", Ink.T2)

    def _write_legend(self) -> None:
        by_sar = self.by is HeatBy.SAR
        unit = "" if by_sar else f"{write.NARROW_SPACE}%"
        one, two, most = (f"{step:g}" for step in (SAR_STEPS if by_sar else PERCENT_STEPS))
        minus = write.MINUS
        items = (
            LegendItem(-3, self.tr("below {bound}").format(bound=f"{minus}{most}{unit}"), f"<{minus}{most}"),
            LegendItem(
                -2,
                self.tr("{low} to {high}").format(low=f"{minus}{two}", high=f"{minus}{most}"),
                f"{minus}{two}",
            ),
            LegendItem(
                -1,
                self.tr("{low} to {high}").format(low=f"{minus}{one}", high=f"{minus}{two}"),
                f"{minus}{one}",
            ),
            LegendItem(0, self.tr("within {bound}").format(bound=one), f"<{one}"),
            LegendItem(1, self.tr("{low} to {high}").format(low=f"+{one}", high=f"+{two}"), f"+{one}"),
            LegendItem(2, self.tr("{low} to {high}").format(low=f"+{two}", high=f"+{most}"), f"+{two}"),
            LegendItem(3, self.tr("above {bound}").format(bound=f"+{most}{unit}"), f">+{most}"),
            LegendItem(None, self.tr("unusual for the share"), self.tr("unusual"), strong=True),
        )
        note = self.tr("Blocks by number of names; long names have more room")
        if self.canvas.by_value:
            note = self.tr("Size by the root of the market value; smallest where none is known")
        self._legend.put(items, note)


def _counts(face: TileFace) -> bool:
    """Whether a tile tells of the session, now: a private name does so without a colour, too."""
    return not face.bare or not (face.symbol or face.hatched or face.hollow)
