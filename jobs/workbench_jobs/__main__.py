"""`python -m workbench_jobs <job> --spec spec.json`: runs one job and exits with 0, 1 (it failed), 2 (wrong call) or 95
(this attempt has begun before: nothing of it was run now)."""

from __future__ import annotations

import argparse
import logging
import sys
import traceback

from .failure import root_cause
from .files import created_file
from .python_script import python_script
from .ray_train import ray_train
from .spec import SpecError, read_spec

JOBS = {"ray_train": ray_train, "python_script": python_script}
BEGUN_BEFORE = 95


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="workbench_jobs")
    parser.add_argument("job", choices=sorted(JOBS))
    parser.add_argument("--spec", required=True, help="path of the job's specification, a JSON file")
    parser.add_argument("--local", action="store_true", help="run the workers' share in this process, without Ray")
    options = parser.parse_args(arguments)
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        spec = read_spec(options.job, options.spec)
        if not created_file(spec["begun_uri"]):
            print("WARNING This attempt has begun before, and does not begin again.", flush=True)
            return BEGUN_BEFORE
        JOBS[options.job](spec, local=options.local)
    except SpecError as error:
        print(f"ERROR {error}", flush=True)
        return 2
    except SystemExit as ending:
        if ending.code != BEGUN_BEFORE:
            raise
        return 1
    except Exception as error:
        traceback.print_exception(error, file=sys.stdout)
        cause = root_cause(error)
        print(f"ERROR {type(cause).__name__}: {cause}", flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
