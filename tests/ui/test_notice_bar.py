from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui import scene
from tests.ui.scene import dress_in

from stackwatch.domain.events import HealthChanged
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven, UnknownSymbols
from stackwatch.domain.health import Health, HealthState
from stackwatch.domain.list_events import ListWritten
from stackwatch.domain.watchlist import Language
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.theme import ThemeMode, build_theme

Open = Callable[..., MainWindow]


def _health(source: str, detail: str, state: HealthState = HealthState.DEGRADED) -> HealthChanged:
    return HealthChanged(Health(source=source, state=state, since=scene.NOW, detail=detail))


def test_that_a_notice_stays_until_it_is_closed_with_a_click(open_window: Open) -> None:
    window = open_window()
    assert not window.notice.isVisible()
    window.show_notice("watchlist.toml, line 3: expected a name")
    assert window.notice.isVisible()
    assert window.notice.height() == 34
    QTest.mouseClick(window.notice.close_button, Qt.MouseButton.LeftButton)
    assert not window.notice.isVisible()
    assert window.notice.text == ""


def test_that_what_the_core_says_of_a_file_is_a_notice_until_it_holds_no_longer(open_window: Open) -> None:
    window = open_window()
    window.apply(NoticeGiven("rules.toml: rule mine waits"))
    assert window.notice.text == "rules.toml: rule mine waits"
    window.apply(NoticeEnded("rules.toml: rule mine waits"))
    assert not window.notice.isVisible()


def test_that_two_notices_are_both_said_and_the_same_one_once(open_window: Open) -> None:
    window = open_window()
    for text in ("first", "second", "first"):
        window.show_notice(text)
    assert window.notice.text == "second  first"
    assert window.notice.accessibleName() == "second  first"
    assert window.notice._words.text() == "second\nfirst"
    assert window.notice.height() > 34  # both have room


