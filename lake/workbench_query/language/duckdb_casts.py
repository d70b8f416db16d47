"""CAST and TRY_CAST as Trino means them, written for DuckDB."""

from __future__ import annotations

import re

from sqlglot import exp

from .sql_types import DIGITS, INTEGERS, SqlType, common_type, is_integer, is_number
from .table_names import quoted
from .written import ATOM, Piece, refusal, refuse, text_literal

_NAMES = {
    "real": "FLOAT",
    "varbinary": "BLOB",
    "varchar": "VARCHAR",
    "timestamp": "TIMESTAMP",
    "timestamptz": "TIMESTAMPTZ",
    "unknown": "INTEGER",
}
WHOLE = r"\s*[+-]?[0-9]+\s*"
FLOAT_NUMBER = "[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?"
DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT = DAY + "( [0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?)?"
# Texts of which Trino makes a value and DuckDB another or none.
_NOT_ASCII = r"[^\x00-\x7f]"
_ODD_DAY = r"^\s*[+-]?[0-9]+-[0-9]+-[0-9]+\s*$"
_ODD_MOMENT = r"^\s*[+-]?[0-9]+-[0-9]+"


def duckdb_type(of: SqlType) -> str:
    """A type as DuckDB spells it."""
    if of.kind == "decimal":
        return f"DECIMAL({of.args[0]}, {of.args[1]})"
    if of.kind == "array":
        return f"{duckdb_type(of.args[0])}[]"
    if of.kind == "map":
        return f"MAP({duckdb_type(of.args[0])}, {duckdb_type(of.args[1])})"
    if of.kind == "row":
        fields = [f"{quoted(name or f'v{index}')} {duckdb_type(it)}" for index, (name, it) in enumerate(of.args)]
        return f"STRUCT({', '.join(fields)})"
    return _NAMES.get(of.kind, of.kind.upper())


def cast_to(piece: Piece, of: SqlType, node: exp.Expression) -> Piece:
    """What Trino does without being asked: a piece as a wider type."""
    have = piece.type
    if piece.zone is not None:
        refuse(
            node,
            "A time AT TIME ZONE is translated in dates and parts of dates alone.",
            "CAST(… AS timestamp) gives the local time.",
        )
    if have == of or have.kind == "unknown":
        return piece if have == of else Piece(piece.text, of, piece.bind, loose=of.kind == "decimal")
    text, bind, loose = piece.text, piece.bind, piece.loose
    explicit = False
    if of.kind in ("double", "real"):
        explicit = not (of.kind == "double" and is_integer(have) and piece.literal is not None)
    elif is_integer(of):
        explicit = have.kind in ("tinyint", "smallint")
    elif of.kind == "decimal":
        loose = True
        scale = have.args[1] if have.kind == "decimal" else 0
        digits = (have.args[0] if have.kind == "decimal" else DIGITS[have.kind]) - scale
        explicit = digits + of.args[1] > 38 or of.args[0] == 38
        if piece.literal is not None and isinstance(piece.literal, int) and not explicit:
            explicit = False
    elif of.kind == "timestamp":
        explicit = have.kind == "date"
    elif of.kind in ("array", "map", "row"):
        explicit = duckdb_type(have) != duckdb_type(of)
        if explicit and not _same_fields(have, of):
            refuse(
                node,
                f"Bringing {have} and {of} together is not translated: DuckDB goes by the fields' names.",
                "Cast both to one row type.",
            )
    if explicit:
        text, bind = f"CAST({text} AS {duckdb_type(of)})", ATOM
    return Piece(text, of, bind, nan=piece.nan, loose=loose and not explicit, literal=piece.literal)


