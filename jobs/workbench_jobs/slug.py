from __future__ import annotations

import re
import unicodedata


def slug(name: str) -> str:
    """Lower-case letters, digits and single hyphens: `ICE CREAM/MILK` is `ice-cream-milk`. ValueError if none left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not made:
        raise ValueError(f"no letter or digit in {name!r} to make a name of")
    return made


def distinct_slugs(names: list[str], taken: frozenset[str] = frozenset()) -> dict[str, str]:
    """A slug for each name, all different and none in `taken`: a later one that collides gets -2, -3, …"""
    used = set(taken)
    made: dict[str, str] = {}
    for name in names:
        base = slug(name)
        candidate, number = base, 1
        while candidate in used:
            number += 1
            candidate = f"{base}-{number}"
        used.add(candidate)
        made[name] = candidate
    return made
