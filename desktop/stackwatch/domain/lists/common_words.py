"""Words that titles use every day: by itself none of them says which company is meant."""

from functools import cache

_ENGLISH = """
ai api asic ceo cfo cpu cto dow dram etf eu fed gdp gpu hbm ipo it llm lng npu pc soc ssd tpu uk un usa usd vc
about above act action active add after again age agent agents ahead aid air alarm alert alive all ally
alpha also alternative always am amber among an anchor and angel angle animal another answer anthem any apex
app apple apps arch arcade arc area arena argument ark arm arms army around arrow art as ask asset assets at
atlas atom audio audit aura aurora author auto autumn avenue away axis baby back bad balance ball band bank
banks bar base basic basis basket bat battery battle bay be beacon beam bear beat because bed bee before
begin behind believe bell below bench benchmark best beta better between beyond big bill billion bird bit
black blank blast blaze blend block blue board boat body bold bolt bond bone bonus book boom boost boot
border boss both bottom bounce bound bow box brain branch brand brave bread break breeze brick bridge brief
bright bring broad brook brother brown brush bubble buck bud budget build builder building bulk bull bunch
burn bus business but butter button buy by cab cabin cable cage call calm camera camp campus can canal
candle canvas cap capital captain car card care career cargo carry case cash cast castle cat catch cause
cave cedar cell center central century chain chair challenge champion chance change channel chapter
character charge charm chart chase cheap check chef chess chief child chip chips choice circle circuit
citizen city claim class classic clay clean clear clever click client cliff climb clip clock close cloud
clouds club coach coal coast coat code codes coin cold collar collect college color comet comfort command
comment common community company compass complete compute concept concert condition contact content contest
context contour control cook cool copper copy coral core corner cost cotton council count counter country
couple courage course court cover craft crane crash cream create creator credit creek crest crew crop cross
crowd crown crystal cube cup current curve custom customer cut cycle daily dance dark dash data date dawn
day days dead deal deals dear debate debt decade deck deep deer default degree delta demand deposit depth
desert design desk detail device dial diamond digital direct discover dish dive divide do doctor dog dollar
dome door dot double down draft dragon draw dream dress drift drill drink drive driver drop drum dry duck
due dust duty each eagle early earn earth east easy echo eclipse edge edit effect eight either electric
element eleven elite ember emerald empire empty end energy engine enough enter epic equal era error escape
even evening event ever every evolve exact example exchange exit expert express extra eye eyes fable fabric
face fact factor factory fair faith falcon fall family fan far farm fast fate favor fear feather feed feel
fence few fiber field fifth fight figure figures file fill film final finance find fine finger fire firm
first fish fit five fix flag flame flash flat fleet flight flip float flock floor flow flower fluid flux fly
focus fog fold follow food foot for force forest forge fork form formula fort fortune forum forward found
foundation founder fountain four fox frame free freedom fresh friend from front frontier frost fruit fuel
full fun function fund fusion future gain galaxy gallery game gap garden gas gate gather gear gem general
genius gentle get ghost giant gift girl give glass gleam glean global globe glory glow go goal gold good
grace grade grain grand grant grape graph grass gravity gray great green grid grip ground group grove grow
growth guard guess guest guide gulf half hall hammer hand handle happy harbor hard harmony harvest hat have
hawk head health heart heat heaven heavy helix hello help her here hero hidden high highway hill him hint
his history hit hive hold hole home honest honey honor hood hook hope horizon horn horse host hot hotel hour
house how hub human hundred hunt hunter ice icon idea ideal if image imagine impact imprint in inbox index
industry infinite infinity inflection info ink inner input inside insight inspire instant intel intent
interest into iron island it item its ivory jacket jade jet jewel job join joint journal journey joy judge
juice jump jungle junior just keep kernel key kick kid kind king kingdom kit kitchen kite knife knight knot
know label labor lace ladder lake lamp land lane language large laser last late launch law layer lead leader
leaf league leap learn least leather leave ledger left legacy legal legend lemon less lesson letter level
lever liberty library life lift light lighthouse like lily limit line linear link lion list listen little
live load loan local lock loft log logic long look loop lord lost lot lotus love low loyal luck lunar lunch
lynx machine magic magnet mail main major make man manage mango manor many map maple marble march margin
mark market marine mars mask mass master match mate matrix matter may maze me meadow mean measure meet
melody member memory mention mentor menu mercury merge merit mesh message metal meteor method metric middle
mile milk mill million mind mine mini mint minute miracle mirror mission mist mix mobile mode model models
modern moment momentum money monitor monster month moon more morning most mother motion motor mountain mouse
mouth move movie much multi muse museum music must my mystery name narrow nation native nature near neat
nebula neck need nest net network neutral never new news next nexus nice night nine no node noise none noon
nor normal north not note nothing notice notion nova now number oak oasis object ocean odd of off offer
office often oil old olive omega on once one onion only onyx open opera option optimal or orange orbit
orchard order organic origin other our out outer output outside oval over owl own owner pace pacific pack
page paint pair palace palm panda panel paper parade paradise parallel parent park part partner party pass
past patch path pattern pause pay payment peace peak pear pearl pebble peer pen pencil people pepper per
perfect phase phoenix phone photo piano pick picture piece pilot pine pink pioneer pipe pit pivot pixel
place plain plan planet plant plate platform play player please plenty plot plug plus pocket poem point
polar pole policy polish poll pond pool poolside pop port portal portrait position post pot potato power
practice press pretty price pride prime prince print prism private prize pro problem process product profile
profit program project promise proof proper prosper proton proud public pulse pump pure purple purpose push
quality quantum quarter quartz queen quest question quick quiet quill quite quota rabbit race rack radar
radio rail rain rainbow raise rally ramp ranch range rapid rare rate raven raw ray reach reaction read ready
real reason record recover red reef reflection reform region relay relax remain remote render rent repair
replica reply report rescue reserve reset rest result return review revolution reward rhythm ribbon rice
rich ride ridge right ring rise rising risk river road robin robot robots rock rocket role roll roof room
root rope rose rough round route rover row royal ruby rule rules run runner runway rush sable safe safety
saga sage sail salad sale salt same sand sapphire satellite save savvy say scale scene scheme school science
scope score scout screen script sea seal search season seat second secret sector secure see seed seek self
sell send senior sense sentinel series serve server service session set settle seven shadow shape share
shares sharp she shell shelter shield shift shine ship shop shore short shot should show shuttle side sierra
sight sign signal silence silk silver simple since sing single site six size skill skin sky slack sleep
slice slide slim slow small smart smile smoke smooth snap snow so social soft solar sold solid solo solution
some son song sonic soon soul sound source south space spark speak special spectrum speed spell sphere spice
spider spin spiral spirit splash split sport spot spread spring sprint square stable stack staff stage stake
stand standard star stark stars start state station status stay steady steam steel stellar step stock stone
stop storage store storm story straight strategy stream street strength stretch stride strike string strip
strong structure studio study style subject success such sugar suit summer summit sun sunrise sunset super
supply support sure surf surface surge surprise survey swan sweep sweet swift swing switch sword symbol
synergy synthesis system systems table tail take tale talent talk tank tap target task taste tax tea team
tech tempo ten tend tender term test text than that the theme then theory there these they thing think third
this those thread three thrive through thunder ticket tide tie tiger tight timber time times tin tiny tip
titan title to today together token tomorrow ton tone too tool top topic torch total touch tour toward tower
town track trade trail train transfer transform travel treasure treat tree trend trial tribe trident trip
triple triumph true trumpet trust truth try tube tulip tune tunnel turbine turn twelve twin twist two type
ultra umbrella under union unique unit unity universe up upper urban us use user vacuum valley value vault
vector velocity velvet venture venus verb verge verse version very vessel via victory video view village
vine vintage violet virtual virtue vision visit vista vital vivid voice void volt volume vote voyage wage
wait walk wall want war warm wash watch water wave way wealth weather web week weight welcome well west
whale what wheat wheel when where which while white who whole why wide wild will willow win wind window wing
winner winter wire wisdom wise wish with within wolf woman wonder wood word work worker world worth wrap
write writer yard year yellow yes yesterday yield you young your youth zebra zen zenith zero zone zoom
"""
_KOREAN = """
가격 가능 가치 가족 강세 강화 개발 개인 거래 건강 결과 경기 경영 경쟁 경제 계약 계획 고객 공개
공급 공장 과학 관계 관련 교육 구조 국가 국내 국민 규모 규제 그림 글로벌 금리 금융 급등 급락
기관 기기 기록 기반 기술 기업 기회 길 꿈 나라 나무 날개 내년 내일 노력 뉴스 다리 달 달러
대통령 대표 대형 데이터 도시 도약 동반 등장 디지털 땅 라인 로봇 마음 매각 매출 메모리 모델 모두
목표 무역 문제 문화 물류 미국 미래 미래차 민간 바다 바람 바이오 반도체 반등 발표 배 방문 배터리
배당 법 별 변화 보고 보안 봄 부동산 분기 분석 불 비전 사람 사랑 사업 사용 사이 사회 산업 상승
상장 새 생산 생활 서버 서비스 선택 설계 성장 세계 소리 소식 소재 손 수요 수익 수출 순간 숲
시간 시대 시작 시장 신규 신뢰 실적 아이 안전 약세 에너지 여름 역사 연구 연합 영업 영화 예상
온라인 올해 우리 우주 운영 원 위기 유럽 은행 음악 의료 이슈 이익 인간 인공지능 인력 인수 일
일본 자동차 자본 자산 자유 작업 전기 전력 전략 전망 정보 정부 정책 제품 조선 종목 주가 주식
주주 중국 지구 지능 지수 지역 직원 차 차세대 참여 창업 채권 책 철강 청년 초점 최고 최대 추진
출시 치료 칩 클라우드 탄소 태양 통신 투자 특허 파도 파트너 판매 펀드 평가 플랫폼 하나 하늘 하락
학교 한국 함께 해 핵심 행사 혁신 현장 협력 확대 환경 회복 회사 회장 효과 희망 힘
"""


@cache
def common_words() -> frozenset[str]:
    """Return the words, in lower case."""
    return frozenset((*_ENGLISH.split(), *_KOREAN.split()))
