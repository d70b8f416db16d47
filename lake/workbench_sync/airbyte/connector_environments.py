from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..events import Events
from ..failure import SyncFailure
from .package_index import package_index_settings

PREFERRED = ("3.11", "3.12", "3.10", "3.13")
INSTALL_SECONDS = 900
REQUIRED_PYTHON = re.compile(
    r"depends on Python\s*([<>=!~0-9., ]+)|requires[- ]Python\s*:?\s*([<>=!~0-9., ]+)", re.IGNORECASE
)


@dataclass(frozen=True)
class Connector:
    """A connector as the request names it: `package==version` of the index, `name` its console script."""

    name: str
    package: str
    version: str
    python: str | None = None


def connector_command(connector: Connector, folder: Path, uv: str, events: Events) -> list[str]:
    """The command that starts the connector, after making its environment in `folder` where there is none yet.

    An environment belongs to one package, version and Python. It is made beside its place under a lock and renamed
    when complete, so that nobody ever sees half of one.
    """
    ready = _ready_environment(connector, folder)
    if ready is None:
        ready = _made_environment(connector, folder, uv, events)
    return _command(connector, ready)


def _ready_environment(connector: Connector, folder: Path) -> Path | None:
    for version in [connector.python] if connector.python else PREFERRED:
        candidate = _place(connector, folder, version)
        if (candidate / "complete").exists():
            return candidate
    return None


def _place(connector: Connector, folder: Path, python: str) -> Path:
    return folder / f"{connector.package}-{connector.version}-python{python}"


def _made_environment(connector: Connector, folder: Path, uv: str, events: Events) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder / f"{connector.package}-{connector.version}.lock", events):
        ready = _ready_environment(connector, folder)
        if ready is not None:
            return ready
        environment = {
            **os.environ,
            **package_index_settings(os.environ),
            "UV_PYTHON_DOWNLOADS": "never",
            "UV_NO_PROGRESS": "1",
        }
        environment.pop("VIRTUAL_ENV", None)
        installed = _interpreters(uv, environment)
        wanted = [connector.python] if connector.python else [version for version in PREFERRED if version in installed]
        reasons: list[str] = []
        for version in wanted:
            if version not in installed:
                raise _no_python(connector, version, installed)
            events.log("info", f"Installing {connector.package} {connector.version} for Python {version}.")
            complaint = _install(
                connector, _place(connector, folder, version), installed[version], uv, environment, events
            )
            if complaint is None:
                return _place(connector, folder, version)
            reasons.append(f"Python {version}: {complaint}")
            if not _worth_another_python(complaint):
                break
        raise _cannot_install(connector, reasons, installed)


@contextmanager
def _locked(path: Path, events: Events) -> Iterator[None]:
    with path.open("w") as lock:
        told = False
        while True:
            events.raise_if_cancelled()
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not told:
                    events.log("info", "Another sync is installing this connector; waiting for it.")
                told = True
                time.sleep(0.2)
        yield


