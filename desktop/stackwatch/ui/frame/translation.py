"""Switching the language of the interface: English is the source, other languages are .qm files."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language
from stackwatch.ui.kit.language import use_language


class _File(QTranslator):
    """A translation as its file was when it was read.

    Qt would map the file and go on looking into it: once an update has overwritten it, every text is English.
    """

    def __init__(self, app: QCoreApplication, path: Path) -> None:
        super().__init__(app)
        try:
            self._held = path.read_bytes()  # Qt keeps no copy
        except OSError:
            self._held = b""
        self.is_sound = self.load(self._held)


class Translations:
    """Keeps the translator of the language in use installed."""

    def __init__(self, app: QCoreApplication, directory: Path) -> None:
        self._app = app
        self._directory = directory
        self._installed: tuple[_File, ...] = ()
        self._read: tuple[_File, ...] = ()

    def use(self, language: Language) -> None:
        """Switch texts translated from now on; raise BadInputError when the file cannot be used."""
        for before in self._installed:
            self._app.removeTranslator(before)
            before.deleteLater()
        self._installed = ()
        use_language(Language.ENGLISH)
        if language is Language.ENGLISH:
            return
        path = self._path(language)
        translator = _File(self._app, path)
        if not translator.is_sound:
            raise BadInputError(f"{path}: not a translation that Qt can read")
        # The menus of text fields and the file dialog are English where Qt does not bring it.
        qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        toolkit = _File(self._app, qt / f"qtbase_{language.value}.qm")
        for each in (toolkit, translator):
            self._app.installTranslator(each)
        self._installed = (toolkit, translator)
        use_language(language)

    def in_all(self, context: str, source: str) -> tuple[str, ...]:
        """Return a text in every language, whichever is in use; for finding it."""
        if not self._read:
            others = (language for language in Language if language is not Language.ENGLISH)
            self._read = tuple(_File(self._app, self._path(language)) for language in others)
        found = (file.translate(context, source) for file in self._read)
        return (source, *(words for words in found if words))

    def _path(self, language: Language) -> Path:
        return self._directory / f"stackwatch_{language.value}.qm"
