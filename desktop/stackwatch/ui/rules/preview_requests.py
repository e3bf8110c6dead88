"""When the core is asked what a rule would have done: once typing rests, if it fires otherwise now."""

from PySide6.QtCore import QObject

from stackwatch.domain.rule import Rule, fires_alike
from stackwatch.engine.window_commands import Commands
from stackwatch.ui.kit.timers import once_after

_DEBOUNCE_MS = 250


class PreviewRequests(QObject):
    """Asks for previews by number, so that an answer that comes late is told from the one that is wanted."""

    def __init__(self, commands: Commands, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._number = 0
        self._rule: Rule | None = None  # the one that the latest preview is about
        self._rest = once_after(self, _DEBOUNCE_MS, self._ask)

    def plan(self, rule: Rule, *, sound: bool) -> bool:
        """Ask about a sound rule when typing rests; returns whether what is shown is of another one."""
        if sound and self._rule is not None and fires_alike(self._rule, rule):
            self._rule = rule
            return False
        self._number += 1  # an answer on its way is about another rule
        self._rule = rule if sound else None
        self._rest.stop()
        if sound:
            self._rest.start()
        return True

    def again(self) -> None:
        """Ask once more about the same rule: what it is tested on has changed."""
        if self._rule is not None and not self._rest.isActive():
            self._number += 1
            self._rest.start()

    def forget(self) -> None:
        """Ask anew next time, whatever the rule."""
        self._rest.stop()
        self._rule = None

    def is_latest(self, number: int) -> bool:
        """Whether an answer is the one that is waited for."""
        return number == self._number

    def _ask(self) -> None:
        if self._rule is not None:
            self._commands.preview_rule(self._number, self._rule)
