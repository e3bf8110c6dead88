"""Text from outside is shown and exported as plain text, in every view, whatever it holds."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget
from tests.ui import detail_scene, scene
from tests.ui.detail_scene import EXPLAINED, match, raised
from tests.ui.test_briefing import BRIEFING

from stackwatch.domain.events import ExplanationChanged, StoriesChanged
from stackwatch.domain.news import Story, StoryCopy
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.briefing_words import BriefingWriter
from stackwatch.storage.alert_file import export_alerts
from stackwatch.storage.briefing_file import as_html, as_markdown
from stackwatch.ui.frame.window import MainWindow
from stackwatch.ui.preferences.settings import ModeChoice, UiSettings, ViewChoice

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Open = Callable[..., MainWindow]
FORBIDDEN = ("\n", "\r", "\u202e", "\u202d", "\u2066", "\x00", "\x1b")
HOSTILE = {
    "markup": "<b>Bold</b><img src='file:///x' onerror=1><a href='javascript:1'>x</a>",
    "direction": "\u202eevil\u202c \u2066isolated\u2069 \u200fmark",
    "emoji": "\U0001f600\U0001f9e8\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "long": "Stargate " + "x" * 2000,
    "lines": "one\ntwo\r\nthree\tfour\x00five\x1b[31m",
    "formula": "=cmd|' /C calc'!A0",
    "entities": "&lt;i&gt; &amp; &#x3c;script&#x3e;",
}


def hostile_story(text: str) -> Story:
    base = detail_scene.SLOW
    lead = replace(base.lead, title=text, publisher=text, url="javascript:alert(1)")
    told = tuple(StoryCopy(publisher=text, published=lead.published, title=text, url=text) for _ in range(3))
    return replace(base, lead=lead, publishers=(text,), copies=3, told=told)


def texts_of(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    """Return what a model shows and its tip, of the first rows."""
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(min(model.rowCount(QModelIndex()), 40)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
        for column in range(columns):
            index = model.index(row, column)
            tip = model.data(index, Qt.ItemDataRole.ToolTipRole) or ""
            for role in roles:
                yield str(model.data(index, role) or ""), str(tip)


def check(window: QWidget, text: str) -> int:
    """Look at everything a window shows; returns in how many places the text was seen."""
    seen, mark = 0, text[:12].strip()
    for label in window.findChildren(QLabel):
        if mark in label.text():
            seen += 1
            assert label.textFormat() is Qt.TextFormat.PlainText, label.text()[:60]
    for widget in window.findChildren(QWidget):
        assert "<img" not in widget.toolTip(), type(widget).__name__
        shown = [widget.text()] if isinstance(widget, QLabel | QAbstractButton) else []
        for words in (*shown, widget.accessibleName()):
            assert not any(c in words for c in FORBIDDEN[2:]), (type(widget).__name__, words[:60])
    for view in window.findChildren(QAbstractItemView):
        model = view.model()
        for words, tip in texts_of(model) if model is not None else ():
            seen += mark in words
            assert not any(c in words for c in FORBIDDEN), (type(view).__name__, words[:60])
            assert len(words) < 2000
            assert "<img" not in tip
    return seen


@pytest.mark.parametrize("name", list(HOSTILE))
def test_that_hostile_text_is_plain_in_every_view_and_file(
    open_window: Open, tmp_path: Path, name: str
) -> None:
    text, language = HOSTILE[name], Language.ENGLISH
    story = hostile_story(text)
    alert = replace(
        detail_scene.NVDA_ALERT, match=match(story), rule_name_en=text, rule_name_ko=text, message=text
    )
    window = open_window(UiSettings(mode=ModeChoice.DARK, selected="NVDA"))
    for event in scene.events():
        window.apply(event)
    explained = replace(EXPLAINED, matches=(match(story),))
    for event in (StoriesChanged((story,)), ExplanationChanged("NVDA", explained), raised(alert)):
        window.apply(event)
    seen = 0
    for view in ViewChoice:
        window.views.show_view(view)
        assert not window.grab().isNull()
        seen += check(window, text)
        if view is ViewChoice.HEADLINES:
            window.views.headlines.list.select_story(story.id)
            window.views.headlines.model.fold(window.views.headlines.model.row_of(story.id), unfold=True)
            assert not window.grab().isNull()
            assert not window.views.headlines.pane.open_button.isVisible()
            seen += check(window, text)
    assert seen >= (2 if name in ("markup", "formula", "entities") else 0)
    window.toasts.close_all()
    target = tmp_path / "alerts.csv"
    export_alerts(target, (alert,))
    with target.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert not row["message"].startswith(("=", "+", "-", "@"))
    writer = BriefingWriter(scene.ecosystem(), scene.watchlist(), language)
    item = writer._explained(explained, explained.move.session_date)
    assert not any(c in " ".join((item.head, *item.lines)) for c in FORBIDDEN)
    page = writer.page(replace(BRIEFING, alerts=(alert,)))
    assert "<img" not in as_html(page)
    assert "<script" not in as_html(page)
    assert "<img" not in as_markdown(page).replace("\\<img", "")
