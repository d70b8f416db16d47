import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { inDuckdb } from "./lake.mjs";

/**
 * A bare server that answers each request of `/rows` and `/columns` by a statement of DuckDB over Parquet files, its rows
 * written by DuckDB itself: as an array of objects, or as an object with an array for each column. `/` is an empty page.
 */
export async function startJsonServer(folder, files, columns) {
  const source = `read_parquet([${files.map((file) => `'${file}'`).join(", ")}])`;
  const lists = columns.map((name) => `${name}: list(${name})`).join(", ");
  const shapes = {
    "/rows": (path) => `COPY (FROM ${source}) TO '${path}' (FORMAT json, ARRAY true)`,
    "/columns": (path) => `COPY (SELECT {${lists}} AS c FROM ${source}) TO '${path}' (FORMAT json)`,
  };
  let count = 0;
  const server = createServer(async ({ url }, response) => {
    const statement = shapes[url];
    if (statement === undefined)
      return response.setHeader("content-type", "text/html").end("<!doctype html>");
    count += 1;
    const path = join(folder, `${count}.json`);
    await inDuckdb([statement(path)]);
    response.setHeader("content-type", "application/json");
    createReadStream(path)
      .pipe(response)
      .on("close", () => rm(path));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
