"""An S3 server in this process, with one bucket."""

from __future__ import annotations

import contextlib
import urllib.request
from collections.abc import Iterator

import boto3
from moto.server import ThreadedMotoServer

from workbench_lake.warehouse.catalogs import S3Options

BUCKET = "warehouse"
REGION, KEY, SECRET = "us-east-1", "key", "secret"


@contextlib.contextmanager
def s3_server() -> Iterator[S3Options]:
    """How to reach the server, which ends with the block."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        # Every server of a process keeps its objects in the same place.
        urllib.request.urlopen(urllib.request.Request(f"{url}/moto-api/reset", method="POST")).close()
        s3_client(url).create_bucket(Bucket=BUCKET)
        yield S3Options(url, REGION, KEY, SECRET)
    finally:
        server.stop()


def s3_client(url: str):
    """A client of boto's."""
    return boto3.client("s3", endpoint_url=url, region_name=REGION, aws_access_key_id=KEY, aws_secret_access_key=SECRET)


def object_names(s3: S3Options) -> list[str]:
    """The names of all objects in the bucket, without the empty ones by which PyArrow marks a folder."""
    pages = s3_client(s3.endpoint).get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
    return [one["Key"] for page in pages for one in page.get("Contents", []) if one["Size"]]


def s3_environment(s3: S3Options) -> dict[str, str]:
    """The variables by which a sync's process is told of the server."""
    return {
        "S3_ENDPOINT": s3.endpoint,
        "S3_REGION": s3.region,
        "S3_ACCESS_KEY_ID": s3.access_key_id,
        "S3_SECRET_ACCESS_KEY": s3.secret_access_key,
    }


def duckdb_secret(s3: S3Options) -> str:
    """The statement after which a connection of DuckDB with httpfs reaches the server."""
    return (
        f"CREATE SECRET (TYPE s3, KEY_ID '{KEY}', SECRET '{SECRET}', REGION '{REGION}', "
        f"ENDPOINT '{s3.endpoint.removeprefix('http://')}', URL_STYLE 'path', USE_SSL false)"
    )
