from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def current_form(connector: str, config: Mapping[str, Any]) -> dict[str, Any]:
    """The configuration as today's connector takes it, where it is written in a form that an earlier one took.

    Google Analytics had one `property_id`, with or without its prefix, and credentials that named no `auth_type`.
    """
    given = dict(config)
    if connector != "source-google-analytics-data-api":
        return given
    if "property_id" in given and "property_ids" not in given:
        given["property_ids"] = [str(given.pop("property_id")).removeprefix("properties/")]
    credentials = given.get("credentials")
    if isinstance(credentials, Mapping) and "credentials_json" in credentials and "auth_type" not in credentials:
        given["credentials"] = {"auth_type": "Service", **credentials}
    return given