def test_that_closing_notices_shows_those_next_that_had_no_room(open_window: Open) -> None:
    window = open_window()
    bar = window.notice
    for number in range(5):
        bar.add(f"file {number} cannot be read")
    assert [f"file {number}" in bar._words.text() for number in range(5)] == [False, False, True, True, True]
    assert (bar._more.text(), bar._more.isVisible()) == ("2 more", True)
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert bar.isVisible()
    assert bar.text == "file 1 cannot be read  file 0 cannot be read"
    assert not bar._more.isVisible()
    QTest.mouseClick(bar.close_button, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert bar.text == ""


def test_that_a_notice_is_plain_text_and_its_tip_has_what_does_not_fit(open_window: Open) -> None:
    window = open_window()
    text = "<b>bold</b> " + "long " * 150
    window.show_notice(text)
    assert window.notice._words.textFormat() is Qt.TextFormat.PlainText
    assert window.notice._words.text().startswith("<b>bold</b> long")
    assert window.notice._words.text().endswith("\u2026")
    assert "&lt;b&gt;bold&lt;/b&gt;" in window.notice.toolTip()
    assert window.minimumSizeHint().width() <= 1440


def test_that_a_database_set_aside_is_a_notice_and_a_slow_feed_is_not(open_window: Open) -> None:
    window = open_window()
    window.apply(_health("rss", "a feed is slow"))
    assert not window.notice.isVisible()
    window.apply(_health("store", "set aside as stackwatch.sqlite3.damaged-1"))
    assert window.notice.text == "set aside as stackwatch.sqlite3.damaged-1"


def test_that_a_store_that_takes_everything_again_is_no_longer_said_to_refuse(open_window: Open) -> None:
    window = open_window()
    window.apply(_health("store", "set aside as stackwatch.sqlite3.damaged-1"))
    waits = "alerts wait in memory and are shown once they are stored"
    for fault in ("database is locked", "database or disk is full"):
        refused = f"x.sqlite3: the store cannot be written ({fault}); {waits}"
        window.apply(_health("store", refused, HealthState.FAILED))
        assert window.notice.text.startswith(refused)
    assert "locked" not in window.notice.text
    window.change_look({"language": Language.KOREAN})
    assert window.notice.text.startswith("x.sqlite3: 저장소를 사용하지 못했습니다(디스크가 가득 참).")
    window.change_look({"language": Language.ENGLISH})
    window.apply(_health("store", "Everything that waited is stored", HealthState.OK))
    kept = "set aside as stackwatch.sqlite3.damaged-1"
    assert window.notice.text == f"Everything that waited is stored  {kept}"


def test_that_a_store_that_refuses_again_is_no_longer_said_to_have_stored_everything(
    open_window: Open,
) -> None:
    window = open_window()
    refused, stored = "the disk is full", "Everything that waited is stored"
    for detail, state in ((refused, HealthState.FAILED), (stored, HealthState.OK)) * 2:
        window.apply(_health("store", detail, state))
    assert window.notice.text == stored
    window.apply(_health("store", refused, HealthState.FAILED))
    assert window.notice.text == refused


def test_that_what_holds_no_longer_is_taken_back_by_itself(open_window: Open) -> None:
    window = open_window()
    window.show_notice("mine.toml: not valid TOML. This list is left out; your file was not touched.")
    window.apply(_health("rules", "rules.toml: line 3: x. The rules in force stay"))
    window.apply(_health("budget", "This list needs too much"))
    window.apply(UnknownSymbols((("NVDA", scene.NOW), ("AMD", scene.NOW))))
    window.apply(NoticeEnded("mine.toml: not valid TOML. This list is left out; your file was not touched."))
    window.apply(_health("budget", "", HealthState.OK))
    window.apply(UnknownSymbols((("AMD", scene.NOW),)))
    assert "mine.toml" not in window.notice.text
    assert "too much" not in window.notice.text
    assert "NVDA" not in window.notice.text
    assert "Unknown to the source: AMD since" in window.notice.text
    window.apply(_health("rules", "rules.toml: line 4: y. The rules in force stay"))
    assert "line 3" not in window.notice.text
    window.apply(_health("rules", "", HealthState.OK))
    window.apply(UnknownSymbols(()))
    assert not window.notice.isVisible()


def test_that_a_notice_takes_other_colours(open_window: Open) -> None:
    window = open_window()
    window.show_notice("words")
    light = build_theme(ThemeMode.LIGHT)
    dress_in(window.notice, light)
    assert window.notice.grab().toImage().pixelColor(4, 4) == light.raised


def test_that_an_unknown_symbol_is_proposed_once_in_both_languages(open_window: Open) -> None:
    window = open_window()
    unknown = UnknownSymbols((("NVDA", scene.NOW),))
    window.apply(unknown)
    assert window.notice.text == (
        "Unknown to the source: NVDA since 2025-07-22. Renamed or delisted? "
        "What is in the list stays there until you take it out."
    )
    window.change_look({"language": Language.KOREAN})
    assert window.notice.text.startswith("출처에 없는 종목: NVDA(2025-07-22부터)")
    window.notice.dismiss()
    window.apply(unknown)
    assert not window.notice.isVisible()


def _unknown(*symbols: str) -> UnknownSymbols:
    return UnknownSymbols(tuple((symbol, scene.NOW) for symbol in symbols))


def test_that_all_unknown_symbols_are_one_notice_that_grows_and_shrinks(open_window: Open) -> None:
    window = open_window()
    window.apply(_unknown("NVDA", "AMD"))
    window.show_notice("second")
    assert window.notice.text.startswith("second  Unknown to the source: NVDA since 2025-07-22, AMD since")
    window.apply(_unknown("NVDA", "AMD", "ARM"))  # what is new is said first
    assert window.notice.text.startswith("Unknown to the source: NVDA since")
    assert window.notice.text.count("Unknown") == 1
    window.apply(_unknown("ARM"))
    assert window.notice.text.startswith("Unknown to the source: ARM since 2025-07-22. Renamed")
    window.apply(_unknown())
    assert window.notice.text == "second"
    many = [f"X{number}" for number in range(30)]
    window.apply(_unknown(*many))
    assert "X7 since 2025-07-22 and 22 more. Renamed" in window.notice.text
    assert window.notice._words.text().count("\n") < 3


def test_that_closed_unknown_symbols_are_told_no_more_but_others_and_returning_ones_are(
    open_window: Open,
) -> None:
    window = open_window()
    window.apply(_unknown("NVDA"))
    window.notice.dismiss()
    window.apply(_unknown("NVDA", "AMD"))
    assert window.notice.text.startswith("Unknown to the source: AMD since 2025-07-22. Renamed")
    window.apply(_unknown("AMD"))
    window.apply(_unknown("AMD", "NVDA"))  # it was known again meanwhile
    assert window.notice.text.startswith("Unknown to the source: AMD since 2025-07-22, NVDA since")


def test_that_what_the_window_words_itself_follows_the_language(open_window: Open) -> None:
    window = open_window()
    window.lists.controller.delete()
    assert window.notice.text == "This is the only list; it cannot be deleted"
    window.lists.controller.apply(ListWritten("list.csv", 3, left_out=2))
    window.change_look({"language": Language.KOREAN})
    assert window.notice.text == (
        "종목 3개를 list.csv에 저장했습니다. TOML에만 담기는 비상장 2곳은 뺐습니다"
        "  하나뿐인 목록은 삭제할 수 없습니다"
    )
    window.lists.controller.delete()  # said already, in another language
    window.change_look({"language": Language.ENGLISH})
    assert window.notice.text == (
        "Names written to list.csv: 3; private names left out, which only TOML holds: 2"
        "  This is the only list; it cannot be deleted"
    )
