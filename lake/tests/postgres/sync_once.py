"""`python sync_once.py <folder>`: one sync of a request on stdin into the lake there, in a process to be killed."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from workbench_lake.lake_context import LakeOptions
from workbench_lake.lake_writer import LakeWriter
from workbench_sync.events import Events
from workbench_sync.lake_table import Lake
from workbench_sync.postgres import native

folder = Path(sys.argv[1])
writer = LakeWriter(LakeOptions(database_url=f"sqlite:///{folder}/catalog.db", warehouse=str(folder / "warehouse")))
native.sync(json.load(sys.stdin), Lake(writer, "w1"), Events(lambda line: None))
writer.close()
