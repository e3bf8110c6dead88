"""Links of the user's own while the engine runs: the file with its comments, its reach, and undo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.support.rig import Rig, build_rig

from stackwatch.app import load_world
from stackwatch.domain.events import RollupsChanged
from stackwatch.domain.fault_events import NoticeGiven
from stackwatch.domain.list_events import LinksChanged, ListRefused
from stackwatch.domain.lists.own_links import LinkChange, TypedLink, made_link
from stackwatch.domain.lists.own_private import TypedEntity, made_of
from stackwatch.domain.market import day_begins, program_day
from stackwatch.domain.watchlist import Basis, Exposure, Language, Relation
from stackwatch.domain.words.wording import reason_words
from stackwatch.storage.locations import user_folders

TIE = ("upstage", "INTC", Relation.SUPPLIER)
NEW = made_link(
    TypedLink(
        source="upstage", target="INTC", relation=Relation.SUPPLIER, why="Rents Gaudi", dated="2026-03-09",
        publisher="Les Echos", basis=Basis.STORED,
    )
)  # fmt: skip
FILE = """version = 1
# What I saw myself.

# They said so on stage.
[[exposure]]
source = "upstage"
target = "INTC" # Gaudi
relation = "supplier"
why = "Tries Gaudi"
date = "2026-02"
publisher = "Les Echos"
basis = "memory"

# Not so.
[[withdrawn]]
source = "stargate"
target = "AMD"
relation = "supplier"
# the end
"""


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    made = build_rig(tmp_path)
    for symbol in ("NVDA", "AMD", "INTC", "QQQ"):
        made.market.set(symbol, 100.0)
    made.refresh()
    yield made
    made.store.close()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file that was there before the program began."""
    path = tmp_path / "exposures.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def _links(rig: Rig, tie: tuple[str, str, Relation] = TIE) -> list[Exposure]:
    return [link for link in rig.engine.parts.ecosystem.exposures if link.tie == tie]


def _started(folder: Path, tie: tuple[str, str, Relation] = TIE) -> list[Exposure]:
    """Return what another start knows of a link; it must find nothing wrong."""
    world = load_world(user_folders(folder))
    assert world.notices == ()
    return [link for link in world.ecosystem.exposures if link.tie == tie]


def _shipped(rig: Rig, reports: int) -> Exposure:
    """Return a shipped link that so many reports tell of."""
    links = rig.engine.parts.ecosystem.shipped_links
    ties = [link.tie for link in links]
    return next(link for link in links if ties.count(link.tie) == reports and link.until is None)


def test_that_a_new_link_is_in_the_file_and_reaches_its_share_at_once(rig: Rig, tmp_path: Path) -> None:
    rig.market.report("Upstage wins a defence order", key="order")
    rig.refresh()
    today = rig.clock.now().date()
    since = rig.clock.now() - timedelta(days=2)
    assert "upstage" not in rig.engine.graph.reaching("INTC", today)
    rig.events.clear()
    change = LinkChange(after=NEW)
    rig.runtime.change_link(change)
    assert _links(rig) == _started(tmp_path) == [NEW]
    assert LinksChanged(change) in rig.events
    reaching = rig.engine.graph.reaching("INTC", today)
    assert "order" in {story.lead.id for story in rig.engine.newsroom.about(reaching, since)}
    assert "INTC" in rig.engine.rollups.members("upstage", today)
    told = [
        each
        for event in rig.of(RollupsChanged)
        if isinstance(event, RollupsChanged)
        for each in event.rollups
    ]
    assert "upstage" in {rollup.id for rollup in told}
    assert "upstage" not in rig.engine.graph.reaching("INTC", date(2026, 3, 8))  # nobody knew it then
    rig.runtime.change_link(change, back=True)
    assert _links(rig) == _started(tmp_path) == []
    assert "upstage" not in rig.engine.graph.reaching("INTC", today)


def test_that_a_link_counts_for_a_basket_from_midnight_in_new_york(rig: Rig) -> None:
    outside = next(s for s in rig.engine.parts.ecosystem.instruments if s not in rig.engine.symbols)
    day = program_day(rig.clock.now()) + timedelta(days=1)
    rig.runtime.change_link(LinkChange(after=replace(NEW, target=outside, since=day, dated=day.isoformat())))
    rig.clock.time = day_begins(day) - timedelta(minutes=1)  # a new day of UTC's since long
    assert outside not in rig.engine.symbols
    rig.clock.time = day_begins(day)
    assert outside in rig.engine.symbols


