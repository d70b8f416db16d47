"""What kind of statement this is, and where its parts lie."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot.tokens import Token, TokenType

from ..failures import QueryFailure

_QUERY_WORDS = ("SELECT", "WITH", "VALUES", "TABLE", "(", "FROM", "PIVOT", "UNPIVOT")
# What people write that is not run here, and what does the same.
_INSTEAD = {
    "DELETE": "Keep the other rows: CREATE OR REPLACE TABLE … AS SELECT … WHERE NOT (…).",
    "UPDATE": "Write the new rows: CREATE OR REPLACE TABLE … AS SELECT … CASE WHEN … THEN … ELSE … END.",
    "MERGE": "Write the merged rows: CREATE OR REPLACE TABLE … AS SELECT … FULL JOIN ….",
    "TRUNCATE": "CREATE OR REPLACE TABLE … AS SELECT * FROM … WHERE false empties a table.",
    "ALTER": "CREATE OR REPLACE TABLE … AS SELECT … gives a table other columns.",
    "SHOW": "Tables and their columns are listed in the catalog beside the editor.",
    "DESCRIBE": "Columns are listed in the catalog beside the editor.",
    "DESC": "Columns are listed in the catalog beside the editor.",
    "SUMMARIZE": "Run a SELECT and open the column explorer of its result.",
    "COPY": "Run a SELECT and export its result.",
    "EXPORT": "Run a SELECT and export its result.",
    "ATTACH": "Add a connection under Sources.",
    "USE": "Write names with their three parts.",
}


@dataclass
class Statement:
    """The parts of a statement. `body` is its query, empty for DROP TABLE; `target` the parts of the written name."""

    kind: str
    body: list[Token]
    target: tuple[str, ...] | None = None
    target_offset: int | None = None
    mode: str | None = None
    if_exists: bool = False
    columns: list[str] | None = None
    analyze: bool = False


def read_statement(tokens: list[Token]) -> Statement:
    """Tell what a statement is. Failure: `invalid_input` for one that is not offered, by its name."""
    while tokens and tokens[-1].token_type == TokenType.SEMICOLON:
        tokens = tokens[:-1]
    if not tokens:
        raise QueryFailure("invalid_input", "There is no statement.", offset=0)
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            raise QueryFailure(
                "invalid_input",
                "One statement at a time can be run.",
                hint="Run the statement at the cursor, or all of them, each with a result of its own.",
                offset=token.start,
            )
    words = _Words(tokens)
    first = words.peek()
    if first in _QUERY_WORDS:
        return Statement("select", tokens)
    if first == "EXPLAIN":
        return _explain(words)
    if first == "CREATE":
        return _create(words)
    if first == "INSERT":
        return _insert(words)
    if first == "DROP":
        return _drop(words)
    raise _refused(words, first)


class _Words:
    """The words of a statement, taken one after the other. Some dialects read two words as one token."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    @property
    def rest(self) -> list[Token]:
        return self._tokens[self._at :]

    @property
    def offset(self) -> int:
        token = self._tokens[min(self._at, len(self._tokens) - 1)]
        return token.start

    def peek(self, ahead: int = 0) -> str:
        index = self._at + ahead
        if index >= len(self._tokens):
            return ""
        token = self._tokens[index]
        return "" if token.token_type in (TokenType.STRING, TokenType.IDENTIFIER) else token.text.upper()

    def take(self, *expected: str) -> bool:
        if any(self.peek(index) != word for index, word in enumerate(expected)):
            return False
        self._at += len(expected)
        return True

    def name(self) -> tuple[str, ...]:
        parts = [self._part()]
        while self.take("."):
            parts.append(self._part())
        return tuple(parts)

    def _part(self) -> str:
        if self._at >= len(self._tokens):
            raise QueryFailure("invalid_input", "Syntax error: a name is missing.", offset=self.offset)
        token = self._tokens[self._at]
        is_quoted = token.token_type == TokenType.IDENTIFIER
        if not is_quoted and not (token.text[:1].isalpha() or token.text[:1] == "_"):
            raise QueryFailure("invalid_input", f"Syntax error: {token.text} is not expected here.", offset=token.start)
        self._at += 1
        return token.text if is_quoted else token.text.lower()

    def columns(self) -> list[str] | None:
        """`(a, b)` where only names stand between the brackets."""
        if self.peek() != "(":
            return None
        start = self._at
        self._at += 1
        names: list[str] = []
        while True:
            names.append(self._part())
            if self.take(")"):
                return names
            if not self.take(","):
                self._at = start
                return None


