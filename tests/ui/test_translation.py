import gc
from pathlib import Path
from string import Formatter

import pytest
from installer import translations as files
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.watchlist import Language
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.fields import DayField

KOREAN = files.FILES[Language.KOREAN]


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(text) if field is not None}


def test_that_every_text_of_the_interface_has_a_korean_translation() -> None:
    missing = sorted(files.texts() - files.translated(Language.KOREAN).keys())
    assert missing == [], "run installer/translations.py and translate these"


def test_that_translations_keep_the_places_of_values() -> None:
    wrong = {
        source: words
        for (_, source), words in files.translated(Language.KOREAN).items()
        if _fields(source) != _fields(words)
    }
    assert wrong == {}


def test_that_the_compiled_file_holds_the_same_translations(qapp: QApplication) -> None:
    translator = QTranslator(qapp)
    assert translator.load(str(KOREAN.with_suffix(".qm")))
    old = {
        (context, source)
        for (context, source), words in files.translated(Language.KOREAN).items()
        if translator.translate(context, source) != words
    }
    assert old == set(), "run installer/translations.py"


def test_that_writing_the_file_again_changes_nothing(tmp_path: Path) -> None:
    again = tmp_path / "again.ts"
    files.write(files.translated(Language.KOREAN), Language.KOREAN, again)
    assert again.read_text(encoding="utf-8") == KOREAN.read_text(encoding="utf-8")


def test_that_the_language_can_be_switched_back(translations: Translations) -> None:
    translations.use(Language.KOREAN)
    assert QCoreApplication.translate("Watchlist", "Last") == "현재가"
    translations.use(Language.ENGLISH)
    assert QCoreApplication.translate("Watchlist", "Last") == "Last"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_a_calendar_names_its_months_in_the_language_in_use_and_not_in_the_systems(
    translations: Translations, qtbot: QtBot
) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    field = DayField()
    qtbot.addWidget(field)
    field.show()
    for language, first in (
        (Language.KOREAN, "1월"),
        (Language.ENGLISH, "January"),
        (Language.KOREAN, "1월"),
    ):
        translations.use(language)
        QApplication.processEvents()
        assert field.calendarWidget().locale().standaloneMonthName(1) == first
        assert field.locale().language() == QLocale(language.value).language()


def test_that_a_missing_file_is_named(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"stackwatch_ko\.qm"):
        Translations(qapp, tmp_path).use(Language.KOREAN)


def test_that_a_running_program_keeps_its_words_when_an_update_overwrites_their_file(
    qapp: QApplication, tmp_path: Path
) -> None:
    path = tmp_path / "stackwatch_ko.qm"
    path.write_bytes(KOREAN.with_suffix(".qm").read_bytes())
    translations = Translations(qapp, tmp_path)
    try:
        translations.use(Language.KOREAN)
        both = translations.in_all("Watchlist", "Last")
        path.write_bytes(b"\0" * path.stat().st_size)  # in its place, as an installer copies
        gc.collect()
        assert QCoreApplication.translate("Watchlist", "Last") == "현재가"
        assert translations.in_all("Watchlist", "Last") == both == ("Last", "현재가")
    finally:
        translations.use(Language.ENGLISH)