def test_that_a_new_link_fires_nothing_for_what_was_so_before(rig: Rig) -> None:
    rig.market.set("INTC", 130.0)
    rig.refresh()
    rig.wait_for_group()
    before = len(rig.raised())
    rig.runtime.change_link(LinkChange(after=NEW))
    rig.engine.tick()
    rig.wait_for_group()
    assert len(rig.raised()) == before


def test_that_a_share_outside_the_list_gets_prices_with_its_link(rig: Rig) -> None:
    outside = next(s for s in rig.engine.parts.ecosystem.instruments if s not in rig.engine.symbols)
    rig.runtime.change_link(LinkChange(after=replace(NEW, target=outside)))
    assert outside in rig.engine.symbols


def test_that_adding_keeps_every_comment_and_undo_gives_the_very_text(written: Path, rig: Rig) -> None:
    other = replace(NEW, target="AMD", why='He said "yes"')
    rig.runtime.change_link(LinkChange(after=other))
    text = written.read_text("utf-8")
    assert text.startswith(FILE)
    assert _started(written.parent, other.tie) == [other]
    rig.runtime.change_link(LinkChange(after=other), back=True)
    assert written.read_text("utf-8") == FILE
    rig.runtime.change_link(LinkChange(after=other))
    assert written.read_text("utf-8") == text


def test_that_an_own_link_is_corrected_in_its_place(written: Path, rig: Rig) -> None:
    (before,) = _links(rig)
    assert before.own
    change = LinkChange(before=before, after=NEW)
    rig.runtime.change_link(change)
    text = written.read_text("utf-8")
    assert _links(rig) == _started(written.parent) == [NEW]
    assert text.count("[[exposure]]") == 1
    for comment in ("# What I saw myself.", "# They said so on stage.", "# Gaudi", "# Not so.", "# the end"):
        assert comment in text
    rig.runtime.change_link(change, back=True)
    assert written.read_text("utf-8") == FILE
    assert _links(rig) == [before]


@pytest.mark.parametrize("reports", [1, 2])
def test_that_a_correction_of_a_shipped_link_stands_in_for_it(rig: Rig, tmp_path: Path, reports: int) -> None:
    before = _shipped(rig, reports)
    known = _links(rig, before.tie)
    change = LinkChange(before=before, after=replace(before, why="Otherwise", own=True))
    rig.runtime.change_link(change)
    now = _links(rig, before.tie)
    assert [link.why for link in now if link.since == before.since] == ["Otherwise"]
    assert {link.since for link in now} == {link.since for link in known}  # what was known when stays so
    assert all(link.own for link in now)
    assert _started(tmp_path, before.tie) == now
    rig.runtime.change_link(change, back=True)
    assert _links(rig, before.tie) == _started(tmp_path, before.tie) == known


def test_that_a_withdrawn_link_is_gone_and_undo_brings_it_back(written: Path, rig: Rig) -> None:
    (own,), ours = _links(rig), LinkChange(before=_links(rig)[0])
    shipped = _shipped(rig, 2)
    reports, theirs = _links(rig, shipped.tie), LinkChange(before=shipped)
    rig.runtime.change_link(ours)
    rig.runtime.change_link(theirs)
    text = written.read_text("utf-8")
    assert _links(rig) == _started(written.parent) == []
    assert _links(rig, shipped.tie) == _started(written.parent, shipped.tie) == []
    assert "[[exposure]]" not in text
    assert text.count("[[withdrawn]]") == 2
    assert shipped.target not in rig.engine.rollups.members(shipped.source, rig.clock.now().date())
    rig.runtime.change_link(theirs, back=True)
    rig.runtime.change_link(ours, back=True)
    assert written.read_text("utf-8") == FILE
    assert (_links(rig), _links(rig, shipped.tie)) == ([own], reports)


def test_that_withdrawing_a_corrected_link_does_not_bring_the_shipped_one_back(
    rig: Rig, tmp_path: Path
) -> None:
    before = _shipped(rig, 1)
    mine = replace(before, why="Otherwise", own=True)
    rig.runtime.change_link(LinkChange(before=before, after=mine))
    rig.runtime.change_link(LinkChange(before=mine))
    assert _links(rig, before.tie) == _started(tmp_path, before.tie) == []
    rig.runtime.change_link(LinkChange(before=mine), back=True)
    assert _links(rig, before.tie) == _started(tmp_path, before.tie) == [mine]


