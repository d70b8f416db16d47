"""A lake of its own for each test: a catalog in SQLite and a warehouse in a folder that goes away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lake_under_test import LakeUnderTest

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter


@pytest.fixture
def options(tmp_path: Path) -> LakeOptions:
    return LakeOptions(
        database_url=f"sqlite:///{tmp_path}/catalog.db",
        warehouse=f"{tmp_path}/ware house",
        temp_folder=tmp_path / "temp",
        orphan_grace_floor_hours=0,
    )


@pytest.fixture
def lake(options: LakeOptions) -> Iterator[LakeUnderTest]:
    writer = LakeWriter(options)
    yield LakeUnderTest(writer)
    writer.close()
