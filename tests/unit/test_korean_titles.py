"""Korean titles as business papers write them: prices, who is meant, what is only wished, and measures."""

import pytest

from stackwatch.analysis.titles.reading import Reader


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("엔비디아, 사상 최대 매출에도 주가는 비실", -1),
        ("인텔 주가 5% 떨어져 약세 계속", -1),
        ("인텔, 인건비 불어나자 주가 '털썩'", -1),
        ("인텔 주가 오후 들어 껑충, 왜?", 1),
        ("네이버, 기관 12만 주 순매수… 주가 -1.4%", -1),
        ("네이버 주가, 8일 -2.15% 변동", -1),
        ("네이버 주가 기관 매수에 4%대 뛰어", 1),
        ("인텔, 주가 3만 1200원.. 전일대비 -2.6%", -1),
        ("네이버, 주가 하락은 저가 매수 기회", 1),
        ("반도체 대형주는 오르는데 애플만 4% 하락", -1),
        ("마이크로소프트, 퀄리스에 3억달러 투자...퀄리스 주가 12% 급등", 0),
        ("삼성물산 주가 급등, 네이버 협력 부각", 0),
        ("네이버 강세 속 모나미 급락...거래량 상위", 1),
        ("(특징주) 가온로봇, 네이버 물류 로봇 수주에도 약세", 0),
        ("(특징주) 다온식품, 네이버 쇼핑 흥행에 9% 급등", 0),
        ("기관, 네이버 '사자'…한빛해운 '팔자'", 1),
        ("네이버 목표가 30만→25만원", -1),
        ("네이버 목표주가 25만원", 1),
        ("네이버 점유율 3위→1위", 1),
        ("네이버(035420.KS): 198,300원 (-2.15%)", -1),
    ],
)
def test_that_what_a_korean_title_says_of_the_price_is_whose_share_it_is(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


def test_that_each_share_of_a_korean_list_has_its_own_price(reader: Reader) -> None:
    read = reader.read("인텔 주가 올라 5거래일째 상승, 엔비디아 오르고 네이버 내려")

    assert [read.tone_for(name) for name in ("INTC", "NVDA", "035420.KS")] == [1, 1, -1]


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("인텔, 적자 껑충", -1),
        ("인텔, 적자 1조 돌파", -1),
        ("인텔, 위기 돌파", 1),
        ("인텔, 적자 반토막", 1),
        ("인텔, 우려 사라져", 1),
        ("인텔, 원가 급락", 1),
        ("인텔, 실적 쇼크 급락", -1),
        ("인텔, 과징금 감경", 1),
        ("인텔, 수주 물거품", -1),
        ("인텔, 재고 쌓여", -1),
        ("인텔, 수주잔고 쌓여", 1),
        ("인텔, 3조 적자…창사 이래 최대", -1),
        ("인텔, 해킹 피해 눈덩이…362만명으로 늘어", -1),
        ("인텔, 호황 장기화", 1),
        ("인텔, 배상 부담 덜어", 1),
        ("인텔, 경쟁 본격화", 0),
        ("인텔, 저작권 소송 15억달러에 합의", -1),
        ("인텔 주식 매도할 이유 없다", 1),
        ("인텔, 사업 철수 안 한다", 1),
        ("인텔 주식 너무 올랐다", -1),
        ("인텔, 인허가 막혀 착공 연기", -1),
        ("인텔, 밀려드는 주문 소화 못해", 1),
        ("인텔 “수요 감당 못할 정도”", 1),
        ("인텔, 이자 감당 못해", -1),
    ],
)
def test_that_a_korean_measure_says_how_much_of_what_stands_before_it(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("인텔, 고객 확보 총력", 0),
        ("반도체 1위 탈환한 곳은 어디", 0),
        ("인텔, 채용 공고 올려", 0),
        ("인텔, 주가 반등 조건은 실적 개선", 1),
        ("인텔, 골목상권 활성화 위해 협력 강화", 0),
        ("인텔, 제휴 확대 필요", 0),
        ("인텔, 장비 반입 허가 매년 받아야", 0),
        ("인텔, 노사 상견례…4월 타결 목표", 0),
        ("인텔 회장 “AI 시대, 협력이 답”", 0),
        ("인텔 회장, 日 출장길 올라", 0),
        ("인텔, 공급 계약 논의", 1),
        ("인텔, 새 모델 공개…성능 향상", 0),
        ("인텔, 반도체 성능 20% 향상", 1),
        ("인텔, 스타트업에 300억 투자", 0),
        ("인텔, 신규 팹에 8조 투자", 1),
        ("인텔, 독거노인에 성금 기부하며 협력 확대", 0),
        ("인텔 노조, 투자 확대 요구하며 교섭 테이블 오른다", 0),
        ("인텔, 전직 장관 고문으로 영입", 0),
        ("인텔, AI 석학 영입", 1),
        ("인텔 노사, 극적 타결", 1),
    ],
)
def test_that_what_is_wished_shown_or_given_away_is_no_good_news(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tones"),
    [
        ("인텔, 엔비디아에 반독점 소송 제기", {"INTC": 0, "NVDA": -1}),
        ("엔비디아, 가격 인하 위해 인텔 압박", {"NVDA": 0, "INTC": -1}),
        ("인텔 8조 베팅…투자 압박 커지는 엔비디아", {"NVDA": -1}),
        ("인텔 쉬어간 하루…코스닥은 2%대 급락", {"INTC": 0}),
        ("인텔 위탁사…현대증권 연이틀 '급등'", {"INTC": 0}),
        ("인텔에 세정액 공급 늘어", {"INTC": 0}),
        ("인텔, 엔비디아에 칩 공급", {"INTC": 1, "NVDA": 0}),
        ("창신, 서버용 칩서 인텔 넘본다", {"INTC": -1}),
        ("저가 공세에 인텔 범용 칩 위협", {"INTC": -1}),
        ("딥시크, 엔비디아 대신 화웨이 칩 쓴다", {"NVDA": -1}),
        ("인텔 가처분 기각", {"INTC": -1}),
        ("인텔 닮은 창신메모리, 시총 1위", {"INTC": 0}),
        ("외인, 삼전 '사고' 네이버 '팔고'", {"005930.KS": 0}),
        ("연기금, 네이버 순매수", {"035420.KS": 1}),
        ("남부발전, 복합발전 사업자로 인텔 컨소 선정", {"INTC": 1}),
    ],
)
def test_that_a_korean_clause_is_the_news_of_whom_it_names(
    reader: Reader, title: str, tones: dict[str, int]
) -> None:
    read = reader.read(title)

    assert {name: read.tone_for(name) for name in tones} == tones


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("인텔, 악재 대부분 주가에 반영", 0),
        ("인텔, 한 달 새 20% 급락에 “담을 기회”", 1),
        ("인텔 실리콘 포토닉스 공급", 1),
        ("인텔, 내년 상반기부터 공급", 1),
    ],
)
def test_that_bad_news_that_a_price_holds_and_parts_of_words_are_no_news(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("네이버, 가람병원과 의료 AI 협력", 0),
        ("네이버, 물류 플랫폼 구축 착수", 0),
        ("네이버, 디지털 전환 혁신…상담 서비스 확대", 0),
        ("네이버, 콘텐츠 경쟁력 강화 나서", 0),
        ("네이버, 로봇에 투자 확대", 0),
        ("네이버, 물류 플랫폼 구축에 3조 투자", 1),
        ("네이버, 해외 매출 비중 30%로 확대", 1),
        ("네이버, 영업이익 확대", 1),
        ("인텔, 수율 향상", 1),
        ("네이버, 데이터센터 확장", 1),
        ("네이버, 서버 1만대 양산 협력", 1),
        ("네이버, AI 협력 부담", 0),
        ("네이버, AI 협력 무산", -1),
        ("네이버, 물류 플랫폼 구축 중단", -1),
        ("네이버, 로봇 투자 3조 철회", -1),
        ("네이버, 협력 재개", 1),
    ],
)
def test_that_what_a_company_sets_about_is_good_news_with_its_size_alone(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("네이버, 적자 두 배로 늘어", -1),
        ("네이버, 손실 2배로 확대", -1),
        ("네이버, 매출 두 배로 늘어", 1),
        ("네이버, 유상증자 2조1000억원으로 확대", -1),
        ("네이버, 영업이익 2조1000억원으로 확대", 1),
        ("네이버, 유증 5000억 늘린다", -1),
        ("네이버 제쳐…검색 점유율 1위", -1),
        ("네이버, 메타 제쳐…검색 점유율 1위", 1),
        ("자율 에이전트, 네이버 서버 침투", -1),
        ("네이버, 반도체 공장 증설로 시험대", 1),
        ("네이버, 보고서도 뚝딱 쓰는 AI 공개", 0),
        ("네이버, 쇼핑과 결제 동반 성장", 1),
    ],
)
def test_that_how_much_more_of_a_bad_thing_is_bad_and_who_is_passed_has_the_bad_news(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone
