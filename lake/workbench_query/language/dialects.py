"""Both dialects, read so that functions keep the names and arguments that were written."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB
from sqlglot.dialects.trino import Trino
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokens import Token, TokenType

from ..failures import QueryFailure

# What a statement may be made of; larger ones are refused before work is put into them.
MOST_CHARACTERS = 200_000
MOST_TOKENS = 20_000
DEEPEST = 150

# Functions that have a syntax of their own. All others are read as plain calls.
_OWN_SYNTAX = ("CAST", "TRY_CAST", "EXTRACT", "TRIM", "POSITION", "SUBSTRING", "OVERLAY", "NORMALIZE", "LISTAGG")
_JSON_SYNTAX = ("JSON_VALUE", "JSON_QUERY", "JSON_OBJECT", "JSON_TABLE")


def _kept(parsers: dict[str, Any]) -> dict[str, Any]:
    return {name: parsers[name] for name in (*_OWN_SYNTAX, *_JSON_SYNTAX) if name in parsers}


class PlainTrino(Trino):
    INDEX_OFFSET = 0

    class Tokenizer(Trino.Tokenizer):
        COMMANDS: set[TokenType] = set()

    class Parser(Trino.Parser):
        FUNCTIONS: dict[str, Any] = {}
        FUNCTION_PARSERS = _kept(Trino.Parser.FUNCTION_PARSERS)


class PlainDuckDB(DuckDB):
    INDEX_OFFSET = 0

    class Tokenizer(DuckDB.Tokenizer):
        COMMANDS: set[TokenType] = set()

    class Parser(DuckDB.Parser):
        FUNCTIONS: dict[str, Any] = {}
        FUNCTION_PARSERS = _kept(DuckDB.Parser.FUNCTION_PARSERS)


@lru_cache
def dialect_of(name: str) -> Trino | DuckDB:
    return PlainTrino() if name == "trino" else PlainDuckDB()


def tokens_of(sql: str, dialect: str) -> list[Token]:
    """The words of a statement. Failures: `resource_exhausted` where it is too long or too deep, `invalid_input`."""
    if len(sql) > MOST_CHARACTERS:
        size = f"{len(sql):,} characters"
        raise QueryFailure(
            "resource_exhausted",
            f"The statement has {size}; {MOST_CHARACTERS:,} can be read.",
            hint="Load long lists of values as a table and join it.",
        )
    try:
        tokens = dialect_of(dialect).tokenize(sql)
    except TokenError as error:
        raise QueryFailure("invalid_input", _unfinished(sql), offset=_open_quote(sql)) from error
    if len(tokens) > MOST_TOKENS:
        raise QueryFailure(
            "resource_exhausted", f"The statement has {len(tokens):,} words; {MOST_TOKENS:,} can be read."
        )
    depth = 0
    for token in tokens:
        if token.token_type in (TokenType.L_PAREN, TokenType.L_BRACKET, TokenType.L_BRACE):
            depth += 1
        elif token.token_type in (TokenType.R_PAREN, TokenType.R_BRACKET, TokenType.R_BRACE):
            depth -= 1
        if depth > DEEPEST:
            raise QueryFailure(
                "resource_exhausted",
                f"The statement is nested more than {DEEPEST} levels deep.",
                hint="Name inner queries in a WITH clause.",
                offset=token.start,
            )
    return tokens


def _open_quote(sql: str) -> int:
    """Where a text, name or comment begins that does not end."""
    at = 0
    while at < len(sql):
        start = sql[at : at + 2]
        if start == "--":
            at = sql.find("\n", at)
            if at < 0:
                break
        elif start == "/*":
            end = sql.find("*/", at + 2)
            if end < 0:
                return at
            at = end + 1
        elif sql[at] in "'\"":
            end = sql.find(sql[at], at + 1)
            if end < 0:
                return at
            at = end
        at += 1
    return max(0, len(sql) - 1)


def _unfinished(sql: str) -> str:
    opened = sql[_open_quote(sql) : _open_quote(sql) + 1]
    what = {"'": "text", '"': "quoted name", "/": "comment"}.get(opened, "part")
    return f"Syntax error: a {what} is not closed."


def parse_tokens(tokens: list[Token], sql: str, dialect: str) -> exp.Expression:
    """The tree of one query. Failure: `invalid_input` with the place where reading stopped."""
    _refuse_two_commas(tokens)
    try:
        trees = dialect_of(dialect).parser().parse(tokens, sql)
    except ParseError as error:
        raise _syntax_error(error, sql, tokens) from error
    except RecursionError as error:
        raise QueryFailure("resource_exhausted", "The statement is nested too deeply.") from error
    if len(trees) != 1 or trees[0] is None:
        raise QueryFailure(
            "invalid_input", "One statement at a time can be run.", hint="Run the statement at the cursor."
        )
    return trees[0]


def _refuse_two_commas(tokens: list[Token]) -> None:
    """The parser passes over what is missing between two commas; no engine does."""
    for one, next_one in pairwise(tokens):
        if one.token_type == next_one.token_type == TokenType.COMMA:
            message = f"Syntax error: something is missing between two commas (line {next_one.line})."
            raise QueryFailure("invalid_input", message, offset=next_one.start)


def _syntax_error(error: ParseError, sql: str, tokens: list[Token]) -> QueryFailure:
    details = error.errors[0] if error.errors else {}
    line, column = details.get("line"), details.get("col")
    near = next((it for it in tokens if it.line == line and it.col == column), tokens[-1] if tokens else None)
    if near is None:
        return QueryFailure("invalid_input", "There is no statement.", offset=0)
    is_last = (details.get("end_context") or "").strip() == "" and near is tokens[-1]
    what = _what_is_wrong(str(details.get("description") or ""), near.text, is_last)
    return QueryFailure("invalid_input", f"Syntax error: {what} (line {near.line}).", offset=near.start)


def _what_is_wrong(description: str, text: str, is_last: bool) -> str:
    """What the parser says, in words that tell what to mend."""
    expected = re.fullmatch(r"Expecting (\S{1,20})", description)
    if expected is not None:
        return f"{expected[1]} is missing " + ("at the end" if is_last else f"at {text}")
    if description.startswith("Expected table name"):
        return f"the name of a table is missing before {text}"
    if description.startswith("Required keyword"):
        return "the statement ends too early" if is_last else f"something is missing at {text}"
    return f"{text} is not expected here" if text else "the statement ends too early"
