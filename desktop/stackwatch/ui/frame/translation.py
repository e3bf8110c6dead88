"""Switching the language of the interface: English is the source, other languages are .qm files."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTranslator

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language


class Translations:
    """Keeps the translator of the language in use installed."""

    def __init__(self, app: QCoreApplication, directory: Path) -> None:
        self._app = app
        self._directory = directory
        self._installed: QTranslator | None = None
        self._read: QTranslator | None = None

    def use(self, language: Language) -> None:
        """Switch texts translated from now on; raise BadInputError when the file cannot be used."""
        if self._installed is not None:
            self._app.removeTranslator(self._installed)
            self._installed = None
        if language is Language.ENGLISH:
            return
        path = self._directory / f"stackwatch_{language.value}.qm"
        translator = QTranslator(self._app)
        if not translator.load(str(path)):
            raise BadInputError(f"{path}: not a translation that Qt can read")
        self._app.installTranslator(translator)
        self._installed = translator

    def in_all(self, context: str, source: str) -> tuple[str, ...]:
        """Return a text in every language, whichever is in use; for finding it."""
        if self._read is None:
            self._read = QTranslator(self._app)
            self._read.load(str(self._directory / f"stackwatch_{Language.KOREAN.value}.qm"))
        korean = self._read.translate(context, source)
        return (source, korean) if korean else (source,)
