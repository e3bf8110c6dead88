from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui import scene

from stackwatch.app import load_world
from stackwatch.domain.news import Story
from stackwatch.domain.rule import Rule
from stackwatch.domain.rule_drafts import for_entity
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.storage.locations import user_folders
from stackwatch.ui.frame import find_index
from stackwatch.ui.frame.action import Action, shown_keys
from stackwatch.ui.frame.command_words import ALSO
from stackwatch.ui.frame.find import FindField
from stackwatch.ui.frame.find_answers import AnswerKind
from stackwatch.ui.frame.find_index import FindIndex
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.kit.answer import Answer
from stackwatch.ui.kit.answer_list import AnswerList
from stackwatch.ui.kit.initials import initial_consonants
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.preferences.settings import ViewChoice


@pytest.fixture
def index() -> FindIndex:
    return FindIndex(scene.ecosystem(), scene.watchlist())


def _ids(index: FindIndex, text: str) -> list[str]:
    return [found.entity_id for found in index.search(text)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("nvda", "NVDA"),
        ("NVIDIA", "NVDA"),
        ("엔비디아", "NVDA"),
        ("ㅅㅅㅈㅈ", "005930.KS"),
        ("ㅇㅂㄷㅇ", "NVDA"),
        ("ㅅㅌㄱㅇㅌ", "stargate"),
        ("SKㅎㅇㄴㅅ", "000660.KS"),
        ("005930", "005930.KS"),
        ("openai", "openai"),
        ("앤트로", "anthropic"),
        ("micro dev", "AMD"),
        ("research", "LRCX"),
    ],
)
def test_that_a_name_is_found_the_way_a_user_types_it(index: FindIndex, text: str, first: str) -> None:
    assert _ids(index, text)[0] == first


def test_that_an_exact_symbol_comes_before_names_that_begin_with_it(index: FindIndex) -> None:
    assert _ids(index, "arm")[0] == "ARM"
    assert _ids(index, "mu")[0] == "MU"


def test_that_a_name_is_found_by_what_its_company_does_behind_those_called_so() -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    found = {each.entity_id: each.note for each in index.search("cooling") if each.kind is AnswerKind.NAME}
    assert found["VRT"] == "Vertiv \u00b7 Power and cooling for data centres"
    assert _ids(index, "uranium") == ["CCJ", "LEU"]
    assert "MOD" in _ids(index, "냉각")
    assert _ids(index, "arm")[0] == "ARM"
    assert "9984.T" in _ids(index, "arm")
    assert "NVDA" not in _ids(index, "ai")


@pytest.mark.parametrize(
    ("text", "entity_id", "note"),
    [
        ("facebook", "META", "Meta Platforms \u00b7 Facebook"),
        ("copilot", "MSFT", "Microsoft \u00b7 Copilot"),
        ("taiwan semic", "TSM", "TSMC \u00b7 Taiwan Semiconductor"),
        ("하닉", "000660.KS", "SK hynix \u00b7 하닉"),
        ("altman", "openai", "company \u00b7 Altman"),
    ],
)
def test_that_a_name_is_found_by_what_titles_call_it_and_that_is_said(
    text: str, entity_id: str, note: str
) -> None:
    world = load_world(user_folders(Path("nowhere")))
    first = FindIndex(world.ecosystem, world.watchlist).search(text)[0]
    assert (first.entity_id, first.note) == (entity_id, note)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("memory", ["memory", "000660.KS"]),  # before those whose company makes it
        ("GPUs & accel", ["accelerators"]),
        ("메모리", ["memory", "000660.KS"]),
        ("cloud", ["cloud", "lambda"]),
        ("power", ["SMR"]),  # behind those that are called so
    ],
)
def test_that_a_layer_is_found_by_its_name(text: str, ids: list[str]) -> None:
    world = load_world(user_folders(Path("nowhere")))
    found = FindIndex(world.ecosystem, world.watchlist).search(text)
    assert [each.entity_id for each in found[: len(ids)]] == ids
    layers = {layer.id for layer in world.watchlist.layers}
    assert {each.entity_id for each in found if each.kind is AnswerKind.LAYER} <= layers
    assert AnswerKind.LAYER in {each.kind for each in found}


