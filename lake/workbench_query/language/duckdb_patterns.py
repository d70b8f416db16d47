"""Regular expressions. Trino's and DuckDB's differ at the edges; what means the same in both is let through."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from .sql_types import BOOLEAN, VARCHAR, array
from .written import Piece, refuse, text_literal

if TYPE_CHECKING:
    from .scopes import Scope
    from .to_duckdb import ToDuckDB

Rule = Callable[["ToDuckDB", list[exp.Expression], exp.Expression, "Scope"], Piece]

_ESCAPED = set(".\\+*?()[]{}^$|/-_\"'@#%&=:;,<>~!` tnr")
_CLASSES = {"d": "0-9"}


class _Read:
    """A pattern, read: its text for DuckDB, the number of its groups, which of them always take part, and whether it
    may match nothing."""

    def __init__(self, pattern: str, node: exp.Expression, *, only_tests: bool) -> None:
        self._only_tests = only_tests
        self._pattern = pattern
        self._node = node
        self._at = 0
        self.groups = 0
        self.certain: set[int] = set()
        self.text, self.may_be_empty = self._alternatives(True)
        if self._at < len(pattern):
            self._refuse(pattern[self._at])

    def _refuse(self, what: str) -> None:
        refuse(
            self._node,
            f"{what} in a regular expression is not translated.",
            "Use letters, [a-z], ., *, +, ?, {n,m}, ^, $, groups and |.",
        )

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _take(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1]

    def _alternatives(self, certain: bool) -> tuple[str, bool]:
        start, groups = self._at, self.groups
        parts = [self._sequence(certain)]
        while self._peek() == "|":
            self._take()
            parts.append(self._sequence(False))
        if len(parts) > 1 and certain:
            # Groups of an alternative that is not taken have no text.
            self.certain -= set(range(groups + 1, self.groups + 1))
            self._at, self.groups = start, groups
            parts = [self._sequence(False)]
            while self._peek() == "|":
                self._take()
                parts.append(self._sequence(False))
        return "|".join(text for text, _ in parts), any(empty for _, empty in parts)

    def _sequence(self, certain: bool) -> tuple[str, bool]:
        text, empty = "", True
        while self._peek() not in ("", "|", ")"):
            before = set(self.certain)
            piece, piece_empty = self._atom(certain)
            quantifier, optional = self._quantifier()
            if optional:
                self.certain = before
            text += piece + quantifier
            empty = empty and (piece_empty or optional)
        return text, empty

    def _quantifier(self) -> tuple[str, bool]:
        found = re.match(r"[*+?]|\{\d+(,\d*)?\}", self._pattern[self._at :])
        if found is None:
            if self._peek() == "{":
                self._refuse("{")
            return "", False
        self._at += len(found[0])
        text = found[0]
        if self._peek() == "?":
            text += self._take()
        elif self._peek() == "+":
            self._refuse("A possessive quantifier")
        return text, found[0][0] in "*?" or found[0].startswith("{0")

    def _atom(self, certain: bool) -> tuple[str, bool]:
        letter = self._take()
        if letter == "(":
            return self._group(certain)
        if letter == "[":
            return self._class(), False
        if letter == "\\":
            return self._escape(), False
        if letter == "^":
            return "^", True
        if letter == "$":
            if not self._only_tests:
                self._refuse("$ outside regexp_like: before a last line break it")
            # Trino's $ is true before a last line break too.
            return "(?:\\n?\\z)", True
        if letter == ".":
            return ".", False
        if letter in "*+?{}":
            self._refuse(letter)
        return letter, False

    def _group(self, certain: bool) -> tuple[str, bool]:
        opening = "("
        if self._pattern.startswith("?:", self._at):
            self._at += 2
            opening = "(?:"
        elif self._peek() == "?":
            self._refuse("(?")
        else:
            self.groups += 1
            if certain:
                self.certain.add(self.groups)
        inner, empty = self._alternatives(certain)
        if self._peek() != ")":
            self._refuse("( without )")
        self._take()
        return f"{opening}{inner})", empty

    def _escape(self) -> str:
        letter = self._take() if self._peek() else ""
        if letter == "d":
            return "\\p{Nd}"
        if letter in _ESCAPED and letter:
            return "\\" + letter if letter in ".\\+*?()[]{}^$|tnr-" else letter
        self._refuse(f"\\{letter}")
        return ""

    def _class(self) -> str:
        text = "["
        if self._peek() == "^":
            text += self._take()
        if self._peek() == "]":
            self._refuse("[]")
        while self._peek() not in ("", "]"):
            letter = self._take()
            if letter in "[&":
                self._refuse(f"{letter} in []")
            text += self._escape() if letter == "\\" else letter
        if not self._peek():
            self._refuse("[ without ]")
        self._take()
        return text + "]"


def _read(
    writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope, name: str, most: int
) -> tuple[Piece, _Read]:
    if not 2 <= len(nodes) <= most:
        refuse(node, f"{name} with {len(nodes)} arguments is not translated.")
    text = writer.texts(nodes[:1], scope, name)[0]
    if not isinstance(nodes[1], exp.Literal) or not nodes[1].is_string:
        refuse(node, f"{name} is translated with a pattern that is written out.")
    pattern = _Read(nodes[1].this, nodes[1], only_tests=name == "regexp_like")
    if pattern.may_be_empty and "$" in nodes[1].this and not nodes[1].this.startswith("^"):
        refuse(
            nodes[1],
            "$ after what may be empty is not translated.",
            "Begin the pattern with ^, or use + in place of *.",
        )
    return text, pattern


def _like(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    text, pattern = _read(writer, nodes, node, scope, "regexp_like", 2)
    return Piece(f"regexp_matches({text.text}, {text_literal(pattern.text)})", BOOLEAN)


def _group_number(nodes: list[exp.Expression], pattern: _Read, node: exp.Expression) -> int:
    if len(nodes) < 3:
        return 0
    if not isinstance(nodes[2], exp.Literal) or not nodes[2].this.isdigit() or int(nodes[2].this) > pattern.groups:
        refuse(node, "The group of a regular expression is a number, written out.")
    group = int(nodes[2].this)
    if group > 0 and group not in pattern.certain:
        refuse(
            node,
            "A group that may take no part in a match is not translated: it is NULL in Trino alone.",
            "Make it (…|) or match it apart.",
        )
    return group


def _extract(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    text, pattern = _read(writer, nodes, node, scope, "regexp_extract", 3)
    group = _group_number(nodes, pattern, node)
    spelt = text_literal(pattern.text)
    return Piece(
        f"CASE WHEN regexp_matches({text.text}, {spelt}) THEN regexp_extract({text.text}, {spelt}, {group}) END",
        VARCHAR,
    )


def _extract_all(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    text, pattern = _read(writer, nodes, node, scope, "regexp_extract_all", 3)
    group = _group_number(nodes, pattern, node)
    if pattern.may_be_empty:
        refuse(node, "A regular expression that may match nothing is not translated here.")
    return Piece(f"regexp_extract_all({text.text}, {text_literal(pattern.text)}, {group})", array(VARCHAR))


def _replace(writer: ToDuckDB, nodes: list[exp.Expression], node: exp.Expression, scope: Scope) -> Piece:
    text, pattern = _read(writer, nodes, node, scope, "regexp_replace", 3)
    if pattern.may_be_empty:
        refuse(
            node,
            "A regular expression that may match nothing is not translated in regexp_replace.",
            "Use + in place of *.",
        )
    new = ""
    if len(nodes) > 2:
        if not isinstance(nodes[2], exp.Literal) or not nodes[2].is_string:
            refuse(node, "regexp_replace is translated with a replacement that is written out.")
        new = nodes[2].this
    if (
        "\\" in new
        or re.search(r"\$(?!\d)", new)
        or any(
            int(it) > pattern.groups or (int(it) and int(it) not in pattern.certain)
            for it in re.findall(r"\$(\d)", new)
        )
    ):
        refuse(node, "This replacement is not translated.", "Use $1 to $9 for groups that always take part.")
    new = re.sub(r"\$(\d)(?!\d)", r"\\\1", new)
    if "$" in new:
        refuse(node, "This replacement is not translated.", "Use $1 to $9.")
    return Piece(f"regexp_replace({text.text}, {text_literal(pattern.text)}, {text_literal(new)}, 'g')", VARCHAR)


PATTERN_FUNCTIONS: dict[str, Rule] = {
    "regexp_like": _like,
    "regexp_extract": _extract,
    "regexp_extract_all": _extract_all,
    "regexp_replace": _replace,
}
