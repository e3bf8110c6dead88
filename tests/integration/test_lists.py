"""Lists that change while the engine runs: what comes is watched, what goes is not, and files say so."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.support.rig import Rig, build_rig
from tests.support.shared import reader_of

from stackwatch.app import Options, load_world
from stackwatch.commands.export import export_watchlist
from stackwatch.commands.importing import import_table
from stackwatch.domain.armed import RuleStanding
from stackwatch.domain.errors import BadInputError, ProviderError
from stackwatch.domain.events import QuotesChanged, RollupsChanged
from stackwatch.domain.fault_events import NoticeEnded, NoticeGiven
from stackwatch.domain.list_events import (
    ListRead,
    ListRefused,
    ListWritten,
    PrivateChanged,
    SymbolsFound,
    WatchlistChanged,
)
from stackwatch.domain.lists import list_editing as editing
from stackwatch.domain.lists.own_private import TypedEntity, made_of
from stackwatch.domain.rule import Direction, Rule, RuleKind, SubjectKind
from stackwatch.domain.venues import SymbolHit, own_instrument
from stackwatch.domain.watchlist import Alias, BilingualName, Layer, OwnEntity, PrivateEntity, Watchlist
from stackwatch.storage.ecosystem.alias_file import bare_ticker
from stackwatch.storage.lists.list_book import ListBook
from stackwatch.storage.locations import user_folders

OWN = own_instrument("RKLB", "Rocket Lab", "Nasdaq")
FALL = Rule(
    id="fall", name_en="Fall", name_ko="하락", kind=RuleKind.PERCENT_MOVE, direction=Direction.DOWN,
    threshold=3.0, subject_kind=SubjectKind.WATCHLIST, subject="*",
)  # fmt: skip


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = build_rig(tmp_path, (FALL,))
    for symbol in ("NVDA", "AMD", "INTC", "QQQ"):
        made.market.set(symbol, 100.0)
    made.refresh()
    yield made
    made.store.close()


def _now(rig: Rig) -> Watchlist:
    return rig.engine.parts.watchlist


def _add(rig: Rig) -> None:
    assert OWN is not None
    rig.events.clear()
    rig.runtime.change_watchlist(editing.move(_now(rig), ("RKLB",), "cloud", 0), (OWN,))


def test_that_a_name_of_the_users_own_is_quoted_judged_and_stored_without_a_restart(
    rig: Rig, tmp_path: Path
) -> None:
    rig.market.set("RKLB", 100.0)
    _add(rig)
    assert "RKLB" in rig.market.asked[-1]
    assert any(q.symbol == "RKLB" for event in rig.of(QuotesChanged) for q in event.quotes)
    rig.market.set("RKLB", 96.0)
    rig.clock.advance(seconds=15)
    rig.refresh()
    rig.wait_for_group()
    assert [raised.alert.subject for raised in rig.raised()] == ["RKLB"]
    again = load_world(user_folders(tmp_path))
    assert again.watchlist == _now(rig)
    assert again.ecosystem.instruments["RKLB"] == OWN
    assert again.notices == ()


def test_that_what_a_new_name_lost_before_it_came_pops_up_nothing(rig: Rig) -> None:
    rig.market.set("RKLB", 90.0)
    _add(rig)
    rig.clock.advance(seconds=15)
    rig.refresh()
    rig.wait_for_group()
    assert [raised.popup for raised in rig.raised()] == [False]
    assert rig.raised()[0].alert.suppressed_by == "already true when first seen"


def test_that_a_name_that_left_is_neither_asked_for_nor_judged(rig: Rig) -> None:
    rig.runtime.change_watchlist(editing.remove(_now(rig), {"INTC"}))
    rig.market.set("INTC", 80.0)
    rig.clock.advance(seconds=15)
    rig.refresh()
    rig.wait_for_group()
    assert "INTC" not in rig.market.asked[-1]
    assert rig.raised() == []


def test_that_the_table_of_armed_rules_follows_the_list(rig: Rig) -> None:
    armed_rules = rig.engine.armed_rules
    assert {"NVDA", "AMD", "INTC"} <= {row.subject for row in armed_rules.rows().rows}
    rig.runtime.change_watchlist(editing.remove(_now(rig), {"INTC"}))
    assert "INTC" not in {row.subject for row in armed_rules.rows().rows}
    told = armed_rules.rows()
    assert told.total == len(told.rows)
    bare = Watchlist(id="bare", names=BilingualName("Bare", "빈 목록"), layers=(), private=())
    rig.runtime.change_watchlist(bare)
    assert (armed_rules.rows().rows, armed_rules.rows().total) == ((), 0)


def test_that_a_rule_about_what_another_list_has_is_seen_and_waits(tmp_path: Path) -> None:
    here = Watchlist(
        id="mine",
        names=BilingualName("Mine", "내 목록"),
        layers=(Layer(id="own", names=BilingualName("Own", "내 것"), symbols=("NVDA",)),),
        private=(),
    )
    of_list = replace(FALL, id="list", subject="ai-ecosystem")
    of_layer = replace(FALL, id="layer", subject_kind=SubjectKind.LAYER, subject="memory")
    rig = build_rig(tmp_path, (of_list, of_layer))
    rig.market.set("NVDA", 100.0)
    rig.runtime.change_watchlist(here)
    rig.clock.advance(seconds=15)
    rig.market.set("NVDA", 90.0)
    rig.refresh()
    rig.wait_for_group()
    assert rig.raised() == []  # it is a name of this list, and neither rule is about this list
    rows = rig.engine.armed_rules.rows()
    assert rows.total == 2
    assert {(row.rule_id, row.subject, row.standing, row.reason) for row in rows.rows} == {
        ("list", "ai-ecosystem", RuleStanding.NO_DATA, "nothing of it in this list"),
        ("layer", "memory", RuleStanding.NO_DATA, "nothing of it in this list"),
    }


def test_that_a_private_company_is_measured_by_names_that_are_not_on_the_list(rig: Rig) -> None:
    rig.events.clear()
    mine = Watchlist(id="mine", names=BilingualName("Mine", "내 목록"), layers=(), private=("openai",))
    rig.runtime.change_watchlist(mine)
    rig.market.set("NVDA", 96.0)
    rig.clock.advance(seconds=15)
    rig.refresh()
    rig.wait_for_group()
    assert {"NVDA", "AMD", "MSFT", "QQQ"} <= set(rig.market.asked[-1])
    assert "INTC" not in rig.market.asked[-1]
    told = [rollup for event in rig.of(RollupsChanged) for rollup in event.rollups if rollup.id == "openai"]
    assert (told[-1].up, told[-1].down, told[-1].counted) == (0, 1, 2)
    assert rig.raised() == []  # a rule on the list is about the names of the list


def test_that_another_list_is_told_whole_and_remembered_and_headlines_know_its_names(
    rig: Rig, tmp_path: Path
) -> None:
    own = editing.add_layer(
        Watchlist(id="mine", names=BilingualName("Mine", "내 목록"), layers=(), private=()), "Chips"
    )[0]
    own = editing.move(own, ("NVDA", "RKLB"), "chips")
    assert OWN is not None
    rig.events.clear()
    rig.runtime.change_watchlist(own, (OWN,))
    (told,) = rig.of(WatchlistChanged)
    assert isinstance(told, WatchlistChanged)
    assert told.watchlist == own
    assert [each.id for each in told.lists] == ["ai-ecosystem", "mine"]
    assert any(q.symbol == "NVDA" for event in rig.of(QuotesChanged) for q in event.quotes)
    assert any(r.id == "chips" for event in rig.of(RollupsChanged) for r in event.rollups)
    rig.market.report("Shares jump (RKLB) after a launch contract", key="launch")
    rig.runtime.news.fetch(rig.engine)
    assert any("RKLB" in story.entities for story in rig.engine.newsroom.stories)
    assert load_world(user_folders(tmp_path)).watchlist == own
    rig.runtime.remove_watchlist("mine")
    assert _now(rig).id == "ai-ecosystem"
    assert load_world(user_folders(tmp_path)).watchlist.id == "ai-ecosystem"


def _named_in(rig: Rig, named: Mapping[str, str], titles: Sequence[str]) -> list[set[str]]:
    """Add shares of these names, and report these titles; returns whom each is about."""
    added = [made for symbol, name in named.items() if (made := own_instrument(symbol, name)) is not None]
    rig.runtime.change_watchlist(editing.move(_now(rig), tuple(named), "cloud", 0), added)
    for title in titles:
        rig.market.report(title)
    rig.runtime.news.fetch(rig.engine)
    told = {story.lead.title: set(story.entities) for story in rig.engine.newsroom.stories}
    return [told.get(title, set()) for title in titles]


def _spelled(folder: Path, named: Collection[str]) -> set[str]:
    """Return how titles call these shares after a restart, their symbols and tickers left out."""
    known = load_world(user_folders(folder)).ecosystem.aliases
    tickers = {bare_ticker(symbol) for symbol in named}
    return {a.text for a in known if a.entity_id in named and a.text not in {*named, *tickers}}


def test_that_titles_name_a_share_of_the_users_own_without_its_ticker_at_once_and_after_a_restart(
    rig: Rig, tmp_path: Path
) -> None:
    """What was looked up had no news but of titles with (RGTI) or $RGTI in them."""
    named = {
        "RGTI": "Rigetti Computing, Inc.",
        "V": "Visa Inc.",
        "NVDA.SW": "NVIDIA Corporation",
        "PSA": "Public Storage",
    }
    titles = (
        "Rigetti Computing wins a contract",
        "Visa Inc. opens a lab",
        "Visa rules are eased for chip engineers",
        "NVIDIA Corporation opens a lab",
        "Public Storage of spent fuel is debated",
    )
    assert _named_in(rig, named, titles) == [{"RGTI"}, {"V"}, set(), {"NVDA"}, set()]
    assert _spelled(tmp_path, named) == {"Rigetti Computing", "Visa Inc"}


def test_that_korean_titles_name_a_share_of_the_users_own(rig: Rig, tmp_path: Path) -> None:
    named = {
        "247540.KQ": "에코프로비엠",
        "058470.KQ": "(주)리노공업",
        "000001.KQ": "데이터",
        "000002.KQ": "세하",
    }
    titles = (
        "에코프로비엠, 3분기 흑자 전환",
        "리노공업이 신공장을 짓는다",
        "데이터 처리 규정 바뀐다",
        "세하 리조트 개장",
    )
    assert _named_in(rig, named, titles) == [{"247540.KQ"}, {"058470.KQ"}, set(), set()]
    assert _spelled(tmp_path, named) == {"에코프로비엠", "리노공업"}


def test_that_a_share_found_on_another_board_has_the_news_that_name_it(rig: Rig, tmp_path: Path) -> None:
    boards = ("247540.KS", "247540.KQ")
    lost, found = (own_instrument(symbol, "에코프로비엠") for symbol in boards)
    assert lost is not None
    assert found is not None
    before = editing.move(_now(rig), (lost.symbol,), "cloud", 0)
    rig.runtime.change_watchlist(before, (lost,))
    rig.runtime.change_watchlist(editing.replaced(before, *boards), (found,), base=before)
    titles = ("에코프로비엠, 3분기 흑자 전환", "코스닥 에코프로비엠(247540) 신공장 준공")
    for title in titles:
        rig.market.report(title)
    rig.runtime.news.fetch(rig.engine)
    told = {story.lead.title: set(story.entities) for story in rig.engine.newsroom.stories}
    assert [told.get(title, set()) for title in titles] == [{"247540.KQ"}, {"247540.KQ"}]
    again = reader_of(load_world(user_folders(tmp_path)).ecosystem)
    assert [again.read(title).entities for title in titles] == [("247540.KQ",)] * 2


def test_that_who_was_known_as_a_namesake_has_news_of_its_own_once_it_is_followed(
    rig: Rig, tmp_path: Path
) -> None:
    made = own_instrument("066570.KS", "LG전자")
    assert made is not None
    title = "LG전자, 3분기 영업이익 급증"
    assert reader_of(load_world(user_folders(tmp_path)).ecosystem).read(title).entities == ()
    rig.runtime.change_watchlist(editing.move(_now(rig), (made.symbol,), "cloud", 0), (made,))
    rig.market.report(title)
    rig.runtime.news.fetch(rig.engine)
    assert [set(story.entities) for story in rig.engine.newsroom.stories] == [{"066570.KS"}]
    again = reader_of(load_world(user_folders(tmp_path)).ecosystem)
    assert again.read(title).entities == ("066570.KS",)


def test_that_a_share_of_two_cities_leaves_its_name_to_the_one_that_had_it(rig: Rig) -> None:
    added = [own_instrument(symbol, "ArcelorMittal SA") for symbol in ("MT.AS", "MT.PA")]
    for made in added:
        assert made is not None
        rig.runtime.change_watchlist(editing.move(_now(rig), (made.symbol,), "cloud", 0), (made,))
    rig.market.report("ArcelorMittal SA wins a contract")
    rig.runtime.news.fetch(rig.engine)
    assert [set(story.entities) for story in rig.engine.newsroom.stories] == [{"MT.AS"}]


@pytest.mark.parametrize("name", ["F & Co", "\N{ROCKET} \N{ROCKET}"])
def test_that_a_name_of_one_letter_is_no_spelling_and_keeps_no_share_out_of_its_file(
    rig: Rig, tmp_path: Path, name: str
) -> None:
    made = own_instrument("FNCO", name)
    assert made is not None
    rig.runtime.change_watchlist(editing.move(_now(rig), ("FNCO",), "cloud", 0), (made,))
    assert rig.of(ListRefused) == []
    assert "FNCO" in load_world(user_folders(tmp_path)).ecosystem.instruments


def test_that_lists_of_one_name_stand_in_one_order_before_a_restart_and_after(
    rig: Rig, tmp_path: Path
) -> None:
    for list_id in ("second", "first"):
        rig.runtime.change_watchlist(
            Watchlist(id=list_id, names=BilingualName("Mine", "내 목록"), layers=(), private=())
        )
    told = rig.of(WatchlistChanged)[-1]
    assert isinstance(told, WatchlistChanged)
    assert told.lists == load_world(user_folders(tmp_path)).lists


def test_that_layers_of_two_lists_are_told_apart_whatever_letters_their_names_have(rig: Rig) -> None:
    names, ids = ("내 반도체", "내 전력", "AI 반도체", "AI 전력"), []
    for number, name in enumerate(names):
        empty = Watchlist(id=f"list-{number}", names=BilingualName("Mine", "내 목록"), layers=(), private=())
        made, layer_id = editing.add_layer(empty, name)
        rig.runtime.change_watchlist(made)
        ids.append(layer_id)
    assert tuple(rig.engine.parts.ecosystem.names_of(layer_id).ko for layer_id in ids) == names


def test_that_layers_of_other_lists_and_of_one_that_is_gone_keep_their_names(rig: Rig) -> None:
    mine = Watchlist(id="mine", names=BilingualName("Mine", "내 목록"), layers=(), private=())
    mine = editing.add_layer(mine, "Chips")[0]
    rig.runtime.change_watchlist(mine)
    ecosystem = rig.engine.parts.ecosystem
    assert ecosystem.names_of("servers_storage").en != "servers_storage"  # the inbox still tells of it
    rig.runtime.remove_watchlist("mine")
    assert ecosystem.names_of("chips").en == "Chips"
    assert ecosystem.names_of("mine") == mine.names


def test_that_a_list_given_back_after_its_removal_has_its_comments_again(tmp_path: Path) -> None:
    path = tmp_path / "watchlists" / "mine.toml"
    path.parent.mkdir()
    text = (
        '# my list\nversion = 1\nid = "mine"\nname = { en = "Mine", ko = "내 목록" }\n\n'
        '# the best\n[[layer]]\nid = "chips"\nname = { en = "Chips", ko = "칩" }\n'
        'symbols = [\n  "NVDA", # for ever\n  "AMD",\n]\n'
    )
    path.write_bytes(text.replace("\n", "\r\n").encode())  # as an editor of Windows leaves it
    book = load_world(user_folders(tmp_path)).book
    assert book is not None
    mine = next(each for each in book.lists if each.id == "mine")
    book.remove("mine")
    assert not path.exists()
    book.keep(mine)
    assert path.read_bytes() == text.replace("\n", "\r\n").encode()
    book.keep(editing.remove(mine, {"AMD"}))
    assert "# for ever" in path.read_text("utf-8")
    assert "# the best" in path.read_text("utf-8")
    assert "AMD" not in path.read_text("utf-8")
    book.keep(editing.move(mine, ("MU",), "chips"))
    assert "# for ever" in path.read_text("utf-8")


@pytest.mark.parametrize("layer", ["", "chips"])
@pytest.mark.parametrize("symbols", ["", 'symbols = ["NVDA"]  # for ever\n', "symbols = []\nhidden = true\n"])
def test_that_a_name_that_came_and_went_leaves_the_file_as_it_was(
    tmp_path: Path, layer: str, symbols: str
) -> None:
    path = tmp_path / "watchlists" / "mine.toml"
    path.parent.mkdir()
    text = (
        '# my list\nversion = 1\nid = "mine"\nname = { en = "Mine", ko = "내 목록" }\n\n'
        f'# the best\n[[layer]]\nid = "chips"\nname = {{ en = "Chips", ko = "칩" }}\n{symbols}\n# the end\n'
    )
    path.write_text(text, encoding="utf-8")
    book = load_world(user_folders(tmp_path)).book
    assert book is not None
    mine = next(each for each in book.lists if each.id == "mine")
    book.keep(editing.move(mine, ("openai",), layer or editing.TOP, private=True))
    assert "openai" in path.read_text("utf-8")
    book.keep(mine)
    assert path.read_text("utf-8") == text


def test_that_another_order_of_names_in_a_layer_is_written_and_given_back(rig: Rig, tmp_path: Path) -> None:
    layer = next(layer for layer in _now(rig).layers if len(layer.symbols) > 3)
    first, second, *rest = layer.symbols
    for ids, place, order in (
        ((second,), 0, (second, first, *rest)),
        ((second, first), None, (*rest, second, first)),
    ):
        rig.runtime.change_watchlist(editing.move(_now(rig), ids, layer.id, place))
        assert rig.of(ListRefused) == []
        written = next(
            each for each in load_world(user_folders(tmp_path)).watchlist.layers if each.id == layer.id
        )
        assert written.symbols == order


def test_that_a_layer_that_is_shown_again_is_written_so(tmp_path: Path) -> None:
    book = _book(tmp_path)
    shipped = book.current
    hidden = editing.hide_layer(shipped, shipped.layers[0].id, hidden=True)
    book.keep(hidden, base=shipped)
    assert _book(tmp_path).current == hidden
    book.keep(shipped, base=hidden)
    assert _book(tmp_path).current == shipped


def test_that_the_users_own_state_of_the_shipped_list_is_given_back_over_it(tmp_path: Path) -> None:
    book = _book(tmp_path)
    shipped = book.current
    mine = editing.remove(shipped, {"NVDA"})
    book.keep(mine, base=shipped)
    book.remove(mine.id)
    assert book.current == shipped
    book.keep(mine, base=mine)  # as its deletion is undone
    assert book.current == mine
    assert _book(tmp_path).current == mine
    book.remove(mine.id)
    book.keep(shipped, base=shipped)  # as another list is left for it
    assert book.current == shipped


def test_that_a_broken_file_is_never_overwritten_and_the_change_holds(tmp_path: Path) -> None:
    path = tmp_path / "watchlists" / "ai-ecosystem.toml"
    path.parent.mkdir()
    path.write_text("version = 1\nnonsense = [", encoding="utf-8")
    rig = build_rig(tmp_path, ())
    rig.runtime.change_watchlist(editing.remove(_now(rig), {"AMD"}))
    (refused,) = rig.of(ListRefused)
    assert isinstance(refused, ListRefused)
    assert "ai-ecosystem.toml" in refused.fault
    assert "written once it can be" in refused.fault
    assert path.read_text("utf-8") == "version = 1\nnonsense = ["
    assert "AMD" not in _now(rig).symbols
    rig.store.close()


def test_that_a_change_a_file_refused_is_written_once_there_is_room_again(tmp_path: Path) -> None:
    place = tmp_path / "watchlists"
    place.write_text("in the way")
    rig = build_rig(tmp_path, ())
    assert OWN is not None
    changed = editing.move(editing.remove(_now(rig), {"AMD"}), ("RKLB",), "cloud", 0)
    rig.runtime.change_watchlist(changed, (OWN,))
    rig.runtime.lists.look(rig.engine)
    (refused,) = rig.of(ListRefused)
    assert isinstance(refused, ListRefused)
    place.unlink()
    rig.runtime.lists.look(rig.engine)
    assert rig.of(NoticeEnded) == [NoticeEnded(refused.fault)]
    assert load_world(user_folders(tmp_path)).watchlist == changed
    rig.store.close()


def test_that_a_change_a_file_refused_is_written_at_the_end_at_the_latest(tmp_path: Path) -> None:
    place = tmp_path / "watchlists"
    place.write_text("in the way")
    rig = build_rig(tmp_path, ())
    changed = editing.remove(_now(rig), {"AMD"})
    rig.runtime.change_watchlist(changed)
    place.unlink()
    rig.runtime.save_lists()
    assert load_world(user_folders(tmp_path)).watchlist == changed
    rig.store.close()


def test_that_a_folder_that_cannot_be_made_is_told_and_the_list_is_followed(tmp_path: Path) -> None:
    (tmp_path / "watchlists").write_text("in the way")
    rig = build_rig(tmp_path, ())
    rig.runtime.change_watchlist(_now(rig))  # nothing to write but which list is shown
    (refused,) = rig.of(ListRefused)
    assert isinstance(refused, ListRefused)
    assert "cannot be written" in refused.fault
    assert rig.of(WatchlistChanged)
    rig.store.close()


def test_that_a_rule_about_a_layer_of_another_list_waits_and_the_file_stays_usable(
    rig: Rig, tmp_path: Path
) -> None:
    rule = replace(
        FALL, id="chips", kind=RuleKind.LAYER_MOVE, subject_kind=SubjectKind.LAYER, subject="cloud"
    )
    rig.runtime.save_rules((rule,))
    rig.runtime.change_watchlist(editing.remove_layer(_now(rig), "cloud"))
    rig.runtime.save_rules((replace(FALL, id="other"),))
    assert {"chips", "other"} <= {each.id for each in rig.engine.alerting.rules}
    assert any("'cloud' is in no list" in notice for notice in load_world(user_folders(tmp_path)).notices)


def test_that_an_import_is_told_with_what_was_left_out(rig: Rig, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("###Chips\nNASDAQ:NVDA\nBINANCE:BTCUSDT\n", encoding="utf-8")
    rig.runtime.import_watchlist(path)
    (read,) = rig.of(ListRead)
    assert isinstance(read, ListRead)
    assert read.watchlist.symbols == ("NVDA",)
    assert [line for line, _ in read.left_out] == [3]


class FakeSearch:
    def search(self, query: str) -> tuple[SymbolHit, ...]:
        if query == "down":
            raise ProviderError("search: status 503")
        return (SymbolHit(symbol="RKLB", name="Rocket Lab", exchange="NASDAQ"),)


@pytest.mark.parametrize(("suffix", "private"), [(".toml", 0), (".csv", 1)])
def test_that_an_export_counts_private_names_and_those_that_have_no_place_there(
    rig: Rig, tmp_path: Path, suffix: str, private: int
) -> None:
    path = tmp_path / f"list{suffix}"
    only = replace(rig.engine.parts.watchlist, layers=(), private=("openai",))
    rig.runtime.export_watchlist(path, only)
    assert rig.of(ListWritten) == [ListWritten(str(path), 1 - private, private)]


def test_that_a_list_of_before_names_no_company_that_was_deleted_since(rig: Rig, tmp_path: Path) -> None:
    shown = rig.engine.parts.watchlist
    own = made_of(TypedEntity(en="Zorbix", always=("Zorbix",)), "zorbix", rig.clock.now().date())
    mine = replace(shown, id="mine", private=(*shown.private, "zorbix"))
    rig.runtime.change_watchlist(mine, private=(own,))
    rig.runtime.remove_private("zorbix")
    rig.runtime.change_watchlist(mine, base=replace(mine, private=()))  # as an undo knows it
    again = load_world(user_folders(tmp_path))
    assert again.watchlist == rig.engine.parts.watchlist == replace(mine, private=shown.private)
    assert again.notices == ()


def test_that_the_provider_is_asked_for_names_and_says_when_it_cannot_answer(rig: Rig) -> None:
    rig.runtime.find_symbols("rocket")
    rig.engine.parts = replace(rig.engine.parts, search=FakeSearch())
    rig.runtime.find_symbols("rocket")
    rig.runtime.find_symbols("down")
    nobody, found, failed = (event for event in rig.of(SymbolsFound) if isinstance(event, SymbolsFound))
    assert nobody.fault
    assert [hit.symbol for hit in found.hits] == ["RKLB"]
    assert failed.fault == "search: status 503"


def test_that_an_empty_list_asks_for_nothing_and_is_no_failure(rig: Rig) -> None:
    asked = len(rig.market.asked)
    rig.runtime.change_watchlist(
        Watchlist(id="none", names=BilingualName("None", "없음"), layers=(), private=())
    )
    rig.refresh()
    rig.engine.tick()
    assert len(rig.market.asked) == asked
    assert rig.engine.symbols == ()


def test_that_lists_go_in_and_out_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(folders=user_folders(tmp_path / "data"), json=True)
    given, made = tmp_path / "mine.txt", tmp_path / "out.txt"
    given.write_text("###Chips\nNASDAQ:NVDA,KRX:005930\nBINANCE:BTC\nNYSE:RKLB\n", encoding="utf-8")
    assert import_table(options, "watchlist", given, replace=False) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["symbols"] == ["NVDA", "005930.KS", "RKLB"]
    assert told["added"] == ["RKLB"]
    assert [row["line"] for row in told["bad"]] == [3]
    assert export_watchlist(options, made) == 0
    assert made.read_text("utf-8") == "###Chips\nNASDAQ:NVDA\nKRX:005930\nNYSE:RKLB\n"
    capsys.readouterr()  # what the export said
    assert import_table(options, "watchlist", given, replace=False) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["list"], again["name"]) == ("mine-2", "mine (2)")
    with pytest.raises(BadInputError, match="gone"):
        import_table(options, "watchlist", tmp_path / "gone.txt", replace=False)
    with pytest.raises(BadInputError, match=r"\.txt, \.csv or \.toml"):
        export_watchlist(options, tmp_path / "out.xyz")


def _book(folder: Path) -> ListBook:
    book = load_world(user_folders(folder)).book
    assert book is not None
    return book


def test_that_two_windows_that_change_one_list_keep_what_the_other_did(rig: Rig, tmp_path: Path) -> None:
    other = _book(tmp_path)  # it knows the list as it was
    base = _now(rig)
    _add(rig)
    taken_out = editing.remove(base, {"INTC"})
    other.keep(taken_out, base=base)
    assert "RKLB" in other.current.symbols
    assert other.ecosystem.instruments["RKLB"] == OWN
    assert "INTC" not in other.current.symbols
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    (told,) = rig.of(WatchlistChanged)
    assert isinstance(told, WatchlistChanged)
    assert told.watchlist == other.current == _now(rig) == _book(tmp_path).current


def test_that_the_list_that_ships_is_not_deleted_and_the_answer_says_which_it_was(rig: Rig) -> None:
    shipped = _now(rig)
    rig.events.clear()
    rig.runtime.remove_watchlist(shipped.id)
    fault = f"{shipped.names.en}: comes with Stackwatch and cannot be deleted."
    assert rig.of(ListRefused) == [ListRefused(fault, shipped.id)]
    assert _now(rig) == shipped


def test_that_a_list_changed_by_hand_is_followed_and_one_that_is_broken_is_left_alone(
    rig: Rig, tmp_path: Path
) -> None:
    rig.runtime.change_watchlist(editing.remove(_now(rig), {"INTC"}))
    path = tmp_path / "watchlists" / f"{_now(rig).id}.toml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('"AMD", ', "", 1), encoding="utf-8")
    rig.runtime._tick(rig.engine)
    assert "AMD" not in _now(rig).symbols
    path.write_text("nonsense = [", encoding="utf-8")
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    (told,) = [event.text for event in rig.of(NoticeGiven) if isinstance(event, NoticeGiven)]
    assert "What was read of it before stays" in told
    rig.events.clear()
    before = _now(rig)
    rig.runtime.change_watchlist(editing.remove(before, {"NVDA"}), base=before)
    assert rig.of(ListRefused)
    assert path.read_text("utf-8") == "nonsense = ["
    path.write_text(text, encoding="utf-8")  # mended, with AMD: what was done meanwhile is not forgotten
    rig.runtime._tick(rig.engine)
    assert "AMD" in _now(rig).symbols
    assert "NVDA" not in _now(rig).symbols


def test_that_a_list_removed_elsewhere_is_shown_no_longer(rig: Rig, tmp_path: Path) -> None:
    mine = Watchlist(id="mine", names=BilingualName("Mine", "내 목록"), layers=(), private=())
    rig.runtime.change_watchlist(mine)
    other = _book(tmp_path)
    other.remove("mine")
    rig.runtime._tick(rig.engine)
    assert _now(rig).id == "ai-ecosystem"


SESAME = PrivateEntity(
    id="sesame",
    names=BilingualName("Sesame Labs", "세서미랩스"),
    kind="company",
    status=BilingualName("private", "비상장"),
    as_of="2026-03-10",
)


def test_that_a_company_of_ones_own_that_one_window_follows_is_known_in_the_other(
    rig: Rig, tmp_path: Path
) -> None:
    own = OwnEntity(entity=SESAME, spellings=(Alias(text="Sesame Labs", entity_id="sesame"),))
    other = _book(tmp_path)
    base = other.current
    other.keep(editing.move(base, ("sesame",), editing.TOP, private=True), (), (own,), base=base)
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    assert "sesame" in _now(rig).private
    assert [event.ids for event in rig.of(PrivateChanged) if isinstance(event, PrivateChanged)] == [
        ("sesame",)
    ]
    rig.market.report("Sesame Labs raises $2bn for its own data centre", key="sesame")
    rig.runtime.news.fetch(rig.engine)
    assert any("sesame" in story.entities for story in rig.engine.newsroom.stories)
    rig.events.clear()
    rig.runtime.change_watchlist(editing.remove(_now(rig), {"INTC"}), base=_now(rig))
    assert not rig.of(PrivateChanged)
    assert "sesame" in _book(tmp_path).current.private


def test_that_a_company_renamed_in_one_window_is_renamed_in_the_other_with_the_next_look(
    rig: Rig, tmp_path: Path
) -> None:
    spelled: tuple[Alias, ...] = (Alias(text="Sesame Labs", entity_id="sesame"),)
    rig.runtime.change_watchlist(
        editing.move(_now(rig), ("sesame",), editing.TOP, private=True),
        (),
        (OwnEntity(entity=SESAME, spellings=spelled),),
    )
    rig.runtime._tick(rig.engine)
    other = _book(tmp_path)
    renamed = replace(SESAME, names=BilingualName("Sesame", "세서미"))
    spelled = (*spelled, Alias(text="Sesame Robotics", entity_id="sesame"))
    other.keep(other.current, (), (OwnEntity(entity=renamed, spellings=spelled),), base=other.current)
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    assert [event.ids for event in rig.of(PrivateChanged) if isinstance(event, PrivateChanged)] == [
        ("sesame",)
    ]
    assert rig.engine.parts.ecosystem.names_of("sesame") == BilingualName("Sesame", "세서미")
    rig.market.report("Sesame Robotics raises $2bn for its own data centre", key="robotics")
    rig.runtime.news.fetch(rig.engine)
    assert any("sesame" in story.entities for story in rig.engine.newsroom.stories)
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    assert not rig.of(PrivateChanged)


def test_that_a_list_given_back_has_what_another_window_did_to_it_before_it_went(tmp_path: Path) -> None:
    one = _book(tmp_path)
    mine = Watchlist(id="mine", names=BilingualName("Mine", "내 목록"), layers=(), private=())
    one.keep(mine)
    other = _book(tmp_path)
    grown = replace(mine, private=("openai",))
    other.keep(grown, base=mine)
    one.remove("mine")
    one.keep(mine, base=mine)
    assert one.current == grown
    assert _book(tmp_path).current == grown


def test_that_of_changes_that_wait_each_is_kept_and_only_the_newest_followed(rig: Rig) -> None:
    start = _now(rig)
    one, two = (editing.remove(start, {"INTC"}), editing.remove(start, {"INTC", "AMD"}))
    rig.events.clear()

    def both() -> None:
        rig.runtime.change_watchlist(one)
        rig.runtime.change_watchlist(two)

    rig.runtime._core.post(both)
    told = [event.watchlist for event in rig.events if isinstance(event, WatchlistChanged)]
    assert told == [two]
    assert _now(rig) == two
    rig.runtime.change_watchlist(start)
    assert _now(rig) == start
