"""Every mistake in a file is said with its place and what was expected, and the file is left alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.factories import reading, story

from stackwatch.analysis.rules.story_filter import wanted
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Direction, RuleKind, Severity
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.storage.ecosystem.ecosystem_files import load_ecosystem
from stackwatch.storage.episode_file import find_episode, load_episode
from stackwatch.storage.feeds_file import load_feeds
from stackwatch.storage.lexicon_file import load_lexicon
from stackwatch.storage.lists.watchlist_file import load_watchlist
from stackwatch.storage.rules.rules_file import load_rules, read_rules
from stackwatch.storage.sessions_file import load_session_overrides

Load = Callable[[Path], object]

INSTRUMENT = """version = 1
[[instrument]]  # a comment after the header
symbol = "QQQ"
name = { en = "Nasdaq-100", ko = "나스닥" }
exchange = "Nasdaq"
currency = "USD"
timezone = "America/New_York"
calendar = "XNYS"
benchmark = "QQQ"
layer = "benchmark"
[[instrument]]
symbol = "NVDA"
name = { en = "NVIDIA", ko = "엔비디아" }
exchange = "Nasdaq"
currency = "USD"
timezone = "America/New_York"
calendar = "XNYS"
benchmark = "QQQ"
layer = "accelerators"
"""
PRIVATE = """version = 1
[[entity]]
id = "openai"
name = { en = "OpenAI", ko = "오픈AI" }
kind = "company"
status = "private"
as_of = "2026-08"
"""
EXPOSURE = """version = 1
[[exposure]]
source = "openai"
target = "NVDA"
relation = "supplier"
why = "chips"
date = "2025-02"
publisher = "FT"
basis = "stored"
"""
ALIAS = """version = 1
safe_tickers = ["NVDA"]
[[alias]]
text = "Altman"
entity = "openai"
policy = "context"
context = ["OpenAI"]
"""
ECOSYSTEM = {"instruments": INSTRUMENT, "private": PRIVATE, "exposures": EXPOSURE, "aliases": ALIAS}

RULE = """version = 1
[[rule]]
id = "fall"
name = { en = "Fall", ko = "하락" }
kind = "percent-move"
subject_kind = "symbol"
subject = "NVDA"
direction = "down"
threshold = 2.0
"""
LIST = """version = 1
id = "mine"
name = { en = "Mine", ko = "내 것" }
private = ["openai"]
[[layer]]
id = "gpu"
name = { en = "GPU", ko = "GPU" }
symbols = ["NVDA"]
"""
EPISODE = """version = 1
id = "2025-07-22-x"
title = { en = "X", ko = "X" }
day = 2025-07-22
starts = 2025-07-22T13:25:00Z
ends = 2025-07-22T20:05:00Z
[market]
symbol = "QQQ"
mean = 0.0006
sxx = 0.0425
moves_pct = [0.5, -0.5, 0.4]
[[headline]]
published = 2025-07-21T22:00:00Z
time_known = true
publisher = "WSJ"
title = { en = "Slow", ko = "더딤" }
url = "https://www.wsj.com/"
[shares]
rows = [["NVDA", 1.0, -2.5, 0.001, 1.8, 0.02, 120]]
[closes]
rows = [["NVDA", 2025-07-22, 167.03]]
"""
SESSION = """version = 1
[[session]]
calendar = "XKRX"
date = 2026-06-03
closed = true
reason = "Election"
source = "Korea Exchange"
"""
LEXICON = """version = 1
[tone]
good = ["win"]
bad = ["loss"]
negation = ["not"]
rising = ["rise"]
falling = ["fall"]
bad_object = ["cost"]
[theme]
legal = ["court"]
[event]
price_talk = []
evergreen = []
[thing]
supply = ["helium"]
"""
FEEDS = """version = 1
[[feed]]
id = "wire"
publisher = "Wire"
url = "https://example.org/rss"
tier = 2
[publishers]
tier1 = ["WSJ"]
"""


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Ecosystem:
    folder = tmp_path / "small"
    folder.mkdir()
    return load_ecosystem(write(folder, **ECOSYSTEM))


def refused(load: Load, path: Path, *words: str) -> str:
    """Load a broken file; return the message after checking that it names the place."""
    before = path.read_bytes()
    with pytest.raises(BadInputError) as caught:
        load(path)
    message = str(caught.value)
    assert path.name in message
    for word in words:
        assert word in message, message
    assert path.read_bytes() == before
    assert sorted(p.name for p in path.parent.iterdir() if "draft" in p.name) == []
    return message


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("instruments", "version = 1", "version = 2", ("version is 2", "newer Stackwatch")),
        ("instruments", "version = 1", "version = 0", ("line ", "version is 0; expected 1")),
        ("instruments", "version = 1", 'version = "1"', ("version is '1'; expected 1",)),
        ("instruments", "version = 1", "version = true", ("version is True; expected 1",)),
        ("instruments", "version = 1\n", "", ("version",)),
        ("instruments", 'symbol = "NVDA"', "symbol = NVDA", ("line 12",)),
        (
            "instruments",
            'symbol = "NVDA"',
            "symbol = 7",
            ("line 12", "instrument[1].symbol", "Expected `string`, got `integer`"),
        ),
        ("instruments", 'symbol = "NVDA"', 'symbol = "nvda"', ("line 12", "instrument[1].symbol")),
        ("instruments", 'symbol = "NVDA"', 'symbol = "QQQ"', ("symbol QQQ", "twice")),
        (
            "instruments",
            'benchmark = "QQQ"\nlayer = "acc',
            'benchmark = "SPY"\nlayer = "acc',
            ("NVDA", "SPY"),
        ),
        ("instruments", 'exchange = "Nasdaq"', "", ("line 2", "exchange")),
        ("instruments", 'exchange = "Nasdaq"', 'exchange = ""', ("line 5", "exchange", "length >= 1")),
        ("instruments", 'currency = "USD"', 'currency = "dollar"', ("line 6", "currency")),
        ("instruments", "America/New_York", "America/Nowhere", ("QQQ", "IANA")),
        ("instruments", "America/New_York", "America", ("QQQ", "IANA")),
        ("instruments", "America/New_York", "../etc", ("QQQ", "IANA")),
        ("instruments", 'layer = "acc', 'colour = "red"\nlayer = "acc', ("line 19", "colour")),
        ("instruments", 'en = "NVIDIA", ', "", ("line 13", "instrument[1].name", "en")),
        (
            "instruments",
            'symbol = "NVDA"',
            'symbol = "NVDA"\naliases_en = ["NV", "N"]',
            ("line 11", "alias 'N'", "single letter"),
        ),
        (
            "private",
            'id = "openai"',
            'id = "openai"\naliases_ko = ["오."]',
            ("line 2", "alias '오.'", "single letter"),
        ),
        ("private", 'id = "openai"', 'id = "Open AI"', ("line 3", "entity[0].id")),
        ("private", 'kind = "company"\n', "", ("line 2", "kind")),
        ("exposures", 'target = "NVDA"', 'target = "NVDX"', ("exposure 1", "NVDX")),
        ("exposures", 'target = "NVDA"', 'target = "openai"', ("exposure 1", "itself")),
        (
            "exposures",
            '"supplier"',
            '"friend"',
            ("line 5", "relation", "one of customer, supplier"),
        ),
        ("exposures", '"2025-02"', '"2025-13"', ("exposure 1", "2025-13")),
        ("exposures", '"2025-02"', '"2025-02-30"', ("exposure 1", "2025-02-30")),
        ("exposures", '"2025-02"', '"0000"', ("exposure 1", "0000")),
        ("exposures", '"2025-02"', '"last year"', ("line 7", "exposure[0].date")),
        ("aliases", 'entity = "openai"', 'entity = "closedai"', ("Altman", "closedai")),
        ("aliases", 'context = ["OpenAI"]', "", ("Altman", "context word")),
        (
            "aliases",
            'Altman"\nentity = "openai"\npolicy = "context"\n',
            'A"\nentity = "openai"\n',
            ("alias 'A'", "single letter"),
        ),
        ("aliases", '"context"', '"sometimes"', ("line 6", "policy")),
        ("aliases", "[[alias]]", '[[block]]\ntext = "Altman"\n[[alias]]', ("alias Altman", "twice")),
    ],
)
def test_that_a_mistake_in_the_ecosystem_is_said(
    tmp_path: Path, file: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    assert old in ECOSYSTEM[file]
    write(tmp_path, **(ECOSYSTEM | {file: ECOSYSTEM[file].replace(old, new)}))
    refused(lambda path: load_ecosystem(path.parent), tmp_path / f"{file}.toml", *words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "fall"', 'id = "Fall it"', ("line 3", "rule[0].id")),
        ('"percent-move"', '"magic"', ("line 5", "rule[0].kind", "magic", "expected one of percent-move")),
        ("threshold = 2.0", "threshold = 0", ("rule fall", "threshold", "above 0")),
        ("threshold = 2.0", "threshold = -2", ("line 9", "threshold", ">= 0")),
        ("threshold = 2.0", "", ("rule fall", "no threshold", "above 0")),
        ("threshold = 2.0", "threshold = nan", ("threshold",)),
        ("threshold = 2.0", "threshold = inf", ("fall", "threshold", "finite")),
        ("threshold = 2.0", 'threshold = "2"', ("line 9", "threshold", "Expected `float`")),
        ("threshold = 2.0", "threshold = 2.0\nescalate_step = inf", ("fall", "escalate_step", "finite")),
        ("threshold = 2.0", "threshold = 2.0\nhysteresis = nan", ("hysteresis",)),
        ("threshold = 2.0", "threshold = 2.0\nhysteresis = 1.0", ("line 10", "hysteresis")),
        ("threshold = 2.0", "threshold = 2.0\nhold_seconds = -1", ("line 10", "hold_seconds")),
        ("threshold = 2.0", 'threshold = 2.0\nseverity = "loud"', ("fall", "loud", "notice, alert, severe")),
        ("threshold = 2.0", "threshold = 2.0\ntreshold = 1", ("line 10", "treshold")),
        ('subject = "NVDA"', 'subject = "*"', ("fall", "'*'", "not known")),
        ('subject = "NVDA"', 'subject = "AMD"', ("fall", "'AMD'", "not known")),
        ('subject_kind = "symbol"', 'subject_kind = "private"', ("fall", "private 'NVDA'", "not known")),
        ("threshold = 2.0", 'threshold = 2.0\nsince = "minutes"', ("fall", "minutes = 10")),
        ("threshold = 2.0", "threshold = 2.0\nminutes = 10", ("fall", "minutes are for news")),
        ("threshold = 2.0", 'threshold = 2.0\njoin = "any"', ("fall", "[[rule.condition]]")),
        ("threshold = 2.0", 'threshold = 2.0\nwords = ["x"]', ("fall", "kind story only")),
        ("threshold = 2.0", 'threshold = 2.0\nabout = "openai"', ("fall", "about is for news")),
        ("threshold = 2.0", 'threshold = 2.0\nexpires = "week"', ("fall", "expected created")),
        ("threshold = 2.0", 'threshold = 2.0\nexpires = "soon"', ("fall", "soon", "never, day, week, month")),
        ("threshold = 2.0", 'threshold = 2.0\nexpires = ["week"]', ("fall", "['week']", "never, day")),
        ("threshold = 2.0", "threshold = 2.0\nexpires = { day = 1 }", ("fall", "never, day, week, month")),
        (
            "threshold = 2.0",
            'threshold = 2.0\nexpires = "month"\ncreated = 9999-12-31',
            ("fall", "9999-12-31", "month"),
        ),
        ("threshold = 2.0", "threshold = 2.0\nsnoozed_until = 2025-07-22T14:30:00", ("fall", "zone")),
        (
            "threshold = 2.0",
            'threshold = 2.0\ncreated = "May"',
            ("line 10", "not a day", "2026-12-31"),
        ),
        (
            "threshold = 2.0",
            'threshold = 2.0\nsnoozed_until = "noon"',
            ("line 10", "not a time", "such as 2026-12-31T22:00:00Z"),
        ),
        ('"percent-move"', '"volume-spike"', ("fall", "has no direction")),
        ('"percent-move"', '"year-extreme"\nsince = "open"', ("fall", "since", "percent-move only")),
        (
            "threshold = 2.0",
            'threshold = 2.0\n[[rule.condition]]\nkind = "story"\nthemes = ["gossip"]',
            ("line 12", "gossip", "expected one of capacity"),
        ),
        (
            "threshold = 2.0",
            'threshold = 2.0\n[[rule.condition]]\nkind = "story"\nabout = "nobody"',
            ("fall", "condition 1", "nobody", "not known"),
        ),
        ('subject_kind = "symbol"', 'subject_kind = "layer"', ("fall", "layer 'NVDA'", "not known")),
        ('kind = "percent-move"', 'kind = "layer-move"', ("fall", "about a layer")),
        (
            '"percent-move"\nsubject_kind = "symbol"',
            '"price-level"\nsubject_kind = "layer"',
            ("fall", "about a symbol"),
        ),
        ('direction = "down"', 'direction = "sideways"', ("line 8", "direction")),
        ("[[rule]]", RULE[RULE.index("[[rule]]") :] + "[[rule]]", ("rule fall", "twice")),
        ("[[rule]]", "[[rule]", ("TOML", "line 2")),
    ],
)
def test_that_a_mistake_in_a_rule_is_said(
    tmp_path: Path, small: Ecosystem, old: str, new: str, words: tuple[str, ...]
) -> None:
    write(tmp_path, rules=RULE.replace(old, new), list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    refused(lambda path: load_rules(path, small, watchlist), tmp_path / "rules.toml", *words)


def test_that_a_faulty_rule_is_named_with_its_line_and_the_others_work(
    tmp_path: Path, small: Ecosystem
) -> None:
    one = RULE[RULE.index("[[rule]]") :]
    wrong = {
        "unknown": ('subject = "NVDA"', 'subject = "NVDX"'),
        "sign": ("threshold = 2.0", "threshold = -2.0"),
        "empty": ("threshold = 2.0", 'threshold = 2.0\njoin = "all"'),
        "kind": ('"percent-move"', '"magic"'),
        "fall": ("", ""),
        "again": ('"again"', '"fall"'),
    }
    text = "version = 1\n" + "".join(
        one.replace('"fall"', f'"{name}"').replace(old, new, 1) for name, (old, new) in wrong.items()
    )
    write(tmp_path, rules=text, list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    rules, faults = read_rules(tmp_path / "rules.toml", small, watchlist)
    assert [rule.id for rule in rules] == ["fall"]
    said = [str(fault) for fault in faults]
    for words, line in zip(
        ("'NVDX' is not known", ">= 0", "[[rule.condition]]", "magic", "twice"),
        (7, 17, 26, 30, 44),
        strict=True,
    ):
        (fault,) = [fault for fault in said if words in fault]
        assert f"rules.toml: line {line}:" in fault


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("threshold = 2.0", "threshold = 0", 9),
        ('subject = "NVDA"', 'subject = "AMD"', 7),
        ("threshold = 2.0", 'threshold = 2.0\nseverity = "loud"', 10),
        ("threshold = 2.0", "threshold = 2.0\nminutes = 10", 10),
        ("threshold = 2.0", 'threshold = 2.0\nsince = "minutes"', 10),
        ("threshold = 2.0", "threshold = 2.0\nescalate_step = inf", 10),
        ("threshold = 2.0", 'threshold = 2.0\nexpires = "soon"', 10),
        ("threshold = 2.0", 'threshold = 2.0\n[[rule.condition]]\nkind = "story"\nabout = "nobody"', 12),
        ("threshold = 2.0", 'threshold = 2.0\n[[rule.condition]]\nkind = "gap"\nthreshold = 0', 12),
        ("threshold = 2.0", "", 5),  # of the kind that needs one
    ],
)
def test_that_a_rule_that_makes_no_sense_is_named_with_the_line_of_its_mistake(
    tmp_path: Path, small: Ecosystem, old: str, new: str, line: int
) -> None:
    write(tmp_path, rules=RULE.replace(old, new), list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    refused(
        lambda path: load_rules(path, small, watchlist), tmp_path / "rules.toml", f"line {line}: rule fall"
    )


def test_that_a_rule_in_one_line_is_named_with_that_line(tmp_path: Path, small: Ecosystem) -> None:
    about = 'id="fall", name={en="F", ko="F"}, kind="gap", subject_kind="symbol", subject="NVDA"'
    write(tmp_path, rules=f"version = 1\nrule = [{{{about}, threshold=0}}]\n", list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    refused(lambda path: load_rules(path, small, watchlist), tmp_path / "rules.toml", "line 2: rule fall")


def test_that_words_are_never_patterns_so_that_none_can_run_for_ever(
    tmp_path: Path, small: Ecosystem
) -> None:
    wild = "(a+)+$|(.*a){30}"
    text = RULE.replace("percent-move", "story").replace("threshold = 2.0", f"words = ['{wild}']")
    write(tmp_path, rules=text, list=LIST)
    (rule,) = load_rules(tmp_path / "rules.toml", small, load_watchlist(tmp_path / "list.toml", small))
    plain = story("a" * 5_000 + "!", reading("NVDA"))
    assert not wanted(replace(rule, direction=Direction.EITHER), plain, "NVDA")
    assert wanted(
        replace(rule, direction=Direction.EITHER),
        story(f"A title with {wild} in it", reading("NVDA")),
        "NVDA",
    )


def test_that_news_rules_may_be_about_shares_and_private_entities_and_a_joined_rule_may_escalate(
    tmp_path: Path, small: Ecosystem
) -> None:
    text = RULE.replace("threshold = 2.0", "threshold = 2.0\nescalate_step = 1.0") + "".join(
        f'[[rule.condition]]\nkind = "{kind}"\nabout = "{about}"\nthreshold = 3\nminutes = 60\n'
        for kind in ("story", "news-burst")
        for about in ("NVDA", "openai")
    )
    write(tmp_path, rules=text, list=LIST)
    (rule,) = load_rules(tmp_path / "rules.toml", small, load_watchlist(tmp_path / "list.toml", small))
    assert [each.about for each in rule.conditions] == ["NVDA", "openai"] * 2


def test_that_a_price_level_must_have_a_direction(tmp_path: Path, small: Ecosystem) -> None:
    text = RULE.replace("percent-move", "price-level").replace('"down"', '"either"')
    write(tmp_path, rules=text, list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    refused(lambda path: load_rules(path, small, watchlist), tmp_path / "rules.toml", "fall", "up or down")


def test_that_more_than_a_thousand_rules_are_refused(tmp_path: Path, small: Ecosystem) -> None:
    one = RULE[RULE.index("[[rule]]") :]
    text = "version = 1\n" + "".join(one.replace('"fall"', f'"fall-{n}"') for n in range(1001))
    write(tmp_path, rules=text, list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    refused(lambda path: load_rules(path, small, watchlist), tmp_path / "rules.toml", "1,001", "1,000")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('symbols = ["NVDA"]', 'symbols = ["AMD"]', ("layer gpu", "AMD", "instruments.toml")),
        ('symbols = ["NVDA"]', 'symbols = ["NVDA", "NVDA"]', ("layer gpu", "NVDA", "twice")),
        ('symbols = ["NVDA"]', 'symbols = "NVDA"', ("line 8", "symbols", "Expected `array`, got `string`")),
        ('symbols = ["NVDA"]', 'symbols = ["NVDA"]\nbenchmark = "SPY"', ("layer gpu", "SPY")),
        ('private = ["openai"]', 'private = ["xai"]', ("private", "xai", "private.toml")),
        ('private = ["openai"]', 'private = ["openai", "openai"]', ("private id openai", "twice")),
        ('id = "mine"', 'id = ""', ("line 2", "id")),
        (
            "[[layer]]",
            LIST[LIST.index("[[layer]]") :].replace("NVDA", "QQQ") + "[[layer]]",
            ("layer id gpu", "twice"),
        ),
    ],
)
def test_that_a_mistake_in_a_watchlist_is_said(
    tmp_path: Path, small: Ecosystem, old: str, new: str, words: tuple[str, ...]
) -> None:
    write(tmp_path, list=LIST.replace(old, new))
    refused(lambda path: load_watchlist(path, small), tmp_path / "list.toml", *words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("starts = 2025-07-22T13:25:00Z", "starts = 2025-07-22T13:25:00", ("time zone", "UTC")),
        ("starts = 2025-07-22T13:25:00Z", "starts = 2025-07-23T13:25:00Z", ("starts", "before ends")),
        ("2025-07-21T22:00:00Z", "2025-07-21T22:00:00", ("time zone",)),
        ("day = 2025-07-22", "day = 22", ("line 4", "day", "date")),
        ("sxx = 0.0425", "sxx = 0", ("line 10", "market.sxx")),
        ("sxx = 0.0425", "sxx = inf", ("market", "finite")),
        ("[0.5, -0.5, 0.4]", "[0.5, -0.5]", ("line 11", "market.moves_pct", "length 3")),
        ("[0.5, -0.5, 0.4]", "[0.5, nan, 0.4]", ("market", "finite")),
        ('"https://www.wsj.com/"', '"javascript:x"', ("line 17", "url")),
        ("0.02, 120]", "0.0, 120]", ("NVDA", "positive deviation")),
        ("0.02, 120]", "0.02, 2]", ("NVDA", "n >= 3")),
        ("0.02, 120]", "nan, 120]", ("NVDA", "finite")),
        ("0.02, 120]", "0.02]", ("line 19", "shares.rows[0]", "length 7")),
        ("0.02, 120]]", '0.02, 120], ["NVDA", 1.0, -2.5, 0.001, 1.8, 0.02, 120]]', ("share NVDA", "twice")),
        ("167.03", "-1.0", ("closes", "NVDA", "price > 0")),
        ("167.03]]", '167.03], ["NVDA", 2025-07-22, 1.0]]', ("close NVDA 2025-07-22", "twice")),
    ],
)
def test_that_a_mistake_in_an_episode_is_said(
    tmp_path: Path, old: str, new: str, words: tuple[str, ...]
) -> None:
    assert old in EPISODE
    write(tmp_path, episode=EPISODE.replace(old, new, 1))
    refused(load_episode, tmp_path / "episode.toml", *words)


@pytest.mark.parametrize(
    ("load", "text", "old", "new", "words"),
    [
        (
            load_session_overrides,
            SESSION,
            "closed = true\n",
            "",
            ("session 1", "XKRX", "closed = true or hours"),
        ),
        (
            load_session_overrides,
            SESSION,
            "closed = true",
            "closed = true\nopen = 10:00:00",
            ("session 1", "hours"),
        ),
        (
            load_session_overrides,
            SESSION,
            "closed = true",
            "open = 16:00:00\nclose = 10:00:00",
            ("session 1", "open before close"),
        ),
        (load_session_overrides, SESSION, "2026-06-03", "2026-06-33", ("TOML",)),
        (load_session_overrides, SESSION, '"XKRX"', '"Seoul"', ("line 3", "calendar")),
        (load_lexicon, LEXICON, "legal =", "laws =", ("laws", "legal")),
        (load_lexicon, LEXICON, "supply =", "gases =", ("gases", "supply")),
        (load_lexicon, LEXICON, 'good = ["win"]\n', "", ("line 2", "good")),
        (load_lexicon, LEXICON, '["win"]', '["win", ""]', ("line 3", "good[1]")),
        (load_lexicon, LEXICON, '["win"]', '["win", "* deal"]', ("line 3", "good[1]")),
        (load_feeds, FEEDS, "https://", "file://", ("line 5", "url")),
        (load_feeds, FEEDS, "tier = 2", "tier = 4", ("line 6", "tier", "<= 3")),
        (load_feeds, FEEDS, "tier1", "tier9", ("tier9", "tier1, tier2 or tier3")),
        (
            load_feeds,
            FEEDS,
            "[[feed]]",
            FEEDS[FEEDS.index("[[feed]]") : FEEDS.index("[pub")] + "[[feed]]",
            ("feed wire", "twice"),
        ),
    ],
)
def test_that_a_mistake_in_another_file_is_said(
    tmp_path: Path, load: Load, text: str, old: str, new: str, words: tuple[str, ...]
) -> None:
    assert old in text
    write(tmp_path, other=text.replace(old, new))
    refused(load, tmp_path / "other.toml", *words)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\xff\xfe", "line 1: byte 0 is not UTF-8"),
        ("version = 1\n# 삼성".encode("cp949"), "line 2: byte 14 is not UTF-8"),
        ("version = 1".encode("utf-16"), "UTF-8"),
        (b"x = " + b"[" * 100_000, "nested too deeply"),
        (b"#" * 4_000_001, "larger than"),
        (b"version = 1\x00", "TOML"),
        (b"", "version"),
        (b"version = '1'", "version is '1'"),
    ],
)
def test_that_a_file_that_is_no_toml_of_ours_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "sessions.toml"
    path.write_bytes(content)
    refused(load_session_overrides, path, word)


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadInputError, match="cannot be read"):
            load_session_overrides(path)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(RULE) - 1), st.sampled_from(["", "x", '"', "[", "\n", "=", "-1", "\x07", "1e999"]))
def test_that_no_slip_of_the_hand_raises_anything_else(
    tmp_path: Path, small: Ecosystem, position: int, slip: str
) -> None:
    write(tmp_path, rules=RULE[:position] + slip + RULE[position + 1 :], list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    try:
        load_rules(tmp_path / "rules.toml", small, watchlist)
    except BadInputError as fault:
        assert "rules.toml" in str(fault)  # noqa: PT017 - a slip may leave the file valid


def test_that_a_sound_file_gives_what_it_says(tmp_path: Path, small: Ecosystem) -> None:
    write(tmp_path, rules="\ufeff" + RULE.replace("\n", "\r\n"), list=LIST)
    watchlist = load_watchlist(tmp_path / "list.toml", small)
    (rule,) = load_rules(tmp_path / "rules.toml", small, watchlist)
    assert (rule.kind, rule.threshold, rule.severity) == (RuleKind.PERCENT_MOVE, 2.0, Severity.NOTICE)
    (exposure,) = small.exposures
    assert exposure.since == date(2025, 2, 28), "known from the last day of its month"
    assert watchlist.symbols == ("NVDA",)


def test_that_everything_shipped_loads(watchlists: Path, ecosystem: Ecosystem) -> None:
    watchlist = load_watchlist(watchlists / "ai-ecosystem.toml", ecosystem)
    assert watchlist.symbols
    assert load_rules(watchlists / "rules.toml", ecosystem, watchlist)
    assert load_session_overrides(watchlists / "sessions.toml")
    assert load_feeds(watchlists / "feeds.toml").shipped
    assert set(load_lexicon(watchlists / "lexicon.toml").themes)


def test_that_an_episode_is_found_by_id_day_or_name(watchlists: Path) -> None:
    folder = watchlists / "episodes"
    for name in ("2025-07-22-stargate", "2025-07-22", "stargate"):
        assert find_episode(folder, name).stem == "2025-07-22-stargate"
    for name in ("", "2025", "../2025-07-22-stargate", "nothing"):
        with pytest.raises(BadInputError, match="expected one of 2024-11-04-ferc"):
            find_episode(folder, name)
