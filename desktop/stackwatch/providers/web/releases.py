"""Asks a GitHub releases address which version is the newest. Nothing is ever downloaded or installed."""

import json

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.release import Release, version_numbers
from stackwatch.providers.rss import Fetch
from stackwatch.providers.web.fields import child, text, web_address
from stackwatch.providers.web.pages import not_data

_OK = 200
_HEADERS = {"Accept": "application/vnd.github+json"}


class GitHubReleases:
    """The engine's ReleaseSource over ``.../repos/OWNER/NAME/releases/latest``."""

    def __init__(self, address: str, fetch: Fetch, current: str) -> None:
        """Ask nothing yet; ``current`` is the version of this program."""
        self._address = address
        self._current = current
        self._fetch = fetch

    def newer(self) -> Release | None:
        """Return the newest release if this program is older; raises ProviderError."""
        page = self._fetch(self._address, _HEADERS)
        if page.status != _OK:
            raise ProviderError(f"updates: status {page.status}")
        try:
            told = json.loads(page.body)
        except (ValueError, RecursionError) as fault:
            raise not_data("updates", page.body, "the answer is not JSON") from fault
        version, place = text(child(told, "tag_name")), web_address(child(told, "html_url"))
        if version is None or version_numbers(version) is None or place is None:
            raise ProviderError("updates: the answer names no version")
        release = Release(version.removeprefix("v"), place)
        return release if release.newer_than(self._current) else None
