"""The commands of the window: one place for what they are called, which keys they have, and what they do."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stackwatch.domain.quote import ChartRange
from stackwatch.domain.watchlist import BilingualName, Language
from stackwatch.ui.alerts.tray import PAUSES
from stackwatch.ui.frame.action import Action
from stackwatch.ui.frame.appearance import MODES, PALETTES
from stackwatch.ui.frame.menu_key import open_menu
from stackwatch.ui.frame.undoable_move import AlertStep, RuleStep
from stackwatch.ui.frame.view_switch import VIEWS
from stackwatch.ui.preferences.settings import HeatBy, HeatSize, ViewChoice
from stackwatch.ui.watchlist.watchlist_sort import EVERY

if TYPE_CHECKING:  # the window makes its actions with this module
    from stackwatch.ui.frame.window import MainWindow


_OF_CARDS = ("Esc", "F6", "Shift+F10")  # which popups answer themselves


def build_actions(window: "MainWindow", episodes: Sequence[tuple[str, BilingualName]]) -> tuple[Action, ...]:
    """Return every command of a window, in the order in which Find shows them."""
    return (
        *_everyday(window),
        *_views(window),
        *_of_lists(window),
        *_looks(window),
        *_way_back(window),
        *(_episode(window, key, title) for key, title in episodes),
        *_hidden(window),
    )


def bind(window: "MainWindow", actions: Sequence[Action]) -> None:
    """Let the keys of commands work everywhere in a window."""
    for action in actions:
        for key in action.keys:
            QShortcut(QKeySequence(key), window).activated.connect(action.run)


def bind_card(window: "MainWindow", card: QWidget) -> None:
    """Let the keys of a window, which comes forward, work in a card that is a window of its own, too."""

    def run(action: Action) -> None:
        window.come_forward()
        action.run()

    if not card.isWindow():
        return
    for action in window.actions_known:
        for key in action.keys:
            if key not in _OF_CARDS:
                QShortcut(QKeySequence(key), card).activated.connect(partial(run, action))


def _everyday(window: "MainWindow") -> tuple[Action, ...]:
    return (
        Action(
            BilingualName("Find a symbol, name, story or command", "종목·이름·소식·명령 찾기"),
            window.header.finder.begin,
            ("Ctrl+K", "/"),
            findable=False,
        ),
        Action(BilingualName("New alert", "새 알림"), window.new_alert, ("Alt+A",)),
        Action(
            BilingualName("Refresh quotes and headlines", "시세·뉴스 새로 고침"), window.refresh, ("Ctrl+R",)
        ),
        Action(
            BilingualName("Show or hide the alerts", "알림함 보이기·숨기기"), window.toggle_inbox, ("Ctrl+I",)
        ),
        Action(BilingualName("Export the alerts", "알림 내보내기"), window.inbox.head.export_requested.emit),
        Action(
            BilingualName("Daily briefing as a file", "일일 브리핑을 파일로"),
            window.controllers.briefing.ask,
            ("Ctrl+B",),
        ),
        Action(
            BilingualName("Watch a documented day again", "기록된 날 다시보기"),
            window.controllers.replay.ask,
            ("F5",),
        ),
        *(Action(name, partial(window.pause_popups, span)) for span, name in PAUSES.items()),
        Action(
            BilingualName("Back to the name seen before", "앞서 본 종목으로"),
            partial(window.following.go, -1),
            ("Alt+Left",),
        ),
        Action(
            BilingualName("Forward to the name seen after it", "다음에 본 종목으로"),
            partial(window.following.go, 1),
            ("Alt+Right",),
        ),
        Action(BilingualName("To the chart", "차트로"), partial(_focus_chart, window), ("Alt+G",)),
        Action(BilingualName("Settings", "설정"), window.settings_controller.open, ("Ctrl+,",)),
        Action(BilingualName("Keyboard", "단축키"), window.show_keys, ("?",)),
        Action(
            BilingualName(
                "To the newest popup, then the one before", "최근 팝업으로, 다시 누르면 그 앞 팝업으로"
            ),
            window.toasts.focus_next,
            ("F6",),
        ),
        Action(BilingualName("Full screen", "전체 화면"), window.toggle_full_screen, ("F11",)),
        Action(BilingualName("Quit", "끝내기"), window.controllers.tray.quit, ("Ctrl+Q",)),
    )


def _views(window: "MainWindow") -> tuple[Action, ...]:
    views = tuple(
        Action(name, partial(window.views.show_view, view), (f"Alt+{number}",))
        for number, (view, name) in enumerate(VIEWS.items(), 1)
    )
    heats = (
        (HeatBy.CHANGE, BilingualName("Heat map by change", "히트맵: 등락률")),
        (HeatBy.ABNORMAL, BilingualName("Heat map by abnormal move", "히트맵: 초과 등락")),
        (HeatBy.SAR, BilingualName("Heat map by SAR", "히트맵: SAR")),
    )
    sizes = (
        (HeatSize.VALUE, BilingualName("Heat map sized by market value", "히트맵: 시가총액 크기")),
        (HeatSize.EQUAL, BilingualName("Heat map of equal tiles", "히트맵: 같은 크기")),
    )
    heat = window.views.heat
    return (
        *views,
        *(Action(name, partial(_heat, window, partial(heat.show_by, by))) for by, name in heats),
        *(Action(name, partial(_heat, window, partial(heat.show_size, size))) for size, name in sizes),
    )


def _heat(window: "MainWindow", look: Callable[[], None]) -> None:
    look()
    window.views.show_view(ViewChoice.HEAT)


def _of_lists(window: "MainWindow") -> tuple[Action, ...]:
    controller, view = window.lists.controller, window.list
    here = partial(_on_the_list, window)
    fold, unfold = (partial(view.fold_all, folded=folded) for folded in (True, False))
    return (
        Action(BilingualName("Columns", "열 고르기"), partial(here, view.choose_columns), ("Alt+C",)),
        Action(
            BilingualName(
                "Undo a change of lists or rules, or a move", "목록·규칙 변경이나 옮기기 실행 취소"
            ),
            partial(_undo, window),
            ("Ctrl+Z",),
        ),
        Action(
            BilingualName(
                "Redo a change of lists or rules, or a move", "목록·규칙 변경이나 옮기기 다시 실행"
            ),
            partial(_redo, window),
            ("Ctrl+Shift+Z", "Ctrl+Y"),
        ),
        Action(BilingualName("Fold every layer", "모든 분야 접기"), partial(here, fold)),
        Action(BilingualName("Unfold every layer", "모든 분야 펼치기"), partial(here, unfold)),
        Action(
            BilingualName("Lists: new list, duplicate, rename", "목록 메뉴: 새 목록, 복제, 이름 바꾸기"),
            window.header.title.open_menu,
        ),
        Action(BilingualName("Import a list", "목록 가져오기"), controller.ask_for_import),
        Action(BilingualName("Export this list", "이 목록 내보내기"), controller.export_file),
        Action(BilingualName("My own order", "내 순서대로"), partial(here, partial(view.sort, EVERY, None))),
    )


def _on_the_list(window: "MainWindow", change: Callable[[], object]) -> None:
    """Change how the list looks where that is seen."""
    if window.views.view is not ViewChoice.LIST:
        window.views.show_view(ViewChoice.LIST)
    change()


def _undo(window: "MainWindow") -> None:
    """Take back the last step; what the rules or headlines that are shown speak of goes before it."""
    rules, stack = window.views.rules, window.lists.controller.stack
    newest = rules.isVisible() and stack.index() <= window.lists.rule_gone_at
    if not ((newest and rules.take_back()) or window.controllers.headlines.take_back()):
        _show_step(window, stack.index() - 1)
        stack.undo()


def _redo(window: "MainWindow") -> None:
    stack = window.lists.controller.stack
    _show_step(window, stack.index())
    stack.redo()


def _show_step(window: "MainWindow", place: int) -> None:
    """Show what a step of the undo stack changes."""
    stack, view = window.lists.controller.stack, window.views.view
    if not 0 <= place < stack.count():
        return
    step = stack.command(place)
    if isinstance(step, RuleStep):
        if view is not ViewChoice.RULES:
            window.views.show_view(ViewChoice.RULES)
    elif view in (ViewChoice.HEADLINES, ViewChoice.RULES) and not isinstance(step, AlertStep):
        window.views.show_view(ViewChoice.LIST)


def _focus_chart(window: "MainWindow") -> None:
    """Give the keyboard to the chart, or to the barometer of a private name, where there is one."""
    barometer = window.detail.barometer
    if barometer.isVisible():
        barometer.plot.setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        window.detail.chart.take_focus()


def _show_span(window: "MainWindow", span: ChartRange) -> None:
    """Show another span of the chart, where there is one."""
    if window.detail.isVisible():
        window.detail.set_range(span)


def _looks(window: "MainWindow") -> tuple[Action, ...]:
    look = window.change_look
    languages = (
        (Language.ENGLISH, BilingualName("English", "영어 English")),
        (Language.KOREAN, BilingualName("Korean 한국어", "한국어")),
    )
    return (
        *(Action(name, partial(look, {"mode": x})) for x, name in reversed(MODES.items())),
        *(Action(name, partial(look, {"palette": x})) for x, name in PALETTES.items()),
        *(Action(name, partial(look, {"language": x})) for x, name in languages),
    )


def _episode(window: "MainWindow", key: str, title: BilingualName) -> Action:
    names = BilingualName(f"Replay {title.en}", f"다시보기 {title.ko}")
    return Action(names, partial(window.controllers.replay.choose, key, title))


def _way_back(window: "MainWindow") -> tuple[Action, ...]:
    """Return, in a replay, the way out of it."""
    names = BilingualName("Back to live prices", "실시간 가격으로")
    back = Action(names, partial(window.replay_requested.emit, None))
    return (back,) if window.controllers.replay.replaying else ()


def _hidden(window: "MainWindow") -> tuple[Action, ...]:
    """Return commands that only have keys."""
    spans = tuple(
        Action(
            BilingualName(span.value, span.value),
            partial(_show_span, window, span),
            (str(number),),
            findable=False,
        )
        for number, span in enumerate(ChartRange, 1)
    )
    escape = Action(
        BilingualName("Back to the list, map or table", "목록·지도·표로 돌아가기"),
        window.escape,
        ("Esc",),
        findable=False,
    )
    menu = Action(
        BilingualName("Menu of the row, tile or name (also the menu key)", "행·칸·이름의 메뉴 (메뉴 키도)"),
        open_menu,
        ("Shift+F10",),
        findable=False,
    )
    return (escape, menu, *spans)
