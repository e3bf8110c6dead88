"""What stands around a name and makes it somebody else's, on a small table and on the shipped one."""

from pathlib import Path

import pytest

from stackwatch.analysis.names.linker import Linker
from stackwatch.analysis.titles.reading import Reader
from stackwatch.domain.watchlist import Alias, AliasPolicy
from stackwatch.storage.ecosystem.alias_file import load_aliases

SMALL = Linker(
    (
        Alias(text="Nvidia", entity_id="NVDA", coined=True),
        Alias(text="Modine", entity_id="MOD", unless=("=film",)),
        Alias(text="MOD", entity_id="MOD", policy=AliasPolicy.MARKED),
        Alias(text="P", entity_id="P", policy=AliasPolicy.MARKED),
        Alias(text="AMD", entity_id="AMD", unless=("retina",)),
        Alias(text="Corning", entity_id="GLW", unless=("^mayor", "rapper^", "deforest*", "glass museum")),
        Alias(text="Micron", entity_id="MU", unless=("@number",)),
        Alias(text="Amazon", entity_id="AMZN", unless=("@the",)),
        Alias(text="Lambda", entity_id="lambda", unless=("@longer_name",)),
        Alias(text="Meta", entity_id="META", unless=("@prefix",)),
        Alias(
            text="Claude",
            entity_id="anthropic",
            policy=AliasPolicy.CONTEXT,
            context=("@alone", "=coding"),
        ),
        Alias(
            text="Arista",
            entity_id="ANET",
            policy=AliasPolicy.CONTEXT,
            context=("@company", "=shares", "매출"),
        ),
        Alias(text="이튼", entity_id="ETN", unless=("^교수", "=배우")),
    )
)


def named(title: str, linker: Linker = SMALL) -> list[str]:
    return [mention.entity_id for mention in linker.link(title).mentions]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Modine lifts outlook", ["MOD"]),
        ("Matthew Modine lifts spirits", []),
        ("MATTHEW MODINE STARS", []),
        ("Fire near Modine, Okla., is out", []),
        ("Modine, Oklahoma clash over tax", ["MOD"]),
        ("Modine, Oklahoma, loses its post office", []),
        ("Quarry dispute in Modine, West Virginia", []),
        ("Modine, a small town near Sorrento, runs dry", []),
        ("Modine, a maker of chillers, lifts outlook", ["MOD"]),
        ("Modine High School board sued", []),
        ("Modine high on school orders", ["MOD"]),
        ("Modine shines in film", []),
        ("Modine, films and other losses", []),
        ("Modine shines in filming rights", ["MOD"]),
    ],
)
def test_that_a_first_name_a_place_or_a_subject_makes_a_name_anothers(
    title: str, expected: list[str]
) -> None:
    assert named(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Meta-analysis finds that coffee helps", []),
        ("Meta-materials bend sound", []),
        ("Meta-backed start-up folds", ["META"]),
        ("Meta-run data center", ["META"]),
        ("Meta-Scale deal", ["META"]),
        ("Meta - why it fell", ["META"]),
    ],
)
def test_that_a_name_that_begins_a_word_in_small_letters_is_none(title: str, expected: list[str]) -> None:
    assert named(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ministry of Defence (MOD) loses laptops", []),
        ("Modine (MOD) rises", ["MOD", "MOD"]),
        ("Chiller maker (MOD) rises", ["MOD"]),
        ("영국 국방부(MOD) 발표", []),
        ("Moody's assigns (P)Baa3 rating", []),
        ("Storage maker (P) rises", ["P"]),
        ("Scan of the retina (AMD) by phone", []),
        ("Chip maker (AMD) rises", ["AMD"]),
    ],
)
def test_that_a_ticker_in_brackets_may_be_short_for_the_words_before_it(
    title: str, expected: list[str]
) -> None:
    assert named(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Corning mayor resigns", []),
        ("Corning names mayor's friend", ["GLW"]),
        ("Rapper Corning jailed", []),
        ("Corning sues rapper", ["GLW"]),
        ("Deforestation near Corning", []),
        ("Corning glass museum reopens", []),
        ("Corning glass for museum", ["GLW"]),
        ("Gap of 5 Micron found", []),
        ("0.3-Micron filter sold", []),
        ("WRAPUP 2-Micron beats estimates", ["MU"]),
        ("REFILE-UPDATE 1-Micron raises outlook", ["MU"]),
        ("Fab to update 2-Micron process", []),
        ("Fab 5: Micron builds on", ["MU"]),
        ("Shortage to last until 2028, Micron says", ["MU"]),
        ("Up the Amazon by boat", []),
        ("In the Amazon case, a ruling", ["AMZN"]),
        ("Lambda Legal wins again", []),
        ("Lambda Inc. wins again", ["lambda"]),
        ("Lambda November sales rise again", ["lambda"]),
        ("Lambda Wins Again", ["lambda"]),
        ("이튼 교수의 강의", []),
        ("이튼, 교수 출신 영입", ["ETN"]),
        ("배우가 된 이튼", []),
        ("배우자 찾는 이튼", ["ETN"]),
    ],
)
def test_that_what_stands_right_beside_a_name_counts_only_there(title: str, expected: list[str]) -> None:
    assert named(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Claude got its soul", ["anthropic"]),
        ("Claude Lelouch films again", []),
        ("Claude Beats Rivals at Coding", ["anthropic"]),
        ("Arista signs a duo", []),
        ("Arista shares fall", ["ANET"]),
        ("Arista duo plays for Nvidia", ["ANET", "NVDA"]),
        ("Nvidia hears nothing from Arista", ["NVDA", "ANET"]),
        ("Arista (매출 1위)", ["ANET"]),
    ],
)
def test_that_a_name_may_need_company_or_to_stand_alone(title: str, expected: list[str]) -> None:
    assert named(title) == expected


