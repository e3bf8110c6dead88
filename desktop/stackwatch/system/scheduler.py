"""APScheduler behind the engine's Scheduler port."""

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler


class BackgroundJobs:
    """Runs interval jobs on APScheduler's own threads.

    Missed runs are folded into one and no job runs twice at once, so that a machine waking from sleep sees
    one catch-up and no storm.
    """

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            daemon=True,
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    def every(self, seconds: float, job: Callable[[], None], *, name: str) -> None:
        """Run ``job`` now and every ``seconds``."""
        self._scheduler.add_job(
            job, "interval", seconds=seconds, id=name, name=name, next_run_time=datetime.now(UTC)
        )

    def start(self) -> None:
        """Begin running jobs."""
        self._scheduler.start()

    def stop(self) -> None:
        """Stop without waiting for a running job."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
