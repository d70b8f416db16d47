from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any


class LocalPool:
    """The pool's contract without a cluster: one item after another, in this process."""

    def map(self, function: Callable[[Any, Any], Any], items: list[Any], shared: Any) -> Iterator[tuple[int, Any]]:
        for index, item in enumerate(items):
            yield index, function(shared, item)

    def close(self) -> None:
        pass
