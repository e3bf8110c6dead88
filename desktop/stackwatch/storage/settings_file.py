"""Read and write the user's ``settings.toml``; comments and keys that a person wrote stay."""

from dataclasses import fields, replace
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from stackwatch.domain.errors import BadInputError
from stackwatch.domain.rule import Severity
from stackwatch.domain.settings import CURRENCIES, LEAST_REQUESTS, MOST_REQUESTS, FeedChoice, Settings
from stackwatch.domain.web_address import is_web_address
from stackwatch.storage.toml.toml_cutting import text_of
from stackwatch.storage.toml.toml_fields import Slug, Text, refuse_duplicates
from stackwatch.storage.toml.toml_files import place, read_toml
from stackwatch.storage.toml.toml_tables import put_values
from stackwatch.storage.whole_file import is_there, write_own

if TYPE_CHECKING:  # only writing needs it
    from tomlkit import TOMLDocument

WebAddress = Annotated[str, Meta(pattern=r"^https?://[^\s]+$", max_length=500)]
Requests = Annotated[int, Meta(ge=LEAST_REQUESTS, le=MOST_REQUESTS)]
_OFF = "off"
_HEAD = """# Choices about data. Stackwatch writes this file and keeps your comments.

version = 1
"""


class FeedRow(Struct, forbid_unknown_fields=True, frozen=True):
    """A feed as it stands in a file."""

    id: Slug
    publisher: Text
    url: WebAddress
    enabled: bool = True

    def value(self) -> FeedChoice:
        """Return the domain value."""
        return FeedChoice(id=self.id, publisher=self.publisher, url=self.url, enabled=self.enabled)


class SettingsFile(Struct, forbid_unknown_fields=True, frozen=True):
    """What ``settings.toml`` holds."""

    version: Literal[1] = 1
    home_currency: str = ""
    requests_per_hour: Requests = Settings().requests_per_hour
    blocked_sources: Annotated[tuple[Text, ...], Meta(max_length=500)] = ()
    quiet_from: time | None = None
    quiet_to: time | None = None
    sound: Literal["off", "notice", "alert", "severe"] = "off"
    popups: Literal["notice", "alert", "severe"] = "notice"
    check_updates: bool = False
    update_address: Annotated[str, Meta(pattern=r"^(https://[^\s]+)?$", max_length=500)] = ""
    feed: Annotated[tuple[FeedRow, ...], Meta(max_length=200)] = ()


def load_settings(path: Path) -> Settings:
    """Load the settings, the defaults where there is no file; raises BadInputError for a broken one."""
    if not is_there(path):
        return Settings()
    file = read_toml(path, SettingsFile)
    refuse_duplicates(path, "feed", (row.id for row in file.feed), "feed")
    if (file.quiet_from is None) != (file.quiet_to is None):
        given = "quiet_from" if file.quiet_to is None else "quiet_to"
        raise BadInputError(
            f"{place(path, given, 0)}: quiet_from and quiet_to belong together, such as 22:00:00 and 07:00:00"
        )
    for number, feed in enumerate(file.feed):
        if not is_web_address(feed.url):
            raise BadInputError(f"{place(path, 'feed', number)}: {feed.url!r} is no web address")
    currency = file.home_currency.upper()
    if currency and currency not in CURRENCIES:
        raise BadInputError(
            f"{place(path, 'home_currency', 0)}: home_currency {file.home_currency!r};"
            f" expected one of {', '.join(CURRENCIES)}"
        )
    return Settings(
        home_currency=currency or None,
        feeds=tuple(row.value() for row in file.feed),
        blocked_sources=file.blocked_sources,
        sound_from=None if file.sound == _OFF else Severity[file.sound.upper()],
        popup_from=Severity[file.popups.upper()],
        requests_per_hour=file.requests_per_hour,
        quiet_from=file.quiet_from,
        quiet_to=file.quiet_to,
        check_updates=file.check_updates,
        update_address=file.update_address,
    )


