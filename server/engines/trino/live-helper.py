"""Does for the live tests of Trino what the app's other parts do.

python live-helper.py table <database url> <catalog> <warehouse> [<endpoint> <key id> <secret>]: makes shop.products with two
    states in a folder, or in a bucket; prints JSON with the ids of its snapshots
python live-helper.py parquet <spool folder> <path>: writes a spool as a Parquet file; prints JSON with its rows and columns
"""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def table(url, catalog_name, warehouse, *bucket):
    from pyiceberg.catalog.sql import SqlCatalog

    names = ("s3.endpoint", "s3.access-key-id", "s3.secret-access-key")
    catalog = SqlCatalog(
        catalog_name,
        uri=url.replace("postgresql://", "postgresql+psycopg2://"),
        warehouse=warehouse if bucket else f"file://{warehouse}",
        **dict(zip(names, bucket)),
    )
    catalog.create_namespace("shop")
    schema = pa.schema([("id", pa.int64()), ("name", pa.string()), ("price", pa.decimal128(12, 2))])
    made = catalog.create_table("shop.products", schema=schema)
    for ids, names in (([1, 2], ["milk", "bread"]), ([3], [""])):
        prices = [Decimal(f"{each}.50") for each in ids]
        made.append(pa.table({"id": ids, "name": names, "price": prices}, schema=schema))
    return {"snapshots": [str(snapshot.snapshot_id) for snapshot in made.snapshots()]}


def parquet(folder, path):
    with pa.ipc.open_stream(Path(folder, "result.arrows")) as reader:
        rows = reader.read_all()
    pq.write_table(rows, path, compression="zstd")
    return {"rowCount": rows.num_rows, "columns": [{"name": name, "type": ""} for name in rows.column_names]}


if __name__ == "__main__":
    act, *rest = sys.argv[1:]
    print(json.dumps({"table": table, "parquet": parquet}[act](*rest)))
