"""The fixed words of both languages: kinds of link, themes, publishers, and why something was not done."""

from stackwatch.domain.news import Theme
from stackwatch.domain.watchlist import Names

RELATIONS_KO = {
    "customer": "고객",
    "supplier": "공급",
    "equity": "지분",
    "lender": "대출",
    "guarantor": "보증",
    "partner": "협력",
    "competitor": "경쟁",
    "regulator": "규제",
    "landlord": "임대",
    "parent": "모회사",
    "litigation": "소송",
    "demand": "수요",
    "tenant": "임차",
    "former": "종료된 연결",
}
THEMES_KO = {
    Theme.CAPACITY: "증설",
    Theme.FUNDING: "자금",
    Theme.CONTRACT: "계약",
    Theme.REGULATION: "규제",
    Theme.TALENT: "인재",
    Theme.EARNINGS: "실적",
    Theme.PRODUCT: "제품",
    Theme.SUPPLY: "공급",
    Theme.RATING: "투자의견",
    Theme.LEGAL: "소송",
    Theme.PRICE_TALK: "시세 기사",
    Theme.OTHER: "기타",
}
PUBLISHERS = {
    "wall street journal": "WSJ",
    "financial times": "FT",
    "new york times": "NYT",
    "associated press": "AP",
}
SOURCES_KO = {  # what stands for a publisher where a link has none
    "company": "회사 발표",
    "company statements": "회사 발표",
    "press": "언론 보도",
    "price reaction": "가격 반응",
    "analyst estimates": "증권사 추정",
    "inference": "추정",
}
INDICES = {  # benchmarks whose symbol nobody reads
    "^GSPC": Names("S&P 500", "S&P 500"),
    "^KS11": Names("KOSPI", "코스피"),
    "^N225": Names("Nikkei 225", "닛케이 225"),
    "^TWII": Names("TAIEX", "대만 가권지수"),
    "^GDAXI": Names("DAX", "DAX"),
    "^FCHI": Names("CAC 40", "CAC 40"),
}
REASONS_KO = (  # what the engine says, as a pattern, and how it is said in Korean
    (r"(\d+) of (\d+) days", r"\2일 중 \1일"),
    (r"it is a benchmark itself", "비교 지수"),
    (r"no benchmark", "비교 지수 없음"),
    (r"no price of its benchmark (\S+)", r"비교 지수 \1 가격 없음"),
    (r"benchmark (\S+) has another trading day", r"비교 지수 \1의 거래일이 다름"),
    (r"already true when first seen", "처음부터 조건 충족"),
    (r"shown with its cause", "원인과 함께 표시"),
    (r"part of a layer-wide move", "분야 전체의 움직임"),
    (r"said by another rule", "다른 규칙이 알림"),
    (r"snoozed", "미룸"),
    (r"rule fired (\d+) times in (\d+) minutes", r"규칙이 \2분 동안 \1번 울림"),
    (r"quiet hours", "방해 금지 시간"),
    (r"waits for others of its cause", "같은 원인의 알림을 기다리는 중"),
    (r"(\d+) quotes", r"시세 \1건"),
    (r"(\d+) quotes, (\d+) refused", r"시세 \1건, 거부 \2건"),
    (
        r"(\S+) is unknown to the source since (\S+): renamed or delisted\? .+",
        r"\2부터 제공처가 \1 종목을 모릅니다. 이름 변경이나 상장 폐지일 수 있고, 목록에는 남습니다.",
    ),
    (
        r"(\S+): pushed (\S+), polled (\S+); only polled prices count for it for (\d+) minutes",
        r"\1: 실시간 \2, 조회 \3 불일치. \4분 동안 조회한 가격만 사용",
    ),
    (r"pushed and polled prices disagreed, times: (\d+)", r"실시간과 조회 가격의 불일치 \1건"),
    (r"(\d+) headlines", r"뉴스 \1건"),
    (r"the program's own request budget is spent", "프로그램이 정한 요청 한도를 다 씀"),
    (r"(\S+): too many requests", r"\1: 요청이 너무 많음"),
    (r"(\S+): status (\d+)", r"\1: 응답 상태 \2"),
    (r"(\S+): the answer is empty", r"\1: 빈 응답"),
    (r"(\S+): the answer is not JSON", r"\1: 읽을 수 없는 응답"),
    (r"(\S+): the answer broke off", r"\1: 응답이 끊김"),
    (r"(\S+): no connection", r"\1: 연결 없음"),
    (r"(\S+): no answer in time", r"\1: 제때 응답 없음"),
    (r"(\S+): the name was not found", r"\1: 서버 이름을 찾지 못함"),
    (r"(\S+): no secure connection", r"\1: 보안 연결 실패"),
    (r"(\S+): the proxy refused", r"\1: 프록시가 거부함"),
    (
        r"(.+): a web page answers instead of the provider: a login page \(captive portal\)\?",
        r"\1: 제공처 대신 웹 페이지가 응답함. 로그인 페이지(캡티브 포털)인지 확인 필요",
    ),
    (r"(\S+): it was sent on too often", r"\1: 리디렉션이 너무 많음"),
    (
        r"This list of (\d+) names needs (\d+) requests an hour while the price stream is down; (\d+) are .+",
        r"실시간 시세가 끊기면 \1종목에 시간당 요청 \2건이 필요하고 한도는 \3건, 가격이 늦을 수 있음",
    ),
    (
        r"This list of (\d+) names needs (\d+) requests an hour even with the price stream; (\d+) are .+",
        r"실시간 시세가 있어도 \1종목에 시간당 요청 \2건이 필요하고 한도는 \3건, 가격이 늦을 수 있음",
    ),
    (
        r"(.+)\. The usual settings are used; your file was not touched\.",
        r"\1. 기본 설정을 쓰며, 파일은 그대로 두었습니다.",
    ),
    (
        r"(.+)\. The change holds until Stackwatch ends; your file was not touched\.",
        r"\1. 변경은 프로그램이 끝날 때까지만 유지되며, 파일은 그대로 두었습니다.",
    ),
    (
        r"(.+)\. The shipped list is shown; your file was not touched\.",
        r"\1. 기본 목록을 표시하며, 파일은 그대로 두었습니다.",
    ),
    (
        r"(.+)\. The shipped rules are used; your file was not touched\.",
        r"\1. 기본 규칙을 쓰며, 파일은 그대로 두었습니다.",
    ),
    (
        r"The database was damaged and has been set aside as (\S+) in the data folder; .+",
        r"데이터베이스가 손상되어 데이터 폴더에 \1 이름으로 옮겨 두었고, 가격과 뉴스를 다시 받습니다.",
    ),
    (r"Internal fault: (.+)", r"내부 오류: \1"),
    (
        r"Stackwatch met a fault when it last ran\. A report is in the log folder; nothing was sent\.",
        "지난 실행 중 오류가 있었습니다. 보고서는 로그 폴더에 있으며, 어디에도 보내지 않았습니다.",
    ),
    (
        r"Stackwatch (\S+) is published; nothing is installed\.",
        r"새 버전 \1 공개. 자동으로 설치하지 않습니다.",
    ),
    (r"Start at login could not be changed: (.+)\.", r"로그인 시 시작을 바꾸지 못했습니다. \1."),
    (
        r"The replay could not be started: (.+) does not run\.",
        r"다시보기를 시작하지 못했습니다. \1 실행 불가.",
    ),
)
