"""Sorts a connector's output by blocks: records pass as the bytes they are, everything else is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .protocol import invalid_message, parse_line

RECORD_STARTS = (b'{"type":"RECORD"', b'{"type": "RECORD"')
LONGEST_LINE = 256 * 1024 * 1024


@dataclass(frozen=True)
class Records:
    """Whole lines, each a RECORD message and each ended by a newline."""

    data: bytes
    rows: int


@dataclass(frozen=True)
class Message:
    """Any other message, valid by the protocol."""

    body: dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A line that is no message: words for the log."""

    line: str


Item = Records | Message | Text


class Router:
    """Takes the output as blocks cut anywhere; gives its lines in order, records in runs."""

    def __init__(self) -> None:
        self._rest: list[bytes] = []
        self._rest_bytes = 0

    def feed(self, block: bytes) -> Iterator[Item]:
        end = block.rfind(b"\n") + 1
        if end == 0:
            self._keep(block)
            return
        whole = b"".join([*self._rest, block[:end]])
        self._rest, self._rest_bytes = [], 0
        if end < len(block):
            self._keep(block[end:])
        yield from route(whole)

    def end(self) -> Iterator[Item]:
        """The last line where no newline ended it: a message if it is whole, words if it was cut off."""
        last = b"".join(self._rest).strip()
        self._rest, self._rest_bytes = [], 0
        if not last:
            return
        try:
            found = list(route(last + b"\n", check_records=True))
        except Exception:  # noqa: BLE001 - the connector ended in the middle of a message
            found = [Text(f"The output ends in the middle of a message: {last[:200].decode('utf-8', 'replace')}")]
        yield from found

    def _keep(self, part: bytes) -> None:
        self._rest.append(part)
        self._rest_bytes += len(part)
        if self._rest_bytes > LONGEST_LINE:
            raise invalid_message(self._rest[0], f"it is longer than {LONGEST_LINE // 2**20} MiB")


def route(lines: bytes, *, check_records: bool = False) -> Iterator[Item]:
    """The items of whole lines. Records are recognised by their beginning alone, unless `check_records`."""
    rows = lines.count(b"\n")
    if not check_records:
        for start in RECORD_STARTS:
            if lines.startswith(start) and lines.count(b"\n" + start) == rows - 1:
                yield Records(lines, rows)
                return
    run: list[bytes] = []
    for line in lines.split(b"\n"):
        if not check_records and line.startswith(RECORD_STARTS):
            run.append(line)
            continue
        if not line.strip():
            continue
        message = parse_line(line)
        if message is not None and message["type"] == "RECORD":
            run.append(line)
            continue
        if run:
            yield Records(b"\n".join(run) + b"\n", len(run))
            run = []
        yield Message(message) if message is not None else Text(line.decode("utf-8", "replace"))
    if run:
        yield Records(b"\n".join(run) + b"\n", len(run))
