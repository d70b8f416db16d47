"""Start a worker process: `python -m workbench_query <run|results|language|import>`."""

from __future__ import annotations

import signal
import sys

from .handlers import HANDLERS
from .serve import serve


def main() -> int:
    """Serve one role until stdin ends. Gives the exit status."""
    if len(sys.argv) != 2 or sys.argv[1] not in HANDLERS:
        print(f"Usage: python -m workbench_query {'|'.join(HANDLERS)}", file=sys.stderr)
        return 2
    # Ctrl-C reaches the whole process group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.argv[1])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
