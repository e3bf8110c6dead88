"""What a watch tells of the alerts that a window, or another watch, records."""

from contextlib import closing
from pathlib import Path

from tests.integration.popup_scene import ANY_FALL, fall, names, quiet_start
from tests.support.rig import build_rig

from stackwatch.commands.others_alerts import OthersAlerts
from stackwatch.domain.events import AlertRaised, Event
from stackwatch.storage.sqlite.store import SqliteStore


def test_that_alerts_of_another_program_are_told_once_and_none_that_were_there(tmp_path: Path) -> None:
    rig = build_rig(tmp_path, (ANY_FALL,))
    quiet_start(rig)
    before, after = names(rig, "power", 2)
    fall(rig, before)
    told: list[Event] = []
    path = next(tmp_path.glob("*.sqlite3"))
    with closing(SqliteStore(path, rig.clock.now())) as elsewhere:
        others = OthersAlerts(elsewhere.alerts, rig.clock, told.append)
        others.look()
        assert told == []
        fall(rig, after)
        others.look()
        others.look()
    raised = [(event.alert.subject, event.popup) for event in told if isinstance(event, AlertRaised)]
    assert raised == [(after, False)]
    stored = {alert.id for alert in rig.store.alerts.load() if alert.subject == after}
    assert {event.alert.id for event in told if isinstance(event, AlertRaised)} == stored
