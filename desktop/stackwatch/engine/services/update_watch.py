"""Asks once a day, if the user wants it, whether there is a newer version of the program."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from stackwatch.domain.errors import ProviderError
from stackwatch.domain.events import UpdateFound
from stackwatch.domain.release import Release
from stackwatch.engine.fetching import Fetching, expect

if TYPE_CHECKING:  # the engine brings numpy along, which must not load before the first paint
    from stackwatch.engine.engine import Engine

_log = logging.getLogger(__name__)

_EVERY = timedelta(days=1)
_AGAIN = timedelta(hours=1)  # without a connection, as at a login before the network is there


class UpdateWatch:
    """Asks where releases are published. Runs on the core thread."""

    def __init__(self, fetching: Fetching) -> None:
        self._fetching = fetching
        self._asked: datetime | None = None

    def look_due(self, engine: "Engine") -> None:
        """Ask when that is wanted and was not done for a day; a failure waits for the next day, too.

        One of the connection waits an hour: who starts the program before the network is there each morning
        would never hear of a version.
        """
        source, now = engine.parts.releases, engine.parts.clock.now()
        if source is None or not engine.data_settings.settings.check_updates:
            return
        asked = self._asked or source.last_asked()
        if asked is not None and timedelta(0) <= now - asked < _EVERY:
            self._asked = asked
            return
        self._asked = now

        def done(release: Release | None) -> None:
            if release is not None:
                engine.tell(UpdateFound(release))

        def failed(error: Exception) -> None:
            expect(error)
            if isinstance(error, ProviderError) and error.offline:
                self._asked = now - _EVERY + _AGAIN
            _log.info("the newest version is not known: %s", error)

        self._fetching.start("updates", lambda: source.newer(now), done, failed)