def test_that_undo_keeps_what_an_editor_wrote_meanwhile(written: Path, rig: Rig) -> None:
    (own,) = _links(rig)
    withdrawn, added = LinkChange(before=own), LinkChange(after=replace(NEW, target="AMD"))
    for change in (withdrawn, added):
        rig.runtime.change_link(change)
    written.write_text(written.read_text("utf-8") + "# mine\n", encoding="utf-8")
    for change in (added, withdrawn):
        rig.runtime.change_link(change, back=True)
    text = written.read_text("utf-8")
    assert "# mine" in text
    assert "# They said so on stage.\n[[exposure]]" in text
    assert _links(rig) == _started(written.parent) == [own]
    assert _started(written.parent, replace(NEW, target="AMD").tie) == []


@pytest.mark.parametrize(
    "broken",
    ['version = 1\n\n[[exposure]]\nsource = "nobody"\n', "version = 1\nexposure = [[\n\nx", "\u00e9"],
)
def test_that_a_broken_file_is_named_with_its_line_and_not_touched(
    rig: Rig, tmp_path: Path, broken: str
) -> None:
    path = tmp_path / "exposures.toml"
    path.write_text(broken, encoding="utf-8")
    change = LinkChange(after=NEW)
    for back in (False, True):
        rig.runtime.change_link(change, back=back)
    (refused,) = [event for event in rig.events if isinstance(event, ListRefused)]
    assert "exposures.toml" in refused.fault
    assert "line" in refused.fault
    assert refused.fault.endswith("The link was not changed.")
    assert path.read_text("utf-8") == broken
    assert _links(rig) == []


def test_that_a_link_to_a_company_that_is_not_on_the_disk_is_not_written(rig: Rig, tmp_path: Path) -> None:
    (tmp_path / "private.toml").write_text("version = 1\nunknown = 1\n", encoding="utf-8")
    cohere = made_of(TypedEntity(en="Cohere", always=("Cohere",)), "cohere", date(2026, 3, 1))
    rig.runtime.change_watchlist(rig.engine.parts.watchlist, (), (cohere,))
    rig.events.clear()
    rig.runtime.change_link(LinkChange(after=replace(NEW, source="cohere")))
    (refused,) = [event for event in rig.events if isinstance(event, ListRefused)]
    assert "private.toml: cohere could not be written there yet" in refused.fault
    assert not (tmp_path / "exposures.toml").exists()


def test_that_links_written_by_another_window_reach_their_shares_with_the_next_look(
    rig: Rig, tmp_path: Path
) -> None:
    there = load_world(user_folders(tmp_path)).book
    assert there is not None
    there.change_link(LinkChange(after=NEW))
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    assert _links(rig) == [NEW]
    assert rig.of(LinksChanged) == [LinksChanged()]
    assert "upstage" in rig.engine.graph.reaching("INTC", rig.clock.now().date())
    there.change_link(LinkChange(before=NEW))
    rig.runtime._tick(rig.engine)
    assert _links(rig) == []
    assert "upstage" not in rig.engine.graph.reaching("INTC", rig.clock.now().date())


def test_that_links_taken_in_with_a_change_here_are_told_too(rig: Rig, tmp_path: Path) -> None:
    there = load_world(user_folders(tmp_path)).book
    assert there is not None
    there.change_link(LinkChange(after=NEW))
    rig.events.clear()
    rig.runtime.change_link(LinkChange(after=replace(NEW, target="AMD")))
    assert LinksChanged() in rig.of(LinksChanged)
    assert _links(rig) == [NEW]
    assert len(_links(rig, ("upstage", "AMD", Relation.SUPPLIER))) == 1


def test_that_a_file_another_program_broke_leaves_the_links_that_are_known(written: Path, rig: Rig) -> None:
    known = _links(rig)
    assert known
    written.write_text(FILE + "\nunknown = 1\n", encoding="utf-8")
    rig.events.clear()
    rig.runtime._tick(rig.engine)
    assert _links(rig) == known
    assert not rig.of(LinksChanged)
    (told,) = rig.of(NoticeGiven)
    assert isinstance(told, NoticeGiven)
    line = len(written.read_text("utf-8").splitlines())
    assert told.text.startswith(f"{written}: line {line}: ")
    assert told.text.endswith("What was read of it before stays; your file was not touched.")
    assert "그대로" in reason_words(told.text, Language.KOREAN)
    rig.runtime._tick(rig.engine)
    assert len(rig.of(NoticeGiven)) == 1, "once"
