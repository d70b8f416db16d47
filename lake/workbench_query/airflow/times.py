"""Calls that say times: spans, moments, zones and timetables."""

from __future__ import annotations

from .ref import Ref

SPANS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1, "milliseconds": 0.001}
# In the order of timedelta's own arguments.
POSITIONS = ("days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks")
TIMETABLES = ("CronTriggerTimetable", "CronDataIntervalTimetable")


def read_time(name: str, arguments: list[Ref], named: dict[str, Ref]) -> Ref | None:
    """What a call of `name` says of time; None where it says nothing or not plainly."""
    if name in ("timedelta", "duration"):
        return _span(arguments, named)
    if name in ("timezone", "ZoneInfo", "gettz") and len(arguments) == 1 and arguments[0].is_text:
        return Ref({"$zone": arguments[0].json})
    if name in ("datetime", "DateTime") and all(argument.is_number for argument in arguments[:6]):
        return _moment(arguments, named)
    if name in TIMETABLES:
        return _timetable(arguments, named)
    return None


def _span(arguments: list[Ref], named: dict[str, Ref]) -> Ref | None:
    parts = dict(zip(POSITIONS, arguments, strict=False)) | named
    if not all(part.is_number and key in SPANS for key, part in parts.items()):
        return None
    return Ref({"$seconds": sum(SPANS[key] * part.json for key, part in parts.items())})


def zone_of(ref: Ref | None) -> str | None:
    """The name of a time zone, given as a text or as an object."""
    if ref is None or ref.kind != "value":
        return None
    if isinstance(ref.json, dict):
        return ref.json.get("$zone")
    return ref.json if isinstance(ref.json, str) else None


def _moment(arguments: list[Ref], named: dict[str, Ref]) -> Ref | None:
    parts = [int(argument.json) for argument in arguments[:6] if argument.is_number]
    for key in ("year", "month", "day", "hour", "minute", "second")[len(parts) :]:
        part = named.get(key)
        if part is None or not part.is_number:
            break
        parts.append(int(part.json))
    if len(parts) < 3:
        return None
    date = "-".join(f"{part:02d}" for part in parts[:3])
    time = ":".join(f"{part:02d}" for part in [*parts[3:], 0, 0][:2])
    zone = zone_of(named.get("tz") or named.get("tzinfo"))
    return Ref({"$datetime": f"{date} {time}", "zone": zone})


def _timetable(arguments: list[Ref], named: dict[str, Ref]) -> Ref | None:
    cron = arguments[0] if arguments else named.get("cron")
    if cron is None or not cron.is_text or set(named) - {"cron", "timezone"}:
        return None
    return Ref({"$cron": cron.json, "zone": zone_of(named.get("timezone"))})
