"""Private companies of the user's own while the engine runs: files, stories, rules, links, and back again."""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.support.rig import Rig, build_rig

from stackwatch.app import load_world
from stackwatch.domain.events import AlertRaised, StoriesChanged
from stackwatch.domain.list_events import (
    ListRead,
    ListRefused,
    PrivateChanged,
    PrivateRemoved,
    WatchlistChanged,
)
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.own_private import TypedEntity, made_of
from stackwatch.domain.rule import Condition, Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.watchlist import BilingualName, OwnEntity, Watchlist
from stackwatch.storage.backup import Backup, finish_restore
from stackwatch.storage.locations import user_folders

DAY = date(2026, 3, 10)
COHERE = made_of(
    TypedEntity(
        en="Cohere Labs",
        ko="코히어",
        always=("Cohere Labs", "코히어"),
        careful=("Cohere",),
        beside=("AI", "투자"),
    ),
    "cohere-labs",
    DAY,
)
LINKS = """version = 1

# They train on it.
[[exposure]]
source = "cohere-labs"
target = "NVDA"
relation = "supplier"
why = "Trains its models on Blackwell"
date = "2025-05"
publisher = "Financial Times"
basis = "stored"

[[exposure]]
source = "cohere-labs"
target = "AMD"
relation = "supplier"
why = "Buys MI300"
date = "2025-06"
publisher = "Financial Times"
basis = "stored"

[[withdrawn]]
source = "stargate"
target = "AMD"
relation = "supplier"
"""
ABOUT = Rule(
    id="cohere-story", name_en="Cohere", name_ko="코히어", kind=RuleKind.STORY, direction=Direction.EITHER,
    threshold=1.0, subject_kind=SubjectKind.PRIVATE, subject="cohere-labs",
)  # fmt: skip
ANY = replace(ABOUT, id="any-story", subject="*")


@pytest.fixture
def rigs(tmp_path: Path) -> Iterator[Callable[..., Rig]]:
    """Build engines on one data folder, one after the other, as starts of the program are."""
    made: list[Rig] = []

    def build(rules: tuple[Rule, ...] | None = None) -> Rig:
        for rig in made:
            rig.store.close()
        made.append(build_rig(tmp_path, rules))
        for symbol in ("NVDA", "AMD", "INTC", "QQQ"):
            made[-1].market.set(symbol, 100.0)
        return made[-1]

    yield build
    made[-1].store.close()


def _now(rig: Rig) -> Watchlist:
    return rig.engine.parts.watchlist


def _follow(rig: Rig, own: OwnEntity = COHERE, layer: str = "models_apps") -> None:
    rig.runtime.change_watchlist(editing.move(_now(rig), (own.id,), layer, private=True), (), (own,))


def _about(rig: Rig) -> set[str]:
    since = rig.clock.now() - timedelta(days=90)
    return {story.lead.id for story in rig.engine.newsroom.about(("cohere-labs",), since)}


def _files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*.toml")}


