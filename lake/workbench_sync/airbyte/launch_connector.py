"""Run as a script: bounds this process, ties its life to its parent's and becomes the connector."""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(limits: dict[str, int], parent: int, command: list[str]) -> None:
    bounds = {resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: limits["open_files"]}
    if limits.get("address_space"):
        bounds[resource.RLIMIT_AS] = limits["address_space"]
    for kind, wanted in bounds.items():
        hard = resource.getrlimit(kind)[1]
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (allowed, allowed))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