def test_that_a_hidden_layer_and_letters_inside_a_word_find_no_layer() -> None:
    world = load_world(user_folders(Path("nowhere")))
    hidden = tuple(replace(layer, hidden=layer.id == "memory") for layer in world.watchlist.layers)
    index = FindIndex(world.ecosystem, replace(world.watchlist, layers=hidden))
    for text in ("memory", "emory", "ge"):
        assert all(found.kind is not AnswerKind.LAYER for found in index.search(text))


def test_that_a_layer_that_is_found_is_unfolded_in_the_list_with_the_keyboard_on_it(
    open_window: Callable[..., MainWindow],
) -> None:
    window = open_window()
    window.list.fold_all(folded=True)
    window.views.show_view(ViewChoice.HEAT)
    QTest.keyClicks(window.header.finder, "gpus")
    heads = [row.title for row in window.header.finder.answers.rows if row.head]
    assert heads[0] == "Layers"
    QTest.keyClick(window.header.finder, Qt.Key.Key_Return)
    assert window.views.view is ViewChoice.LIST
    assert "gpus" not in window.list.folded()
    node = window.list.node_at(window.list.currentIndex())
    assert node is not None
    assert node.id == "gpus"


def _stop_of(entity_id: str) -> Rule:
    rule = for_entity(entity_id, scene.ecosystem(), scene.watchlist())
    return replace(rule, id=f"stop-{entity_id}", name_en="Below my stop", name_ko="내 손절선")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("nvda", ["NVDA", "stop-NVDA"]),  # behind whom they are about
        ("엔비디아", ["NVDA", "stop-NVDA"]),
        ("ㅅㅈㅅ", ["stop-NVDA", "stop-gpus"]),
        ("gpus", ["gpus", "stop-gpus"]),
        ("my stop", ["stop-NVDA", "stop-gpus"]),
        ("손절", ["stop-NVDA", "stop-gpus"]),
        ("elow", []),
    ],
)
def test_that_rules_are_found_by_their_names_and_by_what_they_are_about(
    index: FindIndex, text: str, ids: list[str]
) -> None:
    index.set_rules((_stop_of("NVDA"), _stop_of("gpus")))
    assert _ids(index, text) == ids
    index.set_rules(())
    assert not any(found.kind is AnswerKind.RULE for found in index.search(text))


def test_that_a_rule_is_found_as_it_reads_in_the_language_in_use(index: FindIndex) -> None:
    index.set_rules((_stop_of("NVDA"),))
    (found,) = index.search("my stop")
    said = "NVIDIA falls 3 standard errors or more beyond what the market explains."
    assert (found.title, found.note) == ("Below my stop", said)
    use_language(Language.KOREAN)
    index.rename()
    (found,) = index.search("my stop")
    assert found.title == "내 손절선"
    assert found.note.startswith("엔비디아")


def test_that_a_rule_called_like_a_company_is_found_by_none_of_its_spellings() -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    index.set_rules((replace(_stop_of("gpus"), id="openai"),))
    assert all(found.kind is not AnswerKind.RULE for found in index.search("chatgpt"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("tkatjdwjswk", "005930.KS"),  # 삼성전자
        ("tkatjd", "005930.KS"),  # 삼성: as 삼성SDS begins, too, which stands lower in the list
        ("gkdlsl", "000660.KS"),  # 하이니: in one word with SK
        ("dpsqleldk", "NVDA"),  # 엔비디아
        ("ㅜㅍㅇㅁ", "NVDA"),
        ("ㅡㅕ", "MU"),
        ("ㅐㅔ두먀", "openai"),
    ],
)
def test_that_a_name_is_found_that_was_typed_on_the_other_keyboard(text: str, first: str) -> None:
    world = load_world(user_folders(Path("nowhere")))
    assert _ids(FindIndex(world.ecosystem, world.watchlist), text)[0] == first


def test_that_a_few_letters_are_not_taken_for_the_other_keyboard() -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    for text in ("tks", "gkd", "ㅜ", "zzzz"):
        assert index.search(text) == ()


