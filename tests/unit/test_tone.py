import pytest

from stackwatch.analysis.titles.reading import Reader
from stackwatch.analysis.words.word_lists import WordLists
from stackwatch.domain.news import Reading, StoryTheme


def tones(reading: Reading) -> dict[str, int]:
    return {entity: reading.tone_for(entity) for entity in reading.entities}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Oracle wins record order while Intel cuts 5,000 jobs", {"ORCL": 1, "INTC": -1}),
        ("Intel cuts 5,000 jobs; AMD wins contract", {"INTC": -1, "AMD": 1}),
        ("Nvidia and AMD warn of delays", {"NVDA": -1, "AMD": -1}),
        ("Nvidia falls with AMD, Broadcom and Micron", {"NVDA": -1, "AMD": -1, "AVGO": -1, "MU": -1}),
        ("Record profits at Oracle and Intel, loss at their old rival", {"ORCL": 1, "INTC": 1}),
        ("Intel cuts 5,000 jobs, AMD holds its annual meeting", {"INTC": -1, "AMD": 0}),
        ("Oracle shares jump: analyst at Microsoft", {"ORCL": 1, "MSFT": 0}),
        ("SK하이닉스 사상 최대 실적…삼성전자 반도체는 적자", {"000660.KS": 1, "005930.KS": -1}),
    ],
)
def test_that_each_part_of_a_title_speaks_for_whom_it_names(
    reader: Reader, title: str, expected: dict[str, int]
) -> None:
    assert tones(reader.read(title)) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Meta to sell spare computing, taking on Microsoft and Oracle",
        "DeepSeek's low-cost model shakes Nvidia",
    ],
)
def test_that_a_threat_is_good_for_whom_makes_it_and_bad_for_the_rest(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert reading.threat
    assert reading.primary is not None
    first, *others = reading.entities
    assert first == reading.primary
    assert reading.tone == 1
    assert others
    assert all(reading.tone_for(other) == -1 for other in others)


def test_that_to_shake_up_ones_own_house_is_no_threat(reader: Reader) -> None:
    reading = reader.read("Intel shakes up its sales team")
    assert (reading.tone, reading.threat) == (0, False)


def test_that_a_korean_threat_is_one_too(reader: Reader) -> None:
    reading = reader.read("메타, 남는 컴퓨팅 판다…클라우드 시장에 도전장")
    assert (reading.primary, reading.tone, reading.threat) == ("META", 1, True)


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia warns on margins despite record profit", -1),
        ("Nvidia raises outlook despite tariff fears", 1),
        ("Micron misses estimates even as demand surges", -1),
        ("팔란티어 실적 호조에도 고평가 논란", -1),
        ("마이크론, 관세 우려에도 사상 최대 실적", 1),
    ],
)
def test_that_what_stands_behind_despite_does_not_count(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title", ["Is Nvidia's growth over?", "Will Oracle win the order?", "엔비디아 독주 끝나나?"]
)
def test_that_a_question_says_nothing(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert reading.tone == 0
    assert not reading.event


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia profit doubles; stock down 4%", -1),
        ("ServiceNow tops estimates but shares slump on outlook", -1),
        ("Micron misses estimates, shares rise on outlook", 1),
    ],
)
def test_that_what_the_share_did_settles_a_title(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("애플 인텔리전스 출시 또 연기", -1),
        ("SK텔레콤 과징금 1348억…역대 최대", -1),
        ("네이버 출시 지연 해소…정상화", 1),
    ],
)
def test_that_the_last_word_of_a_korean_title_is_its_verb(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("인텔, 공급 중단 우려", -1),
        ("인텔, 출하 지연 우려", -1),
        ("인텔, 공급 중단 우려 해소", 1),
        ("인텔, 파업 철회", 1),
        ("인텔, 비용 10% 절감 목표 무산", -1),
        ("인텔, 적자 폭 크게 줄어", 1),
        ("인텔, 재고 부담에 이익 감소", -1),  # "because of" is no object
        ("인텔, 줄어든 손실", 1),
        ("인텔, 대형 계약 수주 실패", -1),
        ("인텔, 신저가 경신", -1),
        ("인텔 수요 줄지 않는다", 1),
        ("인텔, 끝내 웃지 못했다", -1),
        ("인텔, 차질 없이 생산", 1),
        ("인텔, 파업설 부인", 1),
        ("인텔, 수주설 부인", 0),
        ("인텔, 규제 딛고 상승할까", 0),
        ("인텔, 새 칩 출시", 0),
        ("인텔, 새 공장 건설", 1),
        ("인텔, 새 칩 출시 기념 어린이 체험 행사", 0),
        ("인텔, 새 칩 출시 무산", -1),
        ("인텔, 수주 성공…다음은 어디?", 1),
    ],
)
def test_that_korean_words_bound_to_one_another_are_read_up_to_the_last(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("verb", "text", "found"),
    [
        ("떨어지다", "주가 떨어졌다", True),
        ("오르다", "값 올라", True),
        ("늘다", "이익 늘었다", True),
        ("늘다", "오늘 열린다", False),  # a stem of one syllable begins a word
        ("낮추다", "목표가 낮춰", True),
        ("어렵다", "더 어려워", True),
        ("짓다", "공장 지은", True),
    ],
)
def test_that_a_verb_stands_for_its_forms(verb: str, text: str, *, found: bool) -> None:
    assert bool(WordLists({"a": (verb,)}).find(text)) is found


