"""The real window with the real core behind it, which answers at once."""

from collections.abc import Callable

from tests.support.rig import Rig

from stackwatch.domain.events import Event
from stackwatch.ui.frame.window import MainWindow


class WindowAndCore:
    """A window that has taken in what the core told so far, and hears what it tells from now on."""

    def __init__(self, window: MainWindow, rig: Rig, heard: list[Callable[[Event], None]]) -> None:
        """Let ``window`` hear ``rig`` by ``heard``, whom its core tells everything."""
        self.window, self.rig, self.folder = window, rig, rig.store.path.parent
        for event in list(rig.events):
            window.apply(event)
        heard.append(window.apply)
