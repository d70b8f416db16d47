"""The source that is a YAML manifest: airbyte-cdk's source-declarative-manifest, given it in the configuration."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from ..failure import SyncFailure
from .connector_client import ConnectorClient

NAME = "source-declarative-manifest"
MANIFEST_FIELDS = ("manifest", "__injected_declarative_manifest")
READ_SPEC = "import json, sys, yaml; print(json.dumps((yaml.safe_load(sys.stdin) or {}).get('spec') or {}))"
MANIFEST_PROPERTY = {
    "type": "string",
    "title": "Manifest",
    "description": "The source as a declarative manifest, in YAML or JSON.",
    "multiline": True,
    "order": -1,
}


class DeclarativeClient(ConnectorClient):
    """Hands the field `manifest` (YAML or JSON text, or an object) to the connector as its manifest."""

    def files(self) -> dict[str, Any]:
        config = dict(self.config)
        manifest = next((config.pop(field) for field in MANIFEST_FIELDS if field in config), None)
        if not manifest:
            raise SyncFailure("invalid_input", "The manifest is missing.", hint="Put it into the field manifest.")
        return {"config": config, "manifest-path": manifest}

    def spec(self) -> dict[str, Any]:
        """The manifest's own fields, where there is one, and the manifest itself."""
        own = self._spec_of_manifest() if any(field in self.config for field in MANIFEST_FIELDS) else {}
        form = dict(own.get("connection_specification") or {"type": "object", "additionalProperties": True})
        form["properties"] = {"manifest": MANIFEST_PROPERTY, **(form.get("properties") or {})}
        form["required"] = ["manifest", *(form.get("required") or [])]
        spec = {"connectionSpecification": form}
        return {**spec, "documentationUrl": own["documentation_url"]} if own.get("documentation_url") else spec

    def _spec_of_manifest(self) -> dict[str, Any]:
        manifest = self.files()["manifest-path"]
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        answer = subprocess.run(
            [str(Path(self.command[0]).parent / "python"), "-I", "-c", READ_SPEC],
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if answer.returncode != 0:
            last = answer.stderr.strip().splitlines()[-1:] or ["unreadable"]
            raise SyncFailure("invalid_input", f"The manifest cannot be read: {last[0]}", internal=answer.stderr)
        return dict(json.loads(answer.stdout))
