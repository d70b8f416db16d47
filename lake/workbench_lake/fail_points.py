"""Named places where a test may end the process as a power cut would.

`LAKE_FAIL_POINT=name:n` ends the process with SIGKILL when the place `name` is reached for the n-th time (from 1).
"""

from __future__ import annotations

import os
import signal
from collections import Counter

FAIL_POINTS: dict[str, str] = {
    "before-files": "a commit was accepted, nothing is written",
    "after-file": "one data file lies in the table's folder, unreferenced",
    "after-files": "all data files lie in the table's folder, unreferenced",
    "before-manifest-list": "manifests are written, no manifest list",
    "before-metadata": "the snapshot is written, the table's new metadata is not",
    "before-swap": "the new metadata is written, the catalog still names the old one",
    "after-swap": "the catalog names the new metadata, the caller was not answered",
    "after-cleanup": "the staged files are gone, the caller was not answered",
}

_armed = os.environ.get("LAKE_FAIL_POINT", "")
_reached: Counter[str] = Counter()


def fail_point(name: str) -> None:
    """End the process here if a test asked for it; otherwise nothing."""
    if not _armed:
        return
    if name not in FAIL_POINTS:
        raise KeyError(name)
    _reached[name] += 1
    wanted, _, count = _armed.partition(":")
    if wanted == name and _reached[name] == int(count or "1"):
        os.kill(os.getpid(), signal.SIGKILL)
