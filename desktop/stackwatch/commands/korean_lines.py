"""What commands say, in Korean: sentences as patterns, since most hold a number, a name or a path."""

import re
from collections.abc import Callable, Sequence
from unicodedata import east_asian_width

from stackwatch.domain.fault_words import SYSTEM_REASONS
from stackwatch.domain.watchlist import Language
from stackwatch.domain.wording import korean_reason, reason_words

Lines = Sequence[tuple[str, str]]
"""Patterns of English sentences, and the Korean that their values are put into."""

_LINES = (
    (r"this system takes no notifications; alerts are printed only", "시스템 알림을 쓸 수 없어 글로만 알림"),
    (r"The briefing of (\S+) was written to (.+)", r"\1 브리핑을 \2에 저장함"),
    # import
    (r"([\d,]+) rows?", r"\1행"),
    (
        r"([\d,]+) daily prices? of ([\d,]+) symbols? (?:is|are) kept\.",
        r"일별 시세 \1개(종목 \2개)를 저장했습니다.",
    ),
    (r"New to the program, kept in instruments\.toml: (.+)", r"새로 등록한 종목(instruments.toml): \1"),
    (r"New private companies, kept in private\.toml: (.+)", r"새로 등록한 비상장(private.toml): \1"),
    ("Not names of this program, kept all the same: (.+)", r"프로그램이 모르는 종목이지만 저장함: \1"),
    (
        r"Left as they were, since other prices are stored: (.+)\. With --replace the file's count\.",
        r"다른 시세가 이미 있어 그대로 둔 종목: \1. --replace를 쓰면 파일의 시세로 바꿉니다.",
    ),
    (
        r"(\S+ [\d-]+): a jump like (.+), kept as a move; prices are to be adjusted for splits",
        r"\1: \2처럼 보이는 변동이지만 그대로 저장했습니다. 시세는 분할을 반영한 값이어야 합니다",
    ),
    (
        r"([\d,]+) more jumps look like splits; --json lists them all",
        r"분할처럼 보이는 변동 \1건 더 있음; --json이 모두 보여 줍니다",
    ),
    (r"New headlines: ([\d,]+); known before: ([\d,]+)\.", r"새 기사 \1건, 이미 있던 기사 \2건."),
    (
        (
            r"([\d,]+) names? in ([\d,]+) layers? (?:is|are) kept as the list '(.+)', which is "
            r"shown from now on\."
        ),
        r"목록 '\3'에 종목 \1개(분야 \2개)를 저장했고, 이제부터 이 목록을 보여 줍니다.",
    ),
    (r"line (\d+): (.+); left out", r"\1번째 줄: \2. 제외함"),
    (r"(.+): line (\d+): (.+); left out", r"\1: \2번째 줄: \3. 제외함"),
    (
        r"([\d,]+) more rows were left out; --json lists them all",
        r"그 밖에 \1줄을 제외함. 전체 목록은 --json",
    ),
    # link
    (r"longer than ([\d,]+) characters", r"\1자보다 긺"),
    (r"begins like JSON and is not \((.+)\)", r"JSON처럼 시작하지만 JSON이 아님(\1)"),
    ("expected a text field title", "title이라는 글 항목이 필요함"),
    # rows of a table
    (r"(\d+) columns; expected (\d+)", r"열 \1개. 필요한 열은 \2개"),
    ("Low and High do not enclose Open and Close", "저가와 고가가 시가와 종가를 감싸지 않음"),
    (
        r"(.+) is not a symbol; expected one such as (\S+) or (\S+); did you mean (.+)\?",
        r"\1: 종목 코드가 아님. 예: \2, \3. 혹시 \4?",
    ),
    (r"(.+) is not a symbol; expected one such as (\S+) or (\S+)", r"\1: 종목 코드가 아님. 예: \2, \3"),
    (r"date (.+); expected one such as (\S+)", r"날짜 \1: 예: \2"),
    (r"(.+): line 1: column (\S+) is given twice", r"\1: 1번째 줄: \2 열이 두 번 있음"),
    (r"(\S+ '[^']*'; expected a [^;]+); (\S+ '[^']*'; expected a .+)", r"\1; \2"),  # of one row
    (r"(\S+) (.+); expected a number above zero, such as (\S+)", r"\1 \2: 0보다 큰 수가 필요함. 예: \3"),
    (r"(\S+) (.+); expected a price from (\S+) to (\S+)", r"\1 \2: \3부터 \4까지의 가격이 필요함"),
    ("Volume (.+); expected a whole number of zero or more", r"거래량 \1: 0 이상의 정수가 필요함"),
    (r"published (.+); expected a time such as (\S+).*", r"게시 시각 \1: 예: \2"),
    (
        r"published (.+) has no zone; expected one such as (\S+) or (\S+)",
        r"게시 시각 \1: 시간대가 없음. 예: \2, \3",
    ),
    ("the title is empty", "제목이 비어 있음"),
    ("link (.+); expected an http or https address", r"링크 \1: http나 https 주소여야 함"),
    (r"(.+): line (\d+): not a CSV table \((.+)\)", r"\1: \2번째 줄: CSV 표가 아님(\3)"),
    (r"(.+): line 1: no column (\S+); expected (.+)", r"\1: 1번째 줄: \2 열이 없음. 필요한 열: \3"),
    (r"(.+): line 1: (.+); expected (Symbol,.+) or (Date,.+)", r"\1: 1번째 줄: \2. 필요한 열: \3 또는 \4"),
    # export
    (r"([\d,]+) listed names? of '(.+)' written to (.+)", r"목록 '\2'의 상장 종목 \1개를 \3에 저장함"),
    (
        r"Left out, since only \.toml holds them: ([\d,]+) private names?\.",
        r".toml에만 담기는 비상장 \1곳은 제외함.",
    ),
    (r"([\d,]+) alerts? written to (.+)", r"알림 \1건을 \2에 저장함"),
    # rules test
    (
        (
            r"(\S+) to (\S+): ([\d,]+) fires?, (\S+) a year for each of (\d+); ([\d,]+) popups? "
            r"on ([\d,]+) days?"
        ),
        r"\1~\2: 발생 \3회(대상 \5개, 하나당 연 \4회), 팝업 \6건(\7일)",
    ),
    (r"No headlines are stored for these days\.", "이 기간의 기사가 저장되어 있지 않습니다."),
    (
        r"Nothing was judged: what is stored says too little for this rule\.",
        "판단한 날이 없습니다. 저장된 것만으로는 이 규칙을 따질 수 없습니다.",
    ),
    (r"([\d,]+) with a matching story\.", r"맞는 소식이 있는 발생 \1회."),
    (
        r"Stories are counted since (\S+), when headlines were kept\.",
        r"소식은 기사를 저장하기 시작한 \1부터 셉니다.",
    ),
    ("The largest: (.+)", r"가장 큰 발생: \1"),
    # quotes
    (
        (
            r"no usable quote of (\S+): (\S+ %) looks like an? (\d+)-for-(\d+) split "
            r"that is not confirmed, and is withheld"
        ),
        r"\1: \2 변동이 주식분할 \4:\3처럼 보이나 확인되지 않아 설명을 보류함",
    ),
    (
        (
            r"no usable quote of (\S+): (\S+ %) looks like an? (\d+)-for-(\d+) reverse split "
            r"that is not confirmed, and is withheld"
        ),
        r"\1: \2 변동이 주식병합 \4:\3처럼 보이나 확인되지 않아 설명을 보류함",
    ),
    (r"no usable quote of (\S+)", r"\1: 쓸 수 있는 시세 없음"),
    (r"(\S+ *) no quote: (.+)", r"\1 시세 없음: \2"),
    (r"no quotes could be fetched \((.+)\)", r"시세를 받지 못함(\1)"),
    ("none of the symbols has a quote", "시세가 있는 종목이 없음"),
    (r"quote: none of (\d+) is sound \((\d+) times: (.+)\)", r"시세 \1건 모두 쓸 수 없음(\2번: \3)"),
    # doctor
    (r"(Stackwatch \S+, .+), installed build", r"\1, 설치본"),
    (r"(Stackwatch \S+, .+), from source", r"\1, 소스 실행"),
    (
        r"(\d+) listed, (\d+) private, (\d+) layers, (\d+) exposures, (\d+) rules",
        r"상장 \1, 비상장 \2, 분야 \3, 연결 \4, 규칙 \5",
    ),
    (r"(\d+) of (\d+) load, from numpy to pyqtgraph", r"\2개 중 \1개 불러옴(numpy부터 pyqtgraph까지)"),
    (r"(\d+) root certificates; (.+)", r"루트 인증서 \1개; \2"),
    (r"(\d+) zones of exchanges", r"거래소 시간대 \1개"),
    (r"(\d+) calendars, (\d+) documented days", r"거래일 달력 \1개, 기록된 날 \2일"),
    (r"sound, (\d+) alerts, (\d+) quotes", r"이상 없음, 알림 \1건, 시세 \2건"),
    (r"(\S+) next (\S+), (\S+) next (\S+), (\S+) next (\S+)", r"다음 거래일 \1 \2, \3 \4, \5 \6"),
    ("no trading day of (.+) in the next ten days", r"앞으로 열흘 안에 \1 거래일이 없음"),
    (
        r"no service of the system answers \((\w+)\); Stackwatch draws its own popups",
        r"시스템 알림 서비스가 응답하지 않음(\1). Stackwatch가 직접 팝업을 띄움",
    ),
    (
        "no service; Stackwatch draws its own popups",
        "시스템 알림 서비스 없음. Stackwatch가 직접 팝업을 띄움",
    ),
    (
        r"the system's service can do (\d+) things; Stackwatch draws its own popups too",
        r"시스템 알림 기능 \1가지. Stackwatch도 직접 팝업을 띄움",
    ),
    ("a display is there", "화면 있음"),
    ("there is no display .+", "화면 없음(DISPLAY, WAYLAND_DISPLAY). 창 없이 쓰려면 stackwatch watch"),
    (r"the display (\S+) does not answer.+", r"화면 \1: 응답하지 않음. 창 없이 쓰려면 stackwatch watch"),
    (
        (
            r"([\d,]+) in the last hour; (\d+) names need at most ([\d,]+) an hour, ([\d,]+) with "
            r"the price stream; ([\d,]+) are allowed"
        ),
        r"지난 한 시간 \1건. 종목 \2개에 시간당 최대 \3건, 실시간 시세를 쓰면 \4건 필요. 한도 \5건",
    ),
    (r"(\d+) of 2 quotes, newest (.+)", r"시세 2건 중 \1건, 최신 \2"),
    ("no quote came", "시세가 오지 않음"),
    (r"a price of each of the (\d+) names", r"종목 \1개 모두 가격이 있음"),
    (r"(\d+) of (\d+) names have no price", r"종목 \2개 중 \1개에 가격이 없음"),
    ("not asked, as quotes do not come", "시세가 오지 않아 묻지 않음"),
    (r"(\S+) since (\S+): (.+)", r"\1 \2부터 \3"),
    (r"(\S+), last price (\S+): (.+)", r"\1 마지막 가격 \2: \3"),
    (r"(\S+), no price so far: (.+)", r"\1 받은 가격이 없음: \2"),
    (r"(\S+: answered .+), asks to wait (\d+) s", r"\1, \2초 기다리라고 함"),
    (r"(\d+) of (\d+) sources answer", r"출처 \2곳 중 \1곳 응답"),
    ("not compared: no server told its time", "비교하지 못함: 시각을 알려 준 서버가 없음"),
    (r"within (\d+) s of the servers' time", r"서버 시각과 \1초 이내"),
    (
        r"(\d+) s behind the servers' time; set the clock of this machine",
        r"서버 시각보다 \1초 늦음. 이 컴퓨터의 시계를 맞춰야 함",
    ),
    (
        r"(\d+) s ahead of the servers' time; set the clock of this machine",
        r"서버 시각보다 \1초 빠름. 이 컴퓨터의 시계를 맞춰야 함",
    ),
    (r"painted in Korean on a documented day, (\d+) kB", r"기록된 날을 한국어로 그림, \1 kB"),
    (r"(.+): (\d+) root certificates; expected at least (\d+)", r"\1: 루트 인증서 \2개. \3개 이상이어야 함"),
    (
        "(.+): curl cannot read the root certificates; no price will come",
        r"\1: curl이 루트 인증서를 읽지 못해 시세를 받을 수 없음",
    ),
    (
        r"New York's clock says (\S+) at 20:00 UTC in July; expected 16:00",
        r"7월 20:00 UTC에 뉴욕 시각이 \1. 16:00이어야 함",
    ),
    ("missing: every calendar", "없음: 모든 달력"),
    ("missing: (.+)", r"없음: \1"),
    ("not a translation: (.+)", r"번역 파일이 아님: \1"),
    (
        r"its picture has (\d+) bytes; expected a window with prices",
        r"그림이 \1바이트. 시세가 든 창이어야 함",
    ),
    (r"ended with (\S+): (.+)", r"종료 코드 \1: \2"),
    ("its log says: (.+)", r"로그의 내용: \1"),
    # what ends a command
    ("stopped", "멈춤"),
    (
        r"([\d,]+) of ([\d,]+) symbols are kept, and importing the file again keeps the rest",
        r"종목 \2개 중 \1개를 저장함. 다시 가져오면 나머지도 저장함",
    ),
    (
        r"([\d,]+) of ([\d,]+) headlines are kept, and importing the file again keeps the rest",
        r"기사 \2건 중 \1건을 저장함. 다시 가져오면 나머지도 저장함",
    ),
    ("--on and --demo: expected one of them", "--on과 --demo 가운데 하나만 써야 함"),
    (
        r"no price of any name of the list is known for today; documented days: (.+)",
        r"오늘 목록 종목의 시세가 하나도 없음. 기록된 날: \1",
    ),
    (
        r"no price of any name of the list is known for (\S+); documented days: (.+)",
        r"\1: 목록 종목의 시세가 하나도 없음. 기록된 날: \2",
    ),
    (
        (
            r"--on (\S+): no prices of (\S+) are known for that day, the last before it are of (\S+); "
            "documented days: (.+)"
        ),
        r"--on \1: 그날의 \2 시세가 없음. 그 전 마지막 시세는 \3. 기록된 날: \4",
    ),
    (
        r"--on (\S+): the stored prices of (\S+) begin that day, and a move needs a close before it",
        r"--on \1: 저장된 \2 시세가 그날부터라, 등락을 따질 전날 종가가 없음",
    ),
    (
        r"--on (\S+): no prices of (\S+) are known for that day; documented days: (.+)",
        r"--on \1: 그날의 \2 시세가 없음. 기록된 날: \3",
    ),
    ("episode '(.+)' is not known; expected one of (.+)", r"모르는 날 '\1'. 아는 날: \2"),
    (
        r"Qt cannot be loaded for a PDF \((.+)\); \.html and \.md need none",
        r"PDF에 필요한 Qt를 불러오지 못함(\1). .html과 .md에는 필요 없음",
    ),
    (
        r"Qt cannot be loaded \((.+)\)\. On Debian or Ubuntu: (.+)\. Without a window: stackwatch watch",
        r"Qt를 불러오지 못함(\1). Debian과 Ubuntu에서는 \2. 창 없이 쓰려면 stackwatch watch",
    ),
    (
        r"Qt needs the library (\S+), which is not installed\. On Debian or Ubuntu: (.+)",
        r"Qt에 필요한 라이브러리 \1: 설치되어 있지 않음. Debian과 Ubuntu에서는 \2",
    ),
    ("standard input is closed", "표준 입력이 닫혀 있음"),
    ("standard output is closed", "표준 출력이 닫혀 있음"),
    (
        (
            "(.+) is not a listed instrument of this program; expected a symbol such as NVDA, or "
            r"a name; did you mean (.+)\?"
        ),
        r"\1: 이 프로그램의 상장 종목이 아님. 혹시 \2?",
    ),
    (
        "(.+) is not a listed instrument of this program; expected a symbol such as NVDA, or a name",
        r"\1: 이 프로그램의 상장 종목이 아님. NVDA 같은 종목 코드나 이름이 필요함",
    ),
    ("(.+) means (.+); expected one of these symbols", r"\1: \2 가운데 하나로 적어야 함"),
    (
        "(.+) is not listed, so that it has no price of its own; tied to it are (.+)",
        r"\1: 비상장이라 시세가 없음. 연결 종목: \2",
    ),
    ("(.+) is not listed, so that it has no price of its own", r"\1: 비상장이라 시세가 없음"),
    (r"(--\w+) (.+): expected a day such as (\S+)", r"\1 \2: \3 같은 날짜가 필요함"),
    (
        r"without the network, --on (\S+) explains the last stored day",
        r"네트워크 없이 쓰려면 --on \1(마지막으로 저장된 날)",
    ),
    (r"--from (\S+) is after --to (\S+)", r"--from \1: --to \2보다 늦음"),
    (r"rule (\S+): no prices are stored for what it watches", r"규칙 \1: 대상의 시세가 저장되어 있지 않음"),
    (
        r"no prices are stored up to (\S+); import them .+",
        r"\1까지 저장된 시세가 없음. 가져오거나(stackwatch import prices FILE) 프로그램을 실행해 두어야 함",
    ),
    (r"(.+): holds no usable row; line (\d+): (.+)", r"\1: 쓸 수 있는 행이 없음. \2번째 줄: \3"),
    ("(.+): holds no usable row", r"\1: 쓸 수 있는 행이 없음"),
    (r"(.+): cannot be read \((.+)\)", r"\1: 읽을 수 없음(\2)"),
    (r"(.+): line (\d+): neither UTF-8 nor CP949 text", r"\1: \2번째 줄: UTF-8이나 CP949로 된 글이 아님"),
    (r"(.+): line (\d+): byte (\d+) is not UTF-8 text", r"\1: \2번째 줄: \3번째 바이트가 UTF-8이 아님"),
    (
        r"(.+): line (\d+): not UTF-8 text; save the file as UTF-8",
        r"\1: \2번째 줄: UTF-8이 아님. UTF-8로 저장해야 함",
    ),
    (
        r"(.+): line 1: columns divided by (\w+); expected commas, and points in numbers",
        r"\1: 1번째 줄: 열 구분 기호가 \2. 열은 쉼표로 나누고 소수점은 점으로 적어야 함",
    ),
    ("semicolons", "세미콜론"),
    ("tabs", "탭"),
    ("bars", "세로줄"),
    (r"(.+): a line is longer than ([\d,]+) characters", r"\1: 한 줄이 \2자보다 긺"),
    (r"(.+): larger than ([\d,]+) bytes", r"\1: \2바이트보다 큼"),
    (
        r"(.+): neither a rule \((.+)\) nor a TOML file with one rule",
        r"\1: 규칙(\2)도, 규칙 하나가 든 TOML 파일도 아님",
    ),
)
_NAMES = {
    "headline": "소식",
    "health": "출처",
    "ALERT": "알림",
    "notice": "참고",
    "alert": "경고",
    "severe": "심각",
    "live": "실시간",
    "delayed": "지연",
    "closed": "장 마감",
    "stale": "갱신 없음",
    "halted": "거래 정지",
    "withheld": "보류",
    "unknown": "알 수 없음",
    "starting": "시작 중",
    "degraded": "일부만 동작",
    "rate-limited": "요청 제한",
    "offline": "연결 없음",
    "failed": "실패",
    "ok": "정상",
    "FAIL": "이상",
    "on": "켬",
    "off": "끔",
    "program": "프로그램",
    "files": "파일",
    "libraries": "라이브러리",
    "time zones": "시간대",
    "data folder": "데이터 폴더",
    "store": "저장소",
    "resources": "리소스",
    "translations": "번역",
    "calendars": "거래일",
    "popups": "팝업",
    "display": "화면",
    "window": "창",
    "quotes": "시세",
    "symbols": "종목",
    "headlines": "기사",
    "clock": "시계",
    "requests": "요청",
}


