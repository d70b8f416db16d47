"""Starts a Ray head as `ray start` does, and waits for it as long as it lives."""

import sys
import time
from collections.abc import Callable

PAUSE_S = 0.5


def patient(ask: Callable[..., dict], lives: Callable[[], bool], pause_s: float = PAUSE_S) -> Callable[..., dict]:
    """`ask`, asked again while it raises RuntimeError and `lives()` is true; then its last error."""

    def asked(*args: object) -> dict:
        while True:
            try:
                return ask(*args)
            except RuntimeError:
                if not lives():
                    raise
            time.sleep(pause_s)

    return asked


def raylet_lives() -> bool:
    """Whether a node that this process started is there, however slowly it comes up."""
    import psutil

    children = psutil.Process().children()
    return any("raylet" in each.name() and each.status() != psutil.STATUS_ZOMBIE for each in children)


def main() -> int:
    """Ray gives a new node 30 seconds to register, which no setting changes and a busy machine may exceed."""
    from ray._private import services
    from ray.scripts.scripts import main as ray

    services.get_node = patient(services.get_node, raylet_lives)
    sys.argv[0] = "ray"
    return ray()


if __name__ == "__main__":
    sys.exit(main())