@pytest.mark.parametrize(("text", "command"), [("tjfwjd", "Settings"), ("ㄴㄷㅅ샤ㅜㅎㄴ", "Settings")])
def test_that_a_command_is_found_that_was_typed_on_the_other_keyboard(
    open_window: Callable[..., MainWindow], text: str, command: str
) -> None:
    assert open_window().find_index.search(text)[0].title == command


@pytest.mark.parametrize(("text", "first"), [("huang", "NVDA"), ("amodei", "anthropic"), ("pichai", "GOOGL")])
def test_that_a_person_is_found_by_the_last_name(text: str, first: str) -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    assert _ids(index, text)[0] == first
    assert not _ids(index, "live")  # an everyday word, which ends the name of a product


def test_that_a_data_center_is_found_in_either_spelling() -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    british = _ids(index, "data centre")
    assert len(british) > 4
    assert _ids(index, "data center") == british


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("theme", "Dark"),
        ("language", "English"),
        ("mute", "Pause popups for 1 hour"),
        ("exit", "Quit"),
        ("preferences", "Settings"),
        ("shortcuts", "Keyboard"),
        ("heatmap", "Heat map"),
        ("fullscreen", "Full screen"),
        ("news", "Headlines"),
        ("inbox", "Show or hide the alerts"),
        ("color blind", "Up blue, down orange"),
        ("종료", "Quit"),
        ("전체화면", "Full screen"),
        ("백업", "Settings"),
        ("노출", "Exposure map"),
        ("알람", "New alert"),
    ],
)
def test_that_a_command_is_found_by_what_other_programs_call_it(
    open_window: Callable[..., MainWindow], text: str, command: str
) -> None:
    window = open_window()
    found = window.find_index.search(text)
    commands = [each for each in found if each.kind is AnswerKind.COMMAND]
    assert command in [each.title for each in commands]
    keys = {shown_keys(action) for action in window.actions_known}
    assert all(each.note in keys for each in commands)  # beside a command are its keys, as ever


def test_that_every_other_name_is_that_of_a_command(open_window: Callable[..., MainWindow]) -> None:
    live = {action.names.en for action in open_window().actions_known if action.findable}
    assert set(ALSO) - live == {"Back to live prices"}  # which a replay has


def test_that_a_spelling_of_several_finds_each() -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    assert sorted(_ids(index, "삼전닉스")) == ["000660.KS", "005930.KS"]


def test_that_a_namesake_of_a_name_brings_no_command() -> None:
    world = load_world(user_folders(Path("nowhere")))
    index = FindIndex(world.ecosystem, world.watchlist)
    index.set_actions([Action(BilingualName("Quiet hours", "방해 금지"), lambda: None)])
    for namesake in ("constellation brands", "퓨리오사 매드맥스"):  # of a wine seller, and of a film
        assert all(found.kind is not AnswerKind.COMMAND for found in index.search(namesake))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("why is micron down", ["MU"]),
        ("Why is MU down today?", ["MU"]),
        ("nvidia's earnings", ["NVDA"]),
        ("compare bloom energy and nvidia", ["BE", "NVDA"]),
        ("why did arm fall", ["ARM"]),
        ("엔비디아 왜 떨어졌어?", ["NVDA"]),
        ("삼성전자가 왜 올랐지", ["005930.KS"]),
        ("tesla news", ["TSLA"]),
        ("what is it all about", []),
        ("is now a good time", []),
        ("is NOW a good time", ["NOW"]),
        ("IS NOW A GOOD TIME", []),
        ("NVDA AMD NOW", ["NVDA", "AMD", "NOW"]),
        ("is servicenow cheap now", ["NOW"]),
        ("now?", ["NOW"]),
    ],
)
def test_that_a_question_finds_whom_it_is_about(text: str, named: list[str]) -> None:
    world = load_world(user_folders(Path("nowhere")))
    assert _ids(FindIndex(world.ecosystem, world.watchlist), text) == named