def test_that_a_korean_word_inside_another_one_is_none() -> None:
    lists = WordLists({"a": ("의문",)})
    assert lists.find("창의문화 확산") == {}
    assert lists.find("성장 의문") == {"a": [(3, 5)]}
    assert lists.find("성장세의문") == {"a": [(3, 5)]}


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Sell Intel with a target of $20", -1),
        ("Buy Intel on dips", 1),
        ("Nvidia to sell H20 in China again", 0),
    ],
)
def test_that_advice_counts_only_where_it_opens_a_title(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


def test_that_a_caret_is_the_beginning_of_the_title() -> None:
    lists = WordLists({"a": ("^sell", "^buy the*")})
    assert lists.find("sell intel, sell amd") == {"a": [(0, 4)]}
    assert lists.find("to sell") == {}
    assert lists.find("buy thematic") == {"a": [(0, 12)]}


@pytest.mark.parametrize(
    ("title", "primary"),
    [
        ("메타 인수 제안 거절한 퓨리오사AI, 투자 유치", "furiosa"),
        ("테슬라와 23조 계약한 삼성전자", "005930.KS"),
        ("엔비디아는 삼성전자로부터 HBM 공급받는다", "NVDA"),
        ("오픈AI, 삼성전자와 의향서 체결", "openai"),
    ],
)
def test_that_a_korean_name_that_only_describes_gives_way(reader: Reader, title: str, primary: str) -> None:
    assert reader.read(title).primary == primary


@pytest.mark.parametrize(
    ("title", "entities"),
    [
        ("Two stocks for 2027 (NVDA, MU)", ("NVDA", "MU")),
        ("ASML서 투자 유치한 미스트랄AI", ("ASML", "mistral")),
        ("대만 TSMC행 특허 인력", ("TSM",)),
        ("SoftBank (TSE:9434) pivots to AI cloud", ()),
        ("OCI, 폴리실리콘 증설", ()),
        ("TPU 케이스 신발 출시", ()),
        ("Covestro expands production of flame-retardant TPU", ()),
        ("AMD joins OCI Group to set rules for optical links between AI chips", ("AMD",)),
    ],
)
def test_whom_a_careful_spelling_names(reader: Reader, title: str, entities: tuple[str, ...]) -> None:
    assert reader.read(title).entities == entities


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Oracle profit falls on higher costs", -1),
        ("SK Hynix plunges on worry over HBM pricing", -1),
        ("Oracle concerns ease", 1),
    ],
)
def test_that_what_a_move_is_put_down_to_is_not_what_moved(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Vertiv raises outlook: is it too late?", 1),
        ("Dell margins shrink. Can the turnaround last?", -1),
        ("Can Dell win the next order? Shares drop", -1),
        ("Is Dell's growth story strong after a record rally", 0),
        ("Why is Intel stock falling?", -1),  # asked why, a fall is taken for granted
    ],
)
def test_that_only_the_clause_that_asks_says_nothing(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("A look at Vertiv after record orders and strong growth", 0),
        ("Assessing Micron: strong momentum, rich price", 0),
        ("Billionaire on Dell: they beat, they win", 0),
        ("Micron beats estimates. What you should know", 1),
        ("Intel misses estimates: what it means for holders", -1),
    ],
)
def test_that_from_the_words_of_a_feature_on_a_title_has_no_tone(
    reader: Reader, title: str, tone: int
) -> None:
    reading = reader.read(title)
    assert reading.tone == tone
    assert not reading.event


