"""The head of the inbox: filters, search, and what can be done with all of it."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget

from stackwatch.domain.rule import Severity
from stackwatch.domain.watchlist import Watchlist
from stackwatch.ui.alerts.inbox_model import AlertCriteria, Filter, InboxModel
from stackwatch.ui.kit.chips import ActionButton, ElidedText
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.kit.menus import Menu, add_choice
from stackwatch.ui.kit.search_line import SearchLine
from stackwatch.ui.kit.switches import Segments
from stackwatch.ui.kit.theme import Ink, Role, px
from stackwatch.ui.kit.timers import once_after

translate = QCoreApplication.translate
_UNDO_MS = 15_000
_FIND_WIDTH = 150
_PRIVATE = ""  # the group of private names, which is no layer


class InboxHead(QWidget):
    """Says which alerts are wanted, and what is to be done with them."""

    criteria_changed = Signal(object)
    digest_requested = Signal()
    all_seen = Signal()
    seen_undone = Signal()
    export_requested = Signal()
    close_requested = Signal()

    def __init__(self, watchlist: Watchlist) -> None:
        super().__init__()
        self._watchlist = watchlist
        self.criteria = AlertCriteria()
        self._group: str | None = None  # the id of the one whose subjects are asked for
        self._unread = 0
        self._title = ElidedText(fixed=True)
        self.filters = Segments(len(Filter))
        self.filters.chosen.connect(lambda place: self._use(replace(self.criteria, state=Filter(place))))
        self.search = SearchLine()
        self.search.setClearButtonEnabled(True)
        self.search.typed.connect(lambda words: self._use(replace(self.criteria, words=words[:100])))
        self.narrow = ActionButton(framed=False)
        self.narrow.clicked.connect(self._show_menu)
        self.menu = Menu(self)
        self._least, self._layers = QActionGroup(self), QActionGroup(self)
        self.digest, self.seen = ActionButton(framed=False), ActionButton(framed=False)
        self.export, self.close_button = ActionButton(framed=False), ActionButton(framed=False)
        self.digest.clicked.connect(self.digest_requested)
        self.seen.clicked.connect(self._see)
        self.export.clicked.connect(self.export_requested)
        self.close_button.clicked.connect(self.close_requested)
        self._undo = once_after(self, _UNDO_MS, self._name_seen)
        left = (self._title, self.filters, self.search, self.narrow)
        right = (self.digest, self.seen, self.export, self.close_button)
        hbox((*left, None, *right), gap=8, margins=(12, 4, 12, 4), into=self)
        self.restyle()

    def follow(self, watchlist: Watchlist) -> None:
        """Offer the layers of another list, or as they are now; one that went is chosen no longer."""
        self._watchlist = watchlist
        if self._group is not None:
            self._choose_group(self._group if self._group in self._groups() else None)

    def _choose_group(self, group: str | None) -> None:
        self._group = group
        subjects = frozenset[str]() if group is None else self._groups()[group][1]
        if subjects != self.criteria.subjects:
            self._use(replace(self.criteria, subjects=subjects))

    def show_all(self) -> None:
        """Let every alert in again."""
        self.criteria, self._group = AlertCriteria(), None
        self.search.clear()
        self.show_every_state()

    def show_every_state(self) -> None:
        """Let alerts in whatever was done with them."""
        self.filters.choose(Filter.ALL)
        self._use(replace(self.criteria, state=Filter.ALL))

    def restyle(self) -> None:
        """Use other colours and sizes."""
        self.search.setFixedWidth(px(_FIND_WIDTH))

    def put(self, model: InboxModel, *, digest: str) -> None:
        """Name everything; ``digest`` is the title of one that can be read, empty without."""
        self._title.put(self.tr("Alerts"), Ink.T1, Role.TITLE)
        new, snoozed = model.count(Filter.NEW), model.count(Filter.SNOOZED)
        names = (self.tr("All"), self.tr("New {0}").format(new), self.tr("Snoozed {0}").format(snoozed))
        self.filters.label(names, self.tr("Filter"))
        self.search.setPlaceholderText(self.tr("Find in alerts"))
        self.search.setAccessibleName(self.tr("Find in alerts"))
        self._name_narrow()
        self.digest.put(digest, "moon" if digest else "")
        self._unread = model.new_shown
        self._name_seen()
        for button, words, icon in (
            (self.export, self.tr("Export these alerts"), "export"),
            (self.close_button, self.tr("Hide the alerts"), "x"),
        ):
            button.setToolTip(words)
            button.put("", icon)

    def _name_narrow(self) -> None:
        named = [self._severities()[self.criteria.least]] if self.criteria.least > Severity.NOTICE else []
        named += [] if self._group is None else [self._groups()[self._group][0]]
        self.narrow.setToolTip(self.tr("By severity and layer"))
        self.narrow.put(", ".join(named), "funnel", "caret-down" if named else "")

    def _name_seen(self) -> None:
        if self._undo.isActive():
            self.seen.put(self.tr("Undo"))
        else:
            narrowed = self.criteria.narrows
            self.seen.put(self.tr("Mark these seen") if narrowed else self.tr("Mark all seen"), "check")
        self.seen.setEnabled(self._undo.isActive() or self._unread > 0)

    def _see(self) -> None:
        if self._undo.isActive():
            self._undo.stop()
            self.seen_undone.emit()
        else:
            self._undo.start()
            self.all_seen.emit()
        self._name_seen()

    def _severities(self) -> dict[Severity, str]:
        return {
            Severity.NOTICE: self.tr("Any severity"),
            Severity.ALERT: self.tr("Alert and above"),
            Severity.SEVERE: self.tr("Severe only"),
        }

    def _groups(self) -> dict[str, tuple[str, frozenset[str]]]:
        """Return the name of each group of the list by its id, and whom it is about."""
        shown, language = self._watchlist, current_language()
        private = {_PRIVATE: (translate("Watchlist", "Private & projects"), frozenset(shown.private))}
        layers = {
            layer.id: (layer.names.get(language), frozenset((layer.id, *layer.symbols, *layer.private)))
            for layer in shown.layers
        }
        return private | layers if shown.private else layers

    def _show_menu(self) -> None:
        self.fill_menu()
        self.menu.popup(self.narrow.mapToGlobal(self.narrow.rect().bottomLeft()))

    def fill_menu(self) -> None:
        """Offer severities and layers."""
        self.menu.clear()
        for severity, words in self._severities().items():
            use = partial(self._use, replace(self.criteria, least=severity))
            self._least.addAction(add_choice(self.menu, words, use, on=self.criteria.least is severity))
        self.menu.addSeparator()
        groups = {None: self.tr("Every layer")} | {key: name for key, (name, _) in self._groups().items()}
        for group, words in groups.items():
            use = partial(self._choose_group, group)
            self._layers.addAction(add_choice(self.menu, words, use, on=self._group == group))

    def _use(self, criteria: AlertCriteria) -> None:
        self.criteria = criteria
        self._name_narrow()
        self.criteria_changed.emit(criteria)
