from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

SCHEMAS = Path(__file__).parent.parent / "schemas"


class SpecError(Exception):
    """The specification cannot be read or does not fit its schema; the message names the field."""


def schema_of(job: str) -> dict[str, Any]:
    """The JSON Schema of a job's specification; `schemas/` lies beside the package, also where a job is shipped."""
    return json.loads((SCHEMAS / f"{job}.json").read_text())


def check_spec(job: str, spec: Any) -> dict[str, Any]:
    """Returns `spec` when it fits the schema of `job`; raises SpecError with every misfit otherwise."""
    misfits = sorted(jsonschema.Draft202012Validator(schema_of(job)).iter_errors(spec), key=lambda e: list(e.path))
    if misfits:
        sentences = [f"{'.'.join(str(part) for part in misfit.path) or 'spec'}: {misfit.message}" for misfit in misfits]
        raise SpecError("The job specification is wrong. " + "; ".join(sentences))
    return spec


def read_spec(job: str, path: str) -> dict[str, Any]:
    try:
        spec = json.loads(Path(path).read_text())
    except (OSError, ValueError) as error:
        raise SpecError(f"The job specification {path} cannot be read: {error}") from error
    return check_spec(job, spec)