def _explain(words: _Words) -> Statement:
    words.take("EXPLAIN")
    analyze = words.take("ANALYZE") or words.take("ANALYSE")
    words.take("VERBOSE")
    if words.peek() == "(" and words.peek(1) in ("TYPE", "FORMAT", "ANALYZE"):
        raise QueryFailure(
            "invalid_input",
            "Options of EXPLAIN are not offered.",
            hint="Write EXPLAIN or EXPLAIN ANALYZE.",
            offset=words.offset,
        )
    if words.peek() not in _QUERY_WORDS:
        raise QueryFailure(
            "invalid_input", "EXPLAIN is offered for queries.", hint="Explain its SELECT.", offset=words.offset
        )
    return Statement("explain", words.rest, analyze=analyze)


def _create(words: _Words) -> Statement:
    words.take("CREATE")
    replace = words.take("OR", "REPLACE")
    what = words.peek()
    if not words.take("TABLE"):
        hint = "A saved query does what a view does." if what == "VIEW" else None
        name = f"CREATE {what}".strip()
        raise QueryFailure("invalid_input", f"{name} is not offered here.", hint=hint, offset=words.offset)
    if_exists = words.take("IF", "NOT", "EXISTS")
    at = words.offset
    target = words.name()
    columns = words.columns()
    if not words.take("AS"):
        raise QueryFailure(
            "invalid_input",
            "CREATE TABLE is offered with AS and a query.",
            hint="CREATE TABLE … AS SELECT … gives it columns and rows at once.",
            offset=words.offset,
        )
    body = words.rest
    tail = [token.text.upper() for token in body[-3:]]
    if tail[-2:] == ["WITH", "DATA"]:
        body = body[:-2]
    elif tail == ["WITH", "NO", "DATA"]:
        raise QueryFailure(
            "invalid_input", "WITH NO DATA is not offered.", hint="Add WHERE false.", offset=body[-3].start
        )
    mode = "replace" if replace else "create"
    return Statement("create_table_as", _query(words, body), target, at, mode, if_exists, columns)


def _insert(words: _Words) -> Statement:
    words.take("INSERT")
    if not words.take("INTO"):
        raise QueryFailure("invalid_input", "INSERT is offered as INSERT INTO.", offset=words.offset)
    at = words.offset
    target = words.name()
    columns = words.columns()
    return Statement("insert", _query(words, words.rest), target, at, "append", False, columns)


def _query(words: _Words, body: list[Token]) -> list[Token]:
    first = body[0].text.upper() if body else ""
    if first not in _QUERY_WORDS:
        raise QueryFailure("invalid_input", "Syntax error: a query is missing.", offset=words.offset)
    return body


def _drop(words: _Words) -> Statement:
    words.take("DROP")
    what = words.peek()
    if not words.take("TABLE"):
        raise QueryFailure("invalid_input", f"DROP {what}".strip() + " is not offered here.", offset=words.offset)
    if_exists = words.take("IF", "EXISTS")
    at = words.offset
    target = words.name()
    if words.rest:
        message = f"Syntax error: {words.rest[0].text} is not expected here."
        raise QueryFailure("invalid_input", message, offset=words.offset)
    return Statement("drop_table", [], target, at, "drop", if_exists)


def _refused(words: _Words, first: str) -> QueryFailure:
    if not first.isalpha():
        return QueryFailure(
            "invalid_input",
            "A statement begins with SELECT, WITH, CREATE TABLE, INSERT or DROP TABLE.",
            offset=words.offset,
        )
    return QueryFailure(
        "invalid_input",
        f"{first} is not offered here.",
        hint=_INSTEAD.get(first, "Queries, CREATE TABLE … AS, INSERT INTO, DROP TABLE and EXPLAIN are."),
        offset=words.offset,
    )