def cast(piece: Piece, of: SqlType, is_try: bool, node: exp.Expression) -> Piece:
    """CAST as the user wrote it."""
    have = piece.type
    word = "TRY_CAST" if is_try else "CAST"
    plain = Piece(f"{word}({piece.text} AS {duckdb_type(of)})", of)
    if of.kind == "char" or have.kind == "char":
        refuse(node, "CAST from and to char(n) is not translated: its blanks count differently.", "Use varchar.")
    if of.kind in ("timestamp", "timestamptz", "time") and of.args[0] > 6:
        refuse(node, f"{of} has more digits than DuckDB keeps.", "timestamp(6) is the same everywhere.")
    if piece.zone is not None:
        if of.kind == "date":
            return Piece(f"CAST({piece.text} AS DATE)", of)
        if of.kind == "timestamp" and of.args[0] >= have.args[0]:
            return Piece(piece.text, of, piece.bind)
        refuse(node, f"CAST of a time AT TIME ZONE to {of} is not translated.")
    if have.kind == "unknown":
        return Piece(f"CAST(NULL AS {duckdb_type(of)})", of)
    if have.kind == "varchar":
        return _of_text(piece, of, is_try, node)
    if of.kind == "varchar":
        return _to_text(piece, of, is_try, node)
    if have == of:
        return plain if piece.loose else Piece(piece.text, of, piece.bind, nan=piece.nan)
    if have.kind in INTEGERS and (of.kind in INTEGERS or of.kind in ("decimal", "double", "real", "boolean")):
        return plain
    if have.kind == "decimal" and (of.kind in INTEGERS or of.kind in ("decimal", "double", "real")):
        return plain
    if have.kind in ("double", "real"):
        if of.kind in INTEGERS:
            # DuckDB rounds halves to even, Trino away from zero.
            return Piece(f"{word}(round({piece.text}) AS {duckdb_type(of)})", of)
        if of.kind in ("double", "real"):
            return Piece(plain.text, of, nan=piece.nan)
        if of.kind == "decimal":
            refuse(
                node,
                f"CAST of {have} to {of} is not translated: the last digit may differ.",
                "Compute with decimals, or run it on Trino.",
            )
    if have.kind == "boolean" and (is_number(of) and of.kind != "decimal"):
        return plain
    if have.kind == "date" and of.kind in ("timestamp", "date"):
        return plain
    if have.kind == "timestamp" and of.kind == "date":
        return plain
    if have.kind == "timestamp" and of.kind == "timestamp":
        return Piece(_digits(piece.text, have.args[0], of.args[0], node), of)
    if have.kind == "timestamptz" and of.kind in ("date", "timestamp"):
        moment = utc(piece)
        if of.kind == "date":
            return Piece(f"CAST({moment} AS DATE)", of)
        return Piece(_digits(moment, have.args[0], of.args[0], node), of)
    if have.kind == of.kind == "timestamptz" and of.args[0] >= have.args[0]:
        return Piece(piece.text, of, piece.bind)
    if have.kind == of.kind == "row" and len(have.args) == len(of.args) and not is_try and not _same_fields(have, of):
        # Trino goes by the fields' places, DuckDB by their names.
        fields = []
        for index, ((name, inner), (new, wanted)) in enumerate(zip(have.args, of.args, strict=True)):
            field = Piece(f"{piece.atom}.{quoted(name or f'v{index}')}", inner)
            fields.append(f"{quoted(new or f'v{index}')} := {cast(field, wanted, False, node).text}")
        return Piece(f"CASE WHEN {piece.atom} IS NULL THEN NULL ELSE struct_pack({', '.join(fields)}) END", of)
    if (
        have.kind == of.kind
        and of.kind in ("array", "map", "row")
        and _same_fields(have, of)
        and (of.kind == "row" or common_type(have, of) == of)
    ):
        if of.kind == "row" and (
            len(have.args) != len(of.args)
            or any(common_type(a, b) != b for (_, a), (_, b) in zip(have.args, of.args, strict=True))
        ):
            refuse(node, f"CAST of {have} to {of} is not translated.", "Cast its fields one by one.")
        return plain
    raise refusal(node, f"CAST of {have} to {of} is not translated.", "Run it on Trino.")


def _same_fields(a: SqlType, b: SqlType) -> bool:
    """Whether rows, at any depth, have the same names in the same places."""
    if a.kind != b.kind or a.kind not in ("array", "map", "row"):
        return True
    if a.kind == "row":
        same = len(a.args) == len(b.args) and all(
            (x or "").lower() == (y or "").lower() for (x, _), (y, _) in zip(a.args, b.args, strict=False)
        )
        return same and all(_same_fields(x, y) for (_, x), (_, y) in zip(a.args, b.args, strict=True))
    return all(_same_fields(x, y) for x, y in zip(a.args, b.args, strict=True))


def utc(piece: Piece) -> str:
    """A timestamp with time zone as the timestamp in UTC; it needs no extension."""
    return f"make_timestamp(epoch_us({piece.text}))"


def _digits(text: str, have: int, want: int, node: exp.Expression) -> str:
    if want >= min(have, 6):
        return text
    if want == 3:
        return f"date_trunc('millisecond', {text} + INTERVAL '500' MICROSECOND)"
    if want == 0:
        return f"date_trunc('second', {text} + INTERVAL '500' MILLISECOND)"
    raise refusal(node, f"CAST to timestamp({want}) is not translated.", "timestamp(0), (3) and (6) are.")