def test_that_enter_leads_a_question_to_its_name_and_not_to_the_provider(qtbot: QtBot) -> None:
    world = load_world(user_folders(Path("nowhere")))
    window = QWidget()
    qtbot.addWidget(window)
    field = FindField(window)
    field.set_index(FindIndex(world.ecosystem, world.watchlist))
    window.show()
    chosen: list[str] = []
    asked: list[str] = []
    field.chosen.connect(chosen.append)
    field.look_up.connect(asked.append)
    QTest.keyClicks(field, "why is micron down")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (chosen, asked) == (["MU"], [])


def test_that_nothing_is_found_for_nothing(index: FindIndex) -> None:
    assert index.search("  ") == ()
    assert index.search("zzzz") == ()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("antropic", "anthropic"),
        ("opne ai", "openai"),
        ("stragate", "stargate"),
        ("앤쓰로픽", "anthropic"),
        ("nvdia", "NVDA"),
        ("samsng", "005930.KS"),
        ("하이닉수", "000660.KS"),
        ("anhtro", "anthropic"),
    ],
)
def test_that_a_misspelt_name_is_found_where_nothing_is_called_so(
    index: FindIndex, text: str, first: str
) -> None:
    assert _ids(index, text)[0] == first


@pytest.mark.parametrize("text", ["abnb", "zoom", "tesla", "테슬라", "airbnb", "mistakes"])
def test_that_another_name_is_no_misspelt_one(index: FindIndex, text: str) -> None:
    assert _ids(index, text) == []


def test_that_a_story_is_found_by_its_title_and_leads_to_its_entity(index: FindIndex) -> None:
    index.add_stories((scene.story(),))
    (found,) = index.search("slow to start")
    assert (found.entity_id, found.note) == ("stargate", "WSJ")


@pytest.mark.parametrize("text", ["start stargate", "openai's stargate", "“openai’s”", "SOFTBANK start"])
def test_that_a_story_is_found_by_words_of_its_title_in_any_order_and_with_the_quotes_of_any_keyboard(
    index: FindIndex, text: str
) -> None:
    story = scene.story()
    lead = replace(story.lead, title="SoftBank and “OpenAI’s” Stargate slow to start")
    index.add_stories((replace(story, lead=lead),))
    assert [found.title for found in index.search(text) if found.story_id] == [lead.title]


def test_that_a_story_about_nothing_listed_is_not_offered(index: FindIndex) -> None:
    story = scene.story()
    elsewhere = replace(story.reading, primary="elsewhere")
    index.add_stories((replace(story, reading=elsewhere),))
    assert index.search("slow to start") == ()


def test_that_a_long_publisher_leaves_a_story_its_title(qtbot: QtBot) -> None:
    answers = AnswerList(80)
    qtbot.addWidget(answers)
    answers.resize(460, 60)
    pictures = []
    for title in ("Stargate is slow to start, and nobody says when that will be otherwise", ""):
        answers.show_rows(
            [Answer("story", title, "The Weekend Edition of the Herald of Semiconductor News " * 2)]
        )
        pictures.append(answers.grab().toImage().copy(0, 0, 200, 60))
    assert pictures[0] != pictures[1]


