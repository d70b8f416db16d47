from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any, Literal

from .failure import SyncFailure

Phase = Literal["installing", "connecting", "reading", "staging", "committing"]
Level = Literal["debug", "info", "warn", "error"]
MASK = "******"
SHORTEST_SECRET = 4
LONGEST_LOG_LINE = 8_000
SECRET_NAME = re.compile(r"key|secret|token|passw|credential", re.IGNORECASE)
PROGRESS_SECONDS = 1.0


class Events:
    """Writes one JSON object per line to `write`, with every secret masked; any thread may call it."""

    def __init__(
        self,
        write: Callable[[str], None],
        secrets: Iterable[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._write = write
        self._clock = clock
        self._lock = threading.Lock()
        self._secrets: list[str] = []
        self._cancelled = threading.Event()
        self._on_cancel: list[Callable[[], None]] = []
        self._last_progress: float | None = None
        self._last_phase: str | None = None
        self.add_secrets(secrets)

    def add_secrets(self, secrets: Iterable[str]) -> None:
        """Masks these values, too, from now on: as they are, line by line, and as JSON spells them."""
        spellings = set(self._secrets)
        for secret in secrets:
            spellings.update(spellings_of(secret))
        self._secrets = sorted(spellings, key=len, reverse=True)

    def mask(self, text: str) -> str:
        for secret in self._secrets:
            if secret in text:
                text = text.replace(secret, MASK)
        return text

    def emit(self, event: str, **fields: Any) -> None:
        present = {name: self._masked(value) for name, value in fields.items() if value is not None}
        line = json.dumps({"event": event, **present}, ensure_ascii=False, default=str)
        with self._lock:
            self._write(line + "\n")

    def log(self, level: Level, text: str) -> None:
        shown = text if len(text) <= LONGEST_LOG_LINE else f"{text[:LONGEST_LOG_LINE]}… ({len(text)} characters)"
        self.emit("log", level=level, text=shown)

    def progress(self, phase: Phase, rows: int = 0, bytes: int = 0, checkpoints: int = 0, **more: Any) -> None:  # noqa: A002
        """Says how far the sync is: at once when the phase changes, else at most once a second."""
        now = self._clock()
        if (
            phase == self._last_phase
            and self._last_progress is not None
            and now - self._last_progress < PROGRESS_SECONDS
        ):
            return
        self._last_progress, self._last_phase = now, phase
        self.emit("progress", phase=phase, rows=rows, bytes=bytes, checkpoints=checkpoints, **more)

    def schema_change(self, policy: str, changes: list[dict[str, Any]]) -> None:
        self.emit("schema_change", policy=policy, changes=changes)

    def committed(self, rows: int, bytes: int, snapshot_id: int | str | None, state: Any) -> None:  # noqa: A002
        self.emit("committed", rows=rows, bytes=bytes, snapshot_id=snapshot_id, state=state)

    def cancel(self) -> None:
        """Asks for an end; what was handed to `on_cancel` is called at once."""
        self._cancelled.set()
        for call in list(self._on_cancel):
            call()

    def on_cancel(self, call: Callable[[], None]) -> None:
        self._on_cancel.append(call)

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def raise_if_cancelled(self) -> None:
        if self.cancelled:
            raise SyncFailure("cancelled", "The sync was cancelled.")

    def _masked(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.mask(value)
        if isinstance(value, dict):
            return {self.mask(str(key)): self._masked(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._masked(item) for item in value]
        return value


def spellings_of(secret: str) -> set[str]:
    """Every spelling of a secret that may turn up in a text; a secret that is a JSON document counts by its values."""
    found: set[str] = set()
    for part in {secret, secret.strip(), *secret.splitlines(), *json_strings(secret)}:
        if len(part.strip()) >= SHORTEST_SECRET:
            found.update({part, json.dumps(part)[1:-1], json.dumps(part, ensure_ascii=False)[1:-1], repr(part)[1:-1]})
    return found


def json_strings(text: str) -> set[str]:
    """What a JSON object holds under names that speak of secrets, each line of it too; empty for any other text."""
    if not text.lstrip().startswith("{"):
        return set()
    try:
        waiting = [json.loads(text)]
    except ValueError:
        return set()
    found: set[str] = set()
    while waiting:
        for name, value in waiting.pop().items():
            if isinstance(value, dict):
                waiting.append(value)
            elif isinstance(value, str) and SECRET_NAME.search(name):
                found.update({value, *(line for line in value.splitlines() if len(line) >= 8)})
    return found
