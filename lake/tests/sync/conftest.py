from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from scripted_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    yield world
    world.writer.close()


@pytest.fixture
def record() -> Callable[..., dict[str, Any]]:
    def make(**data: Any) -> dict[str, Any]:
        return {"type": "RECORD", "record": {"stream": "orders", "data": data, "emitted_at": 1_700_000_000_000}}

    return make
