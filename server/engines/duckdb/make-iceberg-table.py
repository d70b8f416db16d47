"""Makes a small Iceberg table for the query engine's tests.

python make-iceberg-table.py <warehouse> <catalog file> [<S3 endpoint> <key> <secret>]

Prints JSON: the metadata file after each commit, the snapshot ids, and the data files of the last state.
"""

import json
import sys

import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.types import LongType


def rows(ids, names, column="name", **more):
    return pa.table({"id": pa.array(ids, pa.int64()), column: names, **more})


def main(warehouse, catalog_file):
    s3 = {}
    if warehouse.startswith("s3://"):
        import boto3

        endpoint, key, secret = sys.argv[3:6]
        boto3.client(
            "s3", endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret, region_name="us-east-1"
        ).create_bucket(Bucket=warehouse.removeprefix("s3://").split("/")[0])
        s3 = {"s3.endpoint": endpoint, "s3.access-key-id": key, "s3.secret-access-key": secret, "s3.region": "us-east-1"}
    catalog = SqlCatalog("test", uri=f"sqlite:///{catalog_file}", warehouse=warehouse, **s3)
    catalog.create_namespace("shop")
    first = rows([1, 2], ["milk", "bread"])
    table = catalog.create_table("shop.products", schema=first.schema)
    locations = [table.metadata_location]
    table.append(first)
    locations.append(table.metadata_location)
    with table.update_schema() as update:
        update.rename_column("name", "label")
        update.add_column("stock", LongType())
    table.append(rows([3], ["eggs"], "label", stock=pa.array([12], pa.int64())))
    locations.append(table.metadata_location)
    secrets = rows([9], ["hidden"])
    other = catalog.create_table("shop.secrets", schema=secrets.schema)
    other.append(secrets)
    print(
        json.dumps(
            {
                "locations": locations,
                "snapshots": [str(snapshot.snapshot_id) for snapshot in table.snapshots()],
                "files": [row["file_path"] for row in table.inspect.files().to_pylist()],
                "secret": other.metadata_location,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
