from __future__ import annotations

import os
import signal
import threading

VARIABLE = "BENCHWRIGHT_FAIL_POINT"
_reached: dict[str, int] = {}
_lock = threading.Lock()


def fail_point(name: str) -> None:
    """Kills this process at the n-th passage of a point, where a test set `BENCHWRIGHT_FAIL_POINT=name:n`."""
    wanted = os.environ.get(VARIABLE)
    if not wanted or not wanted.startswith(f"{name}:"):
        return
    with _lock:
        _reached[name] = _reached.get(name, 0) + 1
        if _reached[name] == int(wanted.rsplit(":", 1)[1]):
            os.kill(os.getpid(), signal.SIGKILL)
