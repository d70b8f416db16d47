"""File access of the catalog: what a commit names is on the disk before the catalog names it."""

from __future__ import annotations

import os
from pathlib import Path

from pyiceberg.io import OutputStream
from pyiceberg.io.pyarrow import PyArrowFile, PyArrowFileIO


def sync_folder(path: Path) -> None:
    """Make the entries of a folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make the folder and those above it, durably."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Make a file that another writer closed survive a power cut, with its entry in the folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    sync_folder(path.parent)


class _DurableStream:
    """A local file that is on the disk when it is closed."""

    def __init__(self, path: Path, overwrite: bool) -> None:
        make_folder(path.parent)
        self._path = path
        self._file = open(path, "wb" if overwrite else "xb", buffering=1024 * 1024)  # noqa: SIM115

    def write(self, data: bytes) -> int:
        return self._file.write(data)

    def tell(self) -> int:
        return self._file.tell()

    @property
    def closed(self) -> bool:
        return self._file.closed

    def close(self) -> None:
        if self._file.closed:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        sync_folder(self._path.parent)

    def __enter__(self) -> _DurableStream:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _DurableFile(PyArrowFile):
    def create(self, overwrite: bool = False) -> OutputStream:
        return _DurableStream(Path(self._path), overwrite)  # type: ignore[return-value]


class DurableFileIO(PyArrowFileIO):
    """PyArrow's file access, with local files and folders synchronised to the disk as they are written."""

    def new_output(self, location: str) -> PyArrowFile:
        scheme, netloc, path = self.parse_location(location, self.properties)
        if scheme == "file":
            return _DurableFile(location=location, path=path, fs=self.fs_by_scheme(scheme, netloc))
        return super().new_output(location)
