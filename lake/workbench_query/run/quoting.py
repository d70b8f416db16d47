"""How text and names are written in SQL."""

from __future__ import annotations


def text(value: str) -> str:
    """A text literal."""
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A quoted identifier."""
    return '"' + name.replace('"', '""') + '"'


def text_list(values: list[str]) -> str:
    """A list of text literals."""
    return "[" + ", ".join(text(value) for value in values) + "]"