def test_that_another_window_knows_a_company_that_was_followed_in_this_one(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    rig = rigs()
    there = load_world(user_folders(tmp_path)).book
    assert there is not None
    _follow(rig)
    assert there.look()
    assert "cohere-labs" in there.ecosystem.own
    assert "cohere-labs" in there.current.entities
    there.keep(editing.remove(there.current, {"INTC"}), base=there.current)
    rig.runtime._tick(rig.engine)
    assert "cohere-labs" in _now(rig).entities
    assert "INTC" not in _now(rig).symbols
    rig.runtime.remove_private("cohere-labs")
    there.look()
    assert "cohere-labs" not in there.current.entities


def test_that_headlines_come_to_it_at_once_and_those_stored_before_too(rigs: Callable[..., Rig]) -> None:
    rig = rigs()
    rig.market.report("Cohere Labs raises $500 million from Nvidia", key="with-nvidia")
    rig.market.report("Cohere Labs opens a Seoul office", key="alone")
    rig.market.report("Cohere Labs opens a Seoul office today", key="copy", publisher="Reuters")
    rig.market.report("코히어가 네이버와 손잡는다", key="korean", minutes_ago=60 * 24 * 20)
    rig.market.report("Teams that cohere win", key="other")
    rig.refresh()
    assert _about(rig) == set()
    rig.events.clear()
    _follow(rig)
    assert _about(rig) == {"with-nvidia", "alone", "korean"}
    told = [event for event in rig.of(StoriesChanged) if isinstance(event, StoriesChanged)]
    assert dict(told[-1].counts)["cohere-labs"] == 2
    assert PrivateChanged(("cohere-labs",)) in rig.events
    rig.market.report("AI start-up Cohere signs Oracle", key="later", minutes_ago=1)
    rig.refresh()
    assert "later" in _about(rig)


def test_that_it_survives_a_restart_with_row_spellings_and_stories(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    rig = rigs()
    rig.market.report("Cohere Labs opens a Seoul office", key="alone")
    rig.refresh()
    _follow(rig)
    shown = _now(rig)
    again = rigs()
    assert load_world(user_folders(tmp_path)).notices == ()
    assert _now(again) == shown
    assert again.engine.parts.ecosystem.own == {"cohere-labs": COHERE}
    assert _about(again) == {"alone"}
    assert editing.home_of(_now(again), "cohere-labs") == "models_apps"


def test_that_a_company_written_by_hand_finds_its_stored_headlines_with_the_next_start(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    rig = rigs()
    rig.market.report("Cohere Labs opens a Seoul office", key="alone")
    rig.refresh()
    (tmp_path / "private.toml").write_text(
        'version = 1\n[[entity]]\nid = "cohere-labs"\nname = { en = "Cohere", ko = "코히어" }\n'
        'kind = "company"\nstatus = "Private."\nas_of = "2026-03"\naliases_en = ["Cohere Labs"]\n',
        encoding="utf-8",
    )
    assert _about(rigs()) == {"alone"}
    (tmp_path / "private.toml").unlink()
    gone = rigs()
    assert _about(gone) == set()
    assert gone.engine.newsroom.stories == ()


def test_that_old_news_of_a_new_company_raises_no_alert_and_later_news_does(rigs: Callable[..., Rig]) -> None:
    rig = rigs((ANY,))
    rig.market.report("Cohere Labs wins an order from the army", key="old", minutes_ago=10)
    rig.refresh()
    _follow(rig)
    rig.engine.alerts.evaluate()
    rig.wait_for_group()
    assert [raised for raised in rig.raised() if raised.popup] == []
    rig.clock.advance(seconds=60 * 60 * 25)
    rig.refresh()
    rig.market.report("Cohere Labs is sued by publishers", key="new", minutes_ago=1)
    rig.refresh()
    rig.wait_for_group()
    assert [raised.alert.subject for raised in rig.raised() if raised.popup] == ["cohere-labs"]


def test_that_stored_news_read_late_raises_no_alert_either(rigs: Callable[..., Rig]) -> None:
    rig = rigs((ANY,))
    _follow(rig)
    rig.refresh()
    report = rig.market.report("Cohere Labs wins an order from the army", key="old", minutes_ago=10)
    rig.store.news.save_headlines((report,))
    rig.runtime.relinking.begin(rig.engine, {"cohere-labs"})
    rig.clock.advance(seconds=120)  # rules look at news once a minute
    rig.engine.tick()
    rig.wait_for_group()
    assert _about(rig) == {"old"}
    assert [raised for raised in rig.raised() if raised.popup] == []


def test_that_links_make_a_basket_and_news_reaches_the_shares(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    _follow(rigs())
    (tmp_path / "exposures.toml").write_text(LINKS, encoding="utf-8")
    rig = rigs()
    rig.refresh()
    assert rig.engine.rollups.members("cohere-labs", rig.clock.now().date()) == ("NVDA", "AMD")
    assert rig.engine.rollups.current["cohere-labs"].total == 2
    assert "cohere-labs" in rig.engine.graph.reaching("NVDA", rig.clock.now().date())


def test_that_removal_takes_rules_links_spellings_and_rows_along_and_undo_brings_all_back(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    rig = rigs()
    rig.market.report("Cohere Labs opens a Seoul office", key="alone")
    rig.refresh()
    _follow(rig)
    first = _now(rig)
    other = Watchlist(
        id="other", names=BilingualName("Other", "다른 목록"), layers=(), private=("openai", "cohere-labs")
    )
    rig.runtime.change_watchlist(other)
    rig.runtime.change_watchlist(first)
    (tmp_path / "exposures.toml").write_text(LINKS, encoding="utf-8")
    with (tmp_path / "aliases.toml").open("a", encoding="utf-8") as spellings:
        spellings.write('\n[[alias]]\ntext = "Cohynix"\nentity = "000660.KS"\nalso = ["cohere-labs"]\n')
    rig = rigs()
    rig.runtime.save_rules((ABOUT,))
    before, stories = _files(tmp_path), _about(rig)
    own = rig.engine.parts.ecosystem.own["cohere-labs"]
    rig.runtime.change_watchlist(editing.remove(_now(rig), {"cohere-labs"}))
    rig.runtime.remove_private("cohere-labs")
    assert PrivateRemoved("cohere-labs", COHERE.entity.names, rules=1, links=2) in rig.events
    gone = _files(tmp_path)
    assert not [name for name, text in gone.items() if "cohere" in text.casefold()]
    assert "[[withdrawn]]" in gone["exposures.toml"]
    assert _about(rig) == set()
    assert rig.engine.rollups.members("cohere-labs", DAY) == ()
    assert "cohere-story" not in {rule.id for rule in rig.engine.alerting.rules}
    assert load_world(user_folders(tmp_path)).notices == ()
    rig.runtime.change_watchlist(first, (), (own,))
    assert _files(tmp_path) == before
    assert _about(rig) == stories == {"alone"}
    assert rig.engine.parts.make_reader is not None
    shared = rig.engine.parts.make_reader().read("Cohynix rallies")
    assert set(shared.entities) == {"000660.KS", "cohere-labs"}
    assert rig.engine.rollups.members("cohere-labs", rig.clock.now().date()) == ("NVDA", "AMD")
    assert "cohere-story" in {rule.id for rule in rig.engine.alerting.rules}
    told = [event for event in rig.of(WatchlistChanged) if isinstance(event, WatchlistChanged)][-1]
    assert "cohere-labs" in next(each for each in told.lists if each.id == "other").private
    world = load_world(user_folders(tmp_path))
    assert (world.notices, world.watchlist) == ((), first)


def test_that_removal_takes_rules_along_that_name_it_in_a_condition_and_no_others(
    rigs: Callable[..., Rig],
) -> None:
    rig = rigs()
    _follow(rig)
    fall = replace(
        ABOUT, id="fall", kind=RuleKind.PERCENT_MOVE, subject_kind=SubjectKind.SYMBOL, subject="NVDA",
        direction=Direction.DOWN, threshold=3.0,
    )  # fmt: skip
    story = Condition(kind=RuleKind.STORY, about="cohere-labs")
    beside = replace(fall, id="beside", conditions=(story,))
    other = replace(fall, id="other", conditions=(replace(story, about="openai"),))
    rig.runtime.save_rules((ABOUT, fall, beside, other))
    rig.runtime.remove_private("cohere-labs")
    book = rig.engine.parts.rule_file
    assert book is not None
    assert book.own == {"fall", "other"}


def test_that_a_later_change_of_a_file_is_kept_when_what_was_removed_comes_back(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    _follow(rigs())
    (tmp_path / "exposures.toml").write_text(LINKS, encoding="utf-8")
    rig = rigs()
    shown, own = _now(rig), rig.engine.parts.ecosystem.own["cohere-labs"]
    rig.runtime.remove_private("cohere-labs")
    links = tmp_path / "exposures.toml"
    links.write_text(links.read_text("utf-8").replace("stargate", "openai"), encoding="utf-8")
    rig.runtime.change_watchlist(shown, (), (own,))
    assert links.read_text("utf-8").count('source = "cohere-labs"') == 2
    assert 'source = "openai"' in links.read_text("utf-8")
    assert load_world(user_folders(tmp_path)).notices == ()


def test_that_what_was_put_back_by_hand_meanwhile_is_not_put_back_once_more(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    _follow(rigs())
    links = tmp_path / "exposures.toml"
    links.write_text(LINKS, encoding="utf-8")
    rig = rigs()
    shown, own = _now(rig), rig.engine.parts.ecosystem.own["cohere-labs"]
    rig.runtime.remove_private("cohere-labs")
    links.write_text(LINKS, encoding="utf-8")
    rig.runtime.change_watchlist(shown, (), (own,))
    assert links.read_text("utf-8") == LINKS


def test_that_an_edit_writes_only_what_differs_and_titles_follow(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    rig = rigs()
    rig.market.report("코히어, 서울 지사 설립", key="korean")
    rig.market.report("Command A beats rivals", key="model")
    rig.refresh()
    _follow(rig)
    path = tmp_path / "private.toml"
    path.write_text(path.read_text("utf-8").replace("kind =", "# seen in Toronto\nkind ="), encoding="utf-8")
    wanted = TypedEntity(
        en="Cohere", ko="코히어", always=("Cohere Labs", "Command A"), careful=("Cohere",), beside=("AI",)
    )
    rig.runtime.change_watchlist(_now(rig), (), (made_of(wanted, "cohere-labs", DAY, COHERE),))
    assert _about(rig) == {"model"}
    assert rig.engine.parts.ecosystem.names_of("cohere-labs") == BilingualName("Cohere", "코히어")
    text = path.read_text("utf-8")
    assert "# seen in Toronto" in text
    assert 'aliases_en = ["Cohere Labs", "Command A"]' in text
    again = load_world(user_folders(tmp_path)).ecosystem.own["cohere-labs"]
    assert again == made_of(wanted, "cohere-labs", DAY, COHERE)


def test_that_a_broken_file_is_named_with_its_line_and_never_written(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    broken = 'version = 1\n\n[[entity]]\nid = "x"\nkind = "club"\n'
    (tmp_path / "private.toml").write_text(broken, encoding="utf-8")
    (notice,) = load_world(user_folders(tmp_path)).notices
    assert "private.toml: line 5: Invalid enum value 'club'; expected one of company, " in notice
    assert "The shipped companies are used; your file was not touched." in notice
    rig = rigs()
    before = _now(rig)
    _follow(rig)
    (refused,) = [event for event in rig.events if isinstance(event, ListRefused)]
    assert "private.toml: line 5" in refused.fault
    assert (tmp_path / "private.toml").read_text("utf-8") == broken
    assert "cohere-labs" in _now(rig).entities  # until the program ends
    assert load_world(user_folders(tmp_path)).watchlist == before


@pytest.mark.parametrize("name", ["rules.toml", "exposures.toml", "aliases.toml", "private.toml"])
def test_that_nothing_is_removed_where_a_file_cannot_be_read(
    rigs: Callable[..., Rig], tmp_path: Path, name: str
) -> None:
    _follow(rigs())
    (tmp_path / "exposures.toml").write_text(LINKS, encoding="utf-8")
    rig = rigs()
    rig.runtime.save_rules((ABOUT,))
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("\nunknown = 1\n")
    before = _files(tmp_path)
    rig.events.clear()
    rig.runtime.remove_private("cohere-labs")
    assert name in next(event.fault for event in rig.events if isinstance(event, ListRefused))
    assert not [event for event in rig.events if isinstance(event, PrivateRemoved)]
    assert _files(tmp_path) == before
    assert "cohere-labs" in rig.engine.parts.ecosystem.own


def test_that_an_own_company_stands_in_for_one_that_ships(tmp_path: Path) -> None:
    (tmp_path / "private.toml").write_text(
        'version = 1\n[[entity]]\nid = "upstage"\nname = { en = "Upstage Inc.", ko = "업스테이지" }\n'
        'kind = "company"\nstatus = "Listed soon."\nas_of = "2026-03"\naliases_ko = ["업스테이지"]\n',
        encoding="utf-8",
    )
    ecosystem = load_world(user_folders(tmp_path)).ecosystem
    assert ecosystem.names_of("upstage").en == "Upstage Inc."
    assert ecosystem.own["upstage"].ships
    assert [alias.text for alias in ecosystem.aliases if alias.entity_id == "upstage"] == ["업스테이지"]


def test_that_an_exported_list_brings_its_companies_into_another_folder(
    rigs: Callable[..., Rig], tmp_path: Path, run: Run
) -> None:
    rig = rigs()
    _follow(rig)
    file = tmp_path / "mine.toml"
    rig.runtime.export_watchlist(file, _now(rig))
    assert '[[entity]]\nid = "cohere-labs"' in file.read_text("utf-8")
    code, out, _ = run("import", "watchlist", str(file), "--json")
    told = json.loads(out)
    assert (code, told["followed"], told["bad"]) == (0, ["cohere-labs"], [])
    there = user_folders(tmp_path / "data")
    world = load_world(there)
    assert (world.notices, world.ecosystem.own) == ((), {"cohere-labs": COHERE})
    assert editing.home_of(world.watchlist, "cohere-labs") == "models_apps"
    again = tmp_path / "again.toml"
    assert run("export", "watchlist", str(again))[0] == 0
    assert '[[alias]]\ntext = "Cohere"' in again.read_text("utf-8")
    assert "New private companies" not in run("import", "watchlist", str(again))[1]  # known by now
    assert list(load_world(there).ecosystem.own) == ["cohere-labs"]


def test_that_an_imported_company_gives_way_to_one_that_is_known_by_its_name(
    rigs: Callable[..., Rig], tmp_path: Path
) -> None:
    rig = rigs()
    (tmp_path / "theirs.toml").write_text(
        'version = 1\nid = "theirs"\nname = { en = "Theirs", ko = "그들" }\n'
        'private = ["le-chat", "upstage"]\n\n'
        '[[entity]]\nid = "le-chat"\nname = { en = "Mistral AI", ko = "미스트랄" }\nkind = "company"\n'
        'status = "Theirs."\nas_of = "2026"\n\n'
        '[[entity]]\nid = "upstage"\nname = { en = "Upstart", ko = "업스타트" }\nkind = "company"\n'
        'status = "Theirs."\nas_of = "2026"\naliases_en = ["Upstart AI", "ChatGPT"]\n',
        encoding="utf-8",
    )
    rig.runtime.import_watchlist(tmp_path / "theirs.toml")
    (read,) = [event for event in rig.events if isinstance(event, ListRead)]
    assert read.watchlist.private == ("mistral", "upstage-2")
    (brought,) = read.private
    assert [alias.text for alias in brought.spellings] == ["Upstart AI"]
    assert [reason for _, reason in read.left_out] == ["spelling ChatGPT is taken"]


def test_that_backup_and_restore_carry_it(rigs: Callable[..., Rig], tmp_path: Path) -> None:
    rig = rigs()
    _follow(rig)
    backup, there = tmp_path / "all.zip", tmp_path / "there"
    Backup(user_folders(tmp_path)).save(backup)
    assert "private.toml" in zipfile.ZipFile(backup).namelist()
    Backup(user_folders(there)).stage(backup)
    finish_restore(user_folders(there))
    assert load_world(user_folders(there)).ecosystem.own == {"cohere-labs": COHERE}


def test_that_the_command_line_knows_it(rigs: Callable[..., Rig], tmp_path: Path, run: Run) -> None:
    rig = rigs()
    _follow(rig)
    mine = _now(rig)
    rig.runtime.export_watchlist(tmp_path / "mine.toml", mine)
    said = run("import", "watchlist", str(tmp_path / "mine.toml"))[1]
    assert said.startswith(
        f"{len(mine.symbols) + len(mine.entities)} names in {len(mine.layers)} layers are kept"
    )
    assert "New private companies, kept in private.toml: Cohere Labs" in said
    (tmp_path / "data" / "exposures.toml").write_text(LINKS, encoding="utf-8")
    titles = tmp_path / "titles.txt"
    titles.write_text("코히어의 몸값이 뛴다\nAI firm Cohere wins\nThey cohere\n", encoding="utf-8")
    _, out, _ = run("link", str(titles), "--json")
    assert [json.loads(line)["primary"] for line in out.splitlines()] == ["cohere-labs", "cohere-labs", None]
    code, _, said = run("explain", "코히어")
    assert code == 2
    assert "Cohere Labs is not listed" in said
    assert "tied to it are NVDA, AMD" in said


def test_that_an_alert_of_the_past_keeps_its_words_when_the_company_is_gone(rigs: Callable[..., Rig]) -> None:
    rig = rigs((ANY,))
    _follow(rig)
    rig.refresh()
    rig.market.report("Cohere Labs is sued by publishers", key="new", minutes_ago=1)
    rig.refresh()
    rig.wait_for_group()
    (raised,) = [event for event in rig.events if isinstance(event, AlertRaised)]
    rig.runtime.remove_private("cohere-labs")
    stored = {alert.id: alert for alert in rig.store.alerts.load()}
    assert stored[raised.alert.id].subject == "cohere-labs"
