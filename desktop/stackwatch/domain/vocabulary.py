"""The fixed words of both languages: kinds of link, themes, publishers, and why something was not done."""

from stackwatch.domain.news import Theme

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
)