def in_language(line: str, language: Language | None) -> str:
    """Return a sentence or name that a command says, in Korean where that is wanted and known."""
    if language is not Language.KOREAN:
        return line
    if line in _NAMES:
        return _NAMES[line]
    if (told := _sentence(line)) is not None:
        return told
    said = reason_words(line, language)
    if said == line and "; " in line:  # a fault, and what to do instead
        return "; ".join(in_language(part, language) for part in line.split("; "))
    return said


def _sentence(line: str) -> str | None:
    """Return a sentence of these commands in Korean, with its values, of which one may be a reason itself."""
    return told_by(_LINES, line, _value)


def told_by(lines: Lines, line: str, value: Callable[[str], str]) -> str | None:
    """Return a sentence as the first pattern that it fits says it, with its values; None where none fits."""
    for pattern, korean in lines:
        if found := re.fullmatch(pattern, line):
            return _put_in(korean, [value(words) for words in found.groups()])
    return None


def _put_in(korean: str, values: Sequence[str]) -> str:
    return re.sub(r"\\(\d)", lambda place: values[int(place[1]) - 1], korean)


def _value(words: str) -> str:
    return SYSTEM_REASONS.get(words) or korean_reason(words) or _sentence(words) or words


def padded(word: str, columns: int) -> str:
    """Fill a word up to so many columns of a terminal, of which a Korean letter takes two."""
    return word + " " * (columns - columns_of(word))


def columns_of(words: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
