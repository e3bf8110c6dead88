"""The commands of the window by name: one place for what they are called and which keys they have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from stackwatch.domain.quote import ChartRange
from stackwatch.domain.watchlist import Language, Names
from stackwatch.ui.alerts.tray import PAUSES
from stackwatch.ui.frame.appearance import MODES, PALETTES
from stackwatch.ui.frame.menu_key import open_menu
from stackwatch.ui.frame.undoable_move import AlertStep, RuleStep
from stackwatch.ui.frame.view_switch import VIEWS
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.language import current_language
from stackwatch.ui.preferences.settings import HeatBy, HeatSize, ViewChoice
from stackwatch.ui.watchlist.watchlist_sort import EVERY

if TYPE_CHECKING:  # the window makes its actions with this module
    from stackwatch.ui.frame.window import MainWindow


@dataclass(frozen=True, slots=True)
class Action:
    """A command: its names, its keys as Qt writes them (``keys[0]`` is shown), and what it does.

    Find offers those that are ``findable``.
    """

    names: Names
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    findable: bool = True


_OF_CARDS = ("Esc", "F6", "Shift+F10")  # which popups answer themselves
KEYS_ONLY = (  # keys that are no commands of the window, for the list of keys
    ("\u2191 \u2193", Names("Walk the list; the detail follows", "목록 이동, 상세 창이 따라옴")),
    ("\u2190 \u2192", Names("Fold or unfold a layer", "분야 접기·펼치기")),
    ("Shift \u2190 \u2192", Names("Show further columns of the list", "목록의 다른 열 보기")),
    ("Enter", Names("Open the row", "행 열기")),
    ("Alt \u2191 \u2193", Names("Move the row, also into the next layer", "행 옮기기, 다음 분야로도")),
    ("Del", Names("Take the row out of the list", "목록에서 빼기")),
    ("Ctrl V", Names("Add pasted symbols to the list", "붙여 넣은 종목 추가")),
    (
        "\u2190 \u2191 \u2192 \u2193",
        Names(
            "In the maps: next tile or name; sideways along a link",
            "지도: 다음 칸·이름, 옆으로는 연결을 따라",
        ),
    ),
    (
        "\u2190 \u2192, Space",
        Names("In the headlines: fold or unfold the copies of a story", "뉴스: 소식의 중복 기사 접기·펼치기"),
    ),
    (
        "F7, F8",
        Names(
            "In a replay: pause or go on; to the next headline or alert",
            "다시보기: 멈춤·계속, 다음 소식이나 알림으로",
        ),
    ),
    ("Space", Names("In the exposure map: evidence of the next link", "연결 지도: 다음 연결의 근거")),
    ("Space, S", Names("In the alerts: mark seen, snooze", "알림함: 확인 표시, 미루기")),
    (
        "Tab, \u2190 \u2192, Enter",
        Names("On the flags of the chart: along them, open one", "차트 표시: 옆 표시, 열기"),
    ),
    ("Enter, Del", Names("In the armed rules: edit, delete", "규칙 목록: 편집, 삭제")),
    (
        "\u2190 \u2191 \u2192 \u2193, Enter",
        Names("On the border of two parts: move it, put it back", "두 창의 경계선: 옮기기, 되돌리기"),
    ),
    ("Enter, Esc", Names("On a popup: open, close", "팝업: 열기, 닫기")),
)


def build_actions(window: "MainWindow", episodes: Sequence[tuple[str, Names]]) -> tuple[Action, ...]:
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


def shown_keys(action: Action) -> str:
    """Return the keys of a command as a person reads them."""
    return ", ".join(keys_here(key).replace("+", " ") if len(key) > 1 else key for key in action.keys)


def key_rows(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """Return every key with what it does, for the list of keys."""
    language = current_language()
    with_keys = [(shown_keys(a), a.names.get(language)) for a in actions if a.keys]
    spans = Names("Span of the chart, one day to five years", "차트 기간, 하루에서 5년까지").get(language)
    others = [(keys_here(keys), names.get(language)) for keys, names in KEYS_ONLY]
    return [row for row in with_keys if not row[0].isdigit()] + [("1 \u2013 6", spans)] + others


def _everyday(window: "MainWindow") -> tuple[Action, ...]:
    return (
        Action(
            Names("Find a symbol, name, story or command", "종목·이름·소식·명령 찾기"),
            window.header.finder.begin,
            ("Ctrl+K", "/"),
            findable=False,
        ),
        Action(Names("New alert", "새 알림"), window.new_alert, ("Alt+A",)),
        Action(Names("Refresh quotes and headlines", "시세·뉴스 새로 고침"), window.refresh, ("Ctrl+R",)),
        Action(Names("Show or hide the alerts", "알림함 보이기·숨기기"), window.toggle_inbox, ("Ctrl+I",)),
        Action(Names("Export the alerts", "알림 내보내기"), window.inbox.head.export_requested.emit),
        Action(
            Names("Daily briefing as a file", "일일 브리핑을 파일로"),
            window.controllers.briefing.ask,
            ("Ctrl+B",),
        ),
        Action(
            Names("Watch a documented day again", "기록된 날 다시보기"),
            window.controllers.replay.ask,
            ("F5",),
        ),
        *(Action(name, partial(window.pause_popups, span)) for span, name in PAUSES.items()),
        Action(Names("Settings", "설정"), window.settings_controller.open, ("Ctrl+,",)),
        Action(Names("Keyboard", "단축키"), window.show_keys, ("?",)),
        Action(
            Names("To the newest popup, then the one before", "최근 팝업으로, 다시 누르면 그 앞 팝업으로"),
            window.toasts.focus_next,
            ("F6",),
        ),
        Action(Names("Full screen", "전체 화면"), window.toggle_full_screen, ("F11",)),
        Action(Names("Quit", "끝내기"), window.controllers.tray.quit, ("Ctrl+Q",)),
    )


def _views(window: "MainWindow") -> tuple[Action, ...]:
    views = tuple(
        Action(name, partial(window.views.show_view, view), (f"Alt+{number}",))
        for number, (view, name) in enumerate(VIEWS.items(), 1)
    )
    heats = (
        (HeatBy.CHANGE, Names("Heat map by change", "히트맵: 등락률")),
        (HeatBy.ABNORMAL, Names("Heat map by abnormal move", "히트맵: 초과 등락")),
        (HeatBy.SAR, Names("Heat map by SAR", "히트맵: SAR")),
    )
    sizes = (
        (HeatSize.VALUE, Names("Heat map sized by market value", "히트맵: 시가총액 크기")),
        (HeatSize.EQUAL, Names("Heat map of equal tiles", "히트맵: 같은 크기")),
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
        Action(Names("Columns", "열 고르기"), partial(here, view.choose_columns), ("Alt+C",)),
        Action(
            Names("Undo a change of lists or rules, or a move", "목록·규칙 변경이나 옮기기 실행 취소"),
            partial(_undo, window),
            ("Ctrl+Z",),
        ),
        Action(
            Names("Redo a change of lists or rules, or a move", "목록·규칙 변경이나 옮기기 다시 실행"),
            partial(_redo, window),
            ("Ctrl+Shift+Z",),
        ),
        Action(Names("Fold every layer", "모든 분야 접기"), partial(here, fold)),
        Action(Names("Unfold every layer", "모든 분야 펼치기"), partial(here, unfold)),
        Action(
            Names("Lists: new list, duplicate, rename", "목록 메뉴: 새 목록, 복제, 이름 바꾸기"),
            window.header.title.open_menu,
        ),
        Action(Names("Import a list", "목록 가져오기"), controller.import_file),
        Action(Names("Export this list", "이 목록 내보내기"), controller.export_file),
        Action(Names("My own order", "내 순서대로"), partial(here, partial(view.sort, EVERY, None))),
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


def _show_span(window: "MainWindow", span: ChartRange) -> None:
    """Show another span of the chart, where there is one."""
    if window.detail.isVisible():
        window.detail.set_range(span)


def _looks(window: "MainWindow") -> tuple[Action, ...]:
    look = window.change_look
    languages = (
        (Language.ENGLISH, Names("English", "영어 English")),
        (Language.KOREAN, Names("Korean 한국어", "한국어")),
    )
    return (
        *(Action(name, partial(look, {"mode": x})) for x, name in reversed(MODES.items())),
        *(Action(name, partial(look, {"palette": x})) for x, name in PALETTES.items()),
        *(Action(name, partial(look, {"language": x})) for x, name in languages),
    )


def _episode(window: "MainWindow", key: str, title: Names) -> Action:
    names = Names(f"Replay {title.en}", f"다시보기 {title.ko}")
    return Action(names, partial(window.controllers.replay.choose, key, title))


def _way_back(window: "MainWindow") -> tuple[Action, ...]:
    """Return, in a replay, the way out of it."""
    names = Names("Back to live prices", "실시간 가격으로")
    back = Action(names, partial(window.replay_requested.emit, None))
    return (back,) if window.controllers.replay.replaying else ()


def _hidden(window: "MainWindow") -> tuple[Action, ...]:
    """Return commands that only have keys."""
    spans = tuple(
        Action(
            Names(span.value, span.value),
            partial(_show_span, window, span),
            (str(number),),
            findable=False,
        )
        for number, span in enumerate(ChartRange, 1)
    )
    escape = Action(
        Names("Back to the list, map or table", "목록·지도·표로 돌아가기"),
        window.escape,
        ("Esc",),
        findable=False,
    )
    menu = Action(
        Names("Menu of the row, tile or name (also the menu key)", "행·칸·이름의 메뉴 (메뉴 키도)"),
        open_menu,
        ("Shift+F10",),
        findable=False,
    )
    return (escape, menu, *spans)
