"""The way from the painted list to the whole window, in steps short enough that it goes on painting."""

import time
from collections.abc import Callable
from importlib import import_module
from threading import Thread

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

_GROUPS = (  # of modules, each a few hundredths of a second to load
    "stackwatch.engine.services.noise_previews",
    "stackwatch.engine.runtime",
    "stackwatch.ui.kit.row_table",
    "stackwatch.ui.alerts.inbox",
    "stackwatch.ui.alerts.toast",
    "stackwatch.ui.detail.why_card",
    "stackwatch.ui.chart.chart",
    "stackwatch.ui.detail.detail_panel",
    "stackwatch.ui.preferences.settings_dialog",
    "stackwatch.ui.rules.rule_form",
    "stackwatch.ui.rules.rules_view",
    "stackwatch.ui.headlines.headlines_view",
    "stackwatch.ui.maps.heat_map",
    "stackwatch.ui.maps.exposure_map",
    "stackwatch.ui.frame.window_contents",
)
_STEP = 0.02  # seconds
_TURN = 0.004  # seconds that another thread is waited for between two looks at what the window must do
_UNSEEN_MS = 1000


class FirstPaint(QObject):
    """Calls once after a widget was first painted: the engine's imports must not come before it.

    A window that starts unseen is never painted, so that it waits a second at most.
    """

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        super().__init__(widget)
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)
        QTimer.singleShot(_UNSEEN_MS, self._call)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See the paint go by."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False

    def _call(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()


def breathe() -> None:
    """Let the window paint. Keys and clicks wait until what they are for is there."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)


def load_contents() -> None:
    """Load the modules of what stands around the list."""
    for group in _GROUPS:
        import_module(group)
        breathe()


def load_chart() -> None:
    """Load what draws the chart, before the core's own loading competes for the processor.

    pyqtgraph copies every name of three of Qt's modules, and PySide makes each class when it is first
    named: in one go that stalls the window for a quarter of a second.
    """
    breathe()
    _load_aside("numpy")
    since = time.monotonic()
    for module in (QtCore, QtGui, QtWidgets):
        for name in dir(module):
            getattr(module, name)
            if time.monotonic() - since > _STEP:
                breathe()
                since = time.monotonic()
    _load_aside("stackwatch.ui.chart.chart_plot")  # makes no object of Qt's, and every class is made by now


def _load_aside(module: str) -> None:
    """Load a module that takes a tenth of a second on another thread, while the window goes on painting."""
    loading = Thread(target=import_module, args=(module,), name="loading", daemon=True)
    loading.start()
    while loading.is_alive():
        breathe()
        loading.join(_TURN)
    import_module(module)  # raises here what was raised there
    breathe()
