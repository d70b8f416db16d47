"""What a process does that commits in a loop until a test ends it.

Commit number n is always the same; after each the process notes its number, so that the test knows what was
acknowledged.
"""

from __future__ import annotations

from pathlib import Path

from lake_under_test import LakeUnderTest

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter


def options(folder: str) -> LakeOptions:
    """The lake in a folder."""
    return LakeOptions(
        f"sqlite:///{folder}/c.db", f"{folder}/lake", temp_folder=Path(folder) / "temp", orphan_grace_floor_hours=0
    )


def commit(lake: LakeUnderTest, number: int) -> None:
    """Make commit `number`; its state is its number."""
    mode, query = step(number)
    lake.commit(
        query, mode=mode, idempotency_key=f"commit {number}", state=number, create={"key": ["id"]}, order_by=["n"]
    )


def step(number: int) -> tuple[str, str]:
    """Mode and rows of a commit: columns `id` (key) and `n` (the commit's number)."""
    if number % 4 == 0:
        return "append", f"SELECT {number * 100}::BIGINT + range AS id, {number} AS n FROM range(50)"
    if number % 4 == 1:
        return "merge", f"SELECT {(number - 1) * 100}::BIGINT + range * 2 AS id, {number} AS n FROM range(50)"
    if number % 4 == 2:
        return "delete_where_key", f"SELECT {(number - 2) * 100}::BIGINT + range * 5 AS id, {number} AS n FROM range(4)"
    return "overwrite", f"SELECT {number * 100}::BIGINT + range AS id, {number} AS n FROM range(20)"


def expected_rows(last: int) -> dict[int, int]:
    """The rows after commits 0 to `last`."""
    rows: dict[int, int] = {}
    for number in range(last + 1):
        base = number * 100
        if number % 4 == 0:
            rows |= {base + one: number for one in range(50)}
        elif number % 4 == 1:
            rows |= {base - 100 + one * 2: number for one in range(50)}
        elif number % 4 == 2:
            for one in range(4):
                rows.pop(base - 200 + one * 5, None)
        else:
            rows = {base + one: number for one in range(20)}
    return rows


def commit_all(folder: str, last: int) -> None:
    """Commits 0 to `last` into the lake of a folder."""
    lake = LakeUnderTest(LakeWriter(options(folder)))
    with (Path(folder) / "acknowledged").open("w", buffering=1) as notes:
        for number in range(last + 1):
            commit(lake, number)
            print(number, file=notes)


def acknowledged(folder: str) -> int:
    """The last commit that came back to the process, -1 before the first."""
    return max((int(line) for line in (Path(folder) / "acknowledged").read_text().split()), default=-1)
