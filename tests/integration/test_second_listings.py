"""A company that is listed twice: titles name its main listing, and its news are the other one's, too."""

from datetime import UTC, datetime
from pathlib import Path

from tests.support.rig import build_rig, history

from stackwatch.app import build_calendars
from stackwatch.domain.move import Verdict
from stackwatch.storage.locations import user_folders

LIST = """version = 1
id = "mine"
name = { en = "Mine", ko = "내 목록" }
[[layer]]
id = "foundry"
name = { en = "Foundry", ko = "파운드리" }
symbols = ["2330.TW"]
"""
NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # in Taipei


def test_that_the_share_in_taipei_is_explained_by_the_news_of_tsmc(tmp_path: Path) -> None:
    (tmp_path / "watchlist.toml").write_text(LIST, encoding="utf-8")
    rig = build_rig(tmp_path, (), now=NOON, calendars=build_calendars(user_folders(tmp_path)))
    rig.market.history = {"2330.TW": history(NOON), "^TWII": history(NOON, seed=0)}
    rig.runtime.bars.fetch_all(rig.engine)
    rig.market.set("2330.TW", 95.0, currency="TWD")
    rig.market.set("^TWII", 100.0, currency="TWD")
    rig.market.report("TSMC halts fab after power outage", publisher="Reuters", minutes_ago=150)
    rig.refresh()
    explained = rig.engine.explainer.explain("2330.TW")
    assert explained is not None
    assert explained.verdict is Verdict.NEWS
    assert [match.path for match in explained.matches] == [("TSM", "2330.TW")]
