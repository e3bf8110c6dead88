"""What a list without names says: what it is, and what to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from stackwatch.domain.lists.list_editing import TOP, show_all
from stackwatch.domain.watchlist import Watchlist
from stackwatch.ui.kit import icons
from stackwatch.ui.kit.chips import ActionButton
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.layout import hbox, vbox
from stackwatch.ui.kit.theme import Ink, Role, current_theme, px
from stackwatch.ui.watchlist.watchlist_canvas import WatchlistCanvas
from stackwatch.ui.watchlist.watchlist_edits import ListEdit

_WIDTH = 400


class EmptyList(QWidget):
    """Lies where names would be while there are none; drops and keys go to the list below."""

    def __init__(self, view: WatchlistCanvas) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._watchlist: Watchlist | None = None
        self._heads = 0  # layers that are shown without a name
        self._needed = False
        self._mark = icons.Glyph(26)
        self._mark.put("list", Ink.T3)
        self.title, self.help = QLabel(), QLabel()
        for text in (self.title, self.help):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setTextFormat(Qt.TextFormat.PlainText)
        self.help.setWordWrap(True)
        self.help.setProperty("quiet", "true")
        self.first, self.second = ActionButton(), ActionButton(framed=False)
        self.first.clicked.connect(self._act)
        self.second.clicked.connect(view.import_wanted)
        mark = hbox((None, self._mark, None))
        buttons = hbox((None, self.first, self.second, None), gap=8)
        vbox((mark, self.title, self.help, 4, buttons), gap=8, margins=(9, 9, 9, 9), into=self)
        self.hide()
        self.restyle()

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.title.setFont(current_theme().font(Role.TITLE))
        self.setFixedWidth(px(_WIDTH))
        if self._watchlist is not None:
            self.look(self._watchlist)

    def look(self, watchlist: Watchlist) -> None:
        """Say what is missing, or nothing."""
        self._watchlist = watchlist
        self._heads = len(watchlist.shown.layers)
        self._needed = self._only_hidden or not (watchlist.symbols or watchlist.entities)
        if self._needed:
            self._say(hidden=self._only_hidden)
        self.place()

    @property
    def _only_hidden(self) -> bool:
        """Whether there are layers, and none is shown."""
        known = self._watchlist
        return known is not None and bool(known.layers) and not (self._heads or known.private)

    def place(self) -> None:
        """Stand in the upper middle below the layers; in a low list what can be done goes before the words.

        Where not even that has room the layers alone say that they are empty.
        """
        self.setVisible(self._needed)
        if not self._needed:
            return
        view = self._view.viewport().size()
        top = self._heads * self._view.row_height
        room = view.height() - top
        spare = (self._mark, self.help)
        for part in spare:
            part.show()
        self.adjustSize()
        for part in spare:
            if self.height() > room:
                part.hide()
                self.adjustSize()
        if self._heads:
            self.setVisible(self.height() <= room)
        self.move((view.width() - self.width()) // 2, top + max((room - self.height()) // 3, 0))

    def _say(self, *, hidden: bool) -> None:
        if hidden:
            self.title.setText(self.tr("Every layer is hidden"))
            words = self.tr("Its names are watched all the same: prices, headlines and alerts go on.")
            self.first.put(self.tr("Show them"))
            self.second.put("")
        else:
            self.title.setText(self.tr("This list is empty"))
            words = self.tr(
                "Drop a file here, paste symbols, or press Ctrl K and type a name. "
                "Initial consonants work: ㅅㅅㅈㅈ."
            )
            self.first.put(self.tr("Add a name"))
            self.second.put(self.tr("Import"))
        self.help.setText(keys_here(words))

    def _act(self) -> None:
        if self._only_hidden:
            edit = ListEdit(lambda: self.tr("Show layer"), show_all)
            self._view.edit_wanted.emit(edit)
        else:
            self._view.add_wanted.emit(TOP)
