"""One row a day: how far the holidays are, and whether the shop is closed."""

from datetime import date, timedelta

import pyarrow as pa
from workbench_jobs import task

HOLIDAYS = [date(2025, 1, 1), date(2025, 2, 14), date(2025, 4, 20), date(2025, 5, 26), date(2025, 7, 4)]
FAR = 30

parameters = task.parameters()
first = date.fromisoformat(parameters["first_day"])
days = [first + timedelta(days=number) for number in range(int(parameters["days"]))]


def nearest(distances: list[int]) -> int:
    """The smallest distance that is not negative, at most 30."""
    return min([FAR, *(distance for distance in distances if distance >= 0)])


task.progress(f"{len(days)} days")
task.output("days", len(days))
task.write_table(
    "calendar",
    pa.table(
        {
            "day": days,
            "days_since_holiday": [nearest([(day - holiday).days for holiday in HOLIDAYS]) for day in days],
            "days_to_holiday": [nearest([(holiday - day).days for holiday in HOLIDAYS]) for day in days],
            "is_closed": [0 for _ in days],
        }
    ),
)
