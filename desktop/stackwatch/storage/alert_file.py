"""Write alerts to a file a person or another program can read."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from stackwatch.domain.alert import Alert
from stackwatch.domain.errors import BadInputError
from stackwatch.domain.words.format import iso_utc, small_decimals
from stackwatch.storage.cells import cell
from stackwatch.storage.whole_file import write_whole

FIELDS = (
    "id",
    "rule",
    "symbol",
    "fired_at",
    "severity",
    "value",
    "message",
    "state",
    "shown_at",
    "suppressed_by",
    "replay",
)


def export_alerts(path: Path, alerts: Sequence[Alert]) -> None:
    """Write ``alerts`` to ``path``, .json or .csv by its name, whole or not at all; raises BadInputError."""
    rows = [_row(alert) for alert in alerts]
    match path.suffix.lower():
        case ".json":
            text = json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
        case ".csv":
            text = _csv(rows)
        case _:
            raise BadInputError(f"{path}: expected a name that ends in .json or .csv")
    write_whole(path, text)


def _row(alert: Alert) -> dict[str, object]:
    return {
        "id": alert.id,
        "rule": alert.rule_id,
        "symbol": alert.subject,
        "fired_at": iso_utc(alert.fired_at),
        "severity": alert.severity.word,
        "value": round(alert.value, small_decimals(alert.value)),
        "message": alert.message,
        "state": alert.state.value,
        "shown_at": iso_utc(alert.shown_at),
        "suppressed_by": alert.suppressed_by,
        "replay": alert.replay,
    }


def _csv(rows: Sequence[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: cell(value) for key, value in row.items()})
    return out.getvalue()
