"""Popups: one card per cause, changed in place, never in the way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QPropertyAnimation, QRect, Qt
from PySide6.QtGui import QAction, QEnterEvent, QFontMetrics, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.support.rig import Rig
from tests.ui import detail_scene as scene
from tests.ui import scene as list_scene
from tests.ui.scene import RecordedCommands, dress_in, speak

from stackwatch.domain.alert import BREAKER, Alert, AlertState, AwayReason, Member, MetCondition, SnoozeScope
from stackwatch.domain.events import AlertUpdated, AwayDigest, ClockTicked
from stackwatch.domain.market import MarketClock, Region
from stackwatch.domain.quote import Session
from stackwatch.domain.rule import Condition, Direction, RuleKind, Severity
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.domain.words.alert_words import source_words
from stackwatch.ui.alerts.note_cards import BreakerCard, DigestCard
from stackwatch.ui.alerts.snooze_menu import snooze_sections, snooze_spans
from stackwatch.ui.alerts.toast import MOST, ToastStack
from stackwatch.ui.alerts.toast_card import ToastCard
from stackwatch.ui.alerts.toast_facts import folded, toast_facts
from stackwatch.ui.alerts.toast_parts import SYMBOL_WIDTH, MemberFigures, member_names
from stackwatch.ui.frame.translation import Translations
from stackwatch.ui.kit.chips import ElidedText
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import Role, ThemeMode, build_theme, current_theme, px, use_theme
from stackwatch.ui.preferences.settings import LEAST_TEXT, MOST_TEXT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
OPEN = datetime(2025, 7, 23, 13, 30, tzinfo=UTC)
NYSE = MarketClock(
    calendar="XNYS", label="NYSE", phase=Session.POST, next_change=OPEN, next_opens=True, next_opening=OPEN
)


LEVEL = Condition(kind=RuleKind.PRICE_LEVEL, direction=Direction.UP, threshold=900.0)
LEVEL_ALERT = replace(scene.KLAC_ALERT, met=(MetCondition(condition=LEVEL, value=912.4),))


class Stack:
    """The popups with what they asked for."""

    def __init__(self) -> None:
        self.commands = RecordedCommands()
        self.toasts = ToastStack(scene.ecosystem(), self.commands)
        self.toasts.apply(ClockTicked(scene.NOW, (NYSE,), replay=True))

    def pop(self, *alerts: scene.Alert) -> ToastCard:
        for alert in alerts:
            self.toasts.apply(scene.raised(alert))
        card = self.toasts.cards[-1]
        assert isinstance(card, ToastCard)
        return card


def on_screen(monkeypatch: pytest.MonkeyPatch, height: int) -> None:
    """Have a screen of a height; that of the tests has 800."""
    monkeypatch.setattr(ToastStack, "_corner", lambda _self: QRect(0, 0, 1440, height))


@pytest.fixture
def stack(qapp: QApplication) -> Iterator[Stack]:
    stack = Stack()
    yield stack
    stack.toasts.close_all()
    qapp.processEvents()


def test_that_corners_are_cut_where_the_platform_would_paint_them_black(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stackwatch.ui.alerts.popup_card.QGuiApplication.platformName", lambda: "xcb")
    monkeypatch.setattr(ToastStack, "_host", lambda _self: None)
    card = stack.pop(scene.KLAC_ALERT)
    shape, edge = card.mask(), card.rect()
    corners = (edge.topLeft(), edge.topRight(), edge.bottomLeft(), edge.bottomRight())
    assert not any(shape.contains(corner) for corner in corners)
    assert shape.boundingRect() == edge
    picture = card.grab().toImage()  # what is left outside the curve is painted, for X11 shows it black
    left = [QPoint(x, y) for x in range(8) for y in range(8) if shape.contains(QPoint(x, y))]
    assert all(picture.pixelColor(spot).alpha() == 255 for spot in left)


def test_that_an_alert_that_may_not_pop_up_never_does(stack: Stack) -> None:
    stack.toasts.apply(scene.raised(scene.KLAC_ALERT, popup=False))
    assert stack.toasts.cards == ()
    assert stack.commands.calls == []


def test_that_a_shown_alert_is_recorded_as_shown(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    assert card.isVisible()
    assert stack.commands.calls == [("note_shown", "a5")]


def test_that_a_popup_never_takes_the_focus(stack: Stack) -> None:
    before = QApplication.activeWindow()
    card = stack.pop(scene.KLAC_ALERT)
    assert QApplication.activeWindow() is before
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def test_that_the_pointer_reads_what_a_card_has_no_room_or_word_for(stack: Stack) -> None:
    match = scene.STARGATE_ALERT.match
    assert match is not None
    title = "KLA falls after a large customer in Texas delays its orders of tools to 2029 and beyond"
    story = replace(match.story, lead=replace(match.story.lead, title=title))
    card = stack.pop(replace(scene.KLAC_ALERT, match=replace(match, story=story)))
    assert card.testAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)  # its window never has the keyboard
    long = next(each for each in card.findChildren(ElidedText) if title in each.text())
    sar = next(each for each in card.findChildren(ElidedText) if each.text() == "SAR")
    assert ", ," not in sar.parentWidget().accessibleDescription()  # heard as a line that is missing
    card.grab()  # what is cut says so once it is painted
    for part, told in ((long, title), (sar, "standard errors"), (card.close_button, "Close")):
        place = part.rect().center()
        QApplication.sendEvent(part, QHelpEvent(QEvent.Type.ToolTip, place, part.mapToGlobal(place)))
        assert told in QToolTip.text()
    QToolTip.hideText()


def test_that_one_share_shows_its_figures_and_that_nothing_was_found(stack: Stack) -> None:
    facts = stack.pop(scene.KLAC_ALERT).facts
    assert facts is not None
    assert (facts.title, facts.what, facts.time) == ("KLAC", "KLA", "15:58")
    assert facts.single is not None
    assert facts.single.sar == -2.9
    assert [(r.icon, r.words, r.aside) for r in facts.reasons] == [
        ("question", "No clear news found", "LRCX moved the same way")
    ]


def test_that_a_card_names_what_was_read_of_a_share_and_is_no_reason(stack: Stack) -> None:
    match = scene.STARGATE_ALERT.match
    card = stack.pop(replace(scene.KLAC_ALERT, untied=match))
    assert card.facts is not None
    assert match is not None
    assert [(r.icon, r.words, r.aside) for r in card.facts.reasons] == [
        ("question", "No clear news found", "LRCX moved the same way"),
        ("newspaper", f"WSJ: {match.story.lead.title}", "Mon 18:02, not tied"),
    ]


def test_that_a_card_says_what_a_rule_saw_on_a_line_above_the_reason(stack: Stack) -> None:
    plain = stack.pop(scene.KLAC_ALERT).height()
    stack.toasts.close_all()
    card = stack.pop(LEVEL_ALERT)
    assert card.facts is not None
    assert [(r.icon, r.words) for r in card.facts.reasons] == [
        ("bell", "912.40 USD, above 900.00"),
        ("question", "No clear news found"),
    ]
    assert "912.40 USD, above 900.00." in card.accessibleName()
    assert card.height() == plain + 22, "one line more"
    speak(stack.toasts, Language.KOREAN)
    assert card.facts is not None
    assert card.facts.reasons[0].words == "912.40 USD, 900.00 상향 돌파"


def test_that_a_card_about_a_cause_leaves_what_each_rule_saw_to_the_list() -> None:
    other = replace(LEVEL_ALERT, id="b2", subject="LRCX", group=scene.STARGATE_ALERT.group)
    facts = toast_facts([replace(LEVEL_ALERT, group=other.group), other], scene.ecosystem(), scene.NOW)
    assert facts.title == "Stargate"
    assert "bell" not in [reason.icon for reason in facts.reasons]


def test_that_cards_that_stand_over_midnight_name_the_day_where_it_is_midnight(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen(monkeypatch, 1080)
    there = stack.pop(replace(scene.KLAC_ALERT, id="k", subject="9984.T", group="symbol:9984.T"))
    here, cause = stack.pop(scene.KLAC_ALERT), stack.pop(scene.STARGATE_ALERT)

    def times(hours: float) -> tuple[str, str]:
        stack.toasts.apply(ClockTicked(scene.NOW + timedelta(hours=hours), (NYSE,)))
        assert here.facts is not None
        assert there.facts is not None
        return here.facts.time, there.facts.time

    assert times(0) == times(2) == ("15:58", "04:58 JST"), "one moment"
    assert times(8) == ("Tue 15:58", "04:58 JST"), "midnight in New York"
    assert cause.facts is not None
    assert cause.facts.reasons[1].aside == "Tue 13:20, other way"
    assert times(20) == ("Tue 15:58", "Wed 04:58 JST"), "midnight in Tokyo"
    speak(stack.toasts, Language.KOREAN)
    assert times(20) == ("(화) 15:58", "도쿄 (수) 04:58")
    assert times(24 * 9)[0] == "2025-07-22(화) 15:58"


def test_that_a_digest_and_a_paused_rule_name_the_day_once_it_is_another(stack: Stack) -> None:
    fired = replace(scene.KLAC_ALERT, suppressed_by=BREAKER)
    stack.toasts.apply(scene.raised(fired, popup=False))
    since = scene.NOW - timedelta(hours=3)
    stack.toasts.apply(AwayDigest(AwayReason.WAKE, since, scene.NOW, (scene.KLAC_ALERT,)))
    said = [text.text() for card in stack.toasts.cards for text in card.findChildren(ElidedText)]
    assert {"15:58", "16:05", "13:05 to 16:05 ET"} <= set(said)
    stack.toasts.apply(ClockTicked(scene.NOW + timedelta(hours=8), (NYSE,)))
    said = [text.text() for card in stack.toasts.cards for text in card.findChildren(ElidedText)]
    assert {"Tue 15:58", "Tue 16:05", "Tue 13:05 to Tue 16:05 ET"} <= set(said)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text_px", [LEAST_TEXT, 12, MOST_TEXT])
def test_that_no_symbol_in_the_table_of_a_group_is_cut_and_a_number_is_told_by_its_name(
    rig: Rig, text_px: int, language: Language
) -> None:
    """Both makers of memory in Seoul stood there as five figures and three dots."""
    use_theme(build_theme(ThemeMode.LIGHT, base_px=text_px))
    use_language(language)
    metrics = QFontMetrics(current_theme().font(Role.SYMBOL))
    ecosystem = rig.engine.parts.ecosystem
    for symbol in ecosystem.instruments:
        short, beside = member_names(symbol, ecosystem)
        assert not beside or metrics.horizontalAdvance(short) <= px(SYMBOL_WIDTH), symbol
    hynix = ecosystem.names_of("000660.KS").get(language)
    assert member_names("000660.KS", ecosystem) == (hynix, "")
    assert member_names("NVDA", ecosystem)[0] == "NVDA"
    shown = MemberFigures(ecosystem)
    shown.resize(px(350), 1)
    seoul = tuple(Member(symbol=symbol, move_pct=-2.0) for symbol in ("000660.KS", "005930.KS"))
    pictures = []
    for opened in (False, True):
        shown.put(seoul, ("", "", ""), opened=opened)
        pictures.append(shown.grab().toImage())
        shown.put(seoul[::-1], ("", "", ""), opened=opened)
        assert shown.grab().toImage() != pictures[-1]


def test_that_a_cause_shows_its_members_story_and_the_news_that_points_the_other_way() -> None:
    facts = toast_facts([scene.STARGATE_ALERT], scene.ecosystem(), scene.NOW)
    assert (facts.title, facts.what) == ("Stargate", "4 of 5 linked names down")
    assert facts.verdict == "None is beyond its usual range, 1 not judged"
    assert facts.single is None
    assert [r.icon for r in facts.reasons] == ["newspaper", "arrows-left-right"]
    assert facts.reasons[0].aside == "Mon 18:02, 23 copies"
    assert facts.reasons[1].aside == "13:20, other way"


def test_that_a_round_up_is_told_by_what_it_says_of_the_share() -> None:
    told = replace(scene.NVDA_ALERT, match=scene.match(scene.ROUND_UP), opposing=scene.match(scene.ROUND_UP))
    for reason in toast_facts([told], scene.ecosystem(), scene.NOW).reasons:
        assert reason.clause is not None
        assert reason.words.endswith(reason.clause.title)
        assert reason.clause.title[reason.clause.begins :] == "NVDA falters despite upbeat outlook"


def test_that_the_folded_row_has_the_three_largest_and_the_one_that_goes_the_other_way() -> None:
    assert [m.symbol for m in folded(scene.STARGATE_ALERT.members)] == ["ARM", "NVDA", "ORCL", "9984.T"]


def test_that_the_folded_row_names_who_has_a_number_for_a_symbol(qtbot: QtBot) -> None:
    known = scene.ecosystem()

    def drawn(name: str) -> QImage:
        softbank = replace(known.instruments["9984.T"], names=BilingualName(name, name))
        row = MemberFigures(replace(known, instruments={**known.instruments, "9984.T": softbank}))
        qtbot.addWidget(row)
        row.resize(340, 18)
        row.put(scene.STARGATE_ALERT.members, ("", "", ""), opened=False)
        return row.grab().toImage()

    assert drawn("SoftBank") == drawn("SoftBank")
    assert drawn("SoftBank") != drawn("Softbanc")
    assert drawn("SoftBank Group of Japan") != drawn("SoftBank"), "cut where it stands"


def test_that_a_rise_begins_with_what_rose_though_most_fell() -> None:
    """The open table holds eight: of a rise they are those that rose."""
    rise = replace(scene.STARGATE_ALERT, subject="cloud", group="layer:cloud:up")
    facts = toast_facts([rise], scene.ecosystem(), scene.NOW)
    assert facts.members[0].symbol == "9984.T"
    assert [m.symbol for m in folded(facts.members)] == ["9984.T", "ARM"]


def test_that_a_story_about_a_private_company_shows_its_title() -> None:
    facts = toast_facts([scene.OPENAI_ALERT], scene.ecosystem(), scene.NOW)
    assert (facts.title, facts.what) == ("OpenAI", "new story, capacity")
    assert facts.verdict == "OpenAI and Oracle add 4.5 GW to Stargate"
    assert scene.OPENAI_ALERT.match is not None
    told = replace(scene.OPENAI_ALERT.match, story=replace(scene.MORE, copies=23))
    copied = toast_facts([replace(scene.OPENAI_ALERT, match=told)], scene.ecosystem(), scene.NOW)
    assert (copied.reasons[0].words, copied.reasons[0].aside) == ("OpenAI", "13:20, 23 copies")


def test_that_a_share_that_is_called_by_its_name_is_named_once() -> None:
    heads = []
    for symbol in ("9984.T", "NVDA"):
        facts = toast_facts([scene.alert("b1", symbol, 18, 0)], scene.ecosystem(), scene.NOW)
        heads.append((facts.title, facts.what))
    assert heads == [("SoftBank", ""), ("NVDA", "NVIDIA")]


def test_that_a_second_alert_of_the_group_changes_the_card_in_place(stack: Stack) -> None:
    first = scene.alert("b1", "NVDA", 18, 0, group="cause:stargate", match=scene.match(scene.SLOW))
    second = scene.alert("b2", "ARM", 18, 1, group="cause:stargate", match=scene.match(scene.SLOW))
    card = stack.pop(first)
    assert stack.pop(second) is card
    assert card.facts is not None
    assert card.facts.title == "Stargate"
    assert {m.symbol for m in card.facts.members} == {"NVDA", "ARM"}
    assert stack.commands.calls == [("note_shown", "b1"), ("note_shown", "b2")]


def test_that_a_card_that_stood_over_night_is_not_mixed_with_the_one_of_the_day_that_follows(
    stack: Stack,
) -> None:
    group = {"group": "layer:gpu:down", "severity": Severity.SEVERE}
    monday = scene.alert("b1", "NVDA", 18, 0, **group, session_key="2025-07-21")
    tuesday = scene.alert("b2", "ARM", 18, 1, **group, session_key="2025-07-22")
    seoul = scene.alert("b3", "000660.KS", 18, 2, **group, session_key="2025-07-22", region=Region.ASIA)
    first = stack.pop(monday)
    assert [stack.pop(tuesday), stack.pop(seoul)] == list(stack.toasts.cards[1:])
    named = [card.accessibleName().split(" ")[1].rstrip(".") for card in stack.toasts.cards]  # "Replay: NVDA"
    assert named == ["NVDA", "ARM", "000660.KS"]
    first.seen_button.click()
    assert ("mark_seen", "b2") not in stack.commands.calls


def test_that_a_share_that_joins_the_card_of_the_whole_list_does_not_take_its_place(stack: Stack) -> None:
    members = tuple(scene.member(symbol) for symbol in ("NVDA", "SNPS", "KLAC"))
    group = "list:ai-ecosystem:down"
    whole = scene.alert("b1", "ai-ecosystem", 18, 0, group=group, members=members, linked_total=5)
    later = scene.alert("b2", "ARM", 18, 9, group=group, members=(scene.member("ARM"),))
    card = stack.pop(whole)
    assert stack.pop(later) is card
    assert card.facts is not None
    assert card.facts.alert.subject == "ai-ecosystem"
    assert {m.symbol for m in card.facts.members} == {"NVDA", "SNPS", "KLAC", "ARM"}


def test_that_what_joins_a_card_is_shown_as_long_as_a_card_of_its_own(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scene.alert("b1", "NVDA", 18, 0, group="symbol:NVDA:down")
    card = stack.pop(first)
    started: list[bool] = []
    monkeypatch.setattr(card._clock, "start", lambda: started.append(True))
    stack.pop(replace(first, id="b2"))
    assert started == [True]
    stack.pop(replace(first, id="b3", severity=Severity.SEVERE))
    assert not card.counting, "it stays until it is closed"


def test_that_a_cause_that_is_a_share_keeps_its_own_figures() -> None:
    nvda = scene.alert("b1", "NVDA", 18, 0, group="cause:NVDA", match=scene.match(scene.SLOW))
    arm = scene.alert("b2", "ARM", 18, 1, group="cause:NVDA", move_pct=-3.35, sar=-0.8)
    facts = toast_facts([nvda, arm], scene.ecosystem(), scene.NOW)
    assert facts.title == "NVDA"
    assert facts.single is not None
    assert facts.single.move_pct == scene.MOVES["NVDA"].move_pct


def test_that_an_update_changes_the_text_and_never_shows_again(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    better = replace(scene.KLAC_ALERT, match=scene.match(scene.SLOW), verdict=scene.Verdict.NEWS)
    stack.toasts.apply(AlertUpdated(better))
    assert stack.toasts.cards == (card,)
    assert card.facts is not None
    assert card.facts.reasons[0].words.startswith("WSJ: ")
    assert stack.commands.calls == [("note_shown", "a5")]


def test_that_an_alert_dealt_with_elsewhere_takes_its_card_away(stack: Stack) -> None:
    stack.pop(scene.KLAC_ALERT)
    stack.toasts.apply(AlertUpdated(replace(scene.KLAC_ALERT, state=AlertState.SEEN)))
    assert stack.toasts.cards == ()


def test_that_the_tick_of_a_card_ends_no_snooze_of_a_name_on_it(qtbot: QtBot, stack: Stack) -> None:
    other = replace(scene.KLAC_ALERT, id="another", rule_id="another")
    card = stack.pop(scene.KLAC_ALERT, other)
    until = scene.NOW + timedelta(hours=5)
    snoozed = replace(scene.KLAC_ALERT, state=AlertState.SNOOZED, snoozed_until=until)
    stack.toasts.apply(AlertUpdated(replace(snoozed, snooze_scope=SnoozeScope.NAME, snoozed_name="KLAC")))
    assert stack.toasts.cards == (card,)
    qtbot.mouseClick(card.seen_button, Qt.MouseButton.LeftButton)
    assert [call[1:] for call in stack.commands.calls if call[0] == "mark_seen"] == [("another",)]


def test_that_an_update_of_an_alert_that_is_not_shown_opens_nothing(stack: Stack) -> None:
    stack.toasts.apply(AlertUpdated(scene.KLAC_ALERT))
    assert stack.toasts.cards == ()


def test_that_cards_cover_at_most_half_of_a_low_screen(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    on_screen(monkeypatch, 500)
    severe = stack.pop(scene.alert("s", "NVDA", 18, 0, severity=Severity.SEVERE))
    for number, symbol in enumerate(("ARM", "ORCL")):
        newest = stack.pop(scene.alert(f"c{number}", symbol, 18, number + 1))
    assert stack.toasts.cards == (severe, newest)
    assert len(stack.toasts._missed) == 1
    assert sum(card.height() for card in stack.toasts.cards) <= 250


def popped(stack: Stack, monkeypatch: pytest.MonkeyPatch, height: int) -> list[ToastCard]:
    """Show three cards on a screen of a height, the oldest first."""
    on_screen(monkeypatch, height)
    symbols = ("NVDA", "ARM", "ORCL")
    return [stack.pop(scene.alert(f"c{n}", symbol, 18, n)) for n, symbol in enumerate(symbols)]


def whole(card: ToastCard) -> list[bool]:
    """Return whether reason, buttons, and what would show them are there."""
    parts = (card._reasons[0], card.open_button, card.whole_button)
    return [part.isVisible() for part in parts]


def test_that_older_cards_are_brief_on_a_low_screen_and_whole_once_they_are_clicked(
    qtbot: QtBot, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more was pushed off, and counted, where its figures have room."""
    cards = popped(stack, monkeypatch, 720)
    oldest, older, newest = cards
    assert stack.toasts.cards == (*cards,)
    assert stack.toasts._missed == []
    assert [*map(whole, cards)] == [[False, False, True], [False, False, True], [True, True, False]]
    assert older._single.isVisible()
    assert older.height() < newest.height() - 40
    assert sum(card.height() for card in cards) <= 360
    assert oldest.geometry().bottom() < older.y()
    for card, part in ((oldest, oldest), (older, older.whole_button)):
        qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
        assert whole(card) == [True, True, False]
    assert oldest.geometry().bottom() < older.y()
    assert older.geometry().bottom() < newest.y()


