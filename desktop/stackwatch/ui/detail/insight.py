"""Asks the core for what is looked at besides prices, when the walk through the list rests."""

from PySide6.QtCore import QObject

from stackwatch.domain.quote import ChartRange
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.timers import once_after

_REST_MS = 120


class Insight(QObject):
    """Requests for barometers and substance; the newest wish replaces those before."""

    def __init__(self, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._wish: tuple[str, ChartRange | None] = ("", None)
        self._rest = once_after(self, _REST_MS, self._ask)

    def want(self, entity_id: str, span: ChartRange | None) -> None:
        """Ask soon for a private entity's barometer over a span; without one for a company's statements."""
        self._wish = (entity_id, span)
        self._rest.start()

    def want_nothing(self) -> None:
        """Drop a wish that was not asked yet."""
        self._rest.stop()

    def _ask(self) -> None:
        entity_id, span = self._wish
        if span is None:
            self._commands.request_substance(entity_id)
        else:
            self._commands.request_barometer(entity_id, span)
