"""What titles say is kept beside them, counts while it is of today's lists, and changes no explanation."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.integration.conftest import Run
from tests.integration.imported_archive import CAUSE, DAY, HEADER, explained, headlines, prices, write
from tests.integration.store_samples import HEADLINE, NOW, STORY
from tests.support.rig import build_rig
from tests.support.shared import shipped_ecosystem

from stackwatch import readers
from stackwatch.analysis.titles.title_reader import LateReader
from stackwatch.domain.watchlist import Ecosystem
from stackwatch.engine.services import housekeeping
from stackwatch.storage.reading_edition import reading_edition
from stackwatch.storage.sqlite.retention import HEADLINES_KEPT
from stackwatch.storage.sqlite.store import SqliteStore

EDITION = "e1"
SPAN = (NOW - timedelta(days=9), NOW)


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[Ecosystem]:
    """Note whenever a reader of titles is built."""
    made: list[Ecosystem] = []
    build = readers.build_reader

    def noted(ecosystem: Ecosystem) -> object:
        made.append(ecosystem)
        return build(ecosystem)

    monkeypatch.setattr(readers, "build_reader", noted)
    return made


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    return SqliteStore(tmp_path / "store.sqlite3", NOW)


def test_that_an_imported_past_day_is_explained_without_a_reader_of_titles(
    filled: Run, built: list[Ecosystem], tmp_path: Path
) -> None:
    built.clear()
    kept = explained(filled)
    assert built == []
    assert _titles(kept)[0] == CAUSE
    with closing(sqlite3.connect(tmp_path / "data" / "stackwatch.sqlite3")) as file:
        file.execute("DELETE FROM reading")
        file.commit()
    assert explained(filled) == kept
    assert len(built) == 1


@pytest.mark.usefixtures("filled")
def test_that_an_imported_past_day_loads_nothing_that_reads_titles(tmp_path: Path) -> None:
    asked = ["--data-dir", str(tmp_path / "data"), "explain", "NVDA", "--on", DAY.isoformat()]
    script = (
        f"import sys; from stackwatch.cli import main; main({asked!r})\n"
        "reads = 'stackwatch.analysis.tone', 'ahocorasick'\n"
        "print([name for name in sys.modules if name.startswith(reads)])"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert CAUSE in ended.stdout
    assert ended.stdout.splitlines()[-1] == "[]"


def test_that_the_test_of_a_rule_goes_by_what_was_kept(
    filled: Run, built: list[Ecosystem], tmp_path: Path
) -> None:
    built.clear()
    kept = json.loads(filled("rules", "test", "abnormal-move", "--json")[1])
    assert built == []
    assert CAUSE in {fire["story"] for fire in kept["fires"]}
    with closing(sqlite3.connect(tmp_path / "data" / "stackwatch.sqlite3")) as file:
        file.execute("DELETE FROM reading")
        file.commit()
    assert json.loads(filled("rules", "test", "abnormal-move", "--json")[1]) == kept
    assert len(built) == 1


def test_that_prices_of_new_names_have_titles_read_again(
    run: Run, built: list[Ecosystem], tmp_path: Path
) -> None:
    news = (
        "2026-02-18T18:00:00-05:00",
        "Reuters",
        "Zzdata (NASDAQ: ZZDT) loses its contract with Nvidia",
        "",
    )
    assert run("import", "headlines", str(headlines(tmp_path / "news.csv", news)))[0] == 0
    table = prices(tmp_path / "prices.csv")
    table.write_text(table.read_text("utf-8").replace("AMD", "ZZDT", 1), "utf-8")
    assert run("import", "prices", str(table))[0] == 0
    built.clear()
    assert _titles(explained(run, "ZZDT")) == [news[2]]
    assert built == []


def test_that_other_spellings_have_titles_read_anew(run: Run, built: list[Ecosystem], tmp_path: Path) -> None:
    news = ("2026-02-18T18:00:00-05:00", "Reuters", "Zetareactor loses its largest order", "")
    assert run("import", "prices", str(prices(tmp_path / "prices.csv")))[0] == 0
    assert run("import", "headlines", str(headlines(tmp_path / "news.csv", news)))[0] == 0
    built.clear()
    assert news[2] not in _titles(explained(run, "AMD"))
    assert built == []
    (tmp_path / "data" / "aliases.toml").write_text(
        'version = 1\n[[alias]]\ntext = "Zetareactor"\nentity = "AMD"\n', "utf-8"
    )
    assert news[2] in _titles(explained(run, "AMD"))
    assert len(built) == 1


def _titles(found: dict[str, object]) -> list[str]:
    return [story["title"] for story in found["stories"]]  # type: ignore[attr-defined]


def test_that_one_title_that_nobody_read_has_all_read(
    filled: Run, built: list[Ecosystem], tmp_path: Path
) -> None:
    with closing(SqliteStore(tmp_path / "data" / "stackwatch.sqlite3", NOW)) as store:
        late = replace(
            HEADLINE,
            id="late",
            title="Nvidia recalls its newest accelerator",
            url="https://example.org/late",
            published=NOW.replace(year=2026, month=2, day=18, hour=23),
        )
        store.news.save_headlines([late])
    built.clear()
    assert late.title in _titles(explained(filled))
    assert len(built) == 1


def test_that_a_reading_leaves_with_its_headline(store: SqliteStore) -> None:
    store.news.save_headlines([HEADLINE])
    store.news.keep_readings(EDITION, [HEADLINE], {HEADLINE.id: STORY.reading})
    assert store.news.load_readings(EDITION, *SPAN, {"stargate"}) == ((HEADLINE, STORY.reading),)
    for _ in store.tidy(NOW + HEADLINES_KEPT + timedelta(days=30), ()):
        pass
    assert store.news.load_headlines(*SPAN) == ()
    assert store.file.rows("SELECT count(*) FROM reading", ()) == [(0,)]


def test_that_an_earlier_report_of_an_imported_address_is_read_anew(store: SqliteStore) -> None:
    later = replace(HEADLINE, id="import-1", source="import", title="Ten recipes")
    earlier = replace(later, title="Nvidia wins an order", published=later.published - timedelta(hours=9))
    store.news.save_headlines([later])
    store.news.keep_readings(EDITION, [later], {})
    assert store.news.save_headlines([earlier]) == ()
    assert store.news.unread(EDITION, *SPAN, 9) == (earlier,)
    store.news.keep_readings(EDITION, [earlier], {earlier.id: STORY.reading})
    store.news.save_headlines([later])
    assert store.news.load_readings(EDITION, *SPAN, None) == ((earlier, STORY.reading),)


def test_that_readings_count_of_the_edition_alone_that_is_asked_for(store: SqliteStore) -> None:
    other = replace(HEADLINE, id="h2", title="Ten recipes for a week of rain", url="https://example.org/2")
    store.news.save_headlines([HEADLINE, other])
    assert store.news.unread(EDITION, *SPAN, 9) == (HEADLINE, other)
    assert len(store.news.unread(EDITION, *SPAN, 1)) == 1
    assert store.news.unread(EDITION, SPAN[0], HEADLINE.published, 9) == ()
    store.news.keep_readings(EDITION, [HEADLINE], {HEADLINE.id: STORY.reading})
    assert store.news.load_readings(EDITION, *SPAN, {"stargate"}) is None  # the other one was not read
    store.news.keep_readings(EDITION, [other], {})
    assert store.news.unread(EDITION, *SPAN, 9) == ()
    assert store.news.load_readings(EDITION, *SPAN, {"stargate"}) == ((HEADLINE, STORY.reading),)
    assert store.news.load_readings(EDITION, *SPAN, None) == ((HEADLINE, STORY.reading),)
    assert store.news.load_readings(EDITION, *SPAN, {"NVDA"}) == ()
    assert store.news.load_readings("e2", *SPAN, {"stargate"}) is None
    assert store.news.unread("e2", *SPAN, 9) == (HEADLINE, other)


def test_that_titles_that_came_live_are_read_for_past_days_once_a_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path)
    now = rig.clock.now()
    told = [
        replace(HEADLINE, id=f"n{n}", title=f"Nvidia wins order {n}", url=f"https://example.org/{n}",
                published=now - timedelta(hours=9 * n), received=now - timedelta(hours=9 * n))
        for n in range(1, 8)
    ]  # fmt: skip
    rig.engine.newsroom.accept(told)
    span = (now - timedelta(days=9), now)
    assert rig.store.news.load_readings(rig.engine.parts.reader.edition, *span, {"NVDA"}) is None
    rig.runtime.housekeeping.tidy_due(rig.engine)
    kept = rig.store.news.load_readings(rig.engine.parts.reader.edition, *span, {"NVDA"})
    assert kept is not None
    assert [headline for headline, _ in kept] == told[::-1]
    assert {reading for _, reading in kept} == {rig.engine.parts.reader.read(h.title) for h in told}


def test_that_so_many_titles_are_read_a_day_and_the_newest_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(housekeeping, "_A_DAY", 2)
    monkeypatch.setattr(housekeeping, "_AT_ONCE", 1)
    rig = build_rig(tmp_path)
    now = rig.clock.now()
    told = [
        replace(HEADLINE, id=f"n{n}", url=f"https://example.org/{n}", published=now - timedelta(days=n))
        for n in range(1, 5)
    ]
    rig.store.news.save_headlines(told)
    rig.runtime.housekeeping.tidy_due(rig.engine)
    edition = rig.engine.parts.reader.edition
    assert set(rig.store.news.unread(edition, now - timedelta(days=9), now, 9)) == set(told[2:])


def test_that_an_earlier_report_of_one_address_is_read_in_its_place(
    run: Run, built: list[Ecosystem], tmp_path: Path
) -> None:
    """The table of today begins with the newest: its page was edited since."""
    later = ("2026-02-18T18:30:00-05:00", "Reuters", "Nvidia hosts visitors", "https://example.org/page")
    first = ("2026-02-18T18:00:00-05:00", "Reuters", "Nvidia recalls its accelerators", later[3])
    assert run("import", "prices", str(prices(tmp_path / "prices.csv")))[0] == 0
    assert run("import", "headlines", str(write(tmp_path / "later.csv", HEADER, [later])))[0] == 0
    assert run("import", "headlines", str(write(tmp_path / "first.csv", HEADER, [first])))[0] == 0
    built.clear()
    stories: list[dict[str, object]] = explained(run)["stories"]  # type: ignore[assignment]
    assert [(story["title"], story["tone"]) for story in stories] == [(first[2], -1)]
    assert built == []


def test_that_a_reading_that_cannot_be_read_is_as_none(store: SqliteStore) -> None:
    store.news.save_headlines([HEADLINE])
    store.news.keep_readings(EDITION, [HEADLINE], {HEADLINE.id: STORY.reading})
    with store.news.together() as cursor:
        cursor.execute("UPDATE reading SET body = '{}'")  # type: ignore[attr-defined]
    assert store.news.load_readings(EDITION, *SPAN, {"stargate"}) is None


def test_that_an_edition_goes_by_spellings_and_not_by_links() -> None:
    known = shipped_ecosystem()
    assert reading_edition(known) == reading_edition(replace(known, exposures=()))
    assert reading_edition(known) != reading_edition(replace(known, aliases=known.aliases[1:]))
    without = {key: entity for key, entity in known.private.items() if entity.kind != "project"}
    assert reading_edition(known) != reading_edition(replace(known, private=without))


def test_that_a_late_reader_is_built_with_the_first_title_and_once() -> None:
    ecosystem = shipped_ecosystem()
    made: list[int] = []

    def build() -> object:
        made.append(1)
        return readers.build_reader(ecosystem)

    reader = LateReader(EDITION, build)  # type: ignore[arg-type]
    assert (reader.edition, made) == (EDITION, [])
    assert reader.read_if_known("Ten recipes for a week of rain") is None
    assert reader.read("Nvidia wins order").primary == "NVDA"
    assert [place for place, _ in reader.read_known(["Rain", "Nvidia wins order"], {"NVDA"})] == [1]
    assert made == [1]
