"""Korean as it is typed: what an input method composes is looked for, and initial consonants find names."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.app import load_world
from stackwatch.domain.rule import SubjectKind
from stackwatch.domain.watchlist import Language
from stackwatch.storage.locations import user_folders
from stackwatch.ui.chart.peer_field import PeerField
from stackwatch.ui.frame.find import FindField
from stackwatch.ui.frame.find_index import FindIndex
from stackwatch.ui.frame.header_parts import KeyHint
from stackwatch.ui.headlines.story_criteria import StoryCriteria, StoryIndex
from stackwatch.ui.kit.fields import NumberSpin
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.preferences.settings_search import Setting, SettingsSearch
from stackwatch.ui.rules.subjects import SubjectChoice, subjects_offered
from stackwatch.ui.watchlist.name_dialog import NameDialog


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    """Send what an input method sends: a text that is done with, and what it composes now."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


@pytest.fixture
def field(qtbot: QtBot) -> Iterator[FindField]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(600, 400)
    made = FindField(window)
    use_language(Language.KOREAN)
    made.set_index(FindIndex(scene.ecosystem(), scene.watchlist()))
    window.show()
    made.setFocus()
    yield made
    window.close()


@cache
def whole_index() -> FindIndex:
    """Return the index of the list that ships, in Korean."""
    use_language(Language.KOREAN)
    world = load_world(user_folders(Path("nowhere")))
    return FindIndex(world.ecosystem, world.watchlist)


def first(field: FindField) -> str:
    return field.found[0].entity_id


def test_that_a_name_is_found_while_its_last_syllable_is_composed(field: FindField) -> None:
    hint = KeyHint(field)
    compose(field, "ㅇ")
    assert field.found
    assert not hint.isVisible()
    for preedit, commit in (("에", ""), ("엔", ""), ("ㅂ", "엔"), ("비", "")):
        compose(field, preedit, commit)
    assert field.text() == "엔"
    assert first(field) == "NVDA"
    compose(field, "빋")  # on its way to 비디: the last letter begins the next syllable
    assert first(field) == "NVDA"
    compose(field, "", "비")
    assert (field.text(), first(field)) == ("엔비", "NVDA")


def test_that_what_was_composed_and_given_up_is_looked_for_no_more(field: FindField) -> None:
    compose(field, "삼")
    assert field.answers.isVisible()
    compose(field, "")
    assert field.text() == ""
    assert not field.answers.isVisible()


def test_that_a_name_is_found_whose_first_letter_was_a_key_of_the_list(field: FindField) -> None:
    """No input method composes in the list: it hands over ``g``, and the field composes what follows."""
    field.setText("g")
    for preedit, commit in (("ㅏ", ""), ("이", "ㅏ"), ("닉", "이")):
        compose(field, preedit, commit)
    assert field.seen == "gㅏ이닉"
    assert first(field) == "000660.KS"


