"""Files of the warehouse, local or on S3, by their locations."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyarrow import fs

from ..failures import LakeFailure, invalid
from .durable_io import DurableFileIO, make_folder, sync_file


@dataclass(frozen=True)
class StoredFile:
    """A file with its size in bytes and the time of its last change, in milliseconds since 1970."""

    location: str
    size: int
    changed_ms: int


class Storage:
    """The few things that the lake does to files beside reading and writing them."""

    def __init__(self, warehouse: str, io: DurableFileIO) -> None:
        self.warehouse = warehouse
        self.io = io

    @property
    def is_local(self) -> bool:
        return self.warehouse.startswith("file://")

    def adopt(self, source: str, target: str) -> None:
        """Let `target` hold the bytes of `source`, durably; the source stays. Cheap where it can be (a hard link)."""
        if not self.is_local:
            filesystem, source_path = self._filesystem(source)
            filesystem.copy_file(source_path, self._filesystem(target)[1])
            return
        source_path, target_path = Path(source.removeprefix("file://")), Path(target.removeprefix("file://"))
        make_folder(target_path.parent)
        with contextlib.suppress(FileNotFoundError):
            target_path.unlink()
        try:
            os.link(source_path, target_path)
        except OSError:
            shutil.copyfile(source_path, target_path)
        sync_file(target_path)

    def make_durable(self, location: str) -> None:
        """Make a file that an engine wrote survive a power cut."""
        if self.is_local:
            sync_file(Path(location.removeprefix("file://")))

    def make_folder(self, location: str) -> None:
        """Make a local folder; on S3 there is nothing to make."""
        if self.is_local:
            make_folder(Path(location.removeprefix("file://")))

    def delete(self, locations: list[str]) -> int:
        """Delete files; those that are gone already are passed over. Gives how many were deleted."""
        deleted = 0
        for location in locations:
            with contextlib.suppress(FileNotFoundError):
                self.io.delete(location)
                deleted += 1
        return deleted

    def delete_folder(self, location: str) -> None:
        """Delete a folder and what it holds."""
        filesystem, path = self._filesystem(location)
        with contextlib.suppress(FileNotFoundError):
            filesystem.delete_dir(path)

    def files(self, folder: str) -> Iterator[StoredFile]:
        """Every file under a folder."""
        filesystem, path = self._filesystem(folder)
        prefix = folder[: len(folder) - len(path)]
        for info in filesystem.get_file_info(fs.FileSelector(path, recursive=True, allow_not_found=True)):
            if info.type == fs.FileType.File:
                yield StoredFile(prefix + info.path, info.size, (info.mtime_ns or 0) // 1_000_000)

    def inside(self, folder: str, given: str) -> str:
        """A location that a caller gave, as the warehouse spells it; refused if it is not inside the folder."""
        location = given
        if self.is_local:
            path = given.removeprefix("file://")
            if not path.startswith("/"):
                path = f"{folder.removeprefix('file://')}/{path}"
            location = "file://" + os.path.realpath(path)
            folder = "file://" + os.path.realpath(folder.removeprefix("file://"))
        elif not given.startswith("s3://"):
            location = f"{folder}/{given}"
        if not location.startswith(folder + "/") or "/../" in location:
            raise invalid(
                f"The file {given!r} lies outside its place.", "Stage files in the folder that the lake gives."
            )
        return location

    def check(self) -> None:
        """Raise engine_unavailable if the warehouse cannot be reached."""
        try:
            filesystem, path = self._filesystem(self.warehouse)
            filesystem.get_file_info(path)
        except OSError as error:
            raise LakeFailure("engine_unavailable", "The warehouse cannot be reached.", retryable=True) from error

    def _filesystem(self, location: str) -> tuple[fs.FileSystem, str]:
        scheme, netloc, path = self.io.parse_location(location, self.io.properties)
        return self.io.fs_by_scheme(scheme, netloc), path


def warehouse_location(setting: str) -> str:
    """The warehouse as a location without a trailing slash. Raises invalid_input for one that cannot be one."""
    if setting.startswith("s3://"):
        return setting.rstrip("/")
    path = os.path.realpath(setting.removeprefix("file://"))
    if any(letter in path for letter in "#?%"):
        raise invalid(f"The folder {path!r} holds one of the letters # ? %.", "Choose another folder for the lake.")
    return f"file://{path}"
