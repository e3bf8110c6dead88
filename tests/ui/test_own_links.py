"""A link of the user's own, made, corrected and withdrawn by clicks and keys: a real core is behind it."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QMenu, QWidget
from tests.support.rig import Rig
from tests.ui.window_and_core import WindowAndCore

from stackwatch.domain.watchlist import Basis, Exposure, Language, Relation
from stackwatch.engine.runtime import Runtime
from stackwatch.ui.detail.detail_tabs import DetailTab
from stackwatch.ui.detail.exposure_panel import ExposureRow
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.row_list import ROW_ROLE
from stackwatch.ui.preferences.settings import ViewChoice
from stackwatch.ui.watchlist import link_dialog
from stackwatch.ui.watchlist.link_dialog import LinkDialog
from stackwatch.ui.watchlist.watchlist_menu import row_menu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LEFT = Qt.MouseButton.LeftButton
OTHERS = """version = 1

[[exposure]]
source = "upstage"
target = "INTC"
relation = "supplier"
why = "Tries Gaudi"
date = "2026-02"
publisher = "Les Echos"
basis = "memory"
"""


class User(WindowAndCore):
    """What a user does with links."""

    def show_exposure(self, entity_id: str) -> None:
        self.window.following.open(entity_id)
        QTest.mouseClick(self.window.detail.tabs.heads[DetailTab.EXPOSURE], LEFT)

    def dialog(self) -> LinkDialog:
        return self.shown(LinkDialog)

    def choose(self, row: ExposureRow, words: str) -> None:
        """Take an entry of the menu of a row, opened with the keyboard."""
        panel = self.window.detail.exposure
        at = [each.key for each in panel.list.rows_model().rows].index(row.key)
        panel.list.setCurrentIndex(panel.list.rows_model().index(at))
        place = QPoint(0, 0)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, panel.list.mapToGlobal(place))
        QApplication.sendEvent(panel.list, event)
        (menu,) = [menu for menu in panel.findChildren(QMenu) if menu.isVisible()]
        next(action for action in menu.actions() if action.text() == words).trigger()
        menu.close()

    def row(self, target: str) -> ExposureRow | None:
        rows = self.window.detail.exposure.list.rows_model().rows
        return next((row for row in rows if isinstance(row, ExposureRow) and row.entity_id == target), None)

    def kept(self, source: str, target: str) -> list[Exposure]:
        """Return what another start knows of two names."""
        world = self.reloaded()
        assert world.notices == ()
        return [link for link in world.ecosystem.exposures if (link.source, link.target) == (source, target)]

    def fill(self, dialog: LinkDialog) -> None:
        QTest.keyClicks(dialog.why, "Rents Gaudi 3")
        QTest.keyClicks(dialog.date, "2026-03-09")
        QTest.keyClicks(dialog.publisher, "Chosun")


def type_in(choice: QComboBox, text: str) -> None:
    line = choice.lineEdit()
    assert line is not None
    QTest.keyClicks(line, text)


@pytest.fixture
def commands(rig: Rig) -> Runtime:
    return rig.runtime


@pytest.fixture
def user(open_window: Callable[..., MainWindow], rig: Rig) -> User:
    return User(open_window, rig)


def test_that_a_link_is_added_from_the_exposure_tab_by_keys_and_is_there_at_once(user: User) -> None:
    user.show_exposure("upstage")
    assert user.row("INTC") is None
    QTest.mouseClick(user.window.detail.tabs.link_button, LEFT)
    dialog = user.dialog()
    assert dialog.source.currentText() == "Upstage"
    assert dialog.said == ()
    type_in(dialog.target, "intc")
    assert "first is to the second" in dialog.relation.accessibleDescription()  # a customer is the source
    QTest.keyClick(dialog.relation, Qt.Key.Key_Down)
    assert "second is to the first" in dialog.relation.accessibleDescription()
    user.fill(dialog)
    QTest.keyClick(dialog.publisher, Qt.Key.Key_Return)
    row = user.row("INTC")
    assert row is not None
    assert row.publisher == "your own \u00b7 Chosun"
    assert "INTC" in user.rig.engine.rollups.members("upstage", user.rig.clock.now().date())
    (link,) = user.kept("upstage", "INTC")
    assert (link.relation, link.why, link.dated, link.publisher, link.basis) == (
        Relation.SUPPLIER, "Rents Gaudi 3", "2026-03-09", "Chosun", Basis.STORED,
    )  # fmt: skip
    user.stack.undo()
    assert user.row("INTC") is None
    assert user.kept("upstage", "INTC") == []
    user.stack.redo()
    assert user.row("INTC") is not None


def test_that_a_date_of_full_width_digits_is_a_date(user: User) -> None:
    user.show_exposure("upstage")
    QTest.mouseClick(user.window.detail.tabs.link_button, LEFT)
    dialog = user.dialog()
    field = dialog.target.lineEdit()
    assert field is not None
    QTest.keyClicks(field, "intc")
    user.fill(dialog)
    dialog.date.setText("\uff12\uff10\uff12\uff16\uff0d\uff10\uff13\uff0d\uff10\uff19")
    assert dialog.said == ()
    QTest.keyClick(dialog.publisher, Qt.Key.Key_Return)
    assert [link.dated for link in user.kept("upstage", "INTC")] == ["2026-03-09"]


def test_that_a_link_of_today_says_where_its_day_begins_while_it_is_yesterday_in_new_york(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date.today()  # noqa: DTZ011 - the user's day
    monkeypatch.setattr(link_dialog, "program_day", lambda _now: today - timedelta(days=1))
    user.show_exposure("upstage")
    QTest.mouseClick(user.window.detail.tabs.link_button, LEFT)
    dialog = user.dialog()
    QTest.keyClicks(dialog.date, today.isoformat())
    assert dialog.date.accessibleDescription() == "Counts once this day begins in New York."
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_that_a_new_link_comes_into_view_and_is_the_one_that_is_marked(user: User) -> None:
    user.show_exposure("openai")
    detail = user.window.detail
    rows = detail.exposure.list
    rows.scrollToTop()
    QTest.mouseClick(detail.tabs.heads[DetailTab.HEADLINES], LEFT)
    dialog = user.window.lists.links.ask("openai")
    dialog.target.setEditText("DELL")
    dialog.relation.choose(Relation.SUPPLIER)
    user.fill(dialog)
    QTest.mouseClick(dialog.keep, LEFT)
    assert detail.tabs.heads[DetailTab.EXPOSURE].isChecked()
    assert rows.isVisible()
    (marked,) = rows.selectionModel().selectedIndexes()
    assert marked.data(ROW_ROLE) == user.row("DELL")
    QApplication.processEvents()
    assert rows.viewport().rect().contains(rows.visualRect(marked))


def test_that_a_link_of_others_leaves_the_tab_as_it_is(user: User) -> None:
    user.window.following.open("NVDA")
    dialog = user.window.lists.links.ask("upstage")
    dialog.target.setEditText("INTC")
    user.fill(dialog)
    QTest.mouseClick(dialog.keep, LEFT)
    assert user.window.detail.tabs.heads[DetailTab.HEADLINES].isChecked()


def test_that_the_menu_of_a_share_begins_with_it_as_the_target(user: User) -> None:
    index = user.window.list.list_model.index_of("INTC")
    menu = row_menu(user.window.list, index, user.window.list.list_model.node(index))
    next(action for action in menu.actions() if action.text() == "Add a link\u2026").trigger()
    dialog = user.dialog()
    assert dialog.target.currentText().startswith("INTC")
    assert dialog.source.currentText() == ""
    dialog.source.setEditText("업스테이지")  # as an input method does
    user.fill(dialog)
    QTest.mouseClick(dialog.keep, LEFT)
    assert len(user.kept("upstage", "INTC")) == 1


def test_that_what_cannot_be_taken_is_said_at_its_field_and_not_kept(user: User) -> None:
    user.show_exposure("upstage")
    QTest.mouseClick(user.window.detail.tabs.link_button, LEFT)
    dialog = user.dialog()
    height = dialog.height()
    QTest.mouseClick(dialog.keep, LEFT)
    assert dialog.said == (
        "No known name. Choose one that is offered.",
        "Say in one sentence why they are tied.",
        "Give a day, month or year, such as 2026-03-10.",
        "Say who reported it.",
    )
    assert dialog.height() == height  # the button stays below the pointer
    assert dialog.target.accessibleDescription() == "No known name. Choose one that is offered."
    dialog.target.setEditText("Upstage")
    dialog.target.lineEdit().editingFinished.emit()
    assert "A name cannot be tied to itself." in dialog.said
    dialog.target.setEditText("INTC")
    user.fill(dialog)
    dialog.date.setText("2099-01-01")
    dialog.target.lineEdit().editingFinished.emit()
    assert dialog.said == ("This date is still to come.",)
    QTest.mouseClick(dialog.keep, LEFT)
    dialog.date.setText("2026-02-31")
    assert dialog.said == ("Give a day, month or year, such as 2026-03-10.",)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert user.stack.count() == 0
    assert not (user.folder / "exposures.toml").exists()


def test_that_a_name_nobody_has_is_said_while_it_is_typed(user: User) -> None:
    dialog = user.window.lists.links.ask("upstage")
    type_in(dialog.target, "int")
    assert dialog.said == ()
    type_in(dialog.target, "zz")
    assert dialog.said == ("No known name. Choose one that is offered.",)


def test_that_a_link_that_is_known_is_corrected_instead_of_added_twice(user: User) -> None:
    dialog = user.window.lists.links.ask("stargate")
    dialog.target.setEditText("NVDA")
    dialog.relation.setCurrentIndex(list(Relation).index(Relation.SUPPLIER))
    assert dialog.said == ("This link is known already. The Exposure tab corrects it.",)


def test_that_a_shipped_link_is_corrected_from_the_menu_of_its_row_and_undone(user: User) -> None:
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    assert not row.link.own
    user.choose(row, "Correct this link\u2026")
    dialog = user.dialog()
    assert not any(field.isEnabled() for field in (dialog.source, dialog.target, dialog.relation))
    assert dialog.why.text() == row.link.why
    dialog.why.setText("Sells it chips")
    QTest.mouseClick(dialog.keep, LEFT)
    whys = [link.why for link in user.kept("stargate", "NVDA") if link.tie == row.link.tie]
    assert "Sells it chips" in whys
    assert row.link.why not in whys
    user.stack.undo()
    assert user.row("NVDA") == row


def test_that_a_link_can_be_said_to_have_ended_and_ties_nothing_after(user: User) -> None:
    user.show_exposure("upstage")
    QTest.mouseClick(user.window.detail.tabs.link_button, LEFT)
    dialog = user.dialog()
    type_in(dialog.target, "intc")
    user.fill(dialog)
    QTest.keyClicks(dialog.end, "2026-03-08")
    assert "This is before the link's date." in dialog.said
    dialog.end.clear()
    QTest.keyClicks(dialog.end, "2026-03-09")
    assert dialog.said == ()
    QTest.keyClick(dialog.publisher, Qt.Key.Key_Return)
    (link,) = user.kept("upstage", "INTC")
    assert link.until == date(2026, 3, 9)
    row = user.row("INTC")
    assert row is not None
    assert (row.used, row.publisher) == (False, "your own \u00b7 ended, not used")
    user.choose(row, "Correct this link\u2026")
    dialog = user.dialog()
    assert dialog.end.text() == "2026-03-09"
    dialog.end.clear()
    QTest.mouseClick(dialog.keep, LEFT)
    (link,) = user.kept("upstage", "INTC")
    assert link.until is None


def test_that_saving_what_was_not_changed_is_no_step(user: User) -> None:
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    QTest.mouseClick(user.window.lists.links.correct(row.link).keep, LEFT)
    assert user.stack.count() == 0


def test_that_a_withdrawn_link_is_told_and_comes_back(user: User) -> None:
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    user.choose(row, "Withdraw this link")
    assert row.link.tie not in [link.tie for link in user.kept("stargate", "NVDA")]
    notice = user.window.notice
    assert notice.text == "Link withdrawn: Stargate \u203a NVDA. Undo (Ctrl+Z) brings it back."
    user.stack.undo()
    assert user.row("NVDA") == row
    assert notice.isHidden()


def test_that_the_card_of_the_map_says_whose_a_link_is_and_corrects_and_withdraws_it(user: User) -> None:
    user.window.views.show_view(ViewChoice.EXPOSURE)
    QApplication.processEvents()
    view = user.window.views.exposure
    edge = next(edge for edge in view.area.edges() if edge.ends == ("stargate", "NVDA"))
    view.area.pick(edge)
    assert "your own link" not in view.card.accessible_text()
    QTest.mouseClick(view.card.correct_button, LEFT)
    user.dialog().why.setText("Sells it chips")
    QTest.mouseClick(user.dialog().keep, LEFT)
    assert view.card.isVisible()
    assert view.card.edge is not None
    assert view.card.edge.link.why == "Sells it chips"
    assert view.area._picked is view.card.edge
    assert "your own link" in view.card.accessible_text()
    QTest.keyClick(view.card.withdraw_button, Qt.Key.Key_Return)
    assert ("stargate", "NVDA") not in [
        each.ends for each in view.area.edges() if each.link.tie == edge.link.tie
    ]
    assert not view.card.isVisible()


def test_that_the_menu_of_a_link_opens_the_other_end(user: User) -> None:
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    user.choose(row, "Open")
    assert user.window.list.selected_id == "NVDA"


def test_that_a_kind_of_source_is_named_in_korean_and_stays_what_it_was(user: User) -> None:
    user.window.change_look({"language": Language.KOREAN})
    link = next(link for link in user.reloaded().ecosystem.exposures if link.publisher == "price reaction")
    dialog = user.window.lists.links.correct(link)
    assert dialog.publisher.text() == "가격 반응"
    assert dialog.typed.publisher == "price reaction"
    QTest.mouseClick(dialog.keep, LEFT)
    assert user.stack.count() == 0
    dialog = user.window.lists.links.correct(link)
    dialog.publisher.setText("로이터")
    assert dialog.typed.publisher == "로이터"


def test_that_a_broken_file_is_named_in_the_window_and_left_alone(user: User) -> None:
    path = user.folder / "exposures.toml"
    path.write_text("version = 1\nunknown = 1\n", encoding="utf-8")
    dialog = user.window.lists.links.ask("upstage")
    dialog.target.setEditText("INTC")
    user.fill(dialog)
    QTest.mouseClick(dialog.keep, LEFT)
    assert "exposures.toml: line 2" in user.window.notice.text
    assert "The link was not changed." in user.window.notice.text
    assert path.read_text("utf-8") == "version = 1\nunknown = 1\n"


def _refuse(path: Path) -> str:
    """Break a file; returns what it was."""
    text = path.read_text("utf-8") if path.exists() else "version = 1\n"
    path.write_text(text + "\nunknown = 1\n", encoding="utf-8")
    return text


def test_that_a_correction_the_file_refuses_is_no_step_and_can_be_made_once_it_is_sound(user: User) -> None:
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    path = user.folder / "exposures.toml"
    sound = _refuse(path)
    dialog = user.window.lists.links.correct(row.link)
    dialog.why.setText("Sells it chips")
    QTest.mouseClick(dialog.keep, LEFT)
    QApplication.processEvents()
    assert not user.stack.canUndo()
    path.write_text(sound, encoding="utf-8")
    user.stack.redo()
    assert "Sells it chips" in [link.why for link in user.kept("stargate", "NVDA")]


def test_that_an_undo_the_file_refuses_can_be_made_once_it_is_sound(user: User) -> None:
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    user.choose(row, "Withdraw this link")
    path = user.folder / "exposures.toml"
    sound = _refuse(path)
    user.stack.undo()
    QApplication.processEvents()
    assert user.row("NVDA") is None
    assert user.stack.canUndo()
    assert not user.stack.canRedo()
    path.write_text(sound, encoding="utf-8")
    user.stack.undo()
    assert user.row("NVDA") == row


def test_that_a_link_of_another_window_is_there_by_itself(user: User) -> None:
    user.show_exposure("upstage")
    (user.folder / "exposures.toml").write_text(OTHERS, encoding="utf-8")
    user.rig.runtime._tick(user.rig.engine)
    row = user.row("INTC")
    assert row is not None
    assert row.link.why == "Tries Gaudi"
    assert user.stack.count() == 0


def test_that_the_dialog_speaks_korean(user: User) -> None:
    user.window.change_look({"language": Language.KOREAN})
    dialog: QWidget = user.window.lists.links.ask("upstage")
    assert dialog.windowTitle() == "연결 추가"


def test_that_a_link_says_why_in_the_language_in_use_and_keeps_both_when_its_date_is_corrected(
    user: User,
) -> None:
    user.window.change_look({"language": Language.KOREAN})
    user.show_exposure("stargate")
    row = user.row("NVDA")
    assert row is not None
    assert row.link.why_ko in row.accessible_text
    dialog = user.window.lists.links.correct(row.link)
    assert dialog.why.text() == row.link.why_ko
    QTest.mouseClick(dialog.keep, LEFT)
    assert user.stack.count() == 0  # nothing was changed
    dialog = user.window.lists.links.correct(row.link)
    dialog.date.setText("2025-05-15")
    QTest.mouseClick(dialog.keep, LEFT)
    (kept,) = [link for link in user.kept("stargate", "NVDA") if link.dated == "2025-05-15"]
    assert (kept.why, kept.why_ko) == (row.link.why, row.link.why_ko)
    dialog = user.window.lists.links.correct(kept)
    dialog.why.setText("칩을 판다")
    QTest.mouseClick(dialog.keep, LEFT)
    (kept,) = [link for link in user.kept("stargate", "NVDA") if link.dated == "2025-05-15"]
    assert {kept.reason(language) for language in Language} == {"칩을 판다"}