def test_that_a_name_to_compare_with_is_found_while_it_is_composed(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    use_language(Language.KOREAN)
    peers = PeerField(("NVDA", "005930.KS"), scene.ecosystem(), host)
    compose(peers, "삼")
    assert peers.given == ("005930.KS",)
    compose(peers, "전", "삼성")
    assert peers.given == ("005930.KS",)
    compose(peers, "")
    peers.setText("tkatjd")
    assert peers.given == ("005930.KS",)
    peers.window().close()


def test_that_a_setting_is_found_while_its_last_syllable_is_composed(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    quiet = Setting(3, "알림", "방해 금지", host, "방해 금지")
    search = SettingsSearch((quiet,), host)
    compose(search, "ㅈ", "방해 금")
    assert search.given == (quiet,)


@pytest.mark.parametrize("typed", ["ㅅㅅㅈㅈ", "삼성", "005930"])
def test_that_whom_a_rule_watches_is_found_by_initial_consonants_too(qtbot: QtBot, typed: str) -> None:
    subject = SubjectChoice(240)
    qtbot.addWidget(subject)
    use_language(Language.KOREAN)
    subject.fill(subjects_offered(scene.ecosystem(), scene.watchlist(), ("목록",) * 4))
    subject.show()
    line, finder = subject.lineEdit(), subject.completer()
    assert line is not None
    assert finder is not None
    finder.setCompletionPrefix(typed)  # as the field does with what is typed
    assert finder.completionCount() == 1
    assert finder.currentCompletion() == "005930.KS  삼성전자"
    line.setText(finder.currentCompletion())
    assert subject.subject() == (SubjectKind.SYMBOL, "005930.KS")


@pytest.mark.parametrize("typed", ["google", "구글", "Alphabet", "알파벳", "ㄱㄱ"])
def test_that_whom_a_rule_watches_is_found_by_what_titles_call_it_in_either_language(
    qtbot: QtBot, typed: str
) -> None:
    world = load_world(user_folders(Path("nowhere")))
    subject = SubjectChoice(240)
    qtbot.addWidget(subject)
    subject.fill(subjects_offered(world.ecosystem, world.watchlist, ("List",) * 4))
    finder = subject.completer()
    assert finder is not None
    finder.setCompletionPrefix(typed)
    found = [
        finder.setCurrentRow(row) and finder.currentCompletion() for row in range(finder.completionCount())
    ]
    assert "GOOGL  Alphabet" in found
    if typed != "ㄱㄱ":  # consonants are no name
        subject.setEditText(typed)
        assert subject.subject() == (SubjectKind.SYMBOL, "GOOGL")


@pytest.mark.parametrize("typed", ["\uff2e\uff36\uff24\uff21", "\uff4e\uff56\uff44\uff41", " NV\u3000"])
def test_that_letters_of_full_width_find_what_usual_ones_do(field: FindField, typed: str) -> None:
    field.setText(typed)
    assert first(field) == "NVDA"


def test_that_pasted_lines_are_looked_for_as_one_and_offered_in_one_line(field: FindField) -> None:
    field.setText("  엔비\n디아 \r\n")
    words = [found.title for found in field.found]
    assert words
    assert not any("\n" in word for word in words)
    assert field.seen == "  엔비 디아   "


def test_that_a_number_of_full_width_is_that_number(qtbot: QtBot) -> None:
    number = NumberSpin()
    qtbot.addWidget(number)
    number.setValue(1)
    number.selectAll()
    compose(number.lineEdit(), "", "\uff0d\uff12\uff0e\uff15")
    assert number.value() == -2.5


def test_that_the_number_of_a_korean_share_needs_no_suffix(qtbot: QtBot) -> None:
    subject = SubjectChoice(240)
    qtbot.addWidget(subject)
    subject.fill(subjects_offered(scene.ecosystem(), scene.watchlist(), ("목록",) * 4))
    subject.setEditText("\uff10\uff10\uff15\uff19\uff13\uff10")
    assert subject.subject() == (SubjectKind.SYMBOL, "005930.KS")
    subject.setEditText("BRK")
    assert subject.subject() == (SubjectKind.SYMBOL, "BRK"), "letters may be a symbol of their own"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("삼ㅅ", "005930.KS"),
        ("삼서", "005930.KS"),
        ("삼ㅅㅈㅈ", "005930.KS"),
        ("sk하이ㄴ", "000660.KS"),
        ("하ㄴ", "000660.KS"),  # 하닉, as titles call it
        ("오프", "openai"),
        ("엔빋", "NVDA"),
        ("앒", "GOOGL"),  # 알ㅍ, which an input method puts together at first
        ("ㅄㅌㄹ", "VST"),
        ("위우", "6669.TW"),
        ("메타 컴ㅍ", "meta_compute"),
        ("LS이", "010120.KS"),
    ],
)
def test_that_a_name_is_found_with_every_key_of_it(typed: str, meant: str) -> None:
    assert meant in [found.entity_id for found in whole_index().search(typed)]


def test_that_a_name_of_one_syllable_can_be_kept_while_it_is_composed(qtbot: QtBot) -> None:
    window, kept = QWidget(), list[str]()
    qtbot.addWidget(window)
    dialog = NameDialog(window, "New layer", "", kept.append)
    compose(dialog.name, "칩")
    assert dialog.keep.isEnabled()
    compose(dialog.name, "")
    assert not dialog.keep.isEnabled()
    compose(dialog.name, "", "칩")
    dialog.keep.click()
    assert kept == ["칩"]


@pytest.mark.parametrize(("typed", "meant"), [("삼전", "005930.KS"), ("lg", "003550.KS"), ("메타", "META")])
def test_that_who_is_called_just_so_comes_before_who_is_called_longer(typed: str, meant: str) -> None:
    assert whole_index().search(typed)[0].entity_id == meant  # 삼전닉스 is SK hynix, too


def test_that_a_setting_is_found_by_initial_consonants(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    quiet = Setting(3, "알림", "방해 금지", host, "방해 금지 시간")
    assert SettingsSearch((quiet,), host).look_for("ㅂㅎㄱㅈ")


@pytest.mark.parametrize("typed", ["스타ㄱ", "스타겡", "ㅅㅌㄱㅇㅌ", "오픈ai 스타게"])
def test_that_stories_stay_while_a_word_of_theirs_is_composed(typed: str) -> None:
    story = scene.story()
    told = replace(story, lead=replace(story.lead, title="오픈AI 스타게이트 출발 더뎌"))
    stories = StoryIndex(scene.ecosystem(), scene.watchlist())
    stories.put((told,), ())
    assert stories.search(StoryCriteria(words=typed)) == [told]
    assert stories.search(StoryCriteria(words="스타겜ㅇ")) == []
