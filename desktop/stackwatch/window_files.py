"""What a window reads and writes through, each loaded when it is first wanted: after the first paint."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stackwatch.app import Options, World, release_address, shipped_feeds
from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.settings import Settings
from stackwatch.domain.watchlist import BilingualName
from stackwatch.storage.backup import Backup
from stackwatch.storage.locations import shipped
from stackwatch.storage.settings_file import save_settings
from stackwatch.ui.frame.translation import Translations

if TYPE_CHECKING:
    from stackwatch.domain.episode import EpisodeName
    from stackwatch.domain.words.briefing_words import BriefingPage
    from stackwatch.ui.preferences.settings_dialog import DataParts


def data_parts(options: Options, world: World, translations: Translations) -> "DataParts":
    """Return the settings of data as they are, and what writes them."""
    from stackwatch.another_start import own_arguments  # after the first paint
    from stackwatch.system.autostart import own_program, system_autostart
    from stackwatch.ui.preferences.settings_dialog import DataParts

    kept = world.settings

    def save(settings: Settings) -> str | None:
        nonlocal kept
        try:
            save_settings(options.folders.settings, settings, kept)
        except BadInputError as fault:
            return f"{fault}. The change holds and is written once it can be; your file was not touched."
        kept = settings
        return None

    return DataParts(
        settings=world.settings,
        feeds=shipped_feeds(),
        save=save,
        data_folder=options.folders.data,
        log_folder=options.folders.logs,
        login=system_autostart([own_program(), *own_arguments(options)]),
        updates=bool(release_address(world.settings)),
        backup=Backup(options.folders),
        in_both=translations.in_all,
    )


def export_alerts(path: Path, alerts: Sequence[Alert]) -> str | None:
    """Write alerts to a file by its name; returns why it could not, if so."""
    from stackwatch.storage import alert_file  # after the first paint

    try:
        alert_file.export_alerts(path, alerts)
    except BadInputError as fault:
        return str(fault)
    return None


def write_briefing(path: Path, page: "BriefingPage") -> None:
    """Write a briefing as HTML or Markdown by the name; raises BadInputError."""
    from stackwatch.storage import briefing_file  # after the first paint

    briefing_file.write_briefing(path, page)


def replays() -> tuple[tuple[str, BilingualName], ...]:
    """Return the id and title of every documented day that ships."""
    from stackwatch.storage.episode_file import known_episodes  # after the first paint

    return known_episodes(shipped("watchlists") / "episodes")


def episode_names() -> "tuple[EpisodeName, ...]":
    """Return what every documented day is called and about."""
    from stackwatch.domain.episode import EpisodeName  # after the first paint
    from stackwatch.storage.episode_file import list_episodes, load_episode

    folder = shipped("watchlists") / "episodes"
    episodes = (load_episode(folder / f"{name}.toml") for name in list_episodes(folder))
    return tuple(EpisodeName(each.id, each.day, each.title) for each in episodes)