def test_that_a_file_says_of_many_names_what_they_share(tmp_path: Path) -> None:
    path = tmp_path / "aliases.toml"
    path.write_text(
        """version = 1
shared = ["Hubbell", "Trane"]
seldom = ["Trane"]
[classes]
sport = ["inning"]
culture = ["opera"]
town = ["mayor"]
people = ["rapper"]
business = ["orders", "수주"]
""",
        "utf-8",
    )
    aliases = load_aliases(path, ("HUBB", "TT"), {"Hubbell": "HUBB", "Trane": "TT"})
    hubbell, trane = (next(alias for alias in aliases if alias.text == text) for text in ("Hubbell", "Trane"))
    assert "=inning" in trane.all_unless()
    assert all(one is other for one, other in zip(hubbell.unless_classes, trane.unless_classes, strict=True))
    linker = Linker(aliases)
    assert named("Hubbell buys a foundry", linker) == ["HUBB"]
    for title in (
        "Hubbell opera opens",
        "Hubbell mayor quits",
        "Rapper Hubbell sings",
        "Hubbell's last inning",
    ):
        assert named(title, linker) == []
    assert named("Trane takes a bow", linker) == []
    assert named("Trane orders rise", linker) == ["TT"]
    assert named("Trane, 수주잔고 최대", linker) == ["TT"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("CBRS spectrum to be shared", []),
        ("Cerebras (CBRS) jumps in debut", ["CBRS", "CBRS"]),
        ("3 ASX shares to buy", []),
        ("Hyundai Electric SUV Recalled", []),
        ("Hyundai Electric wins US order", ["267260.KS"]),
        ("Webb Spots Galaxy A Billion Light-Years Away", []),
        ("Galaxy A17 sells best", ["005930.KS"]),
        ("Rep. Mark Amodei retires", []),
        ("Bluefield, W.Va., gets a depot", []),
        ("'왕좌의 게임' 작가 베니오프 신작", []),
        ("드라마 시놉시스 공모", []),
        ("시놉시스, 엔비디아 투자 유치", ["SNPS", "NVDA"]),
        ("삼양사 큐원 설탕", []),
        ("지프 레니게이드 단종", []),
        ("한미 반도체 협력 회의", []),
        ("러닝 케이던스 180의 비밀", []),
        ("기상청 자동기상관측장비(AWS) 고장", []),
    ],
)
def test_that_the_shipped_names_know_their_namesakes(linker: Linker, title: str, expected: list[str]) -> None:
    assert named(title, linker) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Tesla the cat found after a week",
        "Oracle, Arizona residents fight a pipeline",
        "Vistra, Illinois man found safe",
        "Kappa Lambda fraternity shut for hazing",
        "Snowflake eel seen off Borneo",
        "Crusoe nightclub loses its licence",
        "The Dell at the park floods",
        "A look of Perplexity on every face",
    ],
)
def test_that_pets_places_greek_letters_and_animals_are_no_companies(reader: Reader, title: str) -> None:
    assert not reader.read(title).mentions


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Micron high-bandwidth memory sells out", "MU"),
        ("Arista high-speed switches chosen by Equinix", "ANET"),
        ("JPMorgan Chase, Amazon end health venture", "AMZN"),
        ("An Amazon engineer quits over logging tool", "AMZN"),
        ("Tesla opens plant near Prague", "TSLA"),
        ("Cisco to wire new stadium and museum", "CSCO"),
        ("The Dell server backlog", "DELL"),
        ("Gemini 3.7 Flash rolls out to developers", "GOOGL"),
        ("Corning's new Gorilla Glass survives drops", "GLW"),
        ("Azure status page goes dark", "MSFT"),
        ("Nvidia and Micron leave rivals in the dust", "MU"),
        ("Oracle teaches machines to write songs", "ORCL"),
        ("Marvell breaks its silence", "MRVL"),
        ("Rubin chips enter production", "NVDA"),
        ("클로드 모델 업데이트 공개", "anthropic"),
        ("아마존 영화 제작비 삭감", "AMZN"),
    ],
)
def test_that_everyday_words_beside_a_company_make_it_no_namesake(
    reader: Reader, title: str, expected: str
) -> None:
    assert expected in {mention.entity_id for mention in reader.read(title).mentions}
