"""How many requests were sent in the last hour, and who asked to be left alone; survives a restart."""

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from stackwatch.providers.web.answers import LONGEST_WAIT
from stackwatch.providers.web.kept_file import keep_file
from stackwatch.providers.web.limits import TokenBucket

_log = logging.getLogger(__name__)

_MINUTE, _MINUTES = 60, 60
_LONGEST_NAME, _MOST = 60, 1_000_000
_MOST_WAITS = 500
# What is raised where a file is no JSON, or holds something else than was written.
_MISSHAPEN = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class _Wait:
    """What a server answered that asked to be left alone, until when, and for how long; in seconds."""

    until: float
    status: int
    seconds: float


@dataclass(slots=True)
class _Kept:
    """What stands in the file."""

    minutes: dict[int, Counter[str]] = field(default_factory=dict)
    waits: dict[str, _Wait] = field(default_factory=dict)  # by host


class RequestLog:
    """Counts by minute of wall-clock time, and waits by host; thread safe.

    Kept in ``file`` (None keeps nothing), written at most once a minute: the counts of the program that
    runs now and, within the hour, of the one before.
    """

    def __init__(self, file: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        """Begin with what ``file`` holds; ``clock`` counts seconds since 1970."""
        self._file = file
        self._clock = clock
        self._lock = threading.Lock()
        kept = _read(file)
        self._minutes, self._waits = kept.minutes, kept.waits
        self._written = 0

    def note(self, endpoint: str) -> None:
        """Count one request."""
        with self._lock:
            minute = int(self._clock()) // _MINUTE
            self._forget(minute)
            self._minutes.setdefault(minute, Counter())[endpoint] += 1
            if minute != self._written:
                self._written = minute
                self._write()

    def last_hour(self) -> dict[str, int]:
        """Return the requests of the last 60 minutes by endpoint, most first."""
        with self._lock:
            self._forget(int(self._clock()) // _MINUTE)
            total = sum(self._minutes.values(), Counter[str]())
        return dict(total.most_common())

    def leave_alone(self, host: str, seconds: float, status: int) -> None:
        """Note that a server asked for no request for so long, with which status; kept at once."""
        with self._lock:
            now = self._clock()
            self._waits = {name: wait for name, wait in self._waits.items() if wait.until > now}
            self._waits[host] = _Wait(now + seconds, status, seconds)
            self._write()

    def wait_of(self, host: str) -> tuple[float, int] | None:
        """Return for how many seconds to leave a server alone, and its status; None where it may be asked."""
        wait = self._waits.get(host)
        left = 0.0 if wait is None else wait.until - self._clock()
        # a clock that was wrong when it was noted must not silence anybody for longer
        asked = 0.0 if wait is None else min(wait.seconds, LONGEST_WAIT)
        return (left, wait.status) if wait is not None and 0 < left <= asked else None

    def flush(self) -> None:
        """Write what is counted."""
        with self._lock:
            if self._minutes:
                self._write()

    def _forget(self, minute: int) -> None:
        """Drop what is older than an hour, and what a clock that was wrong put into the future."""
        for old in [m for m in self._minutes if not minute - _MINUTES < m <= minute]:
            del self._minutes[old]

    def _write(self) -> None:
        if self._file is None:
            return
        waits = {host: [wait.until, wait.status, wait.seconds] for host, wait in self._waits.items()}
        try:
            keep_file(self._file, json.dumps({"minutes": self._minutes, "waits": waits}))
        except OSError as fault:
            _log.info("the number of requests is not kept: %s", fault.strerror)


def _read(file: Path | None) -> _Kept:
    """Read counts and waits from before; a file that is missing or damaged holds none."""
    if file is None:
        return _Kept()
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        minutes = {int(minute): _counts(counts) for minute, counts in rows["minutes"].items()}
        waits = list(rows["waits"].items())[:_MOST_WAITS]
        return _Kept(minutes, {host: _read_wait(*told) for host, told in waits})
    except FileNotFoundError:
        return _Kept()
    except (OSError, *_MISSHAPEN) as fault:
        _log.info("the number of earlier requests is not known: %s", fault)
        return _Kept()


def _read_wait(until: float, status: int, seconds: float) -> _Wait:
    return _Wait(float(until), int(status), float(seconds))


def _counts(counts: dict[str, int]) -> Counter[str]:
    return Counter({str(name)[:_LONGEST_NAME]: min(max(int(n), 0), _MOST) for name, n in counts.items()})


class Meter:
    """Shows and sets the budget of every request. Implements the engine's RequestMeter port."""

    def __init__(self, bucket: TokenBucket, log: RequestLog) -> None:
        """Speak for the one bucket and log that all sessions share."""
        self._bucket = bucket
        self._log = log

    def last_hour(self) -> dict[str, int]:
        """Return the requests of the last hour by endpoint, most first."""
        return self._log.last_hour()

    def allow(self, per_hour: int) -> None:
        """Let another number of requests an hour through from now on."""
        self._bucket.allow(per_hour)
