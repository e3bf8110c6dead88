"""What commands say, in Korean: sentences as patterns, since most hold a number, a name or a path."""

import re
from unicodedata import east_asian_width

from stackwatch.domain.watchlist import Language
from stackwatch.domain.wording import reason_words

_LINES = (
    (r"this system takes no notifications; alerts are printed only", "시스템 알림을 쓸 수 없어 글로만 알림"),
    (r"The briefing of (\S+) was written to (.+)", r"\1 브리핑을 \2에 저장함"),
    # import
    (r"([\d,]+) rows", r"\1행"),
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
        r"(\S+ [\d-]+): a jump like a (.+), kept as a move; prices are to be adjusted for splits",
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
    (r"(.+) is not a symbol; expected one such as (\S+) or (\S+)", r"\1: 종목 코드가 아님. 예: \2, \3"),
    (r"date (.+); expected one such as (\S+)", r"날짜 \1: 예: \2"),
    (r"(.+): line 1: column (\S+) is given twice", r"\1: 1번째 줄: \2 열이 두 번 있음"),
    (r"(\w+) (.+); expected a number above zero", r"\1 \2: 0보다 큰 수가 필요함"),
    ("Volume (.+); expected a whole number of zero or more", r"거래량 \1: 0 이상의 정수가 필요함"),
    (r"published (.+); expected a time such as (\S+).*", r"게시 시각 \1: 예: \2"),
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
        r"\1 ~ \2: 발생 \3회(대상 \5개, 하나당 연 \4회), 팝업 \6건(\7일)",
    ),
    (r"No headlines are stored for these days\.", "이 기간의 기사가 저장되어 있지 않습니다."),
    (r"([\d,]+) with a matching story\.", r"맞는 소식이 있는 발생 \1회."),
    (
        r"Stories are counted since (\S+), when headlines were kept\.",
        r"소식은 기사를 저장하기 시작한 \1부터 셉니다.",
    ),
    ("The largest: (.+)", r"가장 큰 발생: \1"),
    # quotes
    (
        (
            r"no usable quote of (\S+): (\S+ %) looks like a (\d+) for (\d+) (?:reverse )?split "
            r"that is not confirmed, and is withheld"
        ),
        r"\1: \2 변동이 주식분할 \4:\3처럼 보이나 확인되지 않아 설명을 보류함",
    ),
    (r"no usable quote of (\S+)", r"\1: 쓸 수 있는 시세 없음"),
    (r"(\S+ *) no quote: (.+)", r"\1 시세 없음: \2"),
    (r"no quotes could be fetched \((.+)\)", r"시세를 받지 못함(\1)"),
    ("none of the symbols has a quote", "시세가 있는 종목이 없음"),
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
    (r"painted in Korean on a documented day, (\d+) kB", r"기록된 날을 한국어로 그림, \1 kB"),
    # what ends a command
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
        "(.+) is not listed, so that it has no move to explain; tied to it are (.+)",
        r"\1: 비상장이라 설명할 등락이 없음. 연결 종목: \2",
    ),
    ("(.+) is not listed, so that it has no move to explain", r"\1: 비상장이라 설명할 등락이 없음"),
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
    (r"(.+): byte (\d+) is not UTF-8 text", r"\1: \2번째 바이트가 UTF-8이 아님"),
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
    "starting": "시작",
    "degraded": "불완전",
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
    "requests": "요청",
}


def in_language(line: str, language: Language | None) -> str:
    """Return a sentence or name that a command says, in Korean where that is wanted and known."""
    if language is not Language.KOREAN:
        return line
    if line in _NAMES:
        return _NAMES[line]
    for pattern, korean in _LINES:
        if found := re.fullmatch(pattern, line):
            return found.expand(korean)
    said = reason_words(line, language)
    if said == line and "; " in line:  # a fault, and what to do instead
        return "; ".join(in_language(part, language) for part in line.split("; "))
    return said


def padded(word: str, columns: int) -> str:
    """Fill a word up to so many columns of a terminal, of which a Korean letter takes two."""
    taken = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in word)
    return word + " " * (columns - taken)
