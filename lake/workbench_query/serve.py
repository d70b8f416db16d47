"""The worker process: requests as JSON lines on stdin, events and answers as JSON lines on stdout.

In: `{id, kind, ...}` and `{id, cancel: true}`. Out: `{event: "ready"}` once, `{id, event, ...}` while a request runs,
and last `{id, result}` or `{id, failure: {code, message, hint?, offset?, retryable?}}`. Each request has a thread.
When stdin ends, requests under way are cancelled and the process leaves within a second or two. Stderr is a log.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import sys
import threading
import time
from typing import Any, BinaryIO

from .failures import Cancelled, QueryFailure
from .handlers import handler_of, warm_up
from .request import Request

# How long requests may take to clear up when the parent is gone.
LEAVE_SECONDS = 1.0
# Deeply nested statements are parsed by recursion.
STACK_BYTES = 256 * 1024 * 1024
RECURSION_LIMIT = 100_000

log = logging.getLogger("workbench_query")


class Server:
    """Answers the requests of one parent."""

    def __init__(self, role: str, output: BinaryIO) -> None:
        self._role = role
        self._output = output
        self._writing = threading.Lock()
        self._running: dict[Any, tuple[Request, threading.Thread]] = {}
        self._lock = threading.Lock()

    def serve(self, lines: BinaryIO) -> None:
        """Answer until `lines` end, then cancel what is under way and wait a moment for it."""
        self._send({"event": "ready"})
        for line in lines:
            if line.strip():
                self._take(line)
        with self._lock:
            left = list(self._running.values())
        for request, _ in left:
            request.cancel()
        until = time.monotonic() + LEAVE_SECONDS
        for _, thread in left:
            thread.join(max(0.0, until - time.monotonic()))

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
            request_id = message["id"]
        except (ValueError, KeyError, TypeError):
            log.error("a line that is no request")
            return
        if message.get("cancel") is True:
            with self._lock:
                under_way = self._running.get(request_id)
            if under_way is not None:
                under_way[0].cancel()
            return
        request = Request(request_id, self._send)
        thread = threading.Thread(target=self._answer, args=(request, message), daemon=True)
        with self._lock:
            self._running[request_id] = (request, thread)
        thread.start()

    def _answer(self, request: Request, message: dict[str, Any]) -> None:
        answer = self._perform(request, message)
        with self._lock:
            self._running.pop(request.id, None)
        self._send({"id": request.id, **answer})

    def _perform(self, request: Request, message: dict[str, Any]) -> dict[str, object]:
        try:
            handler = handler_of(self._role, message.get("kind"))
            if handler is None:
                raise QueryFailure("engine_failed", "The program was asked for something that it does not know.")
            request.check()
            return {"result": handler(message, request)}
        except QueryFailure as failure:
            if failure.__cause__ is not None:
                log.info("%s: %s", failure.code, failure.__cause__)
            return {"failure": (Cancelled() if request.is_cancelled else failure).to_json()}
        except MemoryError:
            return {"failure": QueryFailure("resource_exhausted", "There is not enough memory for this.").to_json()}
        except RecursionError:
            failure = QueryFailure("resource_exhausted", "The statement is nested too deeply.")
            return {"failure": failure.to_json()}
        except Exception:
            if request.is_cancelled:
                return {"failure": Cancelled().to_json()}
            log.exception("a request failed")
            return {"failure": QueryFailure("engine_failed", "The query program failed at this.").to_json()}

    def _send(self, message: dict[str, object]) -> None:
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        # Half of a character, which a statement may hold, has no bytes of its own: nobody is to wait for ever for that.
        line = text.encode(errors="replace") + b"\n"
        # A parent that is gone reads no more; the end of stdin is about to tell.
        with self._writing, contextlib.suppress(BrokenPipeError, ValueError):
            self._output.write(line)
            self._output.flush()


def serve(role: str) -> None:
    """Answer requests from stdin until it ends, then end the process."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    _be_the_first_to_go()
    # Nothing but answers may reach stdout: what a library prints goes to the log.
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    threading.stack_size(STACK_BYTES)
    sys.setrecursionlimit(RECURSION_LIMIT)
    warm_up(role)
    with contextlib.suppress(KeyboardInterrupt):
        Server(role, output).serve(sys.stdin.buffer)
    os._exit(0)


def _be_the_first_to_go() -> None:
    """Where memory runs out, the system is to end this process and not the one that serves pages."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")
