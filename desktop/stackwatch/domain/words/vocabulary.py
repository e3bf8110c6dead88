"""The fixed words of both languages: kinds of link, themes, publishers, indices."""

from stackwatch.domain.news import StoryTheme
from stackwatch.domain.watchlist import BilingualName, Language

# The others are called as they are written.
RELATIONS_EN = {"customer": "customer of", "listing": "same company"}
RELATIONS_KO = {
    "customer": "구매",
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
    "listing": "같은 회사",
    "former": "종료된 연결",
}
THEMES_KO = {
    StoryTheme.CAPACITY: "설비",
    StoryTheme.FUNDING: "자금",
    StoryTheme.CONTRACT: "계약",
    StoryTheme.REGULATION: "규제",
    StoryTheme.TALENT: "인력",
    StoryTheme.EARNINGS: "실적",
    StoryTheme.PRODUCT: "제품",
    StoryTheme.SUPPLY: "공급",
    StoryTheme.RATING: "투자의견",
    StoryTheme.LEGAL: "법률",
    StoryTheme.PRICE_TALK: "시세 기사",
    StoryTheme.OTHER: "기타",
}
PUBLISHERS = {
    "wall street journal": "WSJ",
    "financial times": "FT",
    "new york times": "NYT",
    "associated press": "AP",
}
PRICE_SOURCES = {
    "replay": BilingualName("the replayed day", "다시보기")
}  # a provider is named as it names itself
SOURCES_KO = {  # what stands for a publisher where a link has none, or beside one
    "company": "회사 발표",
    "company statements": "회사 발표",
    "press": "언론 보도",
    "price reaction": "가격 반응",
    "analyst estimates": "증권사 추정",
    "inference": "추정",
    "headline list": "기사 목록",
    "press via Slashdot": "언론 보도(Slashdot)",
    "press via Slashdot; Reuters 2026-08-16": "언론 보도(Slashdot); Reuters 2026-08-16",
    "analyst estimates after Huang remarks": "젠슨 황 발언 뒤 증권사 추정",
    "Nvidia CEO in Seoul": "엔비디아 CEO 서울 발언",
    "Zacks / company calls": "Zacks / 실적 발표 설명회",
    "S-1 filing": "상장 신청서(S-1)",
    "Cerebras S-1": "세레브라스 상장 신청서(S-1)",
    "SpaceX S-1": "스페이스X 상장 신청서(S-1)",
    "CoreWeave filing, Reuters": "코어위브 공시, Reuters",
    "Microsoft blog": "마이크로소프트 블로그",
    "Nvidia blog": "엔비디아 블로그",
    "Anthropic; Mizuho estimate": "앤트로픽; 미즈호 추정",
    "OpenAI statement; Bloomberg 2026-03-06": "오픈AI 발표; Bloomberg 2026-03-06",
    "OpenAI announcement": "오픈AI 발표",
    "OpenAI / SoftBank announcement": "오픈AI·소프트뱅크 발표",
    "Microsoft / OpenAI announcement": "마이크로소프트·오픈AI 발표",
    "Amazon announcement": "아마존 발표",
    "Amazon / Anthropic announcement": "아마존·앤트로픽 발표",
    "Yonhap": "연합뉴스",
    "OpenAI / Yonhap": "오픈AI·연합뉴스",
    "Segye / Edaily": "세계일보·이데일리",
    "Dong-A": "동아일보",
    "News1": "뉴스1",
    "News Space": "뉴스스페이스",
    "Bizwatch": "비즈워치",
    "BusinessPost": "비즈니스포스트",
    "ZDNet Korea": "지디넷코리아",
}
EXCHANGES_KO = {  # those that are called by their city; the others are codes
    "London": "런던", "Paris": "파리", "Milan": "밀라노", "Amsterdam": "암스테르담", "Zurich": "취리히",
    "Toronto": "토론토",
}  # fmt: skip
INDICES = {  # benchmarks whose symbol nobody reads
    "^GSPC": BilingualName("S&P 500", "S&P 500"),
    "^KS11": BilingualName("KOSPI", "코스피"),
    "^N225": BilingualName("Nikkei 225", "닛케이 225"),
    "^TWII": BilingualName("TAIEX", "대만 가권지수"),
    "^HSI": BilingualName("Hang Seng", "항셍지수"),
    "^GSPTSE": BilingualName("TSX Composite", "토론토종합지수"),
    "^STOXX50E": BilingualName("Euro Stoxx 50", "유로스톡스 50"),
    "^GDAXI": BilingualName("DAX", "DAX"),
    "^FCHI": BilingualName("CAC 40", "CAC 40"),
}


def indices_named(said: str, language: Language) -> str:
    """Return what was said with the names of indices in the place of their symbols."""
    for symbol, names in INDICES.items():
        said = said.replace(symbol, names.get(language))
    return said
