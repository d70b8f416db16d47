"""Which rows a transaction wrote since a moment: the hidden column xmin against the snapshots' limits.

A row's xmin is the transaction that wrote this version of it. Every transaction below a snapshot's `horizon` had ended
before it: its rows were seen. Every one from the horizon on may have been running (or was a part, a savepoint, of one
that was), so a read leaves the rows of those to the next read: none is lost behind a transaction that commits late, and
none is read twice. xmin has 32 bits; the limits have 64, and differences are taken modulo 2^32.
"""

from __future__ import annotations

ROUND = 2**32
#: A horizon so many transactions ago is to be moved on, lest the numbers come round.
FAR = 2**28


def written_in(horizon: int, end: int) -> str:
    """The condition (alias t) that the row was written by one of the transactions horizon <= x < end."""
    span = end - horizon
    if span <= 0:
        return "false"
    if span >= ROUND:
        return "true"
    xmin = "t.xmin::text::int8"
    return f"({xmin} > 2 AND ({xmin} - {horizon % ROUND} + {ROUND}) % {ROUND} < {span})"