@pytest.mark.parametrize(
    "title",
    [
        "Nvidia-backed startup wins record order",
        "Ex-Nvidia engineer raises $200 million",
        "Start-up signs factory lease with help by Dell",
        "This chip maker grows faster than Intel",
    ],
)
def test_that_a_name_that_only_describes_or_compares_takes_no_tone(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == 0


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Chip stocks rally, Oracle cuts jobs", -1),
        ("Retail stock jumps on takeover, Dell names a new finance chief", 0),
        ("Tech wrap: Apple opens a store, bank shares fall", 0),
        ("Dell shares fall as bank shares rise", -1),
    ],
)
def test_that_what_anothers_share_did_is_not_the_names(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Oracle surges as markets weigh risks", {"ORCL": 1}),
        ("Micron (MU) slid after record profit", {"MU": -1}),
        ("Dell climbs as Intel slips", {"DELL": 1, "INTC": -1}),
        ("Dow loses 400 points; Dell climbs", {"DELL": 1}),
        ("Oracle falls behind on deliveries", {"ORCL": -1}),
    ],
)
def test_that_what_a_name_did_comes_before_all_else(
    reader: Reader, title: str, expected: dict[str, int]
) -> None:
    assert tones(reader.read(title)) == expected


def test_that_a_reason_in_capitals_is_no_object(reader: Reader) -> None:
    assert reader.read("Micron Profit Falls Due To Concerns On Demand").tone == -1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("AMD expands portfolio with new chips: can it deliver?", 1),
        ("Microsoft stock has been hammered, margins slump. Is it time to buy?", -1),
        ("Teradyne wins record orders - more upside ahead?", 1),
        ("Is Microsoft a strong buy after the slump?", 0),
    ],
)
def test_that_what_stands_before_a_question_still_counts(reader: Reader, title: str, tone: int) -> None:
    reading = reader.read(title)
    assert reading.tone == tone
    assert not reading.event


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Oracle surges as markets weigh war risks", 1),
        ("Micron falls despite record revenue", -1),
        ("Nvidia shrugs off bubble talk with bumper forecast", 1),  # what it does it with counts
        ("Cameco (TSX: CCO) is up 7.7% after profit warning at a rival", 1),
        ("Oracle fell due to concerns about overinvestment", -1),
        ("IBM dives on strong results at rivals", -1),
    ],
)
def test_that_what_a_named_share_did_settles_a_title(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title",
    [
        "Marvell loses custom chip order to rival design house",
        "SoftBank delays share sale as war rattles markets",
    ],
)
def test_that_it_is_no_threat_to_lose_or_to_be_rattled(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert not reading.threat
    assert reading.tone == -1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Micron seeks approval for New York fab", 0),
        ("Oracle says Texas should strengthen its grid", 0),
        ("Dark mode is now the default in Microsoft Teams", 0),
        ("Oracle targets AI growth and stronger margins", 0),
        ("Micron seeks approval as profit surges", 1),
        ("Apple seeks dismissal of fraud lawsuit over voice assistant", 0),
        ("AMD names new CEO to boost growth", 0),
        ("Intel plans job cuts", -1),
    ],
)
def test_that_what_is_only_wanted_is_not_good_yet(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Oracle signs 15-year lease in Abilene", 1),
        ("Intel to build second plant in Ohio", 1),
        ("Intel to build second plant in Ohio after profit warning", -1),
        ("Apple agrees to $100 million settlement over pay", -1),
    ],
)
def test_that_what_a_company_does_is_good_where_a_title_says_nothing_else(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia launches new chip", 0),
        ("Apple acquires startup for video editing", 0),
        ("인텔, 새 칩 공개", 0),
        ("Nvidia launches new chip, wins Oracle order", 1),
        ("Nvidia launches new chip after profit warning", -1),
        ("Microsoft has not launched anything", -1),
    ],
)
def test_that_a_launch_is_news_and_neither_good_nor_bad(reader: Reader, title: str, tone: int) -> None:
    reading = reader.read(title)
    assert (reading.tone, reading.event) == (tone, True)


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("3 reasons growth investors will love Broadcom", 1),
        ("Are you looking for a top pick? Why Nvidia (NVDA) is a great choice", 1),
        ("Here's why Oracle is a core holding for patient investors", 1),
        ("Is Broadcom the best AI stock to buy now?", 0),
        ("Stocks to watch this week: Broadcom", 0),
    ],
)
def test_that_who_recommends_a_share_takes_a_side_and_reports_nothing(
    reader: Reader, title: str, tone: int
) -> None:
    reading = reader.read(title)
    assert (reading.tone, reading.event) == (tone, False)


