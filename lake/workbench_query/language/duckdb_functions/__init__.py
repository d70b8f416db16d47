"""Functions of Trino, written for DuckDB. What is not in the table is refused."""

from __future__ import annotations

from ..duckdb_patterns import PATTERN_FUNCTIONS
from .arguments import Rule
from .arrays import ARRAYS
from .conditions import CONDITIONS
from .elements import ELEMENTS, element_or_fail
from .nested import NESTED
from .numbers import NUMBERS
from .texts import TEXTS
from .times import TIMES

__all__ = ["FUNCTIONS", "element_or_fail"]

FUNCTIONS: dict[str, Rule] = {
    **TEXTS,
    **PATTERN_FUNCTIONS,
    **NUMBERS,
    **CONDITIONS,
    **TIMES,
    **ELEMENTS,
    **ARRAYS,
    **NESTED,
}
