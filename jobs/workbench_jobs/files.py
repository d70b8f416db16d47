"""Files by path or by HTTP URL: a presigned URL of a bucket is all that a job holds of it."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
TRIES = 5
WAIT_SECONDS = 1.0
TIMEOUT_SECONDS = 120


@contextmanager
def written_file(place: str) -> Iterator[Path]:
    """A path to write to; what it holds stands at `place` when the block ends, whole, and nothing when it fails."""
    if is_url(place):
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            draft = Path(folder, "file")
            yield draft
            upload(draft, place)
        return
    final = Path(place)
    final.parent.mkdir(parents=True, exist_ok=True)
    draft = final.with_name(f".{final.name}.{os.getpid()}.draft")
    try:
        yield draft
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(draft, final)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def read_file(place: str) -> Iterator[str]:
    """A path to read what lies at `place`: itself, or a copy that goes when the block ends."""
    if not is_url(place):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        copy = Path(folder, "file")
        download(place, copy)
        yield str(copy)


def created_file(place: str) -> bool:
    """Creates an empty file at `place`; False where one is there. Of all callers at most one gets True: none does where
    the file was made and the server's answer was lost."""
    if is_url(place):
        return put_new(place)
    path = Path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.open("x").close()
    except FileExistsError:
        return False
    return True


def is_url(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def download(url: str, path: Path) -> None:
    def act() -> None:
        with urllib.request.urlopen(url, timeout=TIMEOUT_SECONDS) as answer, path.open("wb") as file:
            shutil.copyfileobj(answer, file, 1 << 20)
            length = answer.headers.get("Content-Length")
            if length is not None and file.tell() != int(length):
                raise OSError(f"{file.tell()} of {length} bytes arrived")

    patiently(act, f"Reading {without_query(url)}")


def upload(path: Path, url: str) -> None:
    def act() -> None:
        headers = {"Content-Length": str(path.stat().st_size), "Content-Type": "application/octet-stream"}
        with path.open("rb") as file:
            request = urllib.request.Request(url, data=file, headers=headers, method="PUT")
            urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS).close()

    patiently(act, f"Writing {without_query(url)}")


def put_new(url: str) -> bool:
    def act() -> bool:
        headers = {"If-None-Match": "*", "Content-Type": "application/octet-stream"}
        request = urllib.request.Request(url, data=b"", headers=headers, method="PUT")
        try:
            urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS).close()
        except urllib.error.HTTPError as error:
            if error.code not in (412, 501):
                raise
            error.close()
            if error.code == 412:
                return False
            print("WARNING the bucket knows no If-None-Match: what was begun before cannot be told", flush=True)
        return True

    return patiently(act, f"Writing {without_query(url)}")


def patiently(act: Callable[[], T], what: str) -> T:
    """Tries again where the server or the way to it fails; raises OSError without the URL's signature."""
    number = 1
    while True:
        try:
            return act()
        except urllib.error.HTTPError as error:
            why, final = f"the server answers {error.code}", error.code < 500 and error.code not in (409, 429)
            error.close()
        except OSError as error:
            why, final = str(error), False
        if final or number == TRIES:
            raise OSError(f"{what} failed: {why}")
        time.sleep(WAIT_SECONDS * number)
        number += 1


def without_query(url: str) -> str:
    return url.split("?", 1)[0]