@pytest.mark.parametrize(
    "title",
    [
        "FormFactor, Amkor, Kulicke and Soffa, and Entegris shares plummet, what you need to know",
        "Why Ciena, Applied Optoelectronics and Viavi stocks are trading lower today",
    ],
)
def test_that_the_stocks_of_a_list_fall_together(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == -1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Oracle, Microsoft sign record cloud contract as bank shares tumble", 1),
        ("Nvidia, up on demand, and oil stocks fall", 1),
        ("Nvidia, whose profit surged, wins order after rivals' shares fell", 1),
        ("Nvidia, AMD Win Orders, Oil Shares Slump", 1),
    ],
)
def test_that_what_others_stocks_do_behind_a_comma_is_no_news_of_a_name(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize("question", ["Has The Bull Case Changed?", "Has The Stock Become Fairly Priced?"])
def test_that_a_question_behind_the_news_without_a_stop_leaves_the_news(
    reader: Reader, question: str
) -> None:
    assert reader.read(f"Cameco (TSX:CCO) Is Up 7.7% After Results {question}").tone == 1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Oracle expands Japan data centers as valuation stays rich", 1),
        ("Oracle valuation check as profit surges", 0),
        ("Record orders and buyback test Vertiv growth story", 0),
        ("Micron links memory push to AI growth", 0),
    ],
)
def test_that_a_clause_that_only_weighs_has_no_tone(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Vertiv expects 45% growth yet shares still fall", -1),
        ("Oracle is down since the report. Other stocks are bigger winners.", -1),
        ("Rising scrutiny of Meta", -1),
        ("Bloom Energy (COST) raises target", 1),
        ("Advanced Micro Devices hosts visitors", 0),
        ("Oracle partners with Nokia", 1),
        ("Oracle\u00a0cuts\u00a0guidance", -1),
        ("CoreWeave may slip into losses if power costs rise", -1),
        ("Micron growth to remain subdued for another quarter", -1),
        ("Broadcom unlikely to lead next leg of rally", -1),
        ("Intel's worst may be over, says Bernstein", 1),
    ],
)
def test_that_a_direction_finds_what_it_moves(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Intel posts a profit of $1.2 billion, compared with a loss of $0.4 billion", 1),
        ("Intel swung to a net profit of $84 million from a net loss of $2 million", 1),
        ("Intel operating profit up from a loss a year ago", 1),
        ("Intel loss widens to $5 billion versus a loss of $3 billion", -1),
        ("Intel posts a loss of $1.2 billion, compared with a profit", -1),
    ],
)
def test_that_a_loss_that_is_only_compared_with_is_no_bad_news(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Intel diluted earnings rise", 1),
        ("Intel foundry as well as client chips", 0),
        ("Intel revenue up slightly from last year", 1),
        ("Intel orders down year-on-year", -1),
        ("Intel order backlog up versus last quarter", 1),
    ],
)
def test_that_a_word_is_read_by_what_stands_around_it(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title",
    [
        "저커버그 차기 행보",  # 버그, a bug
        '블룸버그 "삼성전자 차기 회장"',
        "삼성화재 차기 회장",  # 화재, a fire
        "전자통신연구원, 인텔 방문",  # 구원, rescue
        "한미정상회담 앞둔 삼성전자",  # 상회, to exceed
        "실리콘밸리의 인텔 본사",  # 실리, is loaded
        "인텔 사옥 옆 고속도로",  # 속도, speed
    ],
)
def test_that_a_korean_word_inside_another_says_nothing(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == 0


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("인텔, 영업이익 12억달러…전년 5억달러 손실에서", 1),
        ("인텔, 4억달러 순이익…전년 손실과 비교", 1),
        ("인텔 서버 지연시간 감소", 1),
        ("인텔 희망퇴직 실시", -1),
    ],
)
def test_that_korean_words_are_read_by_what_stands_around_them(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize("title", ["저커버그 방한", "연방에너지규제위원회 방문"])
def test_that_a_word_inside_a_korean_name_tells_no_theme(reader: Reader, title: str) -> None:
    reading = reader.read(title)
    assert reading.mentions
    assert (reading.tone, reading.theme) == (0, StoryTheme.OTHER)


def test_that_a_word_of_a_name_is_no_event(reader: Reader) -> None:
    assert not reader.read("Advanced Micro Devices on Monday").event
    assert reader.read("Advanced Micro Devices wins record order").event


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("[특징주] 가나다테크, SK하이닉스와 공급계약 체결에 '강세'", 0),  # good for somebody nobody knows
        ("가나다테크, SK하이닉스 납품 계약 해지", -1),  # what is bad is bad for both
        ("다올증권, SK하이닉스 목표가 상향", 1),  # a broker speaks of others
        ("코스피, 외국인 매수에 상승…SK하이닉스 신고가", 1),
        ("가나다테크, 수주 확대…SK하이닉스는 신고가 경신", 1),
        ("SK하이닉스, 가나다테크와 공급계약 체결", 1),
        ("한국 공급업체, SK하이닉스 HBM4 테스터 2,478억원 수주", 0),
        ("플랜티넷 자회사 플랜티엠, 네이버에 콘텐츠 공급 계약", 0),
        ("CJ올리브네트웍스, HD현대일렉트릭 물류 시스템 구축", 0),
        ("엔비디아, 한국 기업과 공급 계약", 1),
        ("빅테크 기업, 삼성전자에 HBM 주문 확대", 1),
    ],
)
def test_that_good_news_of_whom_nobody_knows_is_nobody_elses(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("BYD overtakes Tesla in Europe for the first time", -1),
        ("Huawei readies new chip to challenge Nvidia", -1),
        ("Rival chip cannot beat Nvidia", 0),  # denied
        ("Rival stock outperforms Nvidia", 0),  # a share that rose more is no news of the other
        ("Tesla outsells BYD in Europe", 1),
        ("Nvidia tops estimates", 1),
    ],
)
def test_that_whoever_is_outdone_has_the_bad_news(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "better", "outdone"),
    [
        ("Nvidia tops Apple as most valuable company", "NVDA", "AAPL"),
        ("제미나이에 밀린 챗GPT '코드 레드'", "GOOGL", "openai"),
        ("SK하이닉스에 D램 1위 내준 삼성전자", "000660.KS", "005930.KS"),
        ("인텔, AMD에 점유율 뺏겼다", "AMD", "INTC"),
    ],
)
def test_that_of_two_names_only_the_one_outdone_has_the_bad_news(
    reader: Reader, title: str, better: str, outdone: str
) -> None:
    assert tones(reader.read(title)) == {better: 1, outdone: -1}


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("DeepSeek sparks AI market rout", 1),  # bad for others
        ("DeepSeek triggers panic in Silicon Valley with cheap models", 1),
        ("Nvidia forecast sparks chip selloff", -1),
        ("Oracle capex triggers AI selloff", -1),
    ],
)
def test_that_a_rout_is_good_for_who_takes_from_others_and_bad_for_whose_figures_it_was(
    reader: Reader, title: str, tone: int
) -> None:
    reading = reader.read(title)
    assert reading.event
    assert reading.tone == tone
    assert reading.threat is (tone > 0)


