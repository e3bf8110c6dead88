"""Switching the language of the interface: English is the source, other languages are .qm files."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language


class Translations:
    """Keeps the translator of the language in use installed."""

    def __init__(self, app: QCoreApplication, directory: Path) -> None:
        self._app = app
        self._directory = directory
        self._installed: tuple[QTranslator, ...] = ()
        self._read: QTranslator | None = None

    def use(self, language: Language) -> None:
        """Switch texts translated from now on; raise BadInputError when the file cannot be used."""
        for before in self._installed:
            self._app.removeTranslator(before)
        self._installed = ()
        if language is Language.ENGLISH:
            return
        path = self._directory / f"stackwatch_{language.value}.qm"
        translator = QTranslator(self._app)
        if not translator.load(str(path)):
            raise BadInputError(f"{path}: not a translation that Qt can read")
        toolkit = QTranslator(self._app)  # the menus of text fields, the file dialog; English without it
        toolkit.load(f"qtbase_{language.value}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for each in (toolkit, translator):
            self._app.installTranslator(each)
        self._installed = (toolkit, translator)

    def in_all(self, context: str, source: str) -> tuple[str, ...]:
        """Return a text in every language, whichever is in use; for finding it."""
        if self._read is None:
            self._read = QTranslator(self._app)
            self._read.load(str(self._directory / f"stackwatch_{Language.KOREAN.value}.qm"))
        korean = self._read.translate(context, source)
        return (source, korean) if korean else (source,)
