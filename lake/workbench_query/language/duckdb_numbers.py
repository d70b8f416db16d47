"""Arithmetic and comparison as Trino means them, written for DuckDB."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

from .duckdb_casts import cast_to, duckdb_type
from .sql_types import BOOLEAN, DOUBLE, REAL, SqlType, as_decimal, common_type, decimal, is_integer, is_number
from .written import AND, ATOM, COMPARED, OR, PLUS, TIMES, UNARY, Piece, refuse

# DuckDB multiplies decimals of up to 18 digits in 64 bits, and fails where the product does not fit. Up to this many
# digits of both together that is left to it: it is fast, and the factors are hardly ever as long as their types.
_NARROW = 20
# Whole numbers of so many digits are exact as doubles, and stay it through a multiplication that is rounded.
_EXACT_DIGITS = 15
# Operands of a division are written several times; longer ones only as often as it must be.
_SHORT = 200
_BY_ZERO = "error('Division by zero')"


def arithmetic(operator: str, left: Piece, right: Piece, node: exp.Expression) -> Piece:
    """`left operator right` for numbers; + - * / and %."""
    a, b = left.type, right.type
    if a.kind == "unknown" and b.kind == "unknown":
        refuse(node, "NULL alone has no type.", "Cast it.")
    if a.kind == "unknown":
        left, a = Piece("NULL", b), b
    if b.kind == "unknown":
        right, b = Piece("NULL", a), a
    if not is_number(a) or not is_number(b):
        _no_numbers(operator, a, b, node)
    if a.kind in ("double", "real") or b.kind in ("double", "real"):
        return _floats(operator, left, right, node)
    if is_integer(a) and is_integer(b):
        return _integers(operator, left, right, node)
    return _decimals(operator, left, right, node)


def _no_numbers(operator: str, a: SqlType, b: SqlType, node: exp.Expression) -> None:
    hint = None
    if operator == "-" and {a.kind, b.kind} <= {"date", "timestamp", "timestamptz"}:
        hint = "date_diff('day', earlier, later) gives a number, the same everywhere."
    elif "date" in (a.kind, b.kind) and (is_integer(a) or is_integer(b)):
        hint = "date_add('day', n, date) is the same everywhere."
    elif operator == "+" and "varchar" in (a.kind, b.kind):
        hint = "|| joins texts."
    refuse(node, f"{a} {operator} {b} is not translated.", hint)


def _bind(operator: str) -> int:
    return PLUS if operator in "+-" else TIMES


def _infix(operator: str, left: Piece, right: Piece) -> str:
    bind = _bind(operator[0])
    # The right side is bracketed where it binds as loosely: a - (b - c).
    return f"{left.at(bind)} {operator} {right.at(bind - 1)}"


def _floats(operator: str, left: Piece, right: Piece, node: exp.Expression) -> Piece:
    of = common_type(left.type, right.type) or DOUBLE
    a, b = cast_to(left, of, node), cast_to(right, of, node)
    if of == REAL and operator == "%":
        refuse(node, "% of real is not translated.", "Cast to double.")
    if operator in "/%" and is_integer(left.type) and left.literal is not None:
        a = Piece(f"CAST({left.text} AS DOUBLE)", of)
    if operator == "%" and not _is_nonzero(right):
        refuse(node, "% of doubles by a value that may be 0 is not translated.", "Use mod of decimals or integers.")
    nan = left.nan or right.nan or (operator == "/" and not _is_nonzero(right))
    text = _infix(operator, a, b)
    if of == REAL:
        return Piece(f"CAST({text} AS FLOAT)", of, nan=nan)
    return Piece(text, of, _bind(operator), nan=nan)


def _is_nonzero(piece: Piece) -> bool:
    if isinstance(piece.literal, str):
        return float(piece.literal or 0) != 0
    return piece.literal is not None and piece.literal != 0


def _integers(operator: str, left: Piece, right: Piece, node: exp.Expression) -> Piece:
    of = common_type(left.type, right.type)
    a, b = cast_to(left, of, node), cast_to(right, of, node)
    if left.literal is not None and right.literal is None and right.type.kind in ("tinyint", "smallint"):
        b = Piece(f"CAST({right.text} AS {duckdb_type(of)})", of)
    if operator in "/%":
        text = _infix("//" if operator == "/" else "%", a, b)
        if _is_nonzero(right):
            return Piece(text, of, TIMES)
        return Piece(f"CASE WHEN {b.at(PLUS)} = 0 THEN {_BY_ZERO} ELSE {text} END", of)
    return Piece(_infix(operator, a, b), of, _bind(operator))


def _decimals(operator: str, left: Piece, right: Piece, node: exp.Expression) -> Piece:
    (p1, s1), (p2, s2) = as_decimal(left.type).args, as_decimal(right.type).args
    scale = max(s1, s2)
    if operator in "+-":
        of = decimal(min(38, max(p1 - s1, p2 - s2) + scale + 1), scale)
        if of.args[0] > 19 >= max(p1, p2) + 1:
            left = _wide(left, s1)
            right = _wide(right, s2)
        return Piece(_infix(operator, left, right), of, PLUS, loose=True)
    if operator == "*":
        if s1 + s2 > 38:
            refuse(
                node, f"The product has {s1 + s2} digits after the point; 38 are kept.", "Cast to fewer digits first."
            )
        if p1 + p2 > _NARROW and max(p1, p2) <= 18:
            left = _wide(left, s1)
        return Piece(_infix(operator, left, right), decimal(min(38, p1 + p2), s1 + s2), TIMES, loose=True)
    if operator == "%":
        of = decimal(min(38, min(p1 - s1, p2 - s2) + scale), scale)
        text = _infix("%", left, right)
        if not _is_nonzero(right):
            text = f"CASE WHEN {right.at(PLUS)} = 0 THEN {_BY_ZERO} ELSE {text} END"
            return Piece(text, of, ATOM, loose=True)
        return Piece(text, of, TIMES, loose=True)
    of = decimal(min(38, p1 + s2 + max(s2 - s1, 0)), scale)
    text = rounded_quotient(unscaled(left, scale - s1 + s2), unscaled(right, 0), of)
    if len(left.text) + len(right.text) <= _SHORT:
        text = _quick_or(text, _Whole(left.text, p1 - s1, scale + s2), _Whole(right.text, p2 - s2, s2), of)
    if not _is_nonzero(right):
        text = f"CASE WHEN {right.at(PLUS)} = 0 THEN {_BY_ZERO} ELSE {text} END"
    return Piece(text, of)


def _wide(piece: Piece, scale: int) -> Piece:
    """A decimal that DuckDB reckons with in 128 bits."""
    return Piece(f"CAST({piece.text} AS DECIMAL(38, {scale}))", piece.type)


def unscaled(piece: Piece, shift: int) -> str:
    """A number without its point, times 10^shift, as a HUGEINT."""
    scale = as_decimal(piece.type).args[1]
    text = f"CAST({piece.text} AS HUGEINT)"
    if scale:
        text = f"CAST(CAST({piece.text} AS DECIMAL(38, {scale})) * {10**scale} AS HUGEINT)"
    return text if shift == 0 else f"({text} * {10**shift})"


def rounded_quotient(number: str, divisor: str, of: SqlType) -> str:
    """number / divisor (HUGEINTs), halves away from zero, read with the scale of `of`."""
    whole = f"((2 * abs({number}) + abs({divisor})) // (2 * abs({divisor}))) * sign({number}) * sign({divisor})"
    scale = of.args[1]
    if scale == 0:
        return f"CAST({whole} AS DECIMAL({of.args[0]}, 0))"
    unit = "0." + "0" * (scale - 1) + "1"
    return f"CAST(CAST({whole} AS DECIMAL(38, 0)) * {unit} AS DECIMAL({of.args[0]}, {scale}))"


def average(total: str, count: str, of: SqlType) -> str:
    """total / count, halves away from zero; the total is a decimal with the scale of `of`."""
    scale = of.args[1]
    exact = rounded_quotient(unscaled(Piece(total, decimal(38, scale)), 0), count, of)
    return _quick_or(exact, _Whole(total, 38 - scale, scale), _Whole(count, 12, 0), of)


@dataclass(frozen=True)
class _Whole:
    """A decimal with so many digits before its point, which is a whole number once multiplied by 10^shift."""

    text: str
    digits: int
    shift: int

    @property
    def double(self) -> str:
        """The whole number as a double, exact up to 15 digits: what a multiplication adds is far below a half."""
        text = f"CAST({self.text} AS DOUBLE)"
        return text if self.shift == 0 else f"round({text} * 1e{self.shift})"

    @property
    def test(self) -> str | None:
        """Whether it has at most 15 digits; None where it has by its type."""
        digits = _EXACT_DIGITS - self.shift
        return None if self.digits <= digits else f"abs(CAST({self.text} AS DOUBLE)) < 1e{digits}"


def _quick_or(exact: str, number: _Whole, divisor: _Whole, of: SqlType) -> str:
    """`exact`, or the same reckoned in doubles where that cannot differ: dividing 128 bits takes long.

    A quotient of whole numbers that is no half is at least 1 / (2 divisor) away from one, and the nearest double is
    nearer than that while the number is below 2^52. So both round to the same whole number."""
    if max(number.shift, divisor.shift, of.args[1]) > _EXACT_DIGITS:
        return exact
    quotient = f"round({number.double} / {divisor.double})"
    quick = f"CAST({quotient}{f' / 1e{of.args[1]}' if of.args[1] else ''} AS {duckdb_type(of)})"
    tests = [it.test for it in (number, divisor) if it.test is not None]
    return f"CASE WHEN {' AND '.join(tests)} THEN {quick} ELSE {exact} END" if tests else quick


def negated(piece: Piece, node: exp.Expression) -> Piece:
    if not is_number(piece.type):
        refuse(node, f"- is translated for numbers, not {piece.type}.")
    literal = None
    if isinstance(piece.literal, (int, float)):
        literal = -piece.literal
    elif isinstance(piece.literal, str):
        literal = f"-{piece.literal}"
    return Piece(f"-{piece.at(ATOM)}", piece.type, UNARY, piece.nan, piece.loose, literal=literal)


def compare(operator: str, a: Piece, b: Piece) -> Piece:
    """`a operator b` for pieces of one type. Trino's NaN is equal to nothing and not larger than anything."""
    text = f"{a.at(PLUS)} {operator} {b.at(PLUS)}"
    if operator in ("=", "<>"):
        guard = a if a.nan and b.nan else None
    elif operator in (">", ">="):
        guard = a if a.nan else None
    else:
        guard = b if b.nan else None
    if guard is None:
        return Piece(text, BOOLEAN, COMPARED)
    if operator == "<>":
        return Piece(f"{text} OR isnan({guard.text})", BOOLEAN, OR)
    return Piece(f"{text} AND NOT isnan({guard.text})", BOOLEAN, AND)
