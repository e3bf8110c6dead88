"""APScheduler behind the engine's Scheduler port."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

_LOOK_SECONDS = 5.0  # how soon a clock that was set back is noticed
_SLACK = timedelta(seconds=1)


class _Every(IntervalTrigger):  # type: ignore[misc]  # the library has no types
    """An interval that goes on from now: the library counts every run that was missed, one by one.

    A clock that starts years behind and is then set right would keep it busy for minutes.
    """

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """Return when to run next after ``previous``."""
        return now if previous is None else max(previous + self.interval, now)


class BackgroundJobs:
    """Runs interval jobs on APScheduler's own threads.

    Missed runs are folded into one and no job runs twice at once, so that a machine waking from sleep sees
    one catch-up and no storm. The library knows the wall clock only: where that is set back, every job would
    wait for as long as it went back, so that they are brought forward.
    """

    def __init__(self, *, look_seconds: float = _LOOK_SECONDS) -> None:
        """Run nothing yet; ``look_seconds`` lie between two looks at the clock."""
        self._look_seconds = look_seconds
        self._stopped = threading.Event()
        self._turn = threading.Lock()  # the library cannot be stopped while it starts
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            daemon=True,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, seconds: float, job: Callable[[], None], *, name: str) -> None:
        """Run ``job`` now and every ``seconds``."""
        trigger = _Every(seconds=seconds, timezone=UTC)
        self._scheduler.add_job(job, trigger, id=name, name=name, next_run_time=datetime.now(UTC))

    def start(self) -> None:
        """Begin running jobs, unless it was stopped before: any thread may do that."""
        with self._turn:
            if self._stopped.is_set():
                return
            self._scheduler.start()
        threading.Thread(target=self._watch_clock, name="clock-watch", daemon=True).start()

    def stop(self) -> None:
        """Stop without waiting for a running job."""
        self._stopped.set()
        with self._turn:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)

    def look_at_clock(self) -> None:
        """Let jobs run now that lie further ahead than they ever do while the clock only goes forward.

        Learn the machine's zone as well: a program keeps the one that it began in, on Windows to its end.
        """
        if hasattr(time, "tzset"):
            time.tzset()
        now = datetime.now(UTC)
        for job in self._scheduler.get_jobs():
            if job.next_run_time - now > job.trigger.interval + _SLACK:
                job.modify(next_run_time=now)

    def _watch_clock(self) -> None:
        while not self._stopped.wait(self._look_seconds):
            self.look_at_clock()