def _failing(test: str, then: str, message: str, is_try: bool, odd: str | None = None) -> str:
    """`then` where the test holds; else NULL for TRY_CAST, and a failure for CAST. Odd texts fail in both."""
    if is_try:
        fails = f" WHEN {odd} THEN error('The engines read this text differently.')" if odd is not None else ""
        return f"CASE WHEN {test} THEN {then}{fails} END"
    return f"CASE WHEN NOT ({test}) THEN error({text_literal(message)}) ELSE {then} END"


def _of_text(piece: Piece, of: SqlType, is_try: bool, node: exp.Expression) -> Piece:
    text = piece.text
    to = duckdb_type(of)
    if of.kind == "varchar":
        if not of.args or (piece.type.args and piece.type.args[0] <= of.args[0]):
            return Piece(text, of, piece.bind, literal=piece.literal)
        return Piece(f"left({text}, {of.args[0]})", of)
    pattern = None
    if of.kind in INTEGERS:
        pattern = WHOLE
    elif of.kind == "decimal":
        pattern = FLOAT_NUMBER
    elif of.kind in ("double", "real"):
        if is_try and piece.literal is None:
            refuse(
                node,
                "TRY_CAST of text to double is not translated: which texts are numbers differs.",
                "TRY_CAST(… AS decimal(38,10)) is.",
            )
        pattern = FLOAT_NUMBER
    elif of.kind == "date":
        pattern = DAY
    elif of.kind == "timestamp" and of.args[0] in (3, 6, 0):
        pattern = MOMENT
    elif of.kind == "boolean":
        yes, no = f"lower({text}) IN ('t', 'true', '1')", f"lower({text}) IN ('f', 'false', '0')"
        other = "NULL" if is_try else "error('The text is no boolean.')"
        return Piece(
            f"CASE WHEN {text} IS NULL THEN NULL WHEN {yes} THEN true WHEN {no} THEN false ELSE {other} END", of
        )
    if pattern is None:
        refuse(node, f"CAST of text to {of} is not translated.", "Run it on Trino.")
    cast_text = f"{'TRY_CAST' if is_try else 'CAST'}({text} AS {to})"
    if of.kind == "timestamp":
        cast_text = _digits(cast_text, 6, of.args[0], node)
    if isinstance(piece.literal, str):
        if re.fullmatch(pattern, piece.literal):
            return Piece(cast_text, of)
        if not is_try:
            refuse(node, f"{piece.literal!r} is no {of}.")
    strange = {"date": _ODD_DAY, "timestamp": _ODD_MOMENT}.get(of.kind, _NOT_ASCII)
    odd = f"regexp_matches({text}, '{strange}')"
    return Piece(
        _failing(f"regexp_full_match({text}, '{pattern}')", cast_text, f"The text is no {of}.", is_try, odd), of
    )


def _to_text(piece: Piece, of: SqlType, is_try: bool, node: exp.Expression) -> Piece:
    have = piece.type
    longest = None
    if have.kind in INTEGERS:
        text, longest = f"CAST({piece.text} AS VARCHAR)", DIGITS[have.kind] + 1
    elif have.kind == "decimal":
        text, longest = f"CAST(CAST({piece.text} AS {duckdb_type(have)}) AS VARCHAR)", have.args[0] + 3
    elif have.kind == "boolean":
        text, longest = f"CAST({piece.text} AS VARCHAR)", 5
    elif have.kind == "date":
        text, longest = f"CAST({piece.text} AS VARCHAR)", 10
    elif have.kind == "uuid":
        text, longest = f"CAST({piece.text} AS VARCHAR)", 36
    elif have.kind == "timestamp" and have.args[0] in (0, 3, 6):
        form = "%Y-%m-%d %H:%M:%S" + {0: "", 3: ".%g", 6: ".%f"}[have.args[0]]
        text, longest = f"strftime({piece.text}, '{form}')", 26
    else:
        hint = "CAST it to a decimal first." if have.kind in ("double", "real") else "Run it on Trino."
        refuse(node, f"CAST of {have} to varchar is not translated: its text differs.", hint)
    if of.args and of.args[0] < longest:
        text = _failing(f"length({text}) <= {of.args[0]}", text, f"The value does not fit {of}.", is_try)
    return Piece(text, of)
