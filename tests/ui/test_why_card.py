"""The why card: verdict, sum, stories."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from tests.ui import detail_scene as scene
from tests.ui.scene import dress_in

from stackwatch.domain.events import ClockTicked, ExplanationChanged, QuotesChanged
from stackwatch.domain.move import OutOfHours, Verdict
from stackwatch.domain.quote import Quote, QuoteState, Session
from stackwatch.domain.watchlist import Ecosystem, Language, Relation
from stackwatch.ui.detail.equation import Equation, sum_parts
from stackwatch.ui.detail.story_line import StoryLine
from stackwatch.ui.detail.why_card import WhyCard
from stackwatch.ui.kit.chips import Chip, ElidedText, Paragraph
from stackwatch.ui.kit.language import use_language
from stackwatch.ui.kit.theme import Ink, Role, ThemeMode, build_theme
from stackwatch.ui.snapshot import Snapshot

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def card_of(
    qtbot: QtBot, entity_id: str, language: Language = Language.ENGLISH, known: Ecosystem | None = None
) -> WhyCard:
    use_language(language)
    snapshot = Snapshot(known or scene.ecosystem())
    for event in scene.nvda_events():
        snapshot.apply(event)
    card = WhyCard(snapshot)
    qtbot.addWidget(card)
    card.resize(704, 170)
    card.render_entity(entity_id)
    card.show()
    return card


def words(card: WhyCard) -> list[str]:
    return [t.text() for t in card.findChildren(ElidedText) if t.isVisibleTo(card)]


def test_that_the_parts_of_the_sum_agree_with_the_list() -> None:
    move = replace(scene.MOVES["NVDA"], move_pct=-2.5383, abnormal_pct=-1.7448)
    assert sum_parts(move) == ("\u22122.54\u202f%", "\u22120.80\u202f%", "\u22121.74\u202f%")


def test_that_an_explained_move_shows_verdict_story_and_the_news_that_points_the_other_way(
    qtbot: QtBot,
) -> None:
    shown = words(card_of(qtbot, "NVDA"))
    assert "Within its usual range" in shown
    assert "Tied to the Stargate report" in shown
    assert "SoftBank and OpenAI\u2019s $500bn Stargate is slow to start" in shown
    assert any("points the other way" in text for text in shown)
    assert any(text.startswith("After 97 earlier days") for text in shown)


def test_that_what_is_paid_before_the_open_stands_beside_the_day_with_its_own_story(qtbot: QtBot) -> None:
    early = OutOfHours(hours=Session.PRE, move_pct=-6.74, match=scene.match(scene.ROUND_UP))
    for language, line, story in (
        (Language.ENGLISH, "Pre-market \u22126.74\u202f%: tied to the Stargate report", "pre-market"),
        (Language.KOREAN, "프리마켓 \u22126.74\u202f%: 스타게이트 보도와 연결", "프리마켓"),
    ):
        card = card_of(qtbot, "NVDA", language)
        card._snapshot.apply(ExplanationChanged("NVDA", replace(scene.EXPLAINED, out_of_hours=early)))
        card.render_entity("NVDA")
        shown = words(card)
        assert any(text.startswith(line) for text in shown)
        assert any(text.endswith(f" \u00b7 {story}") for text in shown)
        risen = replace(early, match=scene.match(scene.MORE))  # which points the other way of the day
        card._snapshot.apply(ExplanationChanged("NVDA", replace(scene.EXPLAINED, out_of_hours=risen)))
        card.render_entity("NVDA")
        assert [text == scene.MORE.lead.title for text in words(card)].count(True) == 1
        late = replace(scene.UNEXPLAINED, move=scene.MOVES["NVDA"], late=early.match, out_of_hours=early)
        card._snapshot.apply(ExplanationChanged("NVDA", late))
        card.render_entity("NVDA")
        assert [text == scene.ROUND_UP.lead.title for text in words(card)].count(True) == 1
        none = replace(early, match=None)
        card._snapshot.apply(ExplanationChanged("NVDA", replace(scene.EXPLAINED, out_of_hours=none)))
        card.render_entity("NVDA")
        assert not any(text.endswith(f" \u00b7 {story}") for text in words(card))
    assert any(text.startswith("프리마켓 \u22126.74\u202f%: 뚜렷한 뉴스 없음") for text in words(card))


def test_that_a_round_up_without_room_begins_with_what_it_says_of_the_share(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    told = replace(scene.EXPLAINED, matches=(scene.match(scene.ROUND_UP),))
    card._snapshot.apply(ExplanationChanged("NVDA", told))
    card.render_entity("NVDA")
    line = next(line for line in card.findChildren(StoryLine) if line.isVisibleTo(card))
    title = next(part for part in line.findChildren(ElidedText) if part.text() == scene.ROUND_UP.lead.title)
    title.resize(title.sizeHint().width() // 2, title.height())
    shown = title.grab().toImage()
    title.put(title.text(), Ink.T1, Role.SYMBOL)
    assert title.grab().toImage() != shown  # the head of the title, which is about others


def test_that_the_card_is_as_high_with_the_gauge_as_without_and_nothing_overlaps(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA", Language.KOREAN)
    equation = card.findChild(Equation)
    assert isinstance(equation, Equation)
    heights = []
    for width in (704, 430, 704):
        card.resize(width, card.sizeHint().height())
        heights.append(card.sizeHint().height())
        lines = [line for line in card.findChildren(StoryLine) if line.isVisibleTo(card)]
        assert equation.geometry().bottom() < min(line.geometry().top() for line in lines)
        assert equation.height() >= equation.minimumSizeHint().height()
    assert len(set(heights)) == 1


def test_that_no_figure_is_cut_beside_the_gauge_while_the_width_changes(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    equation = card.findChild(Equation)
    assert isinstance(equation, Equation)
    move = replace(scene.MOVES["NVDA"], sar_so_far=-2.9)
    labels = ("NVIDIA Corporation today", "expected with Nasdaq 100 \u22120.52 %", "abnormal")
    equation.put(move, labels)
    card.setMinimumWidth(1)  # as in a window, which is narrower than large text asks for
    seen = set()
    for width in (790, 600, 990, 680, 800, 570, 440, 700, 1100):  # whatever the font's widths
        card.resize(width, card.height())  # and nothing is let in between
        cut = [
            text.text()
            for text in equation.findChildren(ElidedText)
            if text.width() < text.sizeHint().width()
        ]
        assert not cut, (width, cut)
        seen.add((equation._gauge.isVisibleTo(equation), equation._labels[3].text()))
    whole = "SAR (\u22122.9 by this hour)"
    assert seen == {(True, whole), (False, whole), (False, "SAR")}
    assert whole in equation.toolTip()


def test_that_a_deviation_so_far_is_told_all_session_long_and_does_not_come_and_go(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    equation = card.findChild(Equation)
    assert isinstance(equation, Equation)
    move = replace(scene.MOVES["NVDA"], sar=-2.94)
    by_hour = "SAR (\u2212{0} by this hour)"
    for so_far, label in ((-2.9, by_hour.format(2.9)), (-3.6, by_hour.format(3.6)), (None, "SAR")):
        told = replace(move, sar_so_far=so_far)
        equation.put(told, ("a", "b", "c"))
        assert equation._labels[3].text() == label
        assert ("usual up to this hour" in equation.toolTip()) is (label != "SAR")


def test_that_a_new_price_is_told_alike_everywhere_on_the_card_before_its_reason_follows(
    qtbot: QtBot,
) -> None:
    card = card_of(qtbot, "KLAC")
    known = card._snapshot
    told = replace(scene.UNEXPLAINED.move, sar=-3.0, sar_so_far=-4.5)
    known.apply(ExplanationChanged("KLAC", replace(scene.UNEXPLAINED, move=told)))
    moved = replace(told, move_pct=-5.2, abnormal_pct=-4.6, sar=-3.2, sar_so_far=None)
    trading = replace(known.quotes["KLAC"], session=Session.REGULAR, state=QuoteState.LIVE)
    known.apply(QuotesChanged((trading,), (moved,)))
    card.render_entity("KLAC")
    shown = words(card)
    assert "KLA fell 5.20\u202f%, unusual for it (SAR \u22123.2)" in shown
    assert "SAR (\u22124.8 by this hour)" in shown
    moved = replace(moved, move_pct=-2.0, abnormal_pct=-1.4, sar=-1.0)
    known.apply(QuotesChanged((), (moved,)))
    card.render_entity("KLAC")
    assert "Within its usual range" in words(card)


def test_that_a_share_is_not_called_unjudged_beside_the_sar_that_its_history_brought(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    unjudged = replace(scene.MOVES["NVDA"], sar=None, abnormal_pct=None, reason="0 of 60 days")
    for price in (unjudged, replace(unjudged, move_pct=-2.1)):
        told = replace(scene.EXPLAINED, move=price, verdict=Verdict.INSUFFICIENT_DATA)
        card._snapshot.apply(ExplanationChanged("NVDA", told))
        card.render_entity("NVDA")
        assert "Not judged: no price history yet" not in words(card)
        assert "Within its usual range" in words(card)
        assert card.findChild(Equation)._gauge._sar is not None


def test_that_the_base_rate_line_goes_where_the_window_is_low(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    card.set_compact(compact=True)
    assert not any(text.startswith("After 97") for text in words(card))


def test_that_the_base_rate_says_in_its_tip_that_it_is_no_forecast(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    assert "No forecast" in card._rate.toolTip()


def test_that_no_base_rate_leaves_no_line(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    card._snapshot.apply(ExplanationChanged("NVDA", replace(scene.EXPLAINED, base_rates=())))
    card.render_entity("NVDA")
    assert not any(text.startswith("After") for text in words(card))


def test_that_an_unexplained_move_says_so_and_how_hard_was_looked(qtbot: QtBot) -> None:
    card = card_of(qtbot, "KLAC")
    assert "Unexplained" in words(card)
    assert card._body.text() == (
        "61 headlines were read. None matches better than chance. LRCX moved the same way."
    )


def test_that_a_move_the_press_puts_down_to_something_shows_what_and_where_it_stands(qtbot: QtBot) -> None:
    card = card_of(qtbot, "KLAC")
    card._snapshot.apply(ExplanationChanged("KLAC", scene.PUT_DOWN))
    card.render_entity("KLAC")
    shown = words(card)
    assert "Unexplained" not in shown
    assert "Press attributes the move to earnings news" in shown
    assert "KLA shares fall after guidance misses estimates" in shown


def test_that_a_story_that_is_not_tied_says_so_and_shows_no_path(qtbot: QtBot) -> None:
    """Else "No clear news found" stands beside a headline and the way it took."""
    card = card_of(qtbot, "NVDA")
    untied = replace(scene.EXPLAINED, verdict=Verdict.UNEXPLAINED, cause=None)
    card._snapshot.apply(ExplanationChanged("NVDA", untied))
    card.render_entity("NVDA")
    told = "not tied to the move \u00b7 "  # before the lead, which is what is cut where there is little room
    assert any(told in text and text.endswith("before the move") for text in words(card))
    assert not [chip for chip in card.findChildren(Chip) if chip.isVisibleTo(card) and chip.text()]


@pytest.mark.parametrize(
    ("state", "head"),
    [
        (QuoteState.STALE, "Not judged: the price is not current"),
        (QuoteState.HALTED, "Not judged: trading is halted"),
        (QuoteState.WITHHELD, "Not judged: split not confirmed"),
    ],
)
def test_that_a_price_the_list_does_not_judge_is_not_judged_on_the_card_which_says_why(
    qtbot: QtBot, state: QuoteState, head: str
) -> None:
    card = card_of(qtbot, "KLAC")
    card._snapshot.apply(QuotesChanged((scene.quote("KLAC", 88.65, -4.856, state=state),)))
    card.render_entity("KLAC")
    shown = words(card)
    assert head in shown
    assert not [text for text in shown if "Unusual" in text]
    equation = card.findChild(Equation)
    if state is QuoteState.WITHHELD:  # as the list and the head withhold it
        assert not equation.isVisible()
        return
    assert shown.count("\u2013") == 3  # expected, abnormal, SAR
    assert equation._total._value == 0.0  # no triangle


def test_that_beside_not_judged_nothing_is_said_of_a_tie_and_the_story_stays(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    card._snapshot.apply(ExplanationChanged("NVDA", scene.EXPLAINED))
    card.render_entity("NVDA")
    before = words(card)
    assert any(text.startswith("Tied to") for text in before)
    card._snapshot.apply(QuotesChanged((scene.quote("NVDA", 167.03, -2.54, state=QuoteState.STALE),)))
    card.render_entity("NVDA")
    after = words(card)
    assert not [text for text in after if text.startswith(("Tied to", "Coincidence"))]
    assert not [chip for chip in card.findChildren(Chip) if chip.isVisibleTo(card) and chip.text()]
    assert scene.EXPLAINED.matches[0].story.lead.title in after


def test_that_a_share_without_a_model_shows_dashes_and_no_marker(qtbot: QtBot) -> None:
    card = card_of(qtbot, "9984.T")
    assert "Not judged: benchmark Nikkei 225 has another trading day" in words(card)
    assert words(card).count("\u2013") == 3
    assert card.findChild(Equation)._gauge._sar is None


def test_that_a_private_entity_shows_its_stories_and_the_moves_of_its_linked_names(qtbot: QtBot) -> None:
    card = card_of(qtbot, "stargate")
    assert "Latest stories" in words(card)
    names = [chip.text() for chip in card.findChildren(Chip) if chip.isVisibleTo(card)]
    assert set(names) == {"ORCL", "ARM", "VRT", "NVDA", "SoftBank"}, "read-across links support nothing"


def test_that_a_card_counts_the_names_that_its_basket_does(qtbot: QtBot) -> None:
    known = scene.ecosystem()
    ended = replace(known.exposures[0], target="LRCX", until=date(2025, 7, 1))
    towards = scene.link("KLAC", "stargate", Relation.SUPPLIER, date(2025, 6, 1), "MarketWatch")
    told = replace(known, exposures=(*known.exposures, ended, towards))
    assert "5 linked names" in words(card_of(qtbot, "stargate", known=told))


def test_that_each_story_is_reached_by_tab_and_opened_by_key_and_click(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    with qtbot.waitActive(card):
        card.activateWindow()
    first, other = [line for line in card.findChildren(StoryLine) if line.isVisibleTo(card)]
    first.setFocus()
    assert first.accessibleName().startswith("SoftBank and OpenAI")
    with qtbot.waitSignal(card.story_picked) as by_key:
        qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert other.hasFocus()
    with qtbot.waitSignal(card.story_picked) as by_click:
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert [by_key.args, by_click.args] == [[card._stories[0]._key], [card._stories[1]._key]]
    assert by_key.args != by_click.args


def test_that_a_click_on_the_cause_goes_there(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    chip = next(c for c in card.findChildren(Chip) if c.text() == "Stargate")
    with qtbot.waitSignal(card.entity_activated) as went:
        chip.click()
    assert went.args == ["stargate"]


def test_that_the_card_speaks_korean(qtbot: QtBot) -> None:
    shown = words(card_of(qtbot, "NVDA", Language.KOREAN))
    assert "평소 범위 안의 움직임" in shown
    assert "스타게이트 보도와 연결" in shown


def test_that_the_path_gives_way_before_the_reason_is_cut(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA", Language.KOREAN)
    chip = next(c for c in card.findChildren(Chip) if c.text() == "스타게이트")
    reason = next(t for t in card.findChildren(ElidedText) if t.text() == "스타게이트 보도와 연결")
    assert chip.isVisibleTo(card)
    for width in range(700, 200, -20):
        card.resize(width, 170)
        card.layout().activate()
        assert not chip.isVisibleTo(card) or reason.width() >= reason.sizeHint().width(), width
    assert not chip.isVisibleTo(card)


def test_that_a_title_gives_way_before_how_its_story_bears_on_the_move(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    for _ in range(3):  # chips of the path leave first
        card.resize(555, 170)
        card.layout().activate()
    lines = [line for line in card.findChildren(StoryLine) if line.isVisibleTo(card)]
    for line in lines:
        assert line._meta.width() >= line._meta.sizeHint().width(), line._meta.text()
    assert any(line._title.width() < line._title.sizeHint().width() for line in lines)


def test_that_a_reason_without_room_beside_the_verdict_goes_on_below_it_whole(qtbot: QtBot) -> None:
    card, reason = card_of(qtbot, "NVDA"), "Tied to the Stargate report"
    card._snapshot.apply(ExplanationChanged("NVDA", replace(scene.EXPLAINED, coincidence=0.33)))
    card.render_entity("NVDA")
    dress_in(card, build_theme(ThemeMode.DARK, base_px=16))
    for width in range(800, 500, -20):
        for _ in range(3):
            card.resize(width, card.sizeHint().height())
            card.layout().activate()
        (shown,) = [part for part in card.findChildren(QLabel) if part.text() == reason and part.isVisible()]
        assert shown.width() >= shown.fontMetrics().horizontalAdvance(reason), width
    assert isinstance(shown, Paragraph)


def test_that_what_is_said_of_a_story_goes_below_its_title_before_it_is_cut(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    heights = []
    for width in (700, 420):
        for _ in range(3):
            card.resize(width, card.sizeHint().height())
            card.layout().activate()
        lines = [line for line in card.findChildren(StoryLine) if line.isVisible()]
        assert all(line._meta.width() >= line._meta.sizeHint().width() for line in lines), width
        heights.append(max(line.height() for line in lines))
    assert heights[0] < heights[1]


def test_that_the_card_quotes_the_report_in_the_language_of_the_window(qtbot: QtBot) -> None:
    title = "소프트뱅크·오픈AI 5천억 달러 \u2018스타게이트\u2019 출발 더뎌"
    lead = replace(scene.SLOW.lead, id="slow-ko", title=title, publisher="연합뉴스")
    korean = replace(scene.SLOW, id="slow-ko", lead=lead)
    explained = replace(scene.EXPLAINED, matches=(scene.match(korean), *scene.EXPLAINED.matches))
    for language, quoted, other in (
        (Language.ENGLISH, scene.SLOW.lead.title, title),
        (Language.KOREAN, title, scene.SLOW.lead.title),
    ):
        card = card_of(qtbot, "NVDA", language)
        card._snapshot.apply(ExplanationChanged("NVDA", explained))
        card.render_entity("NVDA")
        assert quoted in words(card)
        assert other not in words(card)


@pytest.mark.parametrize(
    ("language", "label"), [(Language.ENGLISH, "NVIDIA Tue"), (Language.KOREAN, "엔비디아 (화)")]
)
def test_that_a_move_is_called_that_of_its_day_once_the_day_is_over(
    qtbot: QtBot, language: Language, label: str
) -> None:
    card = card_of(qtbot, "NVDA", language)
    assert label not in words(card)
    card._snapshot.apply(ClockTicked(scene.NOW + timedelta(hours=9), ()))  # past midnight in New York
    card.render_entity("NVDA")
    assert label in words(card)


def test_that_the_share_of_the_day_is_told_only_while_the_session_runs(qtbot: QtBot) -> None:
    card = card_of(qtbot, "NVDA")
    explanation = card._snapshot.explanations["NVDA"]
    move = replace(explanation.move, sar_so_far=-2.9)
    quote = card._snapshot.quotes["NVDA"]

    def told(of: Quote) -> bool:
        card._snapshot.apply(QuotesChanged((of,), (move,)))
        card._snapshot.apply(ExplanationChanged("NVDA", replace(explanation, move=move)))
        card.render_entity("NVDA")
        return any("by this hour" in text for text in words(card))

    running = replace(quote, session=Session.REGULAR, state=QuoteState.LIVE)
    card.resize(900, 170)
    assert told(running)
    assert not told(replace(running, state=QuoteState.CLOSED))
    assert not told(replace(running, session=Session.POST))
