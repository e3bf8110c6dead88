"""``stackwatch export``: what is stored, as a file."""

from contextlib import closing
from pathlib import Path

from stackwatch.app import Options, load_world, open_store, replay_stores
from stackwatch.commands.output import counted, say
from stackwatch.domain.watchlist import Language
from stackwatch.domain.words.alert_words import told_in
from stackwatch.storage.alert_file import export_alerts as write_alerts
from stackwatch.system.clock import SystemClock

_EVERY = 1_000_000


def export_watchlist(options: Options, file: Path) -> int:
    """Write the list that is shown, for TradingView (.txt), Yahoo (.csv) or ourselves (.toml)."""
    world = load_world(options.folders, options.watchlist)
    assert world.book is not None
    private = world.book.write(file, world.watchlist)
    names = len(world.watchlist.symbols)
    name = world.watchlist.names.get(options.language or Language.ENGLISH)
    say(f"{counted(names, 'listed name')} of {name!r} written to {file}", options.language)
    if private:
        say(f"Left out, since only .toml holds them: {counted(private, 'private name')}.", options.language)
    return 0


def export_alerts(options: Options, file: Path) -> int:
    """Write every alert, those of replays marked as such, with its message in the language asked for."""
    clock = SystemClock()
    ecosystem, language = load_world(options.folders).ecosystem, options.language or Language.ENGLISH
    with closing(open_store(options.folders, clock, replay=False)) as live:
        alerts = list(live.alerts.load(_EVERY))
    for replayed in replay_stores(options.folders, clock):
        with closing(replayed):
            alerts += replayed.alerts.load(_EVERY)
    alerts.sort(key=lambda alert: (alert.fired_at, alert.id))
    write_alerts(file, [told_in(language, alert, ecosystem) for alert in alerts])
    say(f"{counted(len(alerts), 'alert')} written to {file}", options.language)
    return 0
