"""From a source's names to those of the lake: renames, keys and what must not collide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .failure import SyncFailure

EXTRACTED_AT = "_extracted_at"
LONGEST_NAME = 255


def destination_names(keys: Iterable[str], schema_mapping: Mapping[str, str]) -> dict[str, str]:
    """The column of the lake of each source key, in the order of the keys.

    `schema_mapping` renames; two keys that differ by case alone are told apart by a number, as no engine can.
    Two keys mapped to one column, or one mapped to a column of the lake's own, are an input error.
    """
    names: dict[str, str] = {}
    taken: dict[str, str] = {EXTRACTED_AT: ""}
    for key in keys:
        name = schema_mapping.get(key, key)
        clash = taken.get(name.casefold())
        if clash is not None and (key in schema_mapping or clash in schema_mapping or clash == ""):
            other = f"as {clash!r} is" if clash else "and that name is the lake's own"
            raise SyncFailure(
                "invalid_input",
                f"The source's {key!r} would land in the column {name!r}, {other}.",
                hint="Give it another name in schema_mapping.",
            )
        number = 2
        plain = name
        while name.casefold() in taken:
            name = f"{plain}_{number}"
            number += 1
        if not name or len(name) > LONGEST_NAME:
            raise SyncFailure(
                "invalid_input", f"{name[:80]!r} cannot be the name of a column.", hint="Map it to another name."
            )
        taken[name.casefold()] = key
        names[key] = name
    return names


def merge_key(
    wanted: Sequence[str], declared: Sequence[str], source_defined: Sequence[str]
) -> tuple[list[str], str | None]:
    """The source keys by which rows are told apart, and a warning where these are not the wanted ones.

    A connection's key holds for all its streams; a stream that lacks part of it goes by the key that its source
    defines, or keeps every row.
    """
    absent = [key for key in wanted if key not in declared]
    if not absent:
        return list(wanted), None
    missing = ", ".join(absent)
    if source_defined and all(key in declared for key in source_defined):
        return list(
            source_defined
        ), f"This stream has no {missing}; rows are told apart by {', '.join(source_defined)} instead."
    return [], f"This stream has no {missing}, so the deduplication does not apply to it and every row is kept."
