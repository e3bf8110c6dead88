"""The real window with the real core behind it, which answers at once."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget
from tests.support.rig import Rig

from stackwatch.app import World, load_world
from stackwatch.storage.locations import user_folders
from stackwatch.ui.frame.window import MainWindow

Dialog = TypeVar("Dialog", bound=QWidget)


class WindowAndCore:
    """A window that has taken in what the core told so far, and hears what it tells from now on."""

    def __init__(self, open_window: Callable[..., MainWindow], rig: Rig) -> None:
        parts = rig.engine.parts
        self.window = open_window(world=World(ecosystem=parts.ecosystem, watchlist=parts.watchlist, rules=()))
        self.rig, self.folder = rig, rig.store.file.path.parent
        for event in list(rig.events):
            self.window.apply(event)
        rig.heard.append(self.window.apply)

    @property
    def stack(self) -> QUndoStack:
        """The steps that can be undone."""
        return self.window.lists.controller.stack

    def shown(self, kind: type[Dialog]) -> Dialog:
        """Return the one dialog of a kind that is open."""
        (found,) = [dialog for dialog in self.window.findChildren(kind) if dialog.isVisible()]
        return found

    def reloaded(self) -> World:
        """Return what another start finds."""
        return load_world(user_folders(self.folder))
