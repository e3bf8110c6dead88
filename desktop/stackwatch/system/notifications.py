"""Notifications of the system: best effort, beside the program's own popups, never instead of the inbox."""

import contextlib
import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # it must not load before the first paint
    import asyncio

_log = logging.getLogger(__name__)

_APP = "Stackwatch"
_DONE_SECONDS = 1.0
_FINISH_SECONDS = 5.0


class Backend(Protocol):
    """What sends: desktop-notifier, or a stand-in."""

    async def send(
        self,
        title: str,
        message: str,
        *,
        on_clicked: Callable[[], None],
        on_dispatched: Callable[[], None],
    ) -> object:
        """Show a notification; calls ``on_dispatched`` only if the system took it, and never raises."""


def system_backend(icon: Path) -> Backend:
    """Return the notifier of this system, with a picture; raises whatever it raises where there is none."""
    from desktop_notifier import DesktopNotifier, Icon  # not before the first notification

    return DesktopNotifier(app_name=_APP, app_icon=Icon(path=icon))


def _nothing(alert_id: str) -> None:
    """Nobody wants to know."""
    del alert_id


async def service_abilities() -> frozenset[str]:
    """Ask what the system's notification service can do; raises whatever it raises where there is none."""
    from desktop_notifier import DesktopNotifier  # not before it is wanted

    return frozenset(ability.name for ability in await DesktopNotifier(app_name=_APP).get_capabilities())


class SystemNotifier:
    """Sends from a thread of its own, started by the first notification.

    ``on_clicked`` gets the alert's id on that thread, and so do ``on_taken`` and ``on_refused``, when it is
    known whether the system took it. ``works`` is None while unknown, True once the system took a
    notification, False when it did not take the last one.
    """

    def __init__(
        self,
        on_clicked: Callable[[str], None],
        backend: Callable[[], Backend],
        *,
        on_taken: Callable[[str], None] = _nothing,
        on_refused: Callable[[str], None] = _nothing,
    ) -> None:
        self._on_clicked = on_clicked
        self._on_taken, self._on_refused = on_taken, on_refused
        self._make = backend
        self._backend: Backend | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False
        self._thread: threading.Thread | None = None
        self._sending: set[asyncio.Task[None]] = set()
        self.works: bool | None = None

    def notify(self, title: str, text: str, alert_id: str) -> None:
        """Show a notification; returns at once and never raises. After ``close`` it does nothing."""
        if self._closed:
            return
        loop = self._running()
        loop.call_soon_threadsafe(lambda: self._begin(loop, title, text, alert_id))

    def finish(self) -> None:
        """Wait until everything was sent, a few seconds at most."""
        if self._loop is None or self._closed:
            return
        import asyncio  # loaded by then

        async def settle() -> None:
            await asyncio.gather(*self._sending, return_exceptions=True)

        with contextlib.suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(settle(), self._loop).result(_FINISH_SECONDS)

    def close(self) -> None:
        """Send nothing more."""
        if self._closed:
            return
        self._closed = True
        if self._loop is None or self._thread is None:
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_DONE_SECONDS)

    def _running(self) -> "asyncio.AbstractEventLoop":
        """Return the loop, started by the first call."""
        if self._loop is None:
            import asyncio  # not before the first notification

            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(
                target=self._run, args=(self._loop,), name="notifications", daemon=True
            )
            self._thread.start()
        return self._loop

    def _run(self, loop: "asyncio.AbstractEventLoop") -> None:
        try:
            loop.run_forever()
            loop.run_until_complete(self._give_up())
        finally:
            loop.close()

    async def _give_up(self) -> None:
        import asyncio  # loaded by then

        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)

    def _begin(self, loop: "asyncio.AbstractEventLoop", title: str, text: str, alert_id: str) -> None:
        task = loop.create_task(self._send(title, text, alert_id))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, title: str, text: str, alert_id: str) -> None:
        taken = False

        def dispatched() -> None:
            nonlocal taken
            taken = True

        try:
            if self._backend is None:
                self._backend = self._make()
            await self._backend.send(
                title,
                _as_shown(text),
                on_clicked=lambda: self._on_clicked(alert_id),
                on_dispatched=dispatched,
            )
        except Exception:  # noqa: BLE001 - every system's notifier fails in its own way, Windows' when made
            _log.warning("the system's notifications cannot be used", exc_info=True)
        if self.works is not False and not taken:
            _log.warning("the system did not take a notification; the program's own popups are shown")
        self.works = taken
        (self._on_taken if taken else self._on_refused)(alert_id)


def _as_shown(text: str) -> str:
    """Return plain text for a body that the desktops of Linux read as markup."""
    if not sys.platform.startswith("linux"):
        return text
    import html  # not before the first notification

    return html.escape(text, quote=False)
