"""What a handler is given beside its request: how to tell of progress, and how it learns that it is cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .failures import Cancelled


class Request:
    """One request under way. `emit(event, **fields)` sends a line about it; a handler may call it from any thread."""

    def __init__(self, request_id: int | str, send: Callable[[dict[str, object]], None]) -> None:
        self.id = request_id
        self._send = send
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []

    def emit(self, event: str, **fields: object) -> None:
        """Send one line `{id, event, ...fields}`."""
        self._send({"id": self.id, "event": event, **fields})

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def check(self) -> None:
        """Raise Cancelled where the request was taken back: for loops of Python."""
        if self._cancelled.is_set():
            raise Cancelled

    def wait(self, seconds: float) -> bool:
        """Sleep, unless the request is cancelled first; says whether it is."""
        return self._cancelled.wait(seconds)

    def on_cancel(self, stop: Callable[[], None]) -> None:
        """Have `stop` called (from another thread) when the request is cancelled; at once where it already is."""
        with self._lock:
            self._stops.append(stop)
            is_late = self._cancelled.is_set()
        if is_late:
            stop()

    def cancel(self) -> None:
        """Take the request back. Its handler ends with Cancelled, or with whatever it ends with."""
        with self._lock:
            self._cancelled.set()
            stops = list(self._stops)
        for stop in stops:
            stop()