def save_settings(path: Path, settings: Settings, before: Settings | None = None) -> None:
    """Write the settings so that a crash leaves either the old or the new file.

    With those they were changed from only what differs is written: another window may have changed the rest.
    Raises BadInputError, and leaves the file alone, when what is there cannot be read, and when it cannot
    be written.
    """
    import tomlkit  # only writing needs it
    from tomlkit.exceptions import TOMLKitError

    there = load_settings(path)  # what a person broke is theirs to mend
    if before is not None:
        names = [each.name for each in fields(Settings)]
        changed = {x: getattr(settings, x) for x in names if getattr(settings, x) != getattr(before, x)}
        settings = replace(there, **changed)
    try:
        document = tomlkit.parse(text_of(path, _HEAD))
        _put(document, settings)
    except TOMLKitError as fault:
        raise BadInputError(f"{path}: not valid TOML: {fault}") from fault

    def check(draft: Path) -> None:
        if _unordered(load_settings(draft)) != _unordered(settings):
            raise BadInputError(f"{path}: the settings could not be written as they are; nothing was changed")

    write_own(path, tomlkit.dumps(document), check)


def _unordered(settings: Settings) -> Settings:
    """Return settings to compare: rows that a person wrote keep their places in the file."""
    feeds = tuple(sorted(settings.feeds, key=lambda feed: feed.id))
    return replace(settings, feeds=feeds, home_currency=settings.home_currency or None)


def _put(document: "TOMLDocument", settings: Settings) -> None:
    """Change what differs; values that are the defaults and were never written stay out."""
    default, written = Settings(), document.unwrap()
    for key, value, usual in (
        ("home_currency", settings.home_currency or "", default.home_currency or ""),
        ("requests_per_hour", settings.requests_per_hour, default.requests_per_hour),
        ("check_updates", settings.check_updates, default.check_updates),
        ("update_address", settings.update_address, default.update_address),
        ("blocked_sources", list(settings.blocked_sources), list(default.blocked_sources)),
        ("popups", settings.popup_from.word, default.popup_from.word),
        ("sound", settings.sound_from.word if settings.sound_from else _OFF, _OFF),
    ):
        if key in written and written[key] == value:
            continue
        if key in document:
            document[key] = value
        elif value != usual:
            _before_tables(document, key, value)
    for key, moment in (("quiet_from", settings.quiet_from), ("quiet_to", settings.quiet_to)):
        if moment is None:
            document.pop(key, None)
        elif key not in document:
            _before_tables(document, key, moment)
        elif document[key].unwrap() != moment:
            document[key] = moment
    _put_feeds(document, settings.feeds)


def _before_tables(document: "TOMLDocument", key: str, value: str | int | list[str] | time) -> None:
    """Add a key above the first table, where TOML wants it: tomlkit appends it below."""
    import tomlkit  # only writing needs it

    tables = document.pop("feed", None)
    document.add(key, tomlkit.item(value))
    if tables is not None:
        document.add("feed", tables)


def _put_feeds(document: "TOMLDocument", feeds: tuple[FeedChoice, ...]) -> None:
    """Change the rows by id, so that comments inside the others stay."""
    import tomlkit  # only writing needs it
    from tomlkit.items import AoT

    rows = document.get("feed")
    if rows is None and not feeds:
        return
    if not isinstance(rows, AoT):  # none yet, or an array, as a person may write it
        written = [] if rows is None else rows.unwrap()
        if tuple(FeedRow(**row).value() for row in written) == feeds:
            return
        document.pop("feed", None)
        rows = tomlkit.aot()
        for row in written:
            table = tomlkit.table()
            table.update(row)
            rows.append(table)
        document.add("feed", rows)
    wanted = {feed.id: feed for feed in feeds}
    for index in reversed(range(len(rows))):
        if rows[index]["id"] not in wanted:
            del rows[index]
    by_id = {str(row["id"]): row for row in rows}
    for feed in feeds:
        row = by_id.get(feed.id, tomlkit.table())
        values = {"id": feed.id, "publisher": feed.publisher, "url": feed.url, "enabled": feed.enabled}
        put_values(row, values, {"enabled": True})
        if feed.id not in by_id:
            rows.append(row)
    if not len(rows):
        del document["feed"]
