"""Asks a GitHub releases address which version is the newest. Nothing is ever downloaded or installed."""

import logging
from datetime import datetime
from pathlib import Path

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.release import Release, version_numbers
from stackwatch.providers.web.answers import refusal
from stackwatch.providers.web.fields import child, text, web_address
from stackwatch.providers.web.page_fetcher import Fetch
from stackwatch.providers.web.pages import parsed

_log = logging.getLogger(__name__)

_OK = 200
_HEADERS = {"Accept": "application/vnd.github+json"}


class GitHubReleases:
    """The engine's ReleaseSource over ``.../repos/OWNER/NAME/releases/latest``."""

    def __init__(self, address: str, fetch: Fetch, current: str, note: Path) -> None:
        """Ask nothing yet; ``current`` is the version of this program, ``note`` the file of the last time."""
        self._address = address
        self._note = note
        self._current = current
        self._fetch = fetch

    def last_asked(self) -> datetime | None:
        """Return the time in the note; None without one that can be read."""
        try:
            asked = datetime.fromisoformat(self._note.read_text("ascii").strip())
        except (OSError, ValueError):
            return None
        return asked if asked.tzinfo is not None else None

    def newer(self, now: datetime) -> Release | None:
        """Return the newest release if this program is older, and note when it was asked for.

        Raises ProviderError; nothing is noted where there is no connection.
        """
        try:
            page = self._fetch(self._address, _HEADERS)
        except ProviderError as error:
            if not error.offline:
                self._note_down(now)
            raise
        self._note_down(now)
        if page.status != _OK:
            raise refusal("updates", page.status, page.headers)
        told = parsed("updates", page.body)
        version, place = text(child(told, "tag_name")), web_address(child(told, "html_url"))
        if version is None or version_numbers(version) is None or place is None:
            raise ProviderError("updates: the answer names no version")
        release = Release(version.removeprefix("v"), place)
        return release if release.newer_than(self._current) else None

    def _note_down(self, now: datetime) -> None:
        try:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.write_text(now.isoformat(), "ascii")
        except OSError:
            _log.exception("when updates were asked for could not be noted")
