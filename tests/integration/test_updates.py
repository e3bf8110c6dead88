"""Newer versions: asked for only when wanted, once a day, told and never installed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.support.rig import build_rig

from stackwatch.app import release_address
from stackwatch.domain.errors import BadInputError, ProviderError
from stackwatch.domain.events import UpdateFound
from stackwatch.domain.release import Release
from stackwatch.domain.settings import Settings
from stackwatch.providers.web.page_fetcher import WebPage
from stackwatch.providers.web.releases import GitHubReleases
from stackwatch.storage.settings_file import load_settings, save_settings

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADDRESS = "https://api.example.com/repos/o/n/releases/latest"


class Published:
    """Releases that say what they are told to."""

    def __init__(self, found: Release | ProviderError | None) -> None:
        self.found = found
        self.asked = 0

    def last_asked(self) -> datetime | None:
        return None

    def newer(self, now: datetime) -> Release | None:
        del now
        self.asked += 1
        if isinstance(self.found, ProviderError):
            raise self.found
        return self.found


def answers(status: int, body: object, folder: Path) -> GitHubReleases:
    def fetch(url: str, headers: Mapping[str, str]) -> WebPage:
        assert url == ADDRESS
        assert headers["Accept"] == "application/vnd.github+json"
        return WebPage(status, {}, body if isinstance(body, bytes) else json.dumps(body).encode())

    return GitHubReleases(ADDRESS, fetch, "0.9.10", folder / "not there yet" / "asked.txt")


@pytest.mark.parametrize(
    ("tag", "newer"), [("v0.10.0", True), ("1.0", True), ("v0.9.10", False), ("v0.9.9", False)]
)
def test_that_versions_are_compared_as_numbers(tmp_path: Path, tag: str, newer: bool) -> None:  # noqa: FBT001
    release = answers(200, {"tag_name": tag, "html_url": "https://example.com/r"}, tmp_path).newer(NOW)
    assert (release is not None) is newer
    if release is not None:
        assert release == Release(tag.removeprefix("v"), "https://example.com/r")


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, {}, "answered 404 Not Found"),
        (200, b"<html>log in</html>", "login page"),
        (200, b"[" * 100_000, "not JSON"),
        (200, ["v1.0.0"], "names no version"),
        (200, {"tag_name": "v2.0.0-rc1", "html_url": "https://example.com/r"}, "names no version"),
        (200, {"tag_name": "v2.0.0", "html_url": "file:///etc/passwd"}, "names no version"),
    ],
)
def test_that_an_answer_that_names_no_version_is_a_failure(
    tmp_path: Path, status: int, body: object, told: str
) -> None:
    with pytest.raises(ProviderError, match=told):
        answers(status, body, tmp_path).newer(NOW)


def test_that_nobody_is_asked_unless_the_user_wants_it_and_then_once_a_day(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    published = Published(Release("9.9.9", "https://example.com/r"))
    rig.engine.parts = replace(rig.engine.parts, releases=published)
    rig.runtime.updates.look_due(rig.engine)
    assert published.asked == 0
    rig.runtime.change_settings(Settings(check_updates=True))
    rig.runtime.updates.look_due(rig.engine)
    rig.clock.advance(seconds=23 * 3600)
    rig.runtime.updates.look_due(rig.engine)
    assert published.asked == 1
    assert rig.of(UpdateFound) == [UpdateFound(Release("9.9.9", "https://example.com/r"))]
    published.found = ProviderError("updates: the answer is not JSON")
    rig.clock.advance(seconds=2 * 3600)
    rig.runtime.updates.look_due(rig.engine)
    assert published.asked == 2
    assert len(rig.of(UpdateFound)) == 1


def test_that_without_a_connection_it_is_asked_again_within_the_hour(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, ())
    published = Published(ProviderError("updates: no connection", offline=True))
    rig.engine.parts = replace(rig.engine.parts, releases=published)
    rig.runtime.change_settings(Settings(check_updates=True))
    for seconds, asked in ((0, 1), (3000, 1), (700, 2)):
        rig.clock.advance(seconds=seconds)
        rig.runtime.updates.look_due(rig.engine)
        assert published.asked == asked


@pytest.mark.parametrize("offline", [True, False])
def test_that_only_what_was_asked_is_noted(tmp_path: Path, offline: bool) -> None:  # noqa: FBT001
    def fetch(url: str, headers: Mapping[str, str]) -> WebPage:
        raise ProviderError(f"{url}: {len(headers)}", offline=offline)

    source = GitHubReleases(ADDRESS, fetch, "0.9.10", tmp_path / "asked.txt")
    with pytest.raises(ProviderError):
        source.newer(NOW)
    assert source.last_asked() == (None if offline else NOW)


def test_that_a_second_start_on_the_same_day_does_not_ask_again(tmp_path: Path) -> None:
    for hours, asks in ((0, True), (2, False), (30, True), (-100, True)):  # the clock was set back at last
        source = answers(200, {"tag_name": "v1.0", "html_url": "https://example.com/r"}, tmp_path)
        rig = build_rig(tmp_path / f"life {hours}", ())
        rig.clock.advance(seconds=hours * 3600)
        rig.engine.parts = replace(rig.engine.parts, releases=source)
        rig.runtime.change_settings(Settings(check_updates=True))
        before = source.last_asked()
        rig.runtime.updates.look_due(rig.engine)
        assert (source.last_asked() != before) is asks
        assert bool(rig.of(UpdateFound)) is asks


def test_that_the_choice_is_kept_and_only_a_secure_address_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    chosen = Settings(check_updates=True, update_address=ADDRESS)
    save_settings(path, chosen)
    assert load_settings(path) == chosen
    assert release_address(chosen) == ADDRESS
    assert release_address(Settings()) == ""  # a build from source knows none
    save_settings(path, Settings())
    assert load_settings(path) == Settings()
    path.write_text('version = 1\nupdate_address = "http://example.com/latest"\n')
    with pytest.raises(BadInputError, match="update_address"):
        load_settings(path)
