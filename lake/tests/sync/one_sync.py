"""Run as a script: one sync of the scripted source into the lake of a folder, as a test may kill it."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from conftest import World  # noqa: E402

from workbench_sync.failure import SyncFailure  # noqa: E402


def main(folder: str, script: str, request: str) -> int:
    try:
        World(Path(folder)).run(json.loads(script), **json.loads(request))
    except SyncFailure as failure:
        print(failure.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
