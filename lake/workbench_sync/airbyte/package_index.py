from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

WANTED = {
    "UV_DEFAULT_INDEX": "index-url",
    "UV_INDEX": "extra-index-url",
    "SSL_CERT_FILE": "cert",
    "UV_FIND_LINKS": "find-links",
}
PYTHONS = ("python3", sys.executable)


def package_index_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """What uv must be told of indexes and certificates: its own variables, else what pip was told; often {}."""
    settings: dict[str, str] = {}
    for variable, option in WANTED.items():
        value = (
            environment.get(variable)
            or environment.get(f"PIP_{option.upper().replace('-', '_')}")
            or _asked_of_pip(option)
        )
        if value:
            settings[variable] = ",".join(value.replace(",", " ").split()) if variable == "UV_FIND_LINKS" else value
    return settings


def _asked_of_pip(option: str) -> str | None:
    for python in PYTHONS:
        try:
            answer = subprocess.run(
                [python, "-m", "pip", "config", "get", f"global.{option}"],
                capture_output=True,
                text=True,
                timeout=20,
                env=dict(os.environ),
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if answer.returncode == 0 and answer.stdout.strip():
            return answer.stdout.strip()
        if "No module named" not in answer.stderr:
            return None
    return None