def test_that_of_thousands_of_stories_only_those_that_are_kept_are_made_ready(
    index: FindIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    story, made = scene.story(), []
    monkeypatch.setattr(find_index.write, "plain", lambda text, most=0: made.append(text) or text)
    index.add_stories(
        [
            replace(story, id=f"s{n}", lead=replace(story.lead, title=f"Stargate report {n}"))
            for n in range(5000)
        ]
    )
    assert len(made) == 1000  # a title and a publisher of each
    assert [found.title for found in index.search("stargate report")][:1] == ["Stargate report 4999"]
    assert index.search("report 4500") != ()
    assert index.search("report 4499") == ()


def test_that_older_stories_that_come_behind_newer_ones_take_nobodys_place(index: FindIndex) -> None:
    story = scene.story()

    def told(numbers: range) -> list[Story]:
        return [
            replace(
                story,
                id=f"s{n}",
                lead=replace(
                    story.lead,
                    title=f"Stargate report {n}.",
                    published=story.lead.published + timedelta(minutes=n),
                ),
            )
            for n in numbers
        ]

    index.add_stories(told(range(600, 900)))
    index.add_stories(told(range(300, 600)))
    index.add_stories(told(range(300)))
    assert index.search("stargate report")[0].title == "Stargate report 899."
    assert index.search("report 400.") != ()
    assert index.search("report 399.") == ()


def test_that_names_are_shown_in_the_language_in_use(index: FindIndex) -> None:
    use_language(Language.KOREAN)
    index.rename()
    assert index.search("openai")[0].title == "오픈AI"


def test_that_initial_consonants_keep_other_letters() -> None:
    assert initial_consonants("SK하이닉스 2") == "SKㅎㅇㄴㅅ 2"


def test_that_keys_walk_the_answers_and_enter_chooses(index: FindIndex, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    field = FindField(window)
    field.set_index(index)
    window.show()
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    QTest.keyClicks(field, "s")
    assert field.answers.isVisible()
    second = field.found[1].entity_id
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen == [second]
    assert field.text() == ""
    assert not field.answers.isVisible()


def with_prices(window: MainWindow) -> MainWindow:
    """Let a window hear of what a day has."""
    for event in scene.events():
        window.apply(event)
    return window


def test_that_a_name_of_the_list_is_found_with_its_change_as_its_row_shows_it(
    open_window: Callable[..., MainWindow],
) -> None:
    window = with_prices(open_window())
    field = window.header.finder
    QTest.keyClicks(field, "nvidia")
    said = field.answers.item(1).data(Qt.ItemDataRole.AccessibleTextRole)
    row = window.list.change_of("NVDA").text
    assert row == "\u22122.54\u202f%"
    assert said == f"NVDA NVIDIA {row}"


def test_that_a_layer_is_found_with_its_change_as_its_row_shows_it(
    open_window: Callable[..., MainWindow],
) -> None:
    window = with_prices(open_window())
    field = window.header.finder
    QTest.keyClicks(field, "gpus")
    layer = next(row for row in field.answers.rows if row.gives is not None)
    change = window.list.change_of("gpus")
    assert (layer.figure, layer.way) == (change.text, change.arrow)
    assert change.arrow


def test_that_pages_and_ends_of_the_answers_are_walked_past_the_heads(index: FindIndex, qtbot: QtBot) -> None:
    field = FindField()
    qtbot.addWidget(field)
    field.set_index(index)
    QTest.keyClicks(field, "micro")
    given = [at for at, each in enumerate(field.given) if each is not None]
    assert len(given) < len(field.given)  # there are heads
    walked = []
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Down):
        QTest.keyClick(field, key)
        walked.append(field.answers.currentRow())
    assert walked == [given[min(8, len(given) - 1)], given[0], given[-1], given[0]]


def test_that_enter_takes_no_answer_unseen_and_an_arrow_shows_them_again(
    index: FindIndex, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(500, 400)
    field, other = FindField(window), QLineEdit(window)
    field.set_index(index)
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "nv")
    other.setFocus()
    qtbot.waitUntil(lambda: not field.answers.isVisible())
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    with qtbot.assertNotEmitted(field.chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.answers.isVisible()
    with qtbot.waitSignal(field.chosen):
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_escape_leaves_without_choosing(index: FindIndex, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = FindField(window)
    field.set_index(index)
    back = QShortcut(QKeySequence("Esc"), window)  # as the whole window has one
    window.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "nv")
    with qtbot.assertNotEmitted(back.activated), qtbot.assertNotEmitted(field.chosen):
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_that_a_page_that_was_pasted_is_searched_by_its_beginning(index: FindIndex, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = FindField(window)
    field.set_index(index)
    field.insert("\uac00" * 10_000)
    assert len(field.text()) == 200


def test_that_private_names_inside_layers_are_found_too() -> None:
    watched = scene.watchlist()
    cloud = replace(watched.layers[0], private=("anthropic",))
    moved = replace(watched, private=("openai",), layers=(cloud, *watched.layers[1:]))
    found = FindIndex(scene.ecosystem(), moved).search("anthropic")
    assert [answer.entity_id for answer in found] == ["anthropic"]