def test_that_a_denied_report_is_not_bad(reader: Reader) -> None:
    assert reader.read("OpenAI denies report of Stargate delay").tone == 1
    assert reader.read("OpenAI's Altman says Stargate is on track, rejects WSJ report").tone == 1


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("OpenAI denies Stargate data center plans are scaled back", 1),
        ("Samsung denies report its HBM chips failed Nvidia tests", 1),
        ("Oracle denies report of contract with OpenAI", 0),
        ("Oracle denies that it has signed a contract with OpenAI", 0),
        ("Oracle denies wrongdoing after FTC sues over hidden fees", -1),
        ("오픈AI, 스타게이트 데이터센터 축소 보도 부인", 1),
        ("삼성전자, HBM4 공급 지연 보도는 사실무근", 1),
        ("엔비디아 “블랙웰 지연 보도는 사실과 달라”", 1),
        ("삼성전자, 테슬라 수주 보도 사실무근", 0),
        ("삼성전자, HBM4 공급 지연 보도에 급락", -1),
        ("Report that AMD lost Meta order is false", 1),
        ("Report that AMD won Meta order is false", 0),
        ("Nvidia says report on record order is false", 0),
        ("SoftBank CEO says Stargate delay report is wrong", 1),
        ("SK하이닉스, HBM 가격 인하 보도 반박", 1),
        ("SK하이닉스 HBM 가격 인하 보도는 사실무근", 1),
        ("삼성전자, HBM 가격 인상 보도 반박", 0),
        ("삼성전자, HBM 가격 인하", -1),
    ],
)
def test_that_the_denial_of_something_bad_is_good_however_far_behind_it_is_told(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


def test_that_a_project_advances_without_a_price(reader: Reader) -> None:
    assert reader.read("Stargate advances with 4.5 GW partnership with Oracle").theme is StoryTheme.CONTRACT
    assert reader.read("Nvidia advances on AI hopes").theme is StoryTheme.PRICE_TALK


def test_that_what_a_share_did_is_no_news_of_whom_it_did_it_after(reader: Reader) -> None:
    said = tones(reader.read("IBM plunges after Anthropic launches Cobol tool"))
    assert said == {"IBM": -1, "anthropic": 0}
    said = tones(reader.read("Vertiv slumps after Nvidia says no chillers needed"))
    assert said == {"VRT": -1, "NVDA": 0}


@pytest.mark.parametrize("title", ["제미나이에 밀린 챗GPT '코드 레드'", "SK하이닉스에 D램 1위 내준 삼성전자"])
def test_that_a_korean_title_is_about_whoever_lost_its_place(reader: Reader, title: str) -> None:
    assert reader.read(title).primary in {"openai", "005930.KS"}


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Intel cuts 900 jobs in Oregon", -1),
        ("Intel cuts costs at its German site", 1),
        ("Commission scraps antitrust probe into Nvidia", 1),
        ("Nvidia scraps keynote in Taipei", -1),
        ("Washington grants Apple tariff pause", 1),
        ("FTC probe delays Microsoft takeover", -1),
        ("Lawsuit against Meta dismissed", 1),
        ("Oracle cuts jobs and costs", -1),
        ("President drops threat to split Nvidia", 1),
        ("Dell expands layoffs in Texas", -1),
        ("HPE considers cutting a tenth of its posts", -1),
    ],
)
def test_that_what_ends_a_bad_thing_is_good(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Navy taps Palantir for shipyard software", 1),
        ("Tribunal sides with Apple over store fees", 1),
        ("Brussels orders Apple to open its payment chip", -1),
        ("Apple orders lunch for its builders", 0),
        ("Union activists target Tesla at its Berlin site", -1),
        ("Tesla targets young buyers in Berlin", 0),
        ("Tribunal allows Tesla to expand Berlin site", 1),
    ],
)
def test_that_what_is_done_to_a_name_is_its_news(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Apple sues a leaker over stolen sketches of its watch", {"AAPL": -1}),
        ("Apple sues Meta over chat app", {"AAPL": 0, "META": -1}),
        ("Apple boss Tim Cook slams draft rules", {"AAPL": 0}),
        ("Apple shareholders sue over voice assistant", {"AAPL": -1}),
        ("Publishers sue Meta over book scans", {"META": -1}),
    ],
)
def test_that_who_sues_has_no_bad_news(reader: Reader, title: str, expected: dict[str, int]) -> None:
    assert tones(reader.read(title)) == expected


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Tesla driver arrested after chase through Austin", 0),
        ("Tesla driver data exposed in breach", -1),
        ("Waymo rival Tesla wins permit in Nevada", 1),
        ("Ten firms that want to rival Nvidia win grants", 0),
    ],
)
def test_that_who_only_has_to_do_with_a_name_is_somebody_else(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    "title",
    [
        "Apple's headphones drop to lowest price since launch",
        "Save $80 on a Dell monitor this weekend",
        "Dell gaming laptop review: loud, hot and overpriced failure",
        "Opinion: Apple is losing its soul",
        "I tried Google's cooking assistant and it failed",
        "Analysts debate whether Oracle can win the race",
        "Google launches emoji button for its mail app",
    ],
)
def test_that_shopping_opinions_and_small_things_are_no_news(reader: Reader, title: str) -> None:
    assert reader.read(title).tone == 0


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Dell profit falls less than feared", 1),
        ("Dell profit rises less than hoped", -1),
        ("IBM posts smaller-than-expected loss", 1),
        ("IBM posts smaller-than-expected profit", -1),
        ("Salesforce settles for less than feared", 1),
    ],
)
def test_that_less_than_expected_turns_round(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("HPE approval revoked", -1),
        ("Tariff relief for Dell ends", -1),
        ("Tax breaks for Micron expire", -1),
        ("Strike at Samsung ends", 1),
        ("Brussels ends probe into Microsoft", 1),
        ("Cisco fixes outage in an hour", 1),
        ("Dell avoids losses in Europe", 1),
        ("Dell ends week at home", 0),
    ],
)
def test_that_what_is_over_counts_as_over(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Judge refuses to halt Cisco sales", 1),
        ("Judge refuses to dismiss lawsuit against Cisco", -1),
        ("Cisco fails to halt slide", -1),
        ("Cisco is no longer the market's strongest bet", -1),
        ("Cisco rules out layoffs", 1),
        ("Higher court overturns Cisco win", -1),
        ("Cisco awaits approval in Brazil", 0),
    ],
)
def test_that_a_refusal_turns_round_what_it_refuses(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Spotify wins ruling against Apple", -1),
        ("Spotify loses case against Apple", 1),
        ("Apple wins ruling against Spotify", 1),
        ("Pension fund buys 2% stake in Oracle", 1),
        ("Pension fund sells $40 million of Oracle shares", -1),
        ("Founder sells Oracle shares under pre-arranged plan", 0),
        ("Shops sell Apple watches", 0),
        ("Builders switch to Oracle", 1),
    ],
)
def test_that_an_opponent_or_a_buyer_of_shares_is_somebody_else(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


def test_that_a_name_that_only_describes_another_has_no_news(reader: Reader) -> None:
    assert tones(reader.read("OpenAI rival Anthropic wins Oslo contract")) == {"openai": 0, "anthropic": 1}
    assert tones(reader.read("Former Intel boss to lead Micron expansion")) == {"INTC": 0, "MU": 1}


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Salesforce growth hits a wall", -1),
        ("Cisco turnaround stumbles", -1),
        ("Cisco's gap to Arista narrows", 1),
        ("Few signs of recovery at Dell", -1),
        ("Dell in hot water over labels", -1),
        ("Dell rides AI wave", 1),
        ("Dell on a roll", 1),
        ("Dell doubles down on tablets", 0),
    ],
)
def test_that_figures_of_speech_are_read(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Cargo line picks Oracle for its books", {"ORCL": 1}),
        ("Oracle picks a new font", {"ORCL": 0}),
        ("Small shop takes share from Dell", {"DELL": -1}),
        ("Dell takes share from small shop", {"DELL": 1}),
        ("Couriers call off strike at Amazon", {"AMZN": 1}),
        ("Ministry eases Micron export limits", {"MU": 1}),
        ("Brussels orders Meta to open its shop to AI rivals", {"META": -1}),
    ],
)
def test_that_the_same_words_are_news_by_where_the_name_stands(
    reader: Reader, title: str, expected: dict[str, int]
) -> None:
    assert tones(reader.read(title)) == expected


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Funds have never been more bullish on Nvidia", 1),
        ("Nvidia was never bullish on tablets", -1),
        ("Intel to offer up to 1 million shares", 0),
        ("Micron to add 3,000 jobs in Boise", 1),
        ("Micron -5.1% after the print", -1),
        ("Micron +3% on new bull", 1),
        ("Micron shares +1% as Citi turns", 1),
        ("Micron stock bounces 2% after plunging 14%", 1),
        ("Arm sees royalties up a fifth", 1),
        ("Micron costs top $5 billion", -1),
        ("Micron orders top $5 billion", 1),
        ("Micron started at buy at Benchmark", 1),
        ("Goldman pulls Micron from Goldman's conviction list", -1),
    ],
)
def test_that_prices_ratings_and_amounts_are_told_from_words_that_look_alike(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("금감원, 두산에너빌리티 중징계 의결", -1),
        ("당국, 두산에너빌리티 규제 완화 의결", 1),
        ("▲엔비디아, 재고 45억달러 손상 처리", -1),
        ("엔비디아 매출 ▲12%", 1),
        ("방통위, 구글 과징금 또 미뤘다", 1),
        ("구글, 새 폰 출시 미뤘다", -1),
        ("삼성전자, HBM 격차 거의 좁혔다", 1),
        ("과기부 장관 KT, 위약금 면제해야", 0),
        ("테슬라, 3분기 인도량 사상 최다", 1),
        ("SK하이닉스 가스 누출…인명 피해 없어", -1),
        ('한미반도체 "확정된 바 없다"', 0),
        ("삼성전자 목표가 줄상향", 1),
    ],
)
def test_that_a_korean_verb_carries_out_what_stands_before_it(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "event"),
    [
        ("엔비디아에 납품하는 장비사는 어디", False),
        ("AMD가 오픈AI 계약 받아든 이유", False),
        ("삼성전자, 엔비디아 물량 되찾을까", False),
        ("리벨리온, TSMC 공급 계약 택하나", True),  # a report
        ("리벨리온, TSMC 공급 계약 체결", True),
        ("한미반도체 13%↑", False),
        ("한미반도체 매출 13%↑", True),
    ],
)
def test_that_a_korean_title_that_asks_or_tells_a_price_is_no_event(
    reader: Reader, title: str, *, event: bool
) -> None:
    assert reader.read(title).event is event


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Nvidia sales grow 66%, slower than the Street hoped", -1),
        ("TSMC quake damage smaller than first thought", 1),
        ("Marvell says reports of lost Amazon business are wrong", 1),
        ("Google paid $68 million to end voice assistant suit", 0),
        ("Nvidia outlook spooks the market", -1),
        ("Meta users flee to rivals", -1),
        ("Apple Siri overhaul hits fresh snags", -1),
        ("Oracle snags Pentagon order", 1),
        ("Nvidia debt cut to junk", -1),
        ("Nebius raises $3.75 billion in convertible notes", -1),  # which may become shares
        ("Oklo files for $1.5 billion at-the-market offering", -1),
        ("Nvidia says it cannot meet demand", 1),
    ],
)
def test_that_what_is_worse_denied_or_paid_for_is_told_apart(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "seller", "tone"),
    [
        ("Apple to buy 100 million chips from TSMC", "TSM", 1),
        ("Saudi Humain buys 18,000 chips from Nvidia", "NVDA", 1),
        ("Apple sources chips from Intel", "INTC", 1),
        ("Apple will not buy chips from Intel", "INTC", -1),
        ("Apple stops buying chips from Intel", "INTC", -1),
        ("China bars firms from buying chips from Nvidia", "NVDA", -1),
        ("Apple buys modem business from Intel", "INTC", 0),  # which then has it no more
        ("Canaccord upgrades Vertiv to Buy from Hold", "VRT", 1),
        ("Nvidia gets upgraded to buy at Goldman", "NVDA", 1),
    ],
)
def test_that_an_order_is_good_for_whom_goods_are_bought_from(
    reader: Reader, title: str, seller: str, tone: int
) -> None:
    assert reader.read(title).tone_for(seller) == tone