def _interpreters(uv: str, environment: dict[str, str]) -> dict[str, str]:
    """Path of an interpreter of each Python version (as `3.11`): what uv finds, and what pyenv holds back."""
    try:
        answer = subprocess.run(
            [uv, "python", "list", "--only-installed", "--output-format", "json"],
            capture_output=True,
            text=True,
            timeout=120,
            env=environment,
            check=False,
        )
        found = json.loads(answer.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise SyncFailure(
            "engine_unavailable", "Connectors cannot be installed: uv does not answer.", internal=f"{uv}: {error}"
        ) from error
    paths: dict[str, str] = {}
    for entry in found:
        version = ".".join(entry["version"].split(".")[:2])
        if entry.get("implementation", "cpython") == "cpython" and re.fullmatch(r"3\.\d+", version):
            paths.setdefault(version, entry["path"])
    for path in Path(environment.get("PYENV_ROOT") or Path.home() / ".pyenv").glob("versions/3.*/bin/python3.*"):
        version = re.fullmatch(r"python(3\.\d+)", path.name)
        if version:
            paths.setdefault(version.group(1), str(path))
    return paths


def _install(
    connector: Connector, place: Path, interpreter: str, uv: str, environment: dict[str, str], events: Events
) -> str | None:
    """None when installed, else uv's complaint."""
    draft = place.with_name(f".{place.name}.{os.getpid()}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        made = _run([uv, "venv", "--relocatable", "--python", interpreter, str(draft)], environment, events)
        if made is not None:
            return made
        requirement = f"{connector.package}=={connector.version}"
        install = [uv, "pip", "install", "--python", str(draft / "bin/python"), requirement]
        complaint = _run(install, environment, events)
        if complaint is not None:
            return complaint
        (draft / "complete").touch()
        shutil.rmtree(place, ignore_errors=True)
        draft.rename(place)
        return None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _run(command: list[str], environment: dict[str, str], events: Events) -> str | None:
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, start_new_session=True
    )
    events.on_cancel(process.kill)
    try:
        output, _ = process.communicate(timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return f"the installation took more than {INSTALL_SECONDS} s"
    events.raise_if_cancelled()
    return None if process.returncode == 0 else (output.strip() or f"uv ended with {process.returncode}")


def _worth_another_python(complaint: str) -> bool:
    return (
        bool(REQUIRED_PYTHON.search(complaint))
        or "Failed to build" in complaint
        or "no wheels with a matching" in complaint
    )


def _no_python(connector: Connector, version: str, installed: dict[str, str]) -> SyncFailure:
    has = ", ".join(sorted(installed)) or "none"
    return SyncFailure(
        "engine_unavailable",
        f"{connector.package} {connector.version} needs Python {version}, which this machine lacks (it has {has}).",
        hint=f"Install Python {version} on the machine that runs the worker, then try again.",
    )


def _cannot_install(connector: Connector, reasons: list[str], installed: dict[str, str]) -> SyncFailure:
    what = f"{connector.package} {connector.version}"
    text = "\n".join(reasons)
    has = ", ".join(sorted(installed)) or "none"
    if not reasons:
        return SyncFailure(
            "engine_unavailable",
            f"{what} cannot be installed: no Python of {', '.join(sorted(PREFERRED))} was found (found: {has}).",
            hint="Install Python 3.11 on the machine that runs the worker, then try again.",
        )
    if "was not found in the package registry" in text or "there is no version of" in text:
        return SyncFailure(
            "not_found",
            f"The package index has no {what}.",
            hint="Choose another version of the connector.",
            internal=text,
        )
    if any(word in text for word in ("Failed to fetch", "error sending request", "dns error", "Connection refused")):
        return SyncFailure(
            "engine_unavailable",
            f"{what} cannot be installed: the package index cannot be reached.",
            hint="Check the network of the machine that runs the worker, then try again.",
            retryable=True,
            internal=text,
        )
    if "No space left" in text:
        return SyncFailure("resource_exhausted", f"{what} cannot be installed: the disk is full.", internal=text)
    needed = REQUIRED_PYTHON.search(text)
    if needed:
        wanted = (needed.group(1) or needed.group(2)).strip(" ,.")
        return SyncFailure(
            "engine_unavailable",
            f"{what} needs Python {wanted}, and this machine has {has}.",
            hint=f"Install a Python that satisfies {wanted} on the machine that runs the worker, then try again.",
            internal=text,
        )
    return SyncFailure("engine_failed", f"{what} cannot be installed.", hint="The log has uv's words.", internal=text)


def _command(connector: Connector, environment: Path) -> list[str]:
    script = environment / "bin" / connector.name
    if script.exists():
        return [str(script)]
    ask = (
        "import sys, importlib.metadata as m; print(*[e.name for e in m.distribution(sys.argv[1]).entry_points"
        " if e.group == 'console_scripts'], sep='\\n')"
    )
    answer = subprocess.run(
        [str(environment / "bin/python"), "-c", ask, connector.package], capture_output=True, text=True, check=False
    )
    names = [name for name in answer.stdout.split() if (environment / "bin" / name).exists()]
    if len(names) != 1:
        raise SyncFailure(
            "engine_failed",
            f"{connector.package} {connector.version} has no command {connector.name!r} to start.",
            hint="Name the connector as its package calls it, such as source-faker for airbyte-source-faker.",
            internal=f"commands: {names}",
        )
    return [str(environment / "bin" / names[0])]
