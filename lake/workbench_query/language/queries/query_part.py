"""What every part of a query's translation shares."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from sqlglot import exp

from ...failures import QueryFailure
from ..scopes import Relation, Scope
from ..sql_types import SqlType
from ..table_names import TableNames
from ..written import Column, Piece, place_of, refuse

# Characters of one translated expression.
LONGEST = 300_000


@dataclass
class Written:
    """A query, written, with what its rows hold."""

    text: str
    columns: list[Column]
    is_ordered: bool = False


class QueryPart(ABC):
    """What the parts of a query's translation ask of each other. `engine` names it for people."""

    engine: str
    # Whether the columns of USING come first in `*` in the dialect as written, and in the engine's.
    merged_first: tuple[bool, bool]

    def __init__(self, names: TableNames, source: str) -> None:
        self.names = names
        self.source = source

    @abstractmethod
    def expression(self, node: exp.Expression, scope: Scope) -> Piece:
        """An expression, written."""

    @abstractmethod
    def output(self, piece: Piece) -> str:
        """The text of a column of the result, brought to the type that the dialect as written gives it."""

    @abstractmethod
    def cast_to(self, piece: Piece, of: SqlType, node: exp.Expression) -> Piece:
        """A piece as another type without a cast of the user's; refuses where there is no such way."""

    @abstractmethod
    def table_text(self, parts: tuple[str, ...]) -> str:
        """How the engine is to name a table."""

    @abstractmethod
    def unnest(self, node: exp.Unnest, scope: Scope) -> tuple[str, Relation]:
        """UNNEST in FROM."""

    @abstractmethod
    def query(self, node: exp.Expression, scope: Scope, *, top: bool = False) -> Written:
        """A query, written; `top` says that its rows are the result."""

    @staticmethod
    def bounded(piece: Piece, node: exp.Expression) -> Piece:
        """A piece that is not too long: some rules write an operand more than once."""
        if len(piece.text) > LONGEST:
            place = place_of(node)
            raise QueryFailure(
                "resource_exhausted",
                "The expression becomes too long when it is translated.",
                hint="Compute its parts in a query inside.",
                offset=None if place is None else place[0],
            )
        return piece

    def default_name(self, node: exp.Expression, index: int, piece: Piece) -> str:
        return f"_col{index}"

    def condition(self, node: exp.Expression, scope: Scope) -> str:
        piece = self.expression(node, scope)
        if piece.type.kind not in ("boolean", "unknown"):
            refuse(node, f"A condition is a boolean, not {piece.type}.")
        return piece.text


def indented(text: str) -> str:
    return "\n".join("  " + line for line in text.split("\n"))
