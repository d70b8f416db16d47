import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { showEngines, showHealth } from "./show-engines";

const answering = { $queryRaw: async () => [] };
const away = { $queryRaw: () => Promise.reject(new Error("connection refused")) };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "engines-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function statusFile(text: string): Promise<string> {
  const path = join(folder, "engines.json");
  await writeFile(path, text);
  return path;
}

describe("the state of the engines", () => {
  it("is what the supervisor says", async () => {
    const ray = { status: "starting", detail: "Ray starts", sinceMs: 5 };
    const path = await statusFile(
      JSON.stringify({ ray, postgres: { status: "up", version: "18", detail: "" } }),
    );
    const view = await showEngines({ version: "1", enginesStatusPath: path, db: answering });
    expect(view.engines).toEqual({ ray, postgres: { status: "up", version: "18", detail: "" } });
  });

  it("is the database's own answer, whatever the supervisor says of it", async () => {
    const path = await statusFile('{"postgres":{"status":"up"}}');
    const health = await showHealth({ version: "1", enginesStatusPath: path, db: away });
    expect(health).toMatchObject({ status: "degraded", engines: { postgres: { status: "down" } } });
  });

  it.each(["", "{", '{"ray":{"status":"odd"}}'])(
    "is the database alone where the file says %j",
    async (text) => {
      const path = await statusFile(text);
      const health = await showHealth({ version: "1", enginesStatusPath: path, db: answering });
      expect(health).toEqual({ status: "ok", version: "1", engines: { postgres: { status: "up" } } });
    },
  );
});
