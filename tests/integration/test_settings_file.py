"""The user's settings file: kept as a person wrote it, never overwritten when it is broken."""

from dataclasses import replace
from pathlib import Path

import pytest

from stackwatch.app import load_world
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.settings import FeedChoice, Settings, merged_feeds
from stackwatch.storage.locations import user_folders
from stackwatch.storage.settings_file import load_settings, save_settings

FULL = Settings(
    home_currency="KRW",
    feeds=(
        FeedChoice(id="cnbc-technology", publisher="CNBC", url="https://a.example/x", enabled=False),
        FeedChoice(id="mine", publisher='한국 "경제" = [x] # no', url="https://b.example/y?z=1#f"),
    ),
    blocked_sources=("Zacks", 'O\'Neil \\ "quoted"'),
    requests_per_hour=2500,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "settings.toml"


def test_that_settings_come_back_as_they_were_written(path: Path) -> None:
    assert load_settings(path) == Settings()
    save_settings(path, FULL)
    assert load_settings(path) == FULL
    save_settings(path, Settings())
    assert load_settings(path) == Settings()


def test_that_what_another_window_changed_stays(path: Path) -> None:
    save_settings(path, FULL)
    before = load_settings(path)
    save_settings(path, replace(before, requests_per_hour=777), before)
    save_settings(
        path, replace(before, blocked_sources=("Rumours Daily",)), before
    )  # as the other one knew it
    assert load_settings(path) == replace(before, requests_per_hour=777, blocked_sources=("Rumours Daily",))


def test_that_comments_and_order_of_a_person_stay(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(
        "# my file\nversion = 1\nrequests_per_hour = 3000  # be polite\n\n"
        '[[feed]]  # the good one\nid = "mine"\npublisher = "P"  # keep me\nurl = "https://b.example/y"\n',
        encoding="utf-8",
    )
    save_settings(path, FULL)
    text = path.read_text("utf-8")
    for comment in ("# my file", "# be polite", "# the good one", "# keep me"):
        assert comment in text
    assert load_settings(path).requests_per_hour == 2500
    assert {feed.id for feed in load_settings(path).feeds} == {"mine", "cnbc-technology"}


@pytest.mark.parametrize(
    "rows", ["[]", '[ # mine\n{ id = "x", publisher = "X", url = "https://x.example" } ]']
)
def test_that_feeds_written_as_an_array_take_another_and_stay_where_none_changed(
    path: Path, rows: str
) -> None:
    path.parent.mkdir()
    path.write_text(f"feed = {rows}\nversion = 1\n", "utf-8")
    before = load_settings(path)
    save_settings(path, replace(before, requests_per_hour=500), before)
    assert f"feed = {rows}\n" in path.read_text("utf-8")
    more = replace(before, requests_per_hour=500, feeds=(*before.feeds, FULL.feeds[1]))
    save_settings(path, more)
    assert load_settings(path) == more
    fewer = replace(more, feeds=more.feeds[-1:])
    save_settings(path, fewer)
    assert load_settings(path) == fewer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version = 1\nrequests_per_hour = 'many'", "line 2"),
        ("version = 1\nrequests_per_hour = 9", "requests_per_hour"),
        ("version = 2", "newer Stackwatch"),
        (
            "version = 1\n[[feed]]\nid = 'a'\npublisher = 'A'\nurl = 'http://[x/'",
            "line 2: .*x/' is no web address",
        ),
        ("version = 1\nhome_currency = 'XXX'", "expected one of USD"),
        ("version = 1\nspeed = 3", "speed"),
        ("version = 1\nquiet_from = '22:00'\nquiet_to = '07:00'", "line 2: not a time; .* such as 22:00:00"),
        ("version = 1\n[[feed]]\nid = 'a'\npublisher = 'P'\nurl = 'file:///etc/passwd'", "url"),
        ("not toml at all", "not valid TOML"),
    ],
)
def test_that_a_broken_file_is_reported_used_not_and_left_alone(path: Path, text: str, expected: str) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=expected):
        load_settings(path)
    with pytest.raises(BadInputError, match=expected):
        save_settings(path, FULL)
    assert path.read_text("utf-8") == text
    world = load_world(user_folders(path.parent))
    assert world.settings == Settings()
    assert any("your file was not touched" in notice for notice in world.notices)


def test_that_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(BadInputError, match=r"cannot be (written|read)"):
        save_settings(tmp_path / "data" / "settings.toml", FULL)


def test_that_the_users_feeds_change_shipped_ones_in_place_and_come_after_them() -> None:
    shipped = (
        FeedChoice(id="a", publisher="A", url="https://a"),
        FeedChoice(id="b", publisher="B", url="https://b"),
    )
    own = FeedChoice(id="c", publisher="C", url="https://c")
    changed = FeedChoice(id="a", publisher="A", url="https://a", enabled=False)
    assert merged_feeds(shipped, (own, changed)) == (changed, shipped[1], own)
