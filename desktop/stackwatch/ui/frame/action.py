"""A command of the window, and its keys as a person reads them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stackwatch.domain.watchlist import BilingualName
from stackwatch.ui.kit.keys import keys_here
from stackwatch.ui.kit.language import current_language

KEYS_ONLY = (  # keys that are no commands of the window, for the list of keys
    ("\u2191 \u2193", BilingualName("Walk the list; the detail follows", "목록 이동, 상세 창이 따라옴")),
    ("\u2190 \u2192", BilingualName("Fold or unfold a layer", "분야 접기·펼치기")),
    ("Shift \u2190 \u2192", BilingualName("Show further columns of the list", "목록의 다른 열 보기")),
    ("Enter", BilingualName("Open the row", "행 열기")),
    (
        "Alt \u2191 \u2193",
        BilingualName("Move the row, also into the next layer", "행 옮기기, 다음 분야로도"),
    ),
    ("Del", BilingualName("Take the row out of the list", "목록에서 빼기")),
    (
        "F2",
        BilingualName(
            "Rename the layer, or the list on its name", "분야 이름 바꾸기, 목록 이름 위에서는 목록"
        ),
    ),
    (
        "Ctrl C",
        BilingualName(
            "Copy the symbol or name; of other rows the words", "종목 코드·이름 복사, 다른 행은 문장 복사"
        ),
    ),
    ("Ctrl V", BilingualName("Add pasted symbols to the list", "붙여 넣은 종목 추가")),
    (
        "\u2190 \u2191 \u2192 \u2193",
        BilingualName(
            "In the maps: next tile or name; sideways along a link",
            "지도: 다음 칸·이름, 옆으로는 연결을 따라",
        ),
    ),
    (
        "\u2190 \u2192, Space",
        BilingualName(
            "In the headlines: fold or unfold the copies of a story", "뉴스: 소식의 중복 기사 접기·펼치기"
        ),
    ),
    (
        "F7, F8",
        BilingualName(
            "In a replay: pause or go on; to the next headline or alert",
            "다시보기: 멈춤·계속, 다음 소식이나 알림으로",
        ),
    ),
    ("Space", BilingualName("In the exposure map: evidence of the next link", "연결 지도: 다음 연결의 근거")),
    ("Space, S", BilingualName("In the alerts: mark seen, snooze", "알림함: 확인 표시, 미루기")),
    (
        "Tab, \u2190 \u2192, Enter",
        BilingualName("On the flags of the chart: along them, open one", "차트 표시: 옆 표시, 열기"),
    ),
    (
        "\u2190 \u2192, Home, End",
        BilingualName(
            "In the chart: read the bar before or after, the first, the newest",
            "차트: 앞·뒤 봉 읽기, 처음·최근 봉",
        ),
    ),
    (
        "Shift \u2190 \u2192, \u2191 \u2193, 0",
        BilingualName(
            "In the chart: move in time, zoom in and out (also + and \u2212), the whole span",
            "차트: 시간 이동, 확대·축소(+·\u2212도), 전체 구간",
        ),
    ),
    ("Enter, Del", BilingualName("In the armed rules: edit, delete", "규칙 목록: 편집, 삭제")),
    (
        "\u2190 \u2191 \u2192 \u2193, Enter",
        BilingualName("On the border of two parts: move it, put it back", "두 창의 경계선: 옮기기, 되돌리기"),
    ),
    ("Enter, Esc", BilingualName("On a popup: open, close", "팝업: 열기, 닫기")),
)


@dataclass(frozen=True, slots=True)
class Action:
    """A command: its names, its keys as Qt writes them (``keys[0]`` is shown), and what it does.

    Find offers those that are ``findable``.
    """

    names: BilingualName
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    findable: bool = True


def shown_keys(action: Action) -> str:
    """Return the keys of a command as a person reads them."""
    words = (keys_here(key).replace("+", " ") if len(key) > 1 else key for key in action.keys)
    return ", ".join(words).replace("Left", "\u2190").replace("Right", "\u2192")


def key_rows(actions: Sequence[Action]) -> list[tuple[str, str]]:
    """Return every key with what it does, for the list of keys."""
    language = current_language()
    with_keys = [(shown_keys(a), a.names.get(language)) for a in actions if a.keys]
    spans = BilingualName("Span of the chart, one day to five years", "차트 기간, 하루에서 5년까지").get(
        language
    )
    others = [(keys_here(keys), names.get(language)) for keys, names in KEYS_ONLY]
    return [row for row in with_keys if not row[0].isdigit()] + [("1 \u2013 6", spans)] + others
