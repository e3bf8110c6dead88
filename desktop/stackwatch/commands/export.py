"""``stackwatch export``: what is stored, as a file."""

from pathlib import Path

from stackwatch.app import Options, open_store, replay_store
from stackwatch.commands.output import say
from stackwatch.storage.export import export_alerts as write_alerts
from stackwatch.system.clock import SystemClock

_EVERY = 1_000_000


def export_alerts(options: Options, file: Path) -> int:
    """Write every alert, those of replays marked as such."""
    clock = SystemClock()
    live = open_store(options.folders, clock, replay=False)
    alerts = list(live.load_alerts(_EVERY))
    live.close()
    replayed = replay_store(options.folders, clock)
    if replayed is not None:
        alerts += replayed.load_alerts(_EVERY)
        replayed.close()
    write_alerts(file, sorted(alerts, key=lambda alert: (alert.fired_at, alert.id)))
    say(f"{len(alerts)} alerts written to {file}")
    return 0
