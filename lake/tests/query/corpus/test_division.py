"""Divisions that are reckoned in doubles where that cannot differ give what whole numbers give, to the last digit."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal, localcontext

import duckdb
import pyarrow as pa
import pytest
from sqlglot import exp

from workbench_query.language.duckdb_numbers import arithmetic, average
from workbench_query.language.sql_types import decimal
from workbench_query.language.written import Piece

ROWS = 2_000
Digits = tuple[int, int]


def pairs(number: Digits, divisor: Digits, seed: int) -> list[tuple[Decimal, Decimal]]:
    """Numbers of every length up to these digits; about a third have a quotient that is a half, or beside one."""
    random_ = random.Random(seed)
    (p1, s1), (p2, s2) = number, divisor
    made = []
    for _ in range(ROWS):
        most = 10 ** random_.randint(1, p2) - 1
        below = random_.randint(1, most)
        above = random_.randint(0, 10 ** random_.randint(1, p1) - 1)
        if random_.random() < 0.35:
            below = 2 * random_.randint(1, max(1, most // 2))
            shift = 10 ** max(0, max(s1, s2) - s1 + s2)
            largest = (10**p1 - 1) * shift // below
            above = (2 * random_.randint(0, largest) + 1) * below // 2 // shift + random_.choice((0, 0, 1))
        above, below = min(above, 10**p1 - 1), min(below, 10**p2 - 1)
        signs = random_.choice((1, -1)), random_.choice((1, -1))
        made.append((Decimal(signs[0] * above).scaleb(-s1), Decimal(signs[1] * below).scaleb(-s2)))
    return made


def quotients(text: str, rows: list[tuple[Decimal, Decimal]], number: Digits, divisor: Digits) -> list[Decimal]:
    with duckdb.connect() as connection:
        a, b = zip(*rows, strict=True)
        columns = {
            "i": range(len(rows)),
            "a": pa.array(a, pa.decimal128(*number)),
            "b": pa.array(b, pa.decimal128(*divisor)),
        }
        connection.register("given", pa.table(columns))
        return [it for (it,) in connection.execute(f"SELECT {text} FROM given ORDER BY i").fetchall()]


def rounded(a: Decimal, b: Decimal, scale: int) -> Decimal:
    with localcontext() as context:
        context.prec = 90
        return (a / b).quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)


KINDS = [
    ((10, 2), (5, 2)),
    ((15, 0), (15, 0)),
    ((16, 3), (4, 1)),
    ((18, 6), (12, 4)),
    ((20, 2), (9, 0)),
    ((4, 4), (18, 0)),
]


@pytest.mark.parametrize(("number", "divisor"), KINDS)
def test_a_division_of_decimals_is_exact(number: Digits, divisor: Digits) -> None:
    rows = pairs(number, divisor, 1)
    piece = arithmetic("/", Piece("a", decimal(*number)), Piece("b", decimal(*divisor)), exp.Null())
    found = quotients(piece.text, rows, number, divisor)
    assert found == [rounded(a, b, piece.type.args[1]) for a, b in rows]


@pytest.mark.parametrize("number", [(10, 2), (15, 0), (16, 1), (20, 6)])
def test_an_average_of_decimals_is_exact(number: Digits) -> None:
    rows = [(a, abs(b)) for a, b in pairs(number, (9, 0), 2)]
    text = average(f"CAST(a AS DECIMAL(38, {number[1]}))", "CAST(b AS BIGINT)", decimal(38, number[1]))
    assert quotients(text, rows, number, (9, 0)) == [rounded(a, b, number[1]) for a, b in rows]
