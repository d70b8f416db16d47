"""A connector that does what its configuration says: `steps` are messages to print or {"do": …} to act out."""

import json
import os
import signal
import sys
import time

ID = {"id": {"type": "integer"}}
COUNTED = {**ID, "price": {"type": "integer"}}


def main() -> None:
    verb, arguments = sys.argv[1], dict(zip(sys.argv[2::2], sys.argv[3::2], strict=True))
    config = read(arguments["--config"]) if "--config" in arguments else {}
    out = sys.stdout.buffer
    if verb == "spec":
        say(out, {"type": "SPEC", "spec": {"connectionSpecification": {"type": "object", "properties": {}}}})
        return
    if verb == "check":
        act(
            out,
            config.get("check", [{"type": "CONNECTION_STATUS", "connectionStatus": {"status": "SUCCEEDED"}}]),
            config,
        )
        return
    if verb == "discover":
        stream = {
            "name": config.get("stream", "orders"),
            "json_schema": {
                "type": "object",
                "properties": config.get("properties", COUNTED if "count" in config else ID),
            },
            "supported_sync_modes": ["full_refresh", "incremental"],
            **config.get("stream_fields", {}),
        }
        say(out, {"type": "CATALOG", "catalog": {"streams": [stream]}})
        return
    state = read(arguments["--state"]) if "--state" in arguments else None
    after = state[0]["stream"]["stream_state"]["id"] if state else 0
    if "count" in config:
        act(out, counted(config, after), config)
    else:
        act(out, config["steps"], config)


def counted(config, after):
    """Records after..count, a state after every `every`, then COMPLETE."""
    for number in range(after + 1, config["count"] + 1):
        data = {"id": number, "price": "unknown" if number % config.get("bad_every", number + 1) == 0 else number}
        yield {"type": "RECORD", "record": {"stream": "orders", "data": data, "emitted_at": 1_700_000_000_000 + number}}
        if number % config["every"] == 0 or number == config["count"]:
            yield state_message(number)
        if number == config.get("crash_at"):
            yield {"do": "crash"}
    yield complete()


def state_message(number):
    stream = {"stream_descriptor": {"name": "orders"}, "stream_state": {"id": number}}
    return {"type": "STATE", "state": {"type": "STREAM", "stream": stream}}


def complete():
    status = {"stream_descriptor": {"name": "orders"}, "status": "COMPLETE"}
    return {"type": "TRACE", "trace": {"type": "STREAM_STATUS", "emitted_at": 1, "stream_status": status}}


def act(out, steps, config):
    for step in steps:
        if "do" not in step:
            say(out, step)
        elif step["do"] == "raw":
            out.write(step["text"].encode())
        elif step["do"] == "crash":
            out.flush()
            print("Traceback: it broke with " + config.get("password", ""), file=sys.stderr, flush=True)
            os._exit(3)
        elif step["do"] == "killed":
            out.flush()
            os.kill(os.getpid(), signal.SIGKILL)
        elif step["do"] == "hang":
            out.flush()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(step.get("seconds", 600))
        elif step["do"] == "eat":
            out.flush()
            hoard = [b"x" * 1024**2 for _ in range(step["mib"])]
            time.sleep(600)
            del hoard
        elif step["do"] == "exit":
            out.flush()
            os._exit(step["status"])


def say(out, message):
    out.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")


def read(path):
    with open(path) as file:
        return json.load(file)


if __name__ == "__main__":
    main()