def test_that_who_dumps_a_stake_has_no_bad_news_of_its_own(reader: Reader) -> None:
    assert tones(reader.read("SoftBank dumps Nvidia stake to fund OpenAI bet"))["NVDA"] == -1
    assert tones(reader.read("SoftBank dumps Nvidia stake to fund OpenAI bet"))["9984.T"] == 0


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("SoftBank-Backed Wayve Raises $1.2 Billion From Microsoft, Nvidia, Automakers", 0),
        ("Robot maker secures $400 million from Nvidia", 0),
        ("CoreWeave secures $2 billion from banks", 1),
    ],
)
def test_that_who_gives_another_its_money_has_no_news_of_its_own(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("english", "korean", "tone"),
    [
        ("Microsoft hires Google DeepMind researchers", "마이크로소프트, 구글 딥마인드 연구원 영입", 1),
        ("Microsoft hires two dozen from Google DeepMind", "마이크로소프트, 딥마인드 출신 20여명 영입", 1),
        ("Microsoft hires OpenAI co-founder", "마이크로소프트, 오픈AI 공동창업자 영입", 1),
        ("Microsoft hires AI talent", "마이크로소프트, AI 인재 영입", 1),
        ("Microsoft to hire 10,000 engineers", "마이크로소프트, 엔지니어 1만명 채용", 0),
        ("Microsoft appoints new CFO", "마이크로소프트, 신임 CFO 선임", 0),
    ],
)
def test_that_winning_people_from_others_is_good_in_both_languages_and_hiring_says_nothing(
    reader: Reader, english: str, korean: str, tone: int
) -> None:
    read = [reader.read(title) for title in (english, korean)]
    assert [each.tone_for("MSFT") for each in read] == [tone, tone]


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("OpenAI executive leaves", -1),
        ("OpenAI's CFO exits", -1),
        ("OpenAI head of policy leaves less than a year after joining", -1),
        ("OpenAI researcher has left", -1),
        ("Nvidia CEO leaves door open to new deals", 0),
    ],
)
def test_that_who_is_said_to_leave_is_bad_news_of_the_company(reader: Reader, title: str, tone: int) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("Oracle raises $18 billion in bond sale", 0),
        ("Oracle just raised $25 billion in debt", 0),
        ("Oracle raises $18 billion from investors", 1),
        ("Oracle raises dividend", 1),
        ("Intel targets 13% earnings growth through 2030", 1),
        ("Intel targets growth with new module", 0),
        ("Micron stock jumps nearly 8% on new fab and insider buying", 1),
        ("Micron stock drops 8% after Zacks downgrade", -1),
    ],
)
def test_that_debt_is_neither_a_target_has_a_figure_and_a_move_counts_whatever_it_is_put_down_to(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone


@pytest.mark.parametrize(
    ("title", "tone"),
    [
        ("OpenAI and Oracle sign 2 gigawatt Stargate contract", 1),
        ("Nvidia and Oracle sign deal for AI chips", 1),
        ("OpenAI and Oracle ink five-year contract", 1),
        ("GE Vernova books 3 gigawatts of turbine orders", 1),
        ("CoreWeave and Nebius secure GPU contracts", 1),
        ("OpenAI and AMD strike chip supply deal", 1),
        ("Samsung union to strike as pay deal fails", -1),
        ("Microsoft and OpenAI end exclusive partnership", -1),
        ("SK hynix and Samsung raise DRAM prices", 1),
        ("Oracle to raise $25 billion in debt", 0),
        ("Oracle and OpenAI fail to sign contract", -1),
        ("Vertiv books cancelled orders as a loss", -1),
    ],
)
def test_that_what_two_do_or_one_is_to_do_is_read_as_what_one_does(
    reader: Reader, title: str, tone: int
) -> None:
    assert reader.read(title).tone == tone
