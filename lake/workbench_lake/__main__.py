"""Start the lake writer: `python -m workbench_lake`, with its settings in the environment.

LAKE_DATABASE_URL, LAKE_WAREHOUSE, LAKE_TOKEN and LAKE_PORT must be set; S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and
S3_SECRET_ACCESS_KEY where the warehouse is on S3; LAKE_MEMORY_BYTES bounds what one merge keeps in memory.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
from pathlib import Path

import uvicorn

from .failures import LakeFailure
from .lake_context import LakeOptions
from .lake_writer import LakeWriter
from .patient_start import patient_start
from .service import lake_app
from .warehouse.catalogs import S3Options

_DATABASE_WAIT_SECONDS = 60


def main() -> int:
    """Serve until SIGTERM or SIGINT; requests under way are finished. Gives the exit status."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    lacking = [
        name for name in ("LAKE_DATABASE_URL", "LAKE_WAREHOUSE", "LAKE_TOKEN", "LAKE_PORT") if not os.environ.get(name)
    ]
    if lacking:
        print(f"Set {', '.join(lacking)}.", file=sys.stderr)
        return 2
    temp_folder = _clean_temp_folder(os.environ["LAKE_WAREHOUSE"])
    options = LakeOptions(
        database_url=os.environ["LAKE_DATABASE_URL"],
        warehouse=os.environ["LAKE_WAREHOUSE"],
        s3=S3Options(
            endpoint=os.environ.get("S3_ENDPOINT", ""),
            region=os.environ.get("S3_REGION") or "us-east-1",
            access_key_id=os.environ.get("S3_ACCESS_KEY_ID", ""),
            secret_access_key=os.environ.get("S3_SECRET_ACCESS_KEY", ""),
        ),
        memory_bytes=int(os.environ.get("LAKE_MEMORY_BYTES") or 512 * 1024 * 1024),
        temp_folder=temp_folder,
    )
    token = os.environ.pop("LAKE_TOKEN")
    try:
        writer = patient_start(lambda: LakeWriter(options), _DATABASE_WAIT_SECONDS)
    except LakeFailure as failure:
        print(failure.message, failure.hint or "", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        uvicorn.run(
            lake_app(writer, token),
            host="127.0.0.1",
            port=int(os.environ["LAKE_PORT"]),
            log_level="warning",
            timeout_graceful_shutdown=30,
        )
    finally:
        writer.close()
    return 0


def _clean_temp_folder(warehouse: str) -> Path | None:
    """Where work is done that does not fit into memory: beside a local warehouse, empty. None: the system's place."""
    if warehouse.startswith("s3://"):
        return None
    folder = Path(warehouse.removeprefix("file://")) / ".temp"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    return folder


if __name__ == "__main__":
    raise SystemExit(main())