def test_that_cards_are_whole_where_the_screen_has_room(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {*map(tuple, map(whole, popped(stack, monkeypatch, 1080)))} == {(True, True, False)}


def test_that_a_brief_card_is_whole_for_the_keyboard_and_for_what_joins_it(
    qtbot: QtBot, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    oldest, older, newest = popped(stack, monkeypatch, 720)
    stack.pop(scene.alert("again", "NVDA", 18, 5))
    assert whole(oldest) == [True, True, False]
    older.focus()
    assert whole(older) == [True, True, False]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is older.open_button)
    assert whole(newest) == [False, False, True]  # by now it is older than what joined another


def test_that_a_severe_card_is_brief_after_the_others_and_never_pushed_off_for_room(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen(monkeypatch, 720)
    severe = [
        stack.pop(scene.alert("s", "NVDA", 18, 0, severity=Severity.SEVERE)),
        stack.pop(scene.alert("t", "VRT", 18, 0, severity=Severity.SEVERE)),
    ]
    assert [*map(whole, severe)] == [[True, True, False]] * 2
    mild = stack.pop(scene.alert("b", "ARM", 18, 1))
    assert [*map(whole, (*severe, mild))] == [[False, False, True]] * 2 + [[True, True, False]]
    assert sum(card.height() for card in stack.toasts.cards) <= 288
    on_screen(monkeypatch, 500)
    newest = stack.pop(scene.alert("c", "ORCL", 18, 2))
    assert stack.toasts.cards == (*severe, newest)
    newest.close()
    assert [*map(whole, severe)] == [[False, False, True], [True, True, False]], "it is the newest by now"
    severe[0].focus()
    assert whole(severe[0]) == [True, True, False]


def test_that_a_brief_card_about_news_keeps_its_title(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    on_screen(monkeypatch, 600)
    story = stack.pop(scene.OPENAI_ALERT)
    stack.pop(scene.KLAC_ALERT)
    assert whole(story) == [False, False, True]
    assert (story._verdict.isVisible(), story._verdict.text()) == (
        True,
        "OpenAI and Oracle add 4.5 GW to Stargate",
    )


def test_that_three_cards_stand_at_most_and_the_rest_is_counted(
    qtbot: QtBot, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen(monkeypatch, 1080)
    for number, symbol in enumerate(("NVDA", "ARM", "ORCL", "VRT", "SMCI")):
        stack.pop(scene.alert(f"c{number}", symbol, 18, number))
    assert len(stack.toasts.cards) == MOST
    assert len(stack.toasts._missed) == 2
    more = stack.toasts._more
    assert more is not None
    assert (more.text(), more.isVisible()) == ("2 more", True)
    newest = stack.toasts.cards[-1].geometry()
    assert more.geometry().right() < newest.left(), "above the cards it stood on a chart's last price"
    assert more.geometry().bottom() == newest.bottom()
    with qtbot.waitSignal(stack.toasts.alert_activated) as asked:
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert asked.args == ["c1"]
    assert not more.isVisible()


def test_that_an_alert_that_is_seen_elsewhere_is_no_further_one(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen(monkeypatch, 1080)
    symbols = ("NVDA", "ARM", "ORCL", "VRT", "SMCI")
    alerts = [scene.alert(f"c{number}", symbol, 18, number) for number, symbol in enumerate(symbols)]
    stack.pop(*alerts)
    more = stack.toasts._more
    assert more is not None
    stack.toasts.apply(AlertUpdated(replace(alerts[0], linked_total=7)))
    stack.toasts.apply(AlertUpdated(replace(alerts[1], state=AlertState.SEEN)))
    assert more.text() == "1 more"
    stack.toasts.apply(AlertUpdated(replace(alerts[0], state=AlertState.SNOOZED)))
    assert not more.isVisible()
    assert len(stack.toasts.cards) == MOST


def test_that_a_severe_card_is_the_last_to_be_pushed_off(stack: Stack) -> None:
    severe = stack.pop(scene.alert("s", "NVDA", 18, 0, severity=Severity.SEVERE))
    for number, symbol in enumerate(("ARM", "ORCL", "VRT")):
        stack.pop(scene.alert(f"c{number}", symbol, 18, number + 1))
    assert severe in stack.toasts.cards


def test_that_cards_stand_above_a_window_that_fills_the_screen_and_let_go_of_it(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(ToastStack, "_host", lambda _self: None)
    window = QWidget()
    qtbot.addWidget(window)
    toasts = ToastStack(scene.ecosystem(), RecordedCommands(), window)
    toasts.apply(scene.raised(replace(scene.KLAC_ALERT, id="before", group="symbol:A")))
    window.showFullScreen()
    toasts.apply(scene.raised(scene.KLAC_ALERT))
    above = [card.windowHandle().transientParent() for card in toasts.cards]
    assert above == [window.windowHandle()] * 2
    assert all(card.isVisible() and card.windowHandle().isVisible() for card in toasts.cards)
    window.showNormal()
    toasts.arrange()
    assert [card.windowHandle().transientParent() for card in toasts.cards] == [None, None]
    assert all(card.windowHandle().isVisible() for card in toasts.cards)
    toasts.close_all()


@pytest.mark.parametrize("change", ["unplugged", "other room"])
def test_that_cards_go_to_the_screen_that_is_left(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qapp: QApplication, change: str
) -> None:
    beside, left = QRect(1440, 0, 1440, 900), QRect(0, 0, 1024, 700)
    monkeypatch.setattr(ToastStack, "_corner", lambda _self: beside)
    for alert_id in "abc":
        severe = replace(scene.KLAC_ALERT, id=alert_id, group=f"symbol:{alert_id}", severity=Severity.SEVERE)
        stack.pop(severe)
    assert all(beside.contains(card.geometry()) for card in stack.toasts.cards)
    monkeypatch.setattr(ToastStack, "_corner", lambda _self: left)
    screen = qapp.primaryScreen()
    if change == "unplugged":
        qapp.screenRemoved.emit(screen)
    else:
        screen.availableGeometryChanged.emit(left)
    qtbot.waitUntil(lambda: all(left.contains(card.geometry()) for card in stack.toasts.cards))
    assert [card.isVisible() for card in stack.toasts.cards] == [True] * MOST, "none is lost"


def test_that_the_newest_card_is_nearest_the_corner(stack: Stack) -> None:
    old, new = stack.pop(scene.LRCX_ALERT), stack.pop(scene.KLAC_ALERT)
    screen = QApplication.primaryScreen().availableGeometry()
    assert new.geometry().bottom() == screen.bottom() - 16
    assert new.geometry().right() == screen.right() - 16
    assert old.geometry().bottom() + 1 + 8 == new.geometry().top()


def test_that_the_clock_runs_for_12_seconds_and_never_for_a_severe_alert(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    assert card.counting
    assert card._clock.interval() == 12_000
    assert not stack.pop(scene.alert("s", "NVDA", 18, 0, severity=Severity.SEVERE)).counting


def test_that_the_clock_of_a_card_in_a_hidden_window_runs_once_that_is_shown(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 900)
    toasts = ToastStack(scene.ecosystem(), RecordedCommands(), window)
    toasts.apply(scene.raised(scene.KLAC_ALERT))
    toasts.apply(scene.raised(scene.alert("s", "NVDA", 18, 0, severity=Severity.SEVERE)))
    assert [card.counting for card in toasts.cards] == [False, False]
    window.show()
    assert [card.counting for card in toasts.cards] == [True, False]


def test_that_the_pointer_stops_the_clock(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    QApplication.sendEvent(card, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert not card.counting
    QApplication.sendEvent(card, QEvent(QEvent.Type.Leave))
    assert card.counting


def test_that_no_card_goes_from_below_one_that_the_pointer_is_on(
    qtbot: QtBot, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_screen(monkeypatch, 1080)
    read, other = stack.pop(scene.KLAC_ALERT), stack.pop(scene.alert("c", "NVDA", 18, 0))
    monkeypatch.setattr(read, "underMouse", lambda: True)
    QApplication.sendEvent(read, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    newest = stack.pop(scene.alert("d", "ARM", 18, 1))
    assert not any(card.counting for card in (read, other, newest))
    last = stack.pop(scene.alert("e", "ORCL", 18, 2))
    assert stack.toasts.cards == (read, newest, last)
    monkeypatch.undo()
    QApplication.sendEvent(read, QEvent(QEvent.Type.Leave))
    assert all(card.counting for card in (read, last, newest))
    last.focus()
    qtbot.waitUntil(lambda: not newest.counting)
    last.dismiss()
    qtbot.waitUntil(lambda: read.counting and newest.counting)


def test_that_the_keyboard_stops_the_clock_until_it_is_elsewhere(qtbot: QtBot, stack: Stack) -> None:
    window = QLineEdit()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    card = stack.pop(scene.KLAC_ALERT)
    card.focus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.open_button)
    for passing in (QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)), QEvent(QEvent.Type.Leave)):
        QApplication.sendEvent(card, passing)
    assert not card.counting  # the pointer only passed: it would have gone from under the keyboard
    card.fill_menu()
    card.menu.popup(card.pos())
    card.menu.close()
    assert not card.counting
    window.activateWindow()
    window.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window)
    assert card.counting
    card.pause()
    card.menu.popup(card.pos())
    card.menu.close()
    assert card.counting  # with the mouse, which is elsewhere now


def test_that_a_card_whose_time_is_over_goes_away(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    card._clock.timeout.emit()
    assert stack.toasts.cards == ()


def test_that_open_marks_seen_and_names_alert_and_entity(qtbot: QtBot, stack: Stack) -> None:
    card = stack.pop(scene.STARGATE_ALERT)
    with qtbot.waitSignals([stack.toasts.alert_activated, stack.toasts.entity_activated]):
        qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    assert ("mark_seen", "a4") in stack.commands.calls
    assert stack.toasts.cards == ()


def test_that_read_leads_to_the_story_of_a_card_that_says_nothing_else(qtbot: QtBot, stack: Stack) -> None:
    card = stack.pop(scene.OPENAI_ALERT)
    with qtbot.waitSignal(stack.toasts.story_chosen) as heard:
        qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    assert heard.args == ["openai", scene.MORE.id]


def test_that_escape_closes_without_marking_seen(qtbot: QtBot, stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert stack.toasts.cards == ()
    assert stack.commands.calls == [("note_shown", "a5")]


def test_that_a_fold_opens_the_table_and_less_closes_it(qtbot: QtBot, stack: Stack) -> None:
    card = stack.pop(scene.STARGATE_ALERT)
    low = card.height()
    assert card.fold_button.text() == "5 names"
    qtbot.mouseClick(card.fold_button, Qt.MouseButton.LeftButton)
    assert card.height() > low + 60
    assert card.fold_button.text() == "Less"
    qtbot.mouseClick(card.fold_button, Qt.MouseButton.LeftButton)
    assert card.height() == low


def test_that_a_snooze_choice_is_sent_and_the_card_goes(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    later = scene.NOW + timedelta(hours=2)
    stack.toasts.apply(ClockTicked(later, markets=(NYSE,)))
    card.fill_menu()  # a severe card stays: its snoozes begin when they are chosen
    first = card.menu.actions()[0]
    assert first.text() == "15 minutes\t18:20 ET"
    first.trigger()
    assert stack.commands.calls[-1] == (
        "snooze", "a5", later + timedelta(minutes=15), SnoozeScope.CAUSE, "",
    )  # fmt: skip
    assert stack.toasts.cards == ()


def test_that_snooze_choices_end_at_the_next_open_and_on_monday() -> None:
    choices = snooze_spans(scene.NOW, (NYSE,), "America/New_York")
    assert [(c.words, c.clock) for c in choices] == [
        ("15 minutes", "16:20 ET"),
        ("1 hour", "17:05 ET"),
        ("Until NYSE opens", "Wed 09:30 ET"),
        ("Until Monday", "28 Jul"),
    ]


@pytest.mark.parametrize(
    ("now", "midnight", "monday"),
    [  # in UTC; New York changes its clocks on 8 March and 1 November 2026, both Sundays
        ("2026-03-08T06:30", "2026-03-09T04:00", "2026-03-09T04:00"),
        ("2026-03-07T23:00", "2026-03-08T05:00", "2026-03-09T04:00"),
        ("2026-11-01T04:30", "2026-11-02T05:00", "2026-11-02T05:00"),
        ("2026-11-01T06:30", "2026-11-02T05:00", "2026-11-02T05:00"),
        ("2026-11-02T04:59", "2026-11-02T05:00", "2026-11-02T05:00"),
        ("2026-10-31T16:00", "2026-11-01T04:00", "2026-11-02T05:00"),
    ],
)
def test_that_today_and_monday_end_at_midnight_also_where_the_clocks_change(
    now: str, midnight: str, monday: str
) -> None:
    moment, ends, week = (
        datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (now, midnight, monday)
    )
    sections = snooze_sections(scene.KLAC_ALERT, moment, (NYSE,), scene.ecosystem())
    assert sections[1].choices[0].until == sections[-1].choices[0].until == ends
    assert sections[0].choices[-1].until == week


def test_that_today_and_monday_are_those_of_the_shares_own_exchange() -> None:
    softbank = replace(scene.KLAC_ALERT, subject="9984.T", members=())
    noon = datetime(2025, 7, 18, 3, tzinfo=UTC)  # Friday in Tokyo, 23:00 the evening before in New York
    spans, *_, rule = snooze_sections(softbank, noon, (), scene.ecosystem())
    assert rule.choices[0].until == datetime(2025, 7, 18, 15, tzinfo=UTC)
    assert rule.choices[0].clock == "Sat 00:00 JST"
    monday = spans.choices[-1]
    assert (monday.until, monday.clock) == (datetime(2025, 7, 20, 15, tzinfo=UTC), "21 Jul")


def seoul_morning(subject: str = "memory") -> Alert:
    """Return the alert of a group at 09:28 on a Wednesday in Seoul, Tuesday evening in New York."""
    members = tuple(Member(symbol=symbol, move_pct=-5.0) for symbol in ("000660.KS", "005930.KS"))
    fired = datetime(2025, 7, 23, 0, 28, tzinfo=UTC)
    alert = scene.alert("b1", subject, 0, 28, members=members, linked_total=2, match=scene.match(scene.SLOW))
    return replace(alert, fired_at=fired, session_key="2025-07-23", region=Region.ASIA)


@pytest.mark.parametrize("subject", ["memory", "stargate", "ai-ecosystem"])
def test_that_what_asias_session_did_to_a_group_is_told_in_the_time_of_its_members(subject: str) -> None:
    alert, ecosystem = seoul_morning(subject), list_scene.ecosystem()
    facts = toast_facts([alert], ecosystem, alert.fired_at)
    assert facts.time == "09:28 KST"
    assert [reason.aside for reason in facts.reasons[:1]] == ["Tue 07:02, 23 copies"]
    assert source_words(scene.SLOW, alert, ecosystem, Language.KOREAN).endswith(", 서울 (화) 07:02")
    evening = replace(alert, region=Region.AMERICA, members=(scene.member("NVDA"), scene.member("ARM")))
    assert toast_facts([evening], ecosystem, alert.fired_at).time == "20:28"


def test_that_a_group_of_asias_session_is_silent_to_the_end_of_the_day_there() -> None:
    alert = seoul_morning()
    _spans, cause, *_ = snooze_sections(alert, alert.fired_at, (), list_scene.ecosystem())
    assert cause.choices[0].until == datetime(2025, 7, 23, 15, tzinfo=UTC), "not at 13:00 in Seoul"
    assert cause.choices[0].clock == "Thu 00:00 KST"


def test_that_a_snooze_ends_with_the_open_of_the_shares_own_market() -> None:
    soon = scene.NOW + timedelta(hours=4)
    seoul = replace(NYSE, calendar="XKRX", label="KRX", next_opening=soon)
    trading = replace(
        NYSE, phase=Session.REGULAR, next_change=scene.NOW + timedelta(hours=1), next_opens=False
    )
    for market in (NYSE, trading, replace(trading, next_opening=None)):
        sections = snooze_sections(scene.KLAC_ALERT, scene.NOW, (seoul, market), scene.ecosystem())
        opens = [choice.words for choice in sections[0].choices if "opens" in choice.words]
        assert opens == ["Until NYSE opens"] * (market.next_opening is not None)  # never the open of Seoul


def item(card: ToastCard, beginning: str) -> QAction:
    """Return an item of the snooze menu, or of the menu of names in it."""
    card.fill_menu()
    menus = [card.menu, card.menu._names]
    return next(a for menu in menus for a in menu.actions() if a.text().startswith(beginning))


@pytest.mark.parametrize(
    ("beginning", "asked"),
    [
        ("Stargate today", (SnoozeScope.CAUSE, "")),
        ("ARM", (SnoozeScope.NAME, "ARM")),
        ("Rule today: ", (SnoozeScope.RULE, "")),
    ],
)
def test_that_a_cause_one_name_or_the_rule_can_be_left_alone_today(
    stack: Stack, beginning: str, asked: tuple[object, ...]
) -> None:
    card = stack.pop(scene.STARGATE_ALERT)
    item(card, beginning).trigger()
    midnight = datetime(2025, 7, 23, 4, 0, tzinfo=UTC)
    assert stack.commands.calls[-1] == ("snooze", "a4", midnight, *asked)


def test_that_a_name_alone_is_offered_once_and_with_everything_about_it(stack: Stack) -> None:
    (arm, *_) = scene.STARGATE_ALERT.members
    card = stack.pop(replace(scene.KLAC_ALERT, members=(replace(arm, symbol="KLAC"),)))
    item(card, "KLAC today").trigger()
    assert stack.commands.calls[-1][3:] == (SnoozeScope.NAME, "KLAC")
    assert sum("KLAC" in action.text() for action in card.menu.actions()) == 1


def test_that_edit_names_the_rule(qtbot: QtBot, stack: Stack) -> None:
    card = stack.pop(scene.STARGATE_ALERT)
    with qtbot.waitSignal(stack.toasts.rule_requested) as asked:
        item(card, "Edit the rule").trigger()
    assert asked.args == [scene.STARGATE_ALERT.rule_id, scene.STARGATE_ALERT.subject]


def test_that_a_card_can_be_marked_seen(qtbot: QtBot, stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    qtbot.mouseClick(card.seen_button, Qt.MouseButton.LeftButton)
    assert stack.commands.calls[-1] == ("mark_seen", "a5")
    assert stack.toasts.cards == ()


def test_that_a_card_that_fades_stays_when_something_new_comes_to_it(
    qtbot: QtBot, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ToastCard, "_animated", lambda _self: True)
    card = stack.pop(scene.KLAC_ALERT)
    qtbot.waitUntil(lambda: card._fade.state() is QPropertyAnimation.State.Stopped)
    card.dismiss()
    again = replace(scene.KLAC_ALERT, id="again", fired_at=scene.NOW)
    assert stack.pop(again) is card
    qtbot.waitUntil(lambda: card._fade.state() is QPropertyAnimation.State.Stopped)
    assert stack.toasts.cards == (card,)
    assert (card.isVisible(), card.windowOpacity()) == (True, 1.0)


def test_that_a_popup_of_a_replay_says_so_aloud(stack: Stack) -> None:
    """Its mark is only seen, and a live window may be beside it."""
    assert stack.pop(scene.LRCX_ALERT).accessibleName().startswith("Replay: LRCX")
    live = replace(scene.KLAC_ALERT, replay=False)
    assert stack.pop(live).accessibleName().startswith("KLAC")


def test_that_a_newer_digest_stays_as_long_as_the_first(stack: Stack) -> None:
    for _ in range(2):
        stack.toasts.apply(AwayDigest(AwayReason.WAKE, scene.NOW, scene.NOW, (scene.KLAC_ALERT,)))
        (card,) = stack.toasts.cards
        assert card.counting
        card.pause()


def test_that_a_digest_is_one_card_that_counts_alerts_and_causes(qtbot: QtBot, stack: Stack) -> None:
    missed = (scene.KLAC_ALERT, scene.LRCX_ALERT, scene.STARGATE_ALERT)
    digest = AwayDigest(AwayReason.START, scene.NOW - timedelta(hours=9), scene.NOW, missed)
    for _ in range(2):
        stack.toasts.apply(digest)
    (card,) = stack.toasts.cards
    assert card.accessibleName() == (
        "Replay: While you were away, 07:05 to 16:05 ET: "
        "3 alerts, 1 cause, 2 unexplained. KLAC, LRCX, Stargate."
    )
    for words in card.findChildren(ElidedText):
        assert words.width() >= words.sizeHint().width() or words.isHidden(), words.text()
    with qtbot.waitSignal(stack.toasts.digest_requested):
        qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)


def test_that_a_rule_that_fired_too_often_says_so_once(qtbot: QtBot, stack: Stack) -> None:
    for number in range(3):
        broken = scene.alert(f"d{number}", "NVDA", 18, number)
        held = replace(broken, suppressed_by="rule fired 15 times in 3 minutes")
        stack.toasts.apply(scene.raised(held, popup=False))
    (card,) = stack.toasts.cards
    with qtbot.waitSignal(stack.toasts.rule_requested) as asked:
        qtbot.mouseClick(card.open_button, Qt.MouseButton.LeftButton)
    assert asked.args == [broken.rule_id, broken.subject]


@pytest.mark.parametrize("language", list(Language))
def test_that_a_card_of_a_rule_that_fired_too_often_is_as_high_as_its_words(
    stack: Stack, translations: Translations, language: Language
) -> None:
    translations.use(language)
    broken = replace(scene.alert("d1", "NVDA", 18, 1), suppressed_by="rule fired 15 times in 3 minutes")
    stack.toasts.apply(scene.raised(broken, popup=False))
    (card,) = stack.toasts.cards
    assert isinstance(card, BreakerCard)
    words = card._words
    assert words.height() == words.heightForWidth(words.width())
    assert words.height() < 3 * words.fontMetrics().height()


def test_that_counts_and_their_nouns_are_one_word_in_korean(stack: Stack, translations: Translations) -> None:
    translations.use(Language.KOREAN)
    missed = AwayDigest(AwayReason.START, scene.NOW, scene.NOW, (scene.KLAC_ALERT, scene.LRCX_ALERT))
    stack.toasts.apply(missed)
    (card,) = stack.toasts.cards
    assert isinstance(card, DigestCard)
    figure, noun = card._counts[0]
    assert (figure.text(), noun.text(), noun.x() - figure.geometry().right()) == ("2", "건의 알림", 1)


def test_that_a_replayed_alert_carries_the_badge(stack: Stack) -> None:
    assert stack.pop(scene.KLAC_ALERT)._badge.isVisible()
    assert not stack.pop(replace(scene.LRCX_ALERT, replay=False))._badge.isVisible()


def test_that_the_screen_reader_hears_the_sentence_of_the_notification(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    assert card.accessibleName() == (
        "Replay: KLAC \u22124.86\u202f%, unusual (SAR \u22122.9). "
        "No clear news found; LRCX moved the same way."
    )


def test_that_theme_and_language_change_shown_cards(stack: Stack) -> None:
    card = stack.pop(scene.STARGATE_ALERT)
    dress_in(card, build_theme(ThemeMode.LIGHT))
    speak(stack.toasts, Language.KOREAN)
    assert card.facts is not None
    assert card.facts.what == "연결 5종목 중 4종목 하락"
    assert card.grab().toImage().pixelColor(200, 4).lightness() > 200


def test_that_a_popup_is_wider_where_text_is_larger(stack: Stack) -> None:
    card = stack.pop(scene.KLAC_ALERT)
    dress_in(card, build_theme(ThemeMode.DARK, base_px=16))
    assert card.width() == round(376 * 16 / 12)
