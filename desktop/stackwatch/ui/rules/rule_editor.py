"""The editor of one rule: its form, and beside it what it would have done."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from stackwatch.domain.events import Event, HistoryChanged, NoisePreviewed, StoriesChanged
from stackwatch.domain.rule import Rule
from stackwatch.domain.watchlist import Ecosystem, Watchlist
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.layout import hbox
from stackwatch.ui.rules.form_rows import form_width
from stackwatch.ui.rules.noise_panel import NoisePanel
from stackwatch.ui.rules.preview_requests import PreviewRequests
from stackwatch.ui.rules.rule_form import RuleForm, RuleOrigin


class RuleEditor(QWidget):
    """Holds form and preview, which are made anew for other colours or another language."""

    edited = Signal()
    saved = Signal()
    cancelled = Signal()
    left = Signal()  # the keyboard is to go back to the table
    removed = Signal()
    duplicated = Signal()

    def __init__(self, ecosystem: Ecosystem, commands: Commands) -> None:
        super().__init__()
        self._ecosystem = ecosystem
        self._previews = PreviewRequests(commands, self)
        self._line = hbox(gap=1, into=self)

    def make(
        self, watchlist: Watchlist, today: Callable[[], date], prices: Mapping[str, float], *, replay: bool
    ) -> None:
        """Make form and preview, in the colours and the language in use; nothing is in them yet."""
        while (item := self._line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.form = RuleForm(self._ecosystem, watchlist, today, prices, replay=replay)
        self.noise = NoisePanel(self._ecosystem)
        self.form.setEnabled(False)
        self._line.addWidget(self.form)
        self._line.addWidget(self.noise, 1)
        for told, signal in (
            *((self.form.changed, self.edited), (self.form.saved, self.saved)),
            *((self.form.cancelled, self.cancelled), (self.form.left, self.left)),
            *((self.form.removed, self.removed), (self.form.duplicated, self.duplicated)),
        ):
            told.connect(signal)
        self._previews.forget()

    def holds_focus(self) -> bool:
        """Whether the keyboard is in the form."""
        focus = QApplication.focusWidget()
        return focus is not None and self.form.isAncestorOf(focus)

    def fit(self, width: int) -> None:
        """Share out the width of the view."""
        self.form.setFixedWidth(form_width(width))

    def put(self, rule: Rule, origin: RuleOrigin) -> None:
        """Show a rule."""
        self.form.setEnabled(True)
        self.form.put(rule, origin)

    def begin_typing(self) -> None:
        """Give the keyboard to what a new rule asks for first; the rest is proposed."""
        self.form.own.threshold.setFocus()
        self.form.own.threshold.selectAll()

    def name_first(self) -> None:
        """Give the keyboard to the first field."""
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)

    # The preview

    def plan_preview(self) -> None:
        """Let a preview come of what is in the form."""
        sound = self.form.is_sound
        if self._previews.plan(self.form.rule(), sound=sound):
            self.noise.compute(self.form.rule(), held=not sound)

    def forget_preview(self) -> None:
        """Ask for a preview anew next time, whatever the rule."""
        self._previews.forget()

    def apply(self, event: Event) -> None:
        """Take in one event of the core."""
        match event:
            case HistoryChanged() | StoriesChanged() if self.noise.reason:
                self._previews.again()
            case NoisePreviewed() if self._previews.is_latest(event.request):
                self._take_preview(event)

    def _take_preview(self, event: NoisePreviewed) -> None:
        preview = event.preview
        if preview is None:
            self.noise.refuse(event.reason or "")
            self.form.tell_reach(None)
            return
        self.noise.put(preview)
        self.form.tell_reach(preview.symbols if preview.count.rule.of_shares else None)
