import { describe, expect, it } from "vitest";
import { receiveFile } from "./receive-file";

const MIB = 1024 * 1024;

/** Keeps what is written, to be looked at. */
function memoryFile() {
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  const state = { isEnded: false };
  return {
    blocks,
    state,
    async write(block: Uint8Array<ArrayBuffer>) {
      blocks.push(block);
    },
    async end() {
      state.isEnded = true;
      return new Blob(blocks);
    },
  };
}

function streamed(blocks: number[], failure?: Error): Response {
  const left = [...blocks];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = left.shift();
      if (size !== undefined) controller.enqueue(new Uint8Array(size));
      else if (failure !== undefined) controller.error(failure);
      else controller.close();
    },
  });
  return new Response(body);
}

describe("receiveFile", () => {
  it("keeps every byte and tells how far it is", async () => {
    const file = memoryFile();
    const told: number[] = [];
    const blob = await receiveFile(streamed([MIB, 10, MIB, MIB / 2]), file, ({ bytes }) => told.push(bytes));
    expect(blob.size).toBe(2.5 * MIB + 10);
    expect(told).toEqual([MIB, 2 * MIB + 10, 2.5 * MIB + 10]);
  });

  it("takes half a file for none", async () => {
    const file = memoryFile();
    const broken = streamed([MIB], new Error("the engine failed midway"));
    await expect(receiveFile(broken, file, () => undefined)).rejects.toMatchObject({
      code: "engine_failed",
    });
    expect(file.state.isEnded).toBe(false);
  });

  it("rejects with what the server says", async () => {
    const problem = {
      code: "not_found",
      title: "Gone",
      detail: "The rows of this result are not kept any longer.",
    };
    const refused = new Response(JSON.stringify(problem), { status: 404 });
    await expect(receiveFile(refused, memoryFile(), () => undefined)).rejects.toMatchObject({
      data: { failure: { code: "not_found" } },
    });
  });
});
