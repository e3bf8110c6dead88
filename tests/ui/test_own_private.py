"""A private company of the user's own, met in the window by clicks and keys: a real core is behind it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from tests.support.rig import Rig
from tests.ui.window_and_core import WindowAndCore

from stackwatch.domain.lists.list_editing import TOP, home_of, remove, rename_layer
from stackwatch.domain.rule import RuleKind, SubjectKind
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.engine.runtime import Runtime
from stackwatch.ui.frame.find_answers import AnswerKind
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ViewChoice
from stackwatch.ui.watchlist.private_dialog import PrivateDialog
from stackwatch.ui.watchlist.private_removal import RemovalDialog
from stackwatch.ui.watchlist.watchlist_edits import ListEdit
from stackwatch.ui.watchlist.watchlist_menu import row_menu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LINK = """version = 1

[[exposure]]
source = "cohere"
target = "NVDA"
relation = "supplier"
why = "Trains its models on Blackwell"
date = "2025-05"
publisher = "Financial Times"
basis = "stored"
"""


class User(WindowAndCore):
    """What a user does with private companies."""

    def find(self, text: str) -> list[AnswerKind]:
        finder = self.window.header.finder
        finder.begin()
        finder.clear()
        if text.isascii():
            QTest.keyClicks(finder, text)
        else:
            finder.setText(text)  # as an input method does
        return [found.kind for found in finder.found]

    def choose(self, kind: AnswerKind) -> None:
        """Walk down to an answer and take it."""
        finder = self.window.header.finder
        at = [found.kind for found in finder.found].index(kind)
        for _ in range(at):
            QTest.keyClick(finder, Qt.Key.Key_Down)
        QTest.keyClick(finder, Qt.Key.Key_Return)

    def dialog(self) -> PrivateDialog:
        return self.shown(PrivateDialog)

    def menu(self, row_id: str) -> QMenu:
        index = self.window.list.list_model.index_of(row_id)
        return row_menu(self.window.list, index, self.window.list.list_model.node(index))

    def follow(self, name: str = "Cohere") -> None:
        self.find(name)
        self.choose(AnswerKind.FOLLOW)
        QTest.keyClick(self.dialog(), Qt.Key.Key_Return)

    def row(self, entity_id: str) -> str:
        """Return what a row is called, empty where there is none."""
        rows = self.window.list.list_model
        index = rows.index_of(entity_id)
        return rows.name(rows.node(index)) if index.isValid() else ""


@pytest.fixture
def rig(rig: Rig) -> Rig:
    (rig.store.file.path.parent / "exposures.toml").write_text("version = 1\n", encoding="utf-8")
    rig.market.report("Cohere raises $500 million", key="alone")
    rig.market.report("코히어가 삼성과 손잡는다", key="korean")
    rig.refresh()
    return rig


@pytest.fixture
def commands(rig: Rig) -> Runtime:
    return rig.runtime


@pytest.fixture
def user(open_window: Callable[..., MainWindow], rig: Rig) -> User:
    return User(open_window, rig)


def test_that_find_offers_to_follow_what_nobody_knows_and_only_that(user: User) -> None:
    assert user.find("Cohere")[-1] is AnswerKind.FOLLOW  # though Coherent begins so
    for known in ("Mistral AI", "업스테이지", "NVDA", "chatgpt", "ㅅㅅㅈㅈ", "c", "009150"):
        assert AnswerKind.FOLLOW not in user.find(known), known


def test_that_find_takes_no_question_of_everyday_words_for_a_company(user: User) -> None:
    for question in ("is now a good time", "Is now a good time?", "should i buy all in"):
        assert AnswerKind.FOLLOW not in user.find(question), question
    for name in ("Open Source Fund", "Black Forest Labs", "good time ventures inc"):
        assert user.find(name)[-1] is AnswerKind.FOLLOW, name


def test_that_a_typed_name_becomes_a_row_with_its_stories_by_keys_alone(user: User) -> None:
    user.follow()
    window = user.window
    assert user.row("cohere") == "Cohere"
    assert window.list.selected_id == "cohere"
    assert window.detail.entity == "cohere"
    index = window.list.list_model.index_of("cohere")
    assert window.list.list_model.node(index).stories == 1
    assert AnswerKind.NAME in user.find("Cohere")
    assert AnswerKind.FOLLOW not in user.find("Cohere")
    assert user.reloaded().ecosystem.own["cohere"].entity.kind == "company"


def test_that_the_dialog_takes_both_names_a_layer_and_careful_spellings(user: User) -> None:
    action = next(
        a for a in user.menu("models_apps").actions() if a.text() == "Follow a private company\u2026"
    )
    action.trigger()
    dialog = user.dialog()
    assert dialog.layer.value() == "models_apps"
    assert not dialog.keep.isEnabled()
    assert dialog.said == ()  # nothing is wrong yet
    QTest.keyClicks(dialog.en, "Figure")
    dialog.ko.setText("피규어")
    assert (dialog.always.text(), dialog.careful.text()) == ("피규어", "Figure")
    assert dialog.said == ("Give at least one word that stands beside \u201cFigure\u201d.",)
    QTest.keyClicks(dialog.beside, "AI, robot")
    dialog.kind.setCurrentIndex(1)
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    own = user.reloaded().ecosystem.own["figure"]
    assert (own.entity.kind, own.entity.names.ko) == ("project", "피규어")
    spelled = [(alias.text, alias.context) for alias in own.spellings]
    assert spelled == [("피규어", ()), ("Figure", ("AI", "robot"))]
    assert home_of(user.window.list.watchlist, "figure") == "models_apps"


@pytest.mark.parametrize("language", Language)
def test_that_a_new_company_is_first_named_in_the_language_in_use(user: User, language: Language) -> None:
    user.window.change_look({"language": language})
    user.window.list.follow_wanted.emit(TOP)
    dialog = user.dialog()
    first, second = (dialog.ko, dialog.en) if language is Language.KOREAN else (dialog.en, dialog.ko)
    assert dialog.focusWidget() is first
    assert first.mapTo(dialog, QPoint()).y() < second.mapTo(dialog, QPoint()).y()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is second


def test_that_what_is_taken_or_common_is_said_and_not_kept(user: User) -> None:
    user.find("Cohere")
    user.choose(AnswerKind.FOLLOW)
    dialog = user.dialog()
    height = dialog.height()
    for text, said in (
        ("ChatGPT", "\u201cChatGPT\u201d in a headline already means OpenAI."),
        ("scale", "\u201cscale\u201d is an everyday word. Move it to the next line, with words beside it."),
        ("칼", "\u201c칼\u201d is too short to be told from other words."),
    ):
        dialog.always.setText(f"Cohere, {text}")
        assert dialog.said == (said,)
        assert dialog.always.accessibleDescription() == said
        assert not dialog.keep.isEnabled()
    dialog.always.setText("Cohere")
    assert dialog.always.accessibleDescription().startswith("Separated by commas.")
    QApplication.processEvents()
    assert dialog.height() == height  # the button stays below the pointer
    dialog.en.setText("Mistral AI")
    said = "\u201cMistral AI\u201d is known already, as Mistral AI. Find adds it to the list."
    assert dialog.said == (said,)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert user.reloaded().ecosystem.own == {}


def test_that_adding_is_undone_and_done_again(user: User) -> None:
    user.follow()
    stack = user.stack
    stack.undo()
    assert user.row("cohere") == ""
    assert user.find("Cohere")[-1] is AnswerKind.FOLLOW
    assert user.reloaded().ecosystem.own == {}
    assert user.rig.engine.newsroom.stories == ()
    assert user.window.notice.isHidden()  # nothing hung on it
    stack.redo()
    assert user.row("cohere") == "Cohere"
    assert list(user.reloaded().ecosystem.own) == ["cohere"]


def test_that_the_menu_of_a_row_edits_and_deletes_own_ones_only(user: User) -> None:
    user.follow()
    only = {"Edit name and spellings\u2026", "Delete from Stackwatch"}
    assert only <= {action.text() for action in user.menu("cohere").actions()}
    assert only.isdisjoint(action.text() for action in user.menu("upstage").actions())


def test_that_an_edit_renames_everywhere_and_is_undone(user: User) -> None:
    user.follow()
    next(a for a in user.menu("cohere").actions() if a.text() == "Edit name and spellings\u2026").trigger()
    dialog = user.dialog()
    assert dialog.layer.isHidden()
    dialog.en.setText("Cohere Inc.")
    dialog.ko.setText("코히어")
    dialog.always.setText("Cohere, 코히어")
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert user.row("cohere") == "Cohere Inc."
    assert {story.lead.id for story in user.rig.engine.newsroom.stories} == {"alone", "korean"}
    assert AnswerKind.NAME in user.find("코히어")
    user.window.change_look({"language": Language.KOREAN})
    assert user.row("cohere") == "코히어"
    user.window.change_look({"language": Language.ENGLISH})
    user.stack.undo()
    assert user.row("cohere") == "Cohere"
    assert {story.lead.id for story in user.rig.engine.newsroom.stories} == {"alone"}


def test_that_deleting_says_what_goes_along_and_undo_brings_it_back(user: User) -> None:
    user.follow()
    window, rig = user.window, user.rig
    window.new_alert()
    draft = window.views.rules.editor.form.rule()
    assert (draft.kind, draft.subject_kind, draft.subject) == (RuleKind.STORY, SubjectKind.PRIVATE, "cohere")
    rig.runtime.save_rules((replace(draft, id="cohere-story"),))
    window.rules_controller.leave()
    next(a for a in user.menu("cohere").actions() if a.text() == "Delete from Stackwatch").trigger()
    asked = user.shown(RemovalDialog)
    assert "It leaves these lists: AI ecosystem." in asked.accessibleDescription()
    QTest.keyClick(asked, Qt.Key.Key_Return)  # by habit
    assert user.row("cohere") == "Cohere"
    next(a for a in user.menu("cohere").actions() if a.text() == "Delete from Stackwatch").trigger()
    asked = user.shown(RemovalDialog)
    QTest.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    assert user.row("cohere") == ""
    assert "Deleted with Cohere: alert rules 1, links 0." in window.notice.text
    assert "cohere-story" not in {rule.id for rule in rig.engine.alerting.rules}
    window.lists.controller.stack.undo()
    assert user.row("cohere") == "Cohere"
    assert "cohere-story" in {rule.id for rule in rig.engine.alerting.rules}
    assert window.notice.isHidden()  # it is true no longer


def test_that_what_it_does_stands_beside_its_name_and_is_found(user: User) -> None:
    user.find("Cohere")
    user.choose(AnswerKind.FOLLOW)
    dialog = user.dialog()
    QTest.keyClicks(dialog.business, "Models for companies")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    user.window.following.open("cohere")
    user.window.detail.settle()
    assert user.window.detail.hero._business.text() == "Models for companies"
    assert AnswerKind.NAME in user.find("models for")
    assert 'business = {en = "Models for companies"' in (user.folder / "private.toml").read_text("utf-8")
    next(a for a in user.menu("cohere").actions() if "dit" in a.text()).trigger()
    dialog = user.dialog()
    assert dialog.business.text() == "Models for companies"
    dialog.business.clear()
    QTest.keyClicks(dialog.business, "Agents")
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    user.window.detail.settle()
    assert user.window.detail.hero._business.text() == "Agents"
    assert user.reloaded().ecosystem.private["cohere"].business == BilingualName("Agents", "Agents")


def test_that_del_takes_the_row_alone_and_find_gives_it_back(user: User) -> None:
    user.follow()
    QTest.keyClick(user.window.list, Qt.Key.Key_Delete)
    assert user.row("cohere") == ""
    assert AnswerKind.ADD in user.find("Cohere")
    user.choose(AnswerKind.ADD)
    assert home_of(user.window.list.watchlist, "cohere") == TOP
    assert list(user.rig.engine.parts.ecosystem.own) == ["cohere"]


def test_that_its_links_are_on_the_exposure_map_and_in_its_row(
    user: User, open_window: Callable[..., MainWindow]
) -> None:
    user.follow()
    (user.folder / "exposures.toml").write_text(LINK, encoding="utf-8")
    world = user.reloaded()
    window = open_window(world=world)
    window.views.show_view(ViewChoice.EXPOSURE)
    QApplication.processEvents()
    assert ("cohere", "NVDA") in {edge.ends for edge in window.views.exposure.area.edges()}
    window.following.open("cohere")
    assert [link.target for link in window.detail._snapshot.links_of("cohere")] == ["NVDA"]


def test_that_a_deletion_that_is_refused_says_so_and_is_no_step(user: User) -> None:
    user.follow()
    stack = user.window.lists.controller.stack
    steps = stack.index()
    with (user.folder / "exposures.toml").open("a", encoding="utf-8") as file:
        file.write("unknown = 1\n")
    next(a for a in user.menu("cohere").actions() if a.text() == "Delete from Stackwatch").trigger()
    asked = user.shown(RemovalDialog)
    QTest.mouseClick(asked.go, Qt.MouseButton.LeftButton)
    assert "exposures.toml: line 2" in user.window.notice.text
    assert user.window.notice.text.endswith("Cohere was not deleted.")
    QApplication.processEvents()
    assert user.row("cohere") == "Cohere"
    assert stack.index() == steps
    assert list(user.reloaded().ecosystem.own) == ["cohere"]
    (user.folder / "exposures.toml").write_text("version = 1\n", encoding="utf-8")  # mended
    stack.redo()
    assert user.row("cohere") == ""
    stack.undo()
    assert user.row("cohere") == "Cohere"


def test_that_following_that_cannot_be_taken_back_stays_a_step(user: User) -> None:
    user.follow()
    stack = user.window.lists.controller.stack
    with (user.folder / "exposures.toml").open("a", encoding="utf-8") as file:
        file.write("unknown = 1\n")
    stack.undo()
    QApplication.processEvents()
    assert user.row("cohere") == "Cohere"
    assert stack.canUndo()


def test_that_undo_gives_the_shipped_list_back_as_the_user_had_it(user: User) -> None:
    lists = user.window.lists.controller
    lists.edit(
        ListEdit("", lambda each: rename_layer(each, "memory", "Chips that remember", Language.ENGLISH))
    )
    lists.edit(ListEdit("", lambda each: remove(each, {"NVDA"})))
    mine = lists.current
    lists.new("Another")
    lists.switch(mine.id)
    lists.delete()
    assert lists.current.id == mine.id
    assert "NVDA" in lists.current.symbols  # what ships stands there
    lists.edit(ListEdit("", lambda each: remove(each, {"AMD"})))
    user.stack.undo()
    user.stack.undo()
    assert lists.current == mine
    assert user.reloaded().watchlist == mine


def test_that_undo_gives_each_of_two_lists_of_one_name_back_as_it_was(user: User, tmp_path: Path) -> None:
    lists, file = user.window.lists.controller, tmp_path / "mine.txt"
    file.write_text("NVDA,AMD", encoding="utf-8")
    begins: tuple[Callable[[], object], ...] = (
        lambda: lists.new("Mine"),
        lambda: lists.new("Mine"),
        partial(lists.import_file, file),
    )
    for begin, symbol in zip(begins, ("NVDA", "AMD", "INTC"), strict=True):
        begin()
        lists.add(symbol)
        lists.delete()
    for expected in ({"NVDA", "AMD", "INTC"}, {"AMD"}, {"NVDA"}):
        user.stack.undo()  # the deletion
        assert set(lists.current.symbols) == expected
        user.stack.undo()
        user.stack.undo()
